#!/usr/bin/env bash
# Caddy answers a request for a host that no site block names with 200 and an empty body, where nginx and HAProxy serve
# their first site or refuse. A webhook posted under a wrong name is taken for delivered.
#
# Version: Caddy 2.6.2 (Debian 12). Expected: 404 or 421 for a host that no site names. Seen: 200 with an empty body.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
command -v caddy >/dev/null || { apt-get update -qq; RUNLEVEL=1 apt-get install -y -qq --no-install-recommends caddy >/dev/null; }
cat >"$work/Caddyfile" <<'C'
{
  admin off
  auto_https off
}
http://hooks.example:18099 {
  respond "the site" 200
}
C
HOME=$work caddy run --config "$work/Caddyfile" --adapter caddyfile >"$work/log" 2>&1 &
trap 'kill %1 2>/dev/null; wait 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 50); do (exec 3<>/dev/tcp/127.0.0.1/18099) 2>/dev/null && break; sleep 0.1; done
named=$(curl -s -w ' %{http_code}' -H 'host: hooks.example' -X POST -d help http://127.0.0.1:18099/)
other=$(curl -s -w ' %{http_code}' -H 'host: hook.example' -X POST -d help http://127.0.0.1:18099/)
echo "Caddy $(caddy version)"
verdict "the site 200, and 4xx for the host that isn't there" "$named,$other" "the site 200, 200"
