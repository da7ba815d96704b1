//! What a document may have more, less, or in another order.

use crate::xml::{CREATED, STATE, UPDATED, XMLNS, get, list, read, request, rows, set_external_id};
use leap_client::{State, UpdateType};

const UPDATE: &str = "<type>ASSIGNED</type><update-time>2011-02-08T22:07:43Z</update-time>";

#[tokio::test]
async fn what_is_unknown_is_skipped_wherever_it_stands() {
    let odd = "<rating stars='5' x:y=''><state>PROBLEM</state><summary>no</summary><rating/></rating> ... <flag/>";
    let bare = read(&format!("<account identifier='7'/><updates><update>{UPDATE}</update></updates>")).await;
    let account = format!("<account rating='5' identifier='7' x:identifier='8'>{odd}no text here</account>");
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
async fn of_what_stands_twice_the_first_that_says_something_counts() {
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
async fn a_reference_to_nothing_is_none() {
    for nothing in
        ["<property/>", "<property></property>", "<property identifier='' extid=''/>", "<property other='1'/>"]
    {
        assert_eq!(read(nothing).await.property, None, "{nothing}");
    }
}

#[tokio::test]
async fn new_words_are_kept() {
    let request = read("<updates><update><type> ESCALATED </type><state>ON_HOLD</state><update-time> 2011-02-08T22:07:43Z\n</update-time></update></updates>").await;
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
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\" standalone='yes'?>\n<!-- none --><?pi?>\n<support-requests>\n</support-requests>\n<!-- end -->"
            .to_owned(),
        rows("... <support-reques/> <other><support-request/></other>"),
    ] {
        assert_eq!(list(empty.clone()).await.unwrap().rows(), 0, "{empty}");
    }
}
