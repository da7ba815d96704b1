#!/usr/bin/env bash
# nginx with its defaults gives a request up when the client closes its sending side, although the client still reads: a
# whole post that came with its FIN never reaches the server behind. `proxy_ignore_client_abort on` changes it.
#
# Version: nginx 1.22.1 (Debian 12). Expected: each of twenty posts reaches the server behind. Seen: none does; with the
# setting all do.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
command -v nginx >/dev/null || { apt-get update -qq; RUNLEVEL=1 apt-get install -y -qq --no-install-recommends nginx >/dev/null; }
cat >"$work/probe.py" <<'PY'
import http.server, socket, subprocess, sys, threading, time
work = sys.argv[1]
came = []
class Behind(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        came.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200); self.send_header("content-length", "4"); self.end_headers(); self.wfile.write(b"kept")
    def log_message(self, *_): pass
behind = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Behind)
threading.Thread(target=behind.serve_forever, daemon=True).start()
found = []
for port, setting in ((18097, ""), (18098, "proxy_ignore_client_abort on;")):
    with open(f"{work}/nginx.conf", "w") as file:
        file.write(f"""daemon off; pid {work}/pid; error_log {work}/error; events {{}}
http {{ access_log off; client_body_temp_path {work}/a; proxy_temp_path {work}/b; fastcgi_temp_path {work}/c;
uwsgi_temp_path {work}/d; scgi_temp_path {work}/e;
server {{ listen 127.0.0.1:{port}; {setting} location / {{ proxy_pass http://127.0.0.1:{behind.server_port}; }} }} }}""")
    nginx = subprocess.Popen(["nginx", "-c", f"{work}/nginx.conf"])
    for _ in range(50):
        try: socket.create_connection(("127.0.0.1", port)).close(); break
        except OSError: time.sleep(0.1)
    came.clear()
    answered = 0
    for _ in range(20):
        sender = socket.create_connection(("127.0.0.1", port))
        sender.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nhelp")
        sender.shutdown(socket.SHUT_WR)
        answered += bool(sender.recv(1000))
        sender.close()
    found.append(f"{'with the setting' if setting else 'defaults'}: came {len(came)} of 20, answered {answered}")
    nginx.terminate(); nginx.wait()
print("; ".join(found))
PY
seen=$(python3 "$work/probe.py" "$work")
nginx -v 2>&1
verdict "20 of 20 both times" "$seen" "defaults: came 0 of 20, answered 0; with the setting: came 20 of 20, answered 20"
