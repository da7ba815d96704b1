#!/usr/bin/env bash
# Python's expat joins namespace and name by a separator of the caller's. A namespace that contains that character, such as
# one with a blank at its end, is valid XML and read without a separator; with it the document ends in "syntax error".
#
# Version: expat 2.5.0 of Python 3.11. Expected: the document is read both ways, or the error names the namespace. Seen:
# "syntax error" with the separator.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cat >"$work/probe.py" <<'PY'
import xml.parsers.expat as expat
document = "<a xmlns:y='urn:y '/>"
seen = []
for separator in (None, " ", "|"):
    try:
        expat.ParserCreate(namespace_separator=separator).Parse(document, True)
        seen.append(f"{separator!r} read")
    except expat.ExpatError as error:
        seen.append(f"{separator!r} {expat.ErrorString(error.code)}")
print(", ".join(seen))
PY
echo "$(python3 -c 'import platform, pyexpat; print(pyexpat.EXPAT_VERSION, "of Python", platform.python_version())')"
verdict "None read, ' ' read, '|' read" "$(python3 "$work/probe.py")" "None read, ' ' syntax error, '|' read"
