#!/usr/bin/env bash
# An emergency number has no international form. Parsed in its own country, 112 becomes +49112 without an error, a
# number that reaches nobody, while Australia's 000 is refused by the Rust crate and becomes +61000 in Python.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
python_env phonenumbers==9.0.43
port=$("$work/env/bin/python" -c 'import phonenumbers as p; print(*[p.format_number(p.parse(n, c), 0) for c, n in (("DE", "112"), ("AU", "000"))])')
crate=$(rust_probe 'phonenumber = "=0.3.10"' <<'RS'
fn main() {
    for (country, digits) in [(phonenumber::country::DE, "112"), (phonenumber::country::AU, "000")] {
        match phonenumber::parse(Some(country), digits) {
            Ok(number) => print!("{} ", number.format().mode(phonenumber::Mode::E164)),
            Err(error) => print!("({error})"),
        }
    }
}
RS
)
echo "phonenumber 0.3.10, PyPI phonenumbers 9.0.43, 112 in Germany and 000 in Australia"
verdict "both refuse both, or keep them as short numbers" "Python: $port; Rust: $crate" \
  "Python: +49112 +61000; Rust: +49112 (the number is too short after the country code)"
