//! XML that isn't well-formed is refused, also where nobody reads it. What concerns the characters of one row sets that
//! row apart; everything else refuses the document.

use crate::support::mock_server::{XMLNS, get, list, request, rows, set_external_id};
use care_client_core::{Error, Kind};

/// Pieces that aren't well-formed, whatever is around them.
const BROKEN: &[&str] = &[
    // Tags and names.
    "<a//>",
    "<a/ >",
    "<a / >",
    "<a/b>",
    "< a/>",
    "<a b='1'/x>",
    "<1a/>",
    "<-a/>",
    "<.a/>",
    "<a$/>",
    "<a;b/>",
    "<a,b/>",
    "<a\u{a0}b='1'/>",
    "<a\u{d7}/>",
    "<\u{b7}a/>",
    "<a\u{2028}/>",
    "<a></b>",
    "<a></ a>",
    "<a></a b='1'>",
    "<a><b></a></b>",
    "<a",
    "</a>",
    "<>",
    "</>",
    "<a'/>",
    "<a\u{1}/>",
    // Attributes.
    "<a b/>",
    "<a b=/>",
    "<a b=1/>",
    "<a b='1/>",
    "<a b='1'c='2'/>",
    "<a b='1' b='2'/>",
    "<a b='1' c='2' b='3'/>",
    "<a b='<'/>",
    "<a 1b='1'/>",
    "<a b$='1'/>",
    "<a ='1'/>",
    "<a un\u{a0}acked='1'/>",
    "<a b='1'\u{c}c='2'/>",
    "<a b\u{b}='1'/>",
    "<a b==\"1\"/>",
    "<a \"b\"/>",
    "<a 'b'='1'/>",
    // Namespaces.
    "<x:a/>",
    "<a x:b='1'/>",
    "<x:a xmlns:y='urn:y'/>",
    "<a><b xmlns:x='urn:x'/><x:c/></a>",
    "<a xmlns:x=''/>",
    "<a xmlns:xmlns='urn:x'/>",
    "<a xmlns:xml='urn:x'/>",
    "<a xmlns:x='http://www.w3.org/XML/1998/namespace'/>",
    "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
    "<xmlns:a/>",
    "<a xmlns:x='urn:x' xmlns:y='urn:x' x:b='1' y:b='2'/>",
    "<:a/>",
    "<a:/>",
    "<a:b:c/>",
    "<a :b='1'/>",
    "<a b:='1'/>",
    "<a xmlns:='urn:x'/>",
    // Comments, instructions, declarations.
    "<!-- a -- b -->",
    "<!-- a --->",
    "<!->",
    "<!-- a",
    "<??>",
    "<? a?>",
    "<?1?>",
    "<?a:b?>",
    "<?xml?>",
    "<?XML version='1.0'?>",
    "<?xMl?>",
    "<?xml version='1.0'?>",
    "<?a",
    "<!DOCTYPE a>",
    "<!ELEMENT a ANY>",
    "<!a>",
    "<![CDATA[a",
    "<![cdata[a]]>",
    "<![CDATA [a]]>",
    "<![IGNORE[a]]>",
    // Text.
    "a < b",
    "a & b",
    "&",
    "&amp",
];

/// Pieces whose characters alone are wrong.
const BROKEN_CHARACTERS: &[&str] = &[
    "&nbsp;",
    "&AMP;",
    "&;",
    "& amp;",
    "&a;",
    "&#0;",
    "&#1;",
    "&#xB;",
    "&#xFFFE;",
    "&#xD800;",
    "&#x110000;",
    "&#;",
    "&#x;",
    "&#X41;",
    "&#a;",
    "&#-1;",
    "]]>",
    "a]]]>",
    "\u{0}",
    "\u{1}",
    "\u{8}",
    "\u{b}",
    "\u{c}",
    "\u{1f}",
    "\u{fffe}",
    "\u{ffff}",
    "<![CDATA[\u{1}]]>",
    "<!-- \u{1} -->",
    "<?a \u{1}?>",
    "<a b='&nbsp;'/>",
    "<a b='&#0;'/>",
    "<a b='\u{1}'/>",
    "<a b='\u{fffe}'/>",
    "<a xmlns:x='urn:&nbsp;'/>",
];

/// Pieces that look odd and are well-formed.
const ODD: &[&str] = &[
    "<a/>",
    "<a />",
    "<a\n></a\t>",
    "<_a-1.b/>",
    "<grün/>",
    "<状態 é='1'/>",
    "<a b='>'/>",
    "<a b='\"' c=\"'\"/>",
    "<a b = '1'\n\tc\r\n=\"2\"/>",
    "<a xmlns='' b=''/>",
    "<x:a xmlns:x='urn:x' x:b='1' b='2'/>",
    "<a xmlns:x='urn:x' xmlns:y='urn:y' x:b='1' y:b='2'/>",
    "<a xml:lang='en' xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
    "<a xmlnsx='1'/>",
    "<!---->",
    "<!-- - -->",
    "<!---->-->",
    "<!-- <a> & ]]> -->",
    "<?a?>",
    "<?a ??>",
    "<?xml-stylesheet href='x'?>",
    "<![CDATA[]]>",
    "<![CDATA[]]]]>",
    "<![CDATA[<a> & ]] > &nbsp;]]>",
    "]] > ]>",
    "a > b",
    "&#65;&#x42;&#x1F600;&amp;&lt;&gt;&quot;&apos;",
    "\u{7f}\u{85}\u{fffd}\u{e000}😀",
];

