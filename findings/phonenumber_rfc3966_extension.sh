#!/usr/bin/env bash
# The crate phonenumber follows Google's libphonenumber, whose ports read the extension of RFC 3966 (`;ext=5`), with and
# without `tel:` in front. The crate refuses the number where `tel:` is missing.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
python_env phonenumbers==9.0.43
port=$("$work/env/bin/python" -c 'import phonenumbers as p; n = p.parse("+1 202 555 0112;ext=5", "US"); print(p.format_number(n, 0), "ext", n.extension)')
crate=$(rust_probe 'phonenumber = "=0.3.10"' <<'RS'
fn main() {
    match phonenumber::parse(None, "+1 202 555 0112;ext=5") {
        Ok(number) => println!("{} ext {:?}", number.format().mode(phonenumber::Mode::E164), number.extension()),
        Err(error) => println!("{error}"),
    }
}
RS
)
echo "phonenumber 0.3.10, PyPI phonenumbers 9.0.43, number +1 202 555 0112;ext=5"
verdict "both read +12025550112 with extension 5" "Python: $port; Rust: $crate" \
  "Python: +12025550112 ext 5; Rust: not a number"
