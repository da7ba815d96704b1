#!/usr/bin/env bash
# npm ringcentral-engage-client 0.4.3 has an HTTPError of its own, made in a `try` around axios' request. The request is
# a promise that nobody awaits there, so the `catch` never runs and callers get axios' error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund ringcentral-engage-client@0.4.3 axios@1.12.2 >/dev/null
cat >probe.js <<'JS'
const http = require('http')
const Client = require('ringcentral-engage-client').default
const server = http.createServer((_, answer) => {
  answer.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not_found"}')
})
server.listen(0, '127.0.0.1', async () => {
  const client = new Client({ server: `http://127.0.0.1:${server.address().port}`, apiToken: 'token' })
  const error = await client.get('/1.0/roles/none').catch(error => error)
  console.log(error.constructor.name)
  server.close()
})
JS
seen=$(node probe.js)
echo "ringcentral-engage-client 0.4.3, axios 1.12.2, node $(node --version)"
echo "expected: a 404 rejects with the client's HTTPError, which its source builds from status and body"
echo "seen:     it rejects with $seen"
[ "$seen" = AxiosError ]
