#!/usr/bin/env bash
# People write a remark behind their telephone number. libphonenumber takes its letters for the letters on a telephone's
# keys: `(home)` becomes 4663 at the end of the number, and `parse` reports no error. Only `is_valid` tells.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
python_env phonenumbers==9.0.43
port=$("$work/env/bin/python" -c '
import phonenumbers as p
n = p.parse("+61412345678 (home)", "AU")
print(p.format_number(n, 0), "valid" if p.is_valid_number(n) else "not valid")')
crate=$(rust_probe 'phonenumber = "=0.3.10"' <<'RS'
fn main() {
    match phonenumber::parse(None, "+61412345678 (home)") {
        Ok(number) => {
            let valid = if number.is_valid() { "valid" } else { "not valid" };
            println!("{} {valid}", number.format().mode(phonenumber::Mode::E164));
        }
        Err(error) => println!("{error}"),
    }
}
RS
)
echo "phonenumber 0.3.10, PyPI phonenumbers 9.0.43, number +61412345678 (home)"
verdict "+61412345678, or an error" "Python: $port; Rust: $crate" \
  "Python: +614123456784663 not valid; Rust: +614123456784663 not valid"
