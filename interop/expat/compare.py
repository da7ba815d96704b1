"""Holds LEAP's reader against expat on generated documents: both must take the same ones, and read the same texts.

usage: compare.py READER [DOCUMENTS] [SEED]
"""

import json
import random
import subprocess
import sys
import xml.parsers.expat as expat

SEPARATOR = "\x0c"
LEAP = "http://schema.majitek.com/leap-ws-v1.0"
ROW = (
    "<state>NEW</state><creation-time>2011-02-08T22:06:43Z</creation-time>"
    "<last-update-time>2011-02-08T22:07:43Z</last-update-time>"
)
# Reasons that concern values, and not whether the document is well-formed.
VALUES = ("it is missing", "not a date and time", "in another namespace")

GOOD = [
    "text", " ", "\n", "a > b", "]] >", "grün", "\U0001f600", "\u0085", "&amp;", "&lt;", "&#65;", "&#x1F600;", "&#13;", "\r\n", "\r",
    "<![CDATA[<a> & ]] > &x;]]>", "<![CDATA[]]>", "<!-- a - b -->", "<!---->", "<?pi?>", "<?xml-stylesheet href='x'?>",
    "<a/>", "<a b='1' c=\"2\"/>", "<a b = '&amp;\n' />", "<a b='>'/>", "<x:a xmlns:x='urn:x' x:b='1' b='2'/>",
    "<a xmlns='urn:x'><b/></a>", "<a xml:lang='en'/>", "<é/>", "<_a-1.b></_a-1.b >", "<a><b><c/></b>d</a>",
    "<p xmlns:x='urn:x' xmlns:y='urn:y' x:b='1' y:b='2'/>", "<l:a xmlns:l='" + LEAP + "'/>", "<a xmlns=''/>",
]
BAD = [
    "<a//>", "<a / >", "<a/b>", "< a/>", "<1/>", "<-a/>", "<a$/>", "<a;/>", "<a\u00d7/>", "<a></b>", "<a></ a>", "<a", "</a>", "<>", "</>",
    "<a b/>", "<a b=/>", "<a b=1/>", "<a b='1/>", "<a b='1'c='2'/>", "<a b='1' b='2'/>", "<a b='<'/>", "<a 1='1'/>", "<a b='&x;'/>",
    "<a b='&#0;'/>", "<a b='\x01'/>", "<a b\x0b='1'/>", "<x:a/>", "<a x:b=''/>", "<a xmlns:x=''/>", "<a xmlns:xmlns='u'/>",
    "<a xmlns:xml='u'/>", "<a xmlns:x='http://www.w3.org/XML/1998/namespace'/>", "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
    "<p xmlns:x='urn:x' xmlns:y='urn:x' x:b='1' y:b='2'/>", "<a:b:c/>", "<:a/>", "<a:/>", "<a :b=''/>", "<!-- -- -->", "<!-- --->", "<!->",
    "<!-- ", "<??>", "<? a?>", "<?1?>", "<?xml?>", "<?XML x?>", "<?xml version='1.0'?>", "<!DOCTYPE a>", "<!a>", "<![CDATA[", "<![cdata[]]>",
    "a & b", "&", "&amp", "&;", "&nbsp;", "&#1;", "&#xFFFE;", "&#xD800;", "&#x110000;", "&#;", "&#x;", "&#X41;", "]]>", "]]]>", "\x00", "\x01",
    "\x0b", "\x0c", "\x1f", "\ufffe", "\uffff", "<",
]
# For damage: characters that have a meaning somewhere, and on which editions 4 and 5 of the standard agree.
CHARACTERS = "<>/&;:='\"!?-[]#x0a1 .\n\t\x00\x01\x0c\x7fé×\u00a0\ufffe"
BEFORE = [
    "", " ", "\n", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n", "<!-- a -->", "<?pi?>",
    "<?xml version='1.0'?><!-- a --><?pi?>", " <?xml version='1.0'?>", "<?xml version='1.0'?><?xml version='1.0'?>", "<?xml?>",
    "<?xml encoding='UTF-8'?>", "<?xml version='1.0' standalone='maybe'?>", "<?xml version='1.0' x='1'?>", "<?xml version=1.0?>", "<?XML?>",
    "<?1?>", "<!-- -- -->", "a", "\x0c", "&amp;", "<![CDATA[]]>", "\ufeff", "\ufeff\ufeff", "\ufeff<?xml version='1.0'?>",
]
AFTER = ["", "\n", "<!-- a -->", "<?pi?>", " \r\n", "a", "\x0b", "\u00a0", "&#32;", "<a/>", "</a>", "<![CDATA[]]>", "<?xml version='1.0'?>",
         "<!DOCTYPE a>", "<!-- -- -->", "<?XML?>", "<", "\x00"]


