#!/usr/bin/env bash
# quick-xml's reader checks that end tags match, and little else: of these fourteen documents, none well-formed, it reads
# nearly all to their end, where expat refuses all.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cat >"$work/documents" <<'X'
<a>&nope;</a>
<a x='1' x='2'/>
<a>]]></a>
<!-- a -- b --><a/>
<a/><b/>
<a/>text
<1a/>
<a b=c/>
<a>&#0;</a>
<?xml version='1.0'?><?xml version='1.0'?><a/>
<a//>
<a b='<'/>
<a><?xml version='1.0'?></a>
<a b='1'c='2'/>
X
expat=$(python3 -c '
import sys, xml.parsers.expat as x
def ok(line):
    try: x.ParserCreate().Parse(line, True); return True
    except x.ExpatError: return False
print(sum(ok(l.rstrip("\n")) for l in open(sys.argv[1])))' "$work/documents")
read_by=$(DOCUMENTS=$work/documents rust_probe 'quick-xml = { version = "=0.42.0", default-features = false }' <<'RS'
use quick_xml::{Reader, events::Event};
fn main() {
    let documents = std::fs::read_to_string(std::env::var("DOCUMENTS").unwrap()).unwrap();
    let whole = documents.lines().filter(|document| {
        let mut reader = Reader::from_str(document);
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => break true,
                Ok(_) => {}
                Err(_) => break false,
            }
        }
    });
    println!("{}", whole.count());
}
RS
)
echo "quick-xml 0.42.0, expat of Python $(python3 -c 'import platform, pyexpat; print(platform.python_version(), pyexpat.EXPAT_VERSION)')"
verdict "both refuse all 14" "quick-xml reads $read_by, expat $expat" "quick-xml reads 14, expat 0"
