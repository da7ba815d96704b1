//! Required values, dates and texts.

use crate::support::mock_server::{CREATED, STATE, UPDATED, get, read, request, set_external_id};
use care_client_core::{Error, Outcome, wire::timestamp};

fn assert_unreadable(error: &Error, at: &str) {
    assert_eq!(error.outcome(), Outcome::Completed, "{error}");
    let shown = format!("{error} {error:?} {}", error.report());
    assert!(shown.contains(&format!("{at} (byte ")) && !shown.contains("CANARY"), "{at}: {shown}");
}

#[tokio::test]
async fn every_form_of_a_date_is_read() {
    let at = timestamp::parse("2010-08-10T05:30:10.120Z").unwrap();
    for date in [
        "2010-08-10T05:30:10.120+0000",
        "2010-08-10T15:30:10.120+1000",
        "2010-08-10T00:00:10.120-0530",
        "2010-08-10T15:30:10.12+10:00",
        "2010-08-10T05:30:10.120Z",
        "2010-08-10T05:30:10.120000000Z",
        " \n2010-08-10T05:30:10.12Z\t",
        "<![CDATA[2010-08-10]]>T05&#58;30:10.12Z",
    ] {
        let document = request("").replace("2011-02-08T22:06:43.000+0000", date);
        assert_eq!(get(document).await.unwrap().creation_time, at, "{date}");
    }
    let whole = timestamp::parse("2010-08-10T05:30:10Z").unwrap();
    let document =
        request("").replace("<support-request ", "<support-request unacked-since=' 2010-08-10T15:30:10+1000' ");
    assert_eq!(get(document).await.unwrap().unacked_since, Some(whole));
}

#[tokio::test]
async fn an_invalid_date_is_an_error_with_its_path() {
    for date in ["CANARY", "", "2011-02-30T22:06:43.000+0000", "2011-02-08T22:06:43.000", "<x>2011-02-08T22:06:43Z</x>"]
    {
        let document = request("").replace("2011-02-08T22:06:43.000+0000", date);
        assert_unreadable(&get(document).await.unwrap_err(), "support-request/creation-time");
        let document = request("").replace("2011-02-08T22:07:43.000+0000", date);
        assert_unreadable(&get(document).await.unwrap_err(), "support-request/last-update-time");
    }
    // An empty flag is no date either: it may be one that was meant to be set.
    for date in ["CANARY", "", "true"] {
        let flag = format!("unacked-since='{date}'");
        let document = request("").replace("<support-request ", &format!("<support-request {flag} "));
        assert_unreadable(&get(document).await.unwrap_err(), "support-request/@unacked-since");
        let account = format!("<account identifier='1' {flag}/>");
        assert_unreadable(&get(request(&account)).await.unwrap_err(), "support-request/account/@unacked-since");
    }
}

#[tokio::test]
async fn a_missing_required_value_is_an_error_with_its_path() {
    for (part, at) in [
        (" identifier=\"1\"", "support-request/@identifier"),
        (STATE, "support-request/state"),
        (CREATED, "support-request/creation-time"),
        (UPDATED, "support-request/last-update-time"),
    ] {
        assert_unreadable(&get(request("").replace(part, "")).await.unwrap_err(), at);
    }
    for empty in ["<support-request/>", "<support-request identifier=''/>"] {
        assert_unreadable(&get(empty).await.unwrap_err(), "support-request/@identifier");
    }
    assert_unreadable(&get(request("").replace("NEW", " ")).await.unwrap_err(), "support-request/state");
    assert_unreadable(&get(request("<account ref='x'/>")).await.unwrap_err(), "support-request/account/@identifier");
    assert_unreadable(&set_external_id("<ref extid='MAX-56789'/>").await.unwrap_err(), "ref/@identifier");
    assert_unreadable(&set_external_id("<ref identifier='1'/>").await.unwrap_err(), "ref/@extid");
}

#[tokio::test]
async fn the_error_has_the_byte_at_which_the_element_begins() {
    for mark in ["", "\u{feff}"] {
        let document = format!("{mark}{}", request("<account ref='x'/>"));
        let byte = document.find("<account").unwrap();
        assert_unreadable(&get(document.clone()).await.unwrap_err(), "support-request/account/@identifier");
        let error = get(document).await.unwrap_err().to_string();
        assert!(error.contains(&format!("(byte {byte})")), "{error}");
    }
}

#[tokio::test]
async fn identifiers_are_text() {
    for id in ["0000001", "in-progress-alarm", " 1 ", "a/b"] {
        let account = read(&format!("<account identifier='{id}'/>")).await.account.unwrap();
        assert_eq!(account.identifier, id);
        let request = get(request("").replace("identifier=\"1\"", &format!("identifier=\"{id}\""))).await.unwrap();
        assert_eq!(request.identifier.as_str(), id);
    }
}

#[tokio::test]
async fn text_is_exact_in_every_notation() {
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
async fn attributes_are_normalized_as_xml_requires() {
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
async fn an_unresolvable_reference_is_an_error() {
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
    }
}