def content(random, depth=0):
    pieces = []
    for _ in range(random.randrange(5)):
        chance = random.random()
        if chance < 0.02:
            pieces.append(random.choice(BAD))
        elif chance < 0.2 and depth < 6:
            name = random.choice(["unknown", "updates", "topic", "grün"])
            pieces.append(f"<{name}>{content(random, depth + 1)}</{name}>")
        elif chance < 0.4:
            pieces.append(f"<summary>{content(random, depth + 1)}</summary>")
        else:
            pieces.append(random.choice(GOOD))
    return "".join(pieces)


def document(random):
    rows = []
    for number in range(random.randrange(4)):
        rows.append(f"<support-request identifier='{number}'>{content(random)}{ROW}{content(random)}</support-request>")
        rows.append(content(random))
    inner = "".join(rows)
    for _ in range(random.choice([0, 0, 0, 1, 1, 2])):
        at = random.randrange(len(inner) + 1)
        cut = random.choice([0, 0, 1, 1, 3])
        inner = inner[:at] + random.choice(["", random.choice(CHARACTERS)]) + inner[at + cut:]
    rare = random.random() < 0.1
    before = random.choice(BEFORE) if rare else ""
    after = random.choice(AFTER) if rare else ""
    text = f"{before}<support-requests xmlns='{LEAP}'>{inner}</support-requests>{after}"
    return text.encode("utf-8", "surrogatepass")


def by_expat(body):
    """Whether expat takes it, and the summary of each row: the direct text of the first summary that has any."""
    # expat refuses a namespace that contains the separator, so it is a character that no document may contain.
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    path, rows = [], []

    def ours(name, wanted):
        return name in (wanted, f"{LEAP}{SEPARATOR}{wanted}")

    def in_summary():
        return len(path) == 3 and ours(path[0], "support-requests") and ours(path[1], "support-request") and ours(path[2], "summary")

    def start(name, _attributes):
        path.append(name)
        if len(path) == 2 and ours(name, "support-request"):
            rows.append([])
        if in_summary():
            rows[-1].append("")

    def end(_name):
        path.pop()

    def text(data):
        if in_summary():
            rows[-1][-1] += data

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        return str(error), []
    return None, [next((one for one in row if one), None) for row in rows]


def main():
    reader = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    generator = random.Random(seed)
    documents = [document(generator) for _ in range(count)]
    stream = b"".join(str(len(body)).encode() + b"\n" + body for body in documents)
    done = subprocess.run([reader], input=stream, stdout=subprocess.PIPE, check=True)
    answers = [json.loads(line) for line in done.stdout.decode().rstrip("\n").split("\n")]
    assert len(answers) == count, f"{len(answers)} answers to {count} documents"
    taken = differences = 0
    for body, answer in zip(documents, answers):
        theirs, summaries = by_expat(body)
        if theirs is not None:
            same = bool(answer["refused"])
        elif answer["refused"]:
            same = all(any(value in why for value in VALUES) for why in answer["refused"])
        else:
            same = answer["summaries"] == summaries
        taken += theirs is None
        if not same:
            differences += 1
            if differences <= 5:
                print(f"expat: {theirs or summaries}\nours:  {answer}\n{body!r}\n")
    print(f"{count} documents (seed {seed}), {taken} well-formed by {expat.EXPAT_VERSION}: {differences} read otherwise")
    sys.exit(differences > 0)


main()
