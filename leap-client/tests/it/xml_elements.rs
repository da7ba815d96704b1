//! Elements that are missing, additional, reordered, in other namespaces, or in unreadable rows.

use crate::support::mock_server::{CREATED, STATE, UPDATED, XMLNS, get, list, read, request, rows, set_external_id};
use care_client_core::Outcome;
use leap_client::{State, UpdateType};

const UPDATE: &str = "<type>ASSIGNED</type><update-time>2011-02-08T22:07:43Z</update-time>";

#[tokio::test]
async fn unknown_elements_and_attributes_are_skipped_anywhere() {
    let odd = "<rating stars='5' xml:lang=''><state>PROBLEM</state><summary>no</summary><rating/></rating> ... <flag/>";
    let bare = read(&format!("<account identifier='7'/><updates><update>{UPDATE}</update></updates>")).await;
    let account = format!("<account rating='5' identifier='7' xml:identifier='8'>{odd}no text here</account>");
    let updates = format!("<updates mood=''>{odd}<update mood=''>{odd}{UPDATE}</update>{odd}</updates>");
    let inner = format!("{odd}{STATE}{odd}{CREATED}{UPDATED}{account}{odd}{updates}{odd}");
    let full = format!(r#"<support-request mood="good" {XMLNS} identifier="1" _x='<'>{inner}</support-request>"#);
    assert_eq!(get(full.replace("'<'", "'&lt;'")).await.unwrap(), bare);

    let page = list(rows(&format!("{odd}{}{odd}...{}{odd}", request(""), request("")))).await.unwrap();
    assert_eq!((page.items.len(), page.undecodable.len()), (2, 0));

    let answer = set_external_id(format!("<ref identifier='1' extid='MAX-56789' odd=''>{odd}</ref>")).await.unwrap();
    assert_eq!((answer.identifier.as_str(), answer.extid.as_str(), answer.href), ("1", "MAX-56789", None));
}

#[tokio::test]
async fn order_is_not_significant() {
    let update =
        "<update><comment>c</comment><update-time>2011-02-08T22:07:43Z</update-time><type>ASSIGNED</type></update>";
    let inner = format!("<updates>{update}</updates>{UPDATED}<summary>s</summary>{CREATED}{STATE}");
    let turned = get(format!(r#"<support-request identifier="1">{inner}</support-request>"#)).await.unwrap();
    let usual =
        read(&format!("<summary>s</summary><updates><update>{UPDATE}<comment>c</comment></update></updates>")).await;
    assert_eq!(turned, usual);
}

#[tokio::test]
async fn of_repeated_elements_the_first_with_content_counts() {
    let twice = "<summary/><summary>first</summary><summary>second</summary>\
                 <topic/><topic identifier='a'/><topic identifier='b'/>\
                 <state>PROBLEM</state><creation-time>nonsense</creation-time>";
    let request = read(twice).await;
    assert_eq!(request.summary.unwrap().as_str(), "first");
    assert_eq!((request.state, request.topic.unwrap().identifier.as_str()), (State::New, "a"));
}

#[tokio::test]
async fn no_update_is_lost_even_if_there_are_two_histories() {
    let update = |comment: &str| format!("<update>{UPDATE}<comment>{comment}</comment></update>");
    let [a, b, c] = ["a", "b", "c"].map(update);
    let request = read(&format!("<updates>{a}</updates><updates/><updates>{b}{c}</updates>")).await;
    let comments: Vec<_> =
        request.updates.iter().flatten().map(|update| update.comment.as_ref().unwrap().as_str()).collect();
    assert_eq!(comments, ["a", "b", "c"]);
}

#[tokio::test]
async fn an_absent_history_is_not_an_empty_one() {
    assert_eq!(read("").await.updates, None);
    for empty in ["<updates/>", "<updates></updates>", "<updates> \n </updates>", "<updates><other/></updates>"] {
        assert_eq!(read(empty).await.updates, Some(Vec::new()), "{empty}");
    }
}

#[tokio::test]
async fn both_names_of_an_external_id_are_read_on_every_reference() {
    for element in ["topic", "sub-topic", "property", "purchased-product-offer", "account"] {
        for (attributes, extid) in [
            ("extid='E'", Some("E")),
            ("external-reference='R'", Some("R")),
            ("external-reference='R' extid='E'", Some("E")),
            ("external-reference='R' extid=''", Some("R")),
            ("", None),
        ] {
            let request = read(&format!("<{element} identifier='007' {attributes}/>")).await;
            let references =
                [request.topic, request.sub_topic, request.property, request.purchased_product_offer, request.account];
            let found: Vec<_> = references.into_iter().flatten().collect();
            assert_eq!(found.len(), 1, "{element}");
            assert_eq!(
                (found[0].identifier.as_str(), found[0].extid.as_deref()),
                ("007", extid),
                "{element} {attributes}"
            );
        }
    }
}

#[tokio::test]
async fn an_empty_reference_is_none() {
    for nothing in
        ["<property/>", "<property></property>", "<property identifier='' extid=''/>", "<property other='1'/>"]
    {
        assert_eq!(read(nothing).await.property, None, "{nothing}");
    }
}

#[tokio::test]
async fn undocumented_types_and_states_are_kept() {
    let time = "<update-time> 2011-02-08T22:07:43Z\n</update-time>";
    let update = format!("<update><type> ESCALATED </type><state>ON_HOLD</state>{time}</update>");
    let request = read(&format!("<updates>{update}</updates>")).await;
    let update = &request.updates.unwrap()[0];
    assert_eq!(update.kind, UpdateType::Other("ESCALATED".into()));
    assert_eq!(update.state, Some(State::Other("ON_HOLD".into())));
    let request = get(request_in("\n  in_progress ")).await.unwrap();
    assert_eq!(request.state, State::InProgress);
}

fn request_in(state: &str) -> String {
    request("").replace("NEW", state)
}

#[tokio::test]
async fn an_empty_list_is_empty_in_every_form() {
    for empty in [
        format!("<support-requests {XMLNS}/>"),
        format!("<support-requests {XMLNS}></support-requests>"),
        "<support-requests/>".to_owned(),
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\" standalone='yes'?>\n<!-- none --><?pi?>\n\
         <support-requests>\n</support-requests>\n<!-- end -->"
            .to_owned(),
        rows("... <support-reques/> <other><support-request/></other>"),
    ] {
        assert_eq!(list(empty.clone()).await.unwrap().rows(), 0, "{empty}");
    }
}

const URI: &str = "http://schema.majitek.com/leap-ws-v1.0";

#[tokio::test]
async fn with_without_and_under_a_prefix_it_is_the_same_request() {
    let topic = "<topic identifier='Parking'/>";
    let plain = get(request(topic)).await.unwrap();
    let inner = format!("{STATE}{CREATED}{UPDATED}{topic}");
    let prefixed = inner.replace("</", "</l:").replace("<topic", "<l:topic").replace("<state", "<l:state");
    let prefixed = prefixed.replace("<creation", "<l:creation").replace("<last", "<l:last");
    for document in [
        format!("<support-request identifier='1'>{inner}</support-request>"),
        format!("<l:support-request xmlns:l='{URI}' identifier='1'>{prefixed}</l:support-request>"),
        format!("<l:support-request xmlns:l='{URI}' l:identifier='1' xmlns='urn:x'>{prefixed}</l:support-request>"),
        format!("<l:support-request xmlns:l='{URI}' identifier='1'>{inner}</l:support-request>"),
        format!("<support-request {XMLNS} identifier='1' xmlns:l='{URI}'>{prefixed}</support-request>"),
        format!(
            "<support-request {XMLNS} identifier='1' xmlns:xsi='urn:xsi' xsi:nil='false'>{inner}</support-request>"
        ),
        format!(
            "<support-request {XMLNS} identifier='1'>{}</support-request>",
            inner.replace("<state", "<state xmlns=''")
        ),
    ] {
        assert_eq!(get(document.clone()).await.ok().as_ref(), Some(&plain), "{document}");
    }
}

#[tokio::test]
async fn elements_of_another_namespace_are_skipped() {
    let plain = get(request("")).await.unwrap();
    for foreign in [
        "<summary xmlns='urn:x'>no</summary>",
        "<x:summary xmlns:x='urn:x'>no</x:summary>",
        "<x:box xmlns:x='urn:x' xmlns='urn:x'><summary>no</summary></x:box>",
        "<box xmlns='urn:x'><box/></box>",
        "<account xmlns='urn:x' identifier='7'/>",
        "<account xmlns:x='urn:x' x:identifier='7'/>",
    ] {
        assert_eq!(get(request(foreign)).await.ok().as_ref(), Some(&plain), "{foreign}");
        let around = format!("{foreign}<summary>yes</summary>");
        assert!(get(request(&around)).await.unwrap().summary.is_some(), "what follows {foreign} is ours again");
    }
}

#[tokio::test]
async fn neither_a_row_nor_an_update_vanishes_because_of_its_namespace() {
    for other in ["urn:x", "http://schema.majitek.com/leap-ws-v1.1", "HTTP://schema.majitek.com/leap-ws-v1.0"] {
        let row = request("");
        let foreign = row.replace(URI, other);
        let prefixed = format!("<x:support-request xmlns:x='{other}' identifier='1'/>");
        let page = list(rows(&format!("{foreign}{row}{prefixed}"))).await.unwrap();
        let unreadable: Vec<_> = page.undecodable.iter().map(|row| (row.index, &*row.id)).collect();
        assert_eq!((page.items.len(), unreadable), (1, vec![(0, "1"), (2, "1")]), "{other}");
        assert!(page.undecodable[0].error.to_string().contains("another namespace"));

        let updates = format!("<updates><update xmlns='{other}' unacked-since=''/><update>{UPDATE}</update></updates>");
        let request = read(&updates).await;
        assert_eq!((request.updates.unwrap().len(), request.unreadable_updates.len()), (1, 1), "{other}");
    }
}

#[tokio::test]
async fn an_unreadable_update_hides_neither_the_others_nor_its_flag() {
    let good = |comment: &str| format!("<update>{UPDATE}<comment>{comment}</comment></update>");
    for (bad, at, is_unacked) in [
        ("<update><type>CANARY</type></update>".to_owned(), "update-time", false),
        (format!("<update unacked-since='CANARY'>{UPDATE}</update>"), "@unacked-since", true),
        (
            format!("<update unacked-since='2011-02-08T22:07:43Z'>{UPDATE}<comment>&nbsp;</comment></update>"),
            "comment",
            true,
        ),
        ("<update/>".to_owned(), "type", false),
    ] {
        let request = read(&format!("<updates>{}{bad}{}</updates>", good("a"), good("b"))).await;
        let comments: Vec<_> =
            request.updates.iter().flatten().map(|update| update.comment.as_ref().unwrap().as_str()).collect();
        assert_eq!((comments, request.is_unacked()), (vec!["a", "b"], is_unacked), "{bad}");
        let [unreadable] = &request.unreadable_updates[..] else { panic!("{request:?}") };
        assert_eq!((unreadable.index, unreadable.is_unacked), (1, is_unacked), "{bad}");
        let place = format!("support-request/updates/update[2]/{at} (byte ");
        assert!(unreadable.reason.contains(&place) && !unreadable.reason.contains("CANARY"), "{unreadable:?}");
    }
}

#[tokio::test]
async fn a_root_of_another_namespace_is_foreign() {
    let inner = format!("{STATE}{CREATED}{UPDATED}");
    for document in [
        format!("<support-request xmlns='urn:x' identifier='1'>{inner}</support-request>"),
        format!("<support-request xmlns='{URI}/' identifier='1'>{inner}</support-request>"),
        format!("<l:support-request xmlns:l='urn:x' identifier='1'>{inner}</l:support-request>"),
    ] {
        let error = get(document.clone()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{document}: {error}");
        assert!(error.to_string().contains("namespace"), "{error}");
    }
}

fn row(identifier: &str, more: &str) -> String {
    request(more).replace("identifier=\"1\"", identifier)
}

#[tokio::test]
async fn an_unreadable_row_is_identified_and_the_others_are_read() {
    let good = |id: &str| row(&format!("identifier='{id}'"), "");
    let no_date = "<x/>".to_owned() + &good("CANARY").replace("2011-02-08T22:06:43.000+0000", "CANARY");
    for (bad, at) in [
        (row("identifier='2'", "<account identifier='&nbsp;'/>"), "account/@identifier"),
        (row("identifier='2'", "<summary>CANARY<x>&nbsp;</x>&nbsp;<y></y></summary><z/>"), "summary"),
        (row("identifier='2' unacked-since='CANARY'", "<summary>CANARY</summary>"), "@unacked-since"),
        ("<support-request identifier='2'/>".to_owned(), "state"),
        (no_date.replace("'CANARY'", "'2'"), "creation-time"),
    ] {
        let page = list(rows(&format!("{}{bad}<x/>...{}{bad}", good("1"), good("3")))).await.unwrap();
        let ids: Vec<_> = page.items.iter().map(|item| item.identifier.as_str()).collect();
        assert_eq!((ids, page.rows()), (vec!["1", "3"], 4), "{bad}");
        for (undecodable, row) in page.undecodable.iter().zip([1, 3]) {
            assert_eq!((undecodable.index, &*undecodable.id), (row, "2"), "{bad}");
            let place = format!("support-requests/support-request[{}]/{at} (byte ", row + 1);
            let shown = format!("{undecodable:?} {}", undecodable.error);
            assert!(shown.contains(&place) && !shown.contains("CANARY"), "{place}: {shown}");
            assert!(!undecodable.error.is_foreign_response());
        }
    }
}

#[tokio::test]
async fn a_row_without_an_identifier_is_identified_by_its_hash() {
    for nameless in ["", "identifier=''", "identifier='&nbsp;CANARY'"] {
        let [a, b] = ["CANARY", "CANARY too"].map(|text| row(nameless, &format!("<summary>{text}</summary>")));
        let page = list(rows(&format!("{a} {b} {a}"))).await.unwrap();
        let ids: Vec<_> = page.undecodable.iter().map(|row| &*row.id).collect();
        assert!(ids.len() == 3 && ids[0] == ids[2] && ids[0] != ids[1], "{ids:?}");
        assert!(ids.iter().all(|id| id.starts_with("row #") && !id.contains("CANARY")), "{ids:?}");
        let again = list(rows(&format!("<x/>{a}"))).await.unwrap();
        assert_eq!(&*again.undecodable[0].id, ids[0]);
    }
}

#[tokio::test]
async fn rows_come_in_the_lists_order() {
    let all: String = (0..100)
        .map(|n| row(&format!("identifier='{n:07}'"), if n % 7 == 3 { "<account ref='x'/>" } else { "" }))
        .collect();
    let page = list(rows(&all)).await.unwrap();
    let order: Vec<_> =
        page.into_iter().map(|row| row.map_or_else(|row| row.id, |item| item.identifier.as_str().into())).collect();
    assert_eq!(order, (0..100).map(|n| format!("{n:07}").into()).collect::<Vec<Box<str>>>());
}