fn assert_refused(error: Option<Error>, what: &str) {
    let error = error.unwrap_or_else(|| panic!("{what:?} was taken"));
    assert_eq!(error.kind(), Kind::Decode, "{what:?}: {error}");
}

#[tokio::test]
async fn what_is_not_well_formed_is_refused_wherever_it_stands() {
    for broken in BROKEN {
        for around in [format!("<unknown>{broken}</unknown>"), format!("<summary>{broken}</summary>"), (*broken).into()]
        {
            assert_refused(get(request(&around)).await.err(), &around);
            let row = request(&around);
            assert_refused(list(rows(&format!("{}{row}", request("")))).await.err(), &row);
        }
        assert_refused(list(rows(broken)).await.err(), broken);
        let reference = format!("<ref identifier='1' extid='MAX-56789'>{broken}</ref>");
        assert_refused(set_external_id(reference.clone()).await.err(), &reference);
    }
}

#[tokio::test]
async fn what_is_wrong_with_the_characters_of_a_row_sets_it_apart() {
    for broken in BROKEN_CHARACTERS {
        let update = format!("<updates><update>{broken}</update></updates>");
        for around in [format!("<unknown>{broken}</unknown>"), format!("<x><y>{broken}</y></x>"), (*broken).into()] {
            assert_refused(get(request(&around)).await.err(), &around);
            let page = list(rows(&format!("{}{}{0}", request(""), request(&around)))).await.unwrap();
            let apart: Vec<_> = page.undecodable.iter().map(|row| (row.index, &*row.id)).collect();
            assert_eq!((page.items.len(), apart), (2, vec![(1, "1")]), "{around:?}");
        }
        let read = get(request(&update)).await.unwrap();
        assert_eq!(read.unreadable_updates.len(), 1, "{broken:?}");
        // Between the rows, nobody knows which of them it concerns.
        assert_refused(list(rows(broken)).await.err(), broken);
    }
}

#[tokio::test]
async fn what_is_odd_and_well_formed_is_read() {
    for odd in ODD {
        for around in [format!("<unknown>{odd}</unknown>"), format!("<summary>{odd}</summary>"), (*odd).into()] {
            let read = get(request(&around)).await;
            assert!(read.is_ok(), "{around:?}: {}", read.unwrap_err());
            let page = list(rows(&format!("{odd}{}{odd}", request(&around)))).await.unwrap();
            assert_eq!((page.items.len(), page.undecodable.len()), (1, 0), "{around:?}");
        }
    }
}

#[tokio::test]
async fn a_document_is_refused_for_what_stands_around_its_root() {
    let root = format!("<support-requests {XMLNS}/>");
    let declaration = "<?xml version='1.0'?>";
    for (before, after, ok) in [
        (declaration, "", true),
        ("<?xml version='1.0' encoding='UTF-8' standalone='no' ?>\n<!-- a --><?a?> ", "\n<!-- b --><?b?>\n", true),
        ("\u{feff}<?xml version='1.0'?>", "", true),
        (" ", " ", true),
        (" <?xml version='1.0'?>", "", false),
        ("<!-- a --><?xml version='1.0'?>", "", false),
        ("<?xml version='1.0'?><?xml version='1.0'?>", "", false),
        ("<?xml?>", "", false),
        ("<?xml encoding='UTF-8'?>", "", false),
        ("<?xml version='1.0' encoding='UTF-8' encoding='UTF-8'?>", "", false),
        ("<?xml version='1.0' standalone='maybe'?>", "", false),
        ("<?xml version='1.0' other='1'?>", "", false),
        ("<?xml version=1.0?>", "", false),
        ("<?XML version='1.0'?>", "", false),
        ("<?1?>", "", false),
        ("<!-- a -- b -->", "", false),
        ("<!-- \u{1} -->", "", false),
        ("a", "", false),
        ("&amp;", "", false),
        ("\u{c}", "", false),
        ("\u{feff}\u{feff}", "", false),
        ("<![CDATA[]]>", "", false),
        ("<!DOCTYPE a>", "", false),
        ("", declaration, false),
        ("", "a", false),
        ("", "\u{b}", false),
        ("", "\u{c}", false),
        ("", "\u{a0}", false),
        ("", "&#32;", false),
        ("", "<![CDATA[]]>", false),
        ("", "<a/>", false),
        ("", "</a>", false),
        ("", "<!DOCTYPE a>", false),
        ("", "<!-- a -- b -->", false),
        ("", "<?XML?>", false),
        ("", "<", false),
        ("", "\u{0}", false),
    ] {
        let document = format!("{before}{root}{after}");
        let read = list(document.clone()).await;
        assert_eq!(read.is_ok(), ok, "{document:?}: {read:?}");
        if !ok {
            assert_refused(read.err(), &document);
        }
    }
    for root in ["<support-requests x:a='1'/>", "<support-requests a='1' a='2'/>", "<support-requests a='&nbsp;'/>"] {
        assert_refused(list(root).await.err(), root);
    }
}
