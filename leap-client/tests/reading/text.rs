//! Text is what was meant, exactly.

use crate::xml::{get, read, request};
use care_client_core::Outcome;

#[tokio::test]
async fn text_is_exact_in_whatever_way_it_is_written() {
    for (written, meant) in [
        ("plain", "plain"),
        ("  two  blanks \n and a line\t", "  two  blanks \n and a line\t"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a&#13;&#10;b&#xD;c", "a\r\nb\rc"),
        ("R&amp;D &lt;b&gt; &quot;x&quot; &apos;y&apos;", "R&D <b> \"x\" 'y'"),
        ("&amp;amp;", "&amp;"),
        ("&#x1F600;&#228;", "😀ä"),
        ("<![CDATA[<b> & ]] &amp; ]]>", "<b> & ]] &amp; "),
        ("<![CDATA[a\r\nb]]>", "a\nb"),
        ("a<![CDATA[b]]>&amp;<![CDATA[]]>c", "ab&c"),
        ("a<!-- not this -->b<?nor this?>c", "abc"),
        ("a<b>c</b>d<e/>f", "adf"),
        ("grün – 日本語", "grün – 日本語"),
        (" ", " "),
        ("&#32;", " "),
        ("raw \u{1}, referred &#x1;, \u{fffe}", "raw \u{1}, referred \u{1}, \u{fffe}"),
    ] {
        let request = read(&format!("<summary>{written}</summary><community>{written}</community>")).await;
        let summary = request.summary.as_ref().map(|text| text.as_str());
        assert_eq!((summary, request.community.as_deref()), (Some(meant), Some(meant)), "{written:?}");
    }
}

#[tokio::test]
async fn an_empty_element_is_none() {
    for empty in [
        "",
        "<summary/>",
        "<summary />",
        "<summary></summary>",
        "<summary><![CDATA[]]></summary>",
        "<summary><!-- --></summary>",
    ] {
        assert_eq!(read(empty).await.summary, None, "{empty}");
    }
}

#[tokio::test]
async fn attributes_are_normalized_as_xml_wants_it() {
    for (written, meant) in [
        ("\"MAX &amp; &#x4D;oritz\"", Some("MAX & Moritz")),
        ("'say \"MAX\"'", Some("say \"MAX\"")),
        ("\" a\r\n\tb \"", Some(" a  b ")),
        ("\"&#10;\"", Some("\n")),
        ("\"a > b\"", Some("a > b")),
        ("\"0001\"", Some("0001")),
        ("\"\"", None),
    ] {
        let request = read(&format!("<property extid={written} identifier='1'/>")).await;
        assert_eq!(request.property.unwrap().extid.as_deref(), meant, "{written:?}");
    }
}

#[tokio::test]
async fn a_reference_that_stands_for_nothing_is_not_guessed() {
    for reference in ["&nbsp;", "&AMP;", "&#0;", "&#xD800;", "&#x110000;", "&#;", "&CANARY;", "&#CANARY;"] {
        for (at, more) in [
            ("summary", format!("<summary>CANARY {reference}</summary>")),
            ("account", format!("<account identifier=\"CANARY {reference}\"/>")),
        ] {
            let error = get(request(&more)).await.unwrap_err();
            assert_eq!(error.outcome(), Outcome::Completed);
            let shown = format!("{error} {error:?} {}", error.report());
            assert!(shown.contains(&format!("support-request/{at}")) && !shown.contains("CANARY"), "{shown}");
        }
        // Where nobody reads it, it hides nothing.
        assert_eq!(read(&format!("<unknown>{reference}</unknown>")).await.identifier.as_str(), "1");
    }
}

#[tokio::test]
async fn a_reference_in_an_update_is_found_there() {
    let update = |comment: &str| {
        let parts = "<type>COMMENT_ADDED</type><update-time>2011-02-08T22:07:43Z</update-time>";
        format!("<update>{parts}<comment>{comment}</comment></update>")
    };
    let more = format!("<updates>{}{}</updates>", update("a"), update("&nbsp;"));
    let error = get(request(&more)).await.unwrap_err().to_string();
    assert!(error.contains("support-request/updates/update[2]/comment (byte "), "{error}");
}
