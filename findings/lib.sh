# Sourced by the scripts that compile Rust. A probe is one `main.rs` with pinned crates in a temporary folder.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# rust_probe 'crate = "=1.2.3"' …  reads main.rs from standard input, builds it, and prints what it printed.
rust_probe() {
  mkdir -p "$work/probe/src"
  cat >"$work/probe/src/main.rs"
  {
    printf '[package]\nname = "probe"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
    printf '%s\n' "$@"
  } >"$work/probe/Cargo.toml"
  cargo run --quiet --manifest-path "$work/probe/Cargo.toml"
}

# python_env package==version …  makes $work/env.
python_env() {
  python3 -m venv "$work/env"
  "$work/env/bin/pip" install --quiet --disable-pip-version-check "$@"
}

# verdict EXPECTED_LINE SEEN WANTED: prints both, and fails when what was seen is no longer what was seen first.
verdict() {
  echo "expected: $1"
  echo "seen:     $2"
  [ "$2" = "$3" ] || { echo "changed: at first it was: $3" >&2; exit 1; }
}
