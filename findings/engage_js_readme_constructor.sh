#!/usr/bin/env bash
# The first example in the README of npm ringcentral-engage-client 0.4.3 passes token and address as two arguments. The
# constructor takes one object, so the client is made without an error, and has neither.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund ringcentral-engage-client@0.4.3 axios@1.12.2 >/dev/null
cat >probe.js <<'JS'
const Client = require('ringcentral-engage-client').default
const client = new Client('token', 'https://shop.api.engagement.example')
client.get('/1.0/roles').then(
  () => console.log('answered'),
  error => console.log(`server ${client.server}, token ${client.apiToken}, ${error.code}`))
JS
seen=$(node probe.js)
echo "ringcentral-engage-client 0.4.3, axios 1.12.2"
echo "expected: the README's two arguments are used, or refused by the constructor"
echo "seen:     $seen"
grep -q 'server undefined, token undefined' <<<"$seen"
