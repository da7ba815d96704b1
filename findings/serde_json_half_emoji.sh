#!/usr/bin/env bash
# A text that JavaScript cuts in the middle of an emoji is written as `\ud83d` by JSON.stringify: valid by JSON's grammar.
# serde_json reads the document if no field of the type wants that text, and refuses it as a Value: whether an answer can
# be read depends on a field that the program doesn't use.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
document=$(node -e 'console.log(JSON.stringify({ id: 570, name: "Alex 😀".slice(0, 6) }))')
seen=$(rust_probe 'serde_json = "=1.0.154"' 'serde = { version = "=1.0.228", features = ["derive"] }' <<RS
#[derive(serde::Deserialize)]
struct Id { id: u32 }
fn main() {
    let document = r#"$document"#;
    let typed = serde_json::from_str::<Id>(document).map(|answer| answer.id);
    let value = serde_json::from_str::<serde_json::Value>(document);
    println!("typed {}, value {}", typed.map_or("error".into(), |id| id.to_string()), if value.is_ok() { "ok" } else { "error" });
}
RS
)
echo "serde_json 1.0.154, node $(node --version), document $document"
verdict "both ways read it, or neither does" "$seen" "typed 570, value error"
