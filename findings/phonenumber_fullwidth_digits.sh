#!/usr/bin/env bash
# libphonenumber reads digits of any script, such as the full-width ones of a Japanese input method. The crate
# phonenumber takes ASCII digits alone.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
python_env phonenumbers==9.0.43
port=$("$work/env/bin/python" -c 'import phonenumbers as p; print(p.format_number(p.parse("０４１２ ３４５ ６７８", "AU"), 0))')
crate=$(rust_probe 'phonenumber = "=0.3.10"' <<'RS'
fn main() {
    match phonenumber::parse(Some(phonenumber::country::AU), "０４１２ ３４５ ６７８") {
        Ok(number) => println!("{}", number.format().mode(phonenumber::Mode::E164)),
        Err(error) => println!("{error}"),
    }
}
RS
)
echo "phonenumber 0.3.10, PyPI phonenumbers 9.0.43, 0412 345 678 in full-width digits"
verdict "both read +61412345678" "Python: $port; Rust: $crate" "Python: +61412345678; Rust: not a number"
