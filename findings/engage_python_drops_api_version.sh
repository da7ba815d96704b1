#!/usr/bin/env bash
# PyPI ringcentral-engage-digital 0.3.0 joins address and path by urljoin. With the version in the address, as the
# vendor's documents print it, the version is dropped and the call goes to another path.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check ringcentral-engage-digital==0.3.0 requests==2.32.5
cat >probe.py <<'PY'
import http.server, threading
from ringcentral_engage_digital import RestClient

paths = []
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        paths.append(self.path)
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()
    def log_message(self, *_):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}/1.0"
RestClient("token", base).get("/contents")
RestClient("token", base).get("contents")
RestClient("token", base + "/").get("contents")
print(*paths)
PY
seen=$(env/bin/python probe.py)
echo "ringcentral-engage-digital 0.3.0, requests 2.32.5"
echo "expected: address .../1.0 and path /contents or contents ask for /1.0/contents"
echo "seen:     '/contents', 'contents', and 'contents' below '.../1.0/' ask for: $seen"
[ "$seen" = "/contents /contents /1.0/contents" ]
