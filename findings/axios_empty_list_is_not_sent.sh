#!/usr/bin/env bash
# A Rails API (Engage Digital among them) clears a list by `category_ids[]=` with nothing behind it. axios' `params` and
# its form encoding leave an empty list out, so the call succeeds and changes nothing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund axios@1.12.2 >/dev/null
cat >probe.js <<'JS'
const axios = require('axios')
const form = axios.toFormData({ 'thread_category_ids[]': [] }, new URLSearchParams()).toString()
const query = axios.getUri({ url: '/threads/1', params: { thread_category_ids: [] } })
const full = axios.getUri({ url: '/threads/1', params: { thread_category_ids: ['a'] } })
console.log(`form "${form}", query "${query}", with one element "${full}"`)
JS
seen=$(node probe.js)
echo "axios 1.12.2"
echo "expected: an empty list is sent as a key without a value, so that the server can clear it"
echo "seen:     $seen"
[ "$seen" = 'form "", query "/threads/1", with one element "/threads/1?thread_category_ids%5B%5D=a"' ]
