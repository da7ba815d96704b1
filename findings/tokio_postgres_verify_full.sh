#!/usr/bin/env bash
# libpq, and what hosters print into their consoles, know sslmode=verify-full and verify-ca. tokio-postgres refuses such an
# address before it connects: it knows disable, prefer and require, and leaves verification to the TLS connector.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
seen=$(rust_probe 'tokio-postgres = "=0.7.18"' <<'RS'
fn main() {
    for mode in ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] {
        let parsed = format!("postgresql://user@db.example/calls?sslmode={mode}").parse::<tokio_postgres::Config>();
        print!("{mode} {}; ", if parsed.is_ok() { "taken" } else { "refused" });
    }
}
RS
)
echo "tokio-postgres 0.7.18"
verdict "all six modes of libpq are taken" "$seen" \
  "disable taken; allow refused; prefer taken; require taken; verify-ca refused; verify-full refused; "
