//! Conformance: every documented state of a support request can be reached, and its response equals the documented
//! example.

use crate::support::{
    documents,
    leap::{Node, fixture, post, read, set_external_id},
};
use care_emulators::leap::{Emulator, NewRequest, State};
use std::{collections::BTreeSet, time::Duration};

fn is_time(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape.replace('-', "+") == "0000+00+00T00:00:00.000+0000"
}

/// Differences between a response and a documented example that are not allowed.
///
/// Elements, their order, and attributes must be equal at every depth. States, types, the namespace and offsets from
/// UTC must be equal by value; what is a time, an address or empty in one is so in the other. Everything else is data,
/// and differs.
fn differences(response: &Node, example: &Node, at: &str, found: &mut Vec<String>) {
    let at = &format!("{at}/{}", example.name);
    let names = |node: &Node| -> Vec<String> { node.children.iter().map(|child| child.name.clone()).collect() };
    let attributes = |node: &Node| -> Vec<String> { node.attributes.keys().cloned().collect() };
    if (&response.name, names(response), attributes(response)) != (&example.name, names(example), attributes(example)) {
        found.push(format!("{at} is {response:?}, documented is {example:?}"));
        return;
    }
    for (name, value) in &response.attributes {
        value_differs(&format!("{at}@{name}"), value, &example.attributes[name], found);
    }
    value_differs(at, &response.text, &example.text, found);
    for (ours, theirs) in response.children.iter().zip(&example.children) {
        differences(ours, theirs, at, found);
    }
}

fn value_differs(at: &str, ours: &str, theirs: &str, found: &mut Vec<String>) {
    let fixed = ["/state", "/type", "@xmlns"].iter().any(|end| at.ends_with(end));
    let offset = |text: &str| is_time(text).then(|| text[23..].to_owned());
    let address = |text: &str| text.starts_with("http://").then(|| text.split('/').count());
    let same = (offset(ours), address(ours), ours.is_empty()) == (offset(theirs), address(theirs), theirs.is_empty());
    if !same || fixed && ours != theirs {
        found.push(format!("{at} is {ours:?}, documented is {theirs:?}"));
    }
}

/// Relations between the values of one request that hold for any data.
fn relations(request: &Node) -> Vec<(&'static str, bool)> {
    let text = |name: &str| request.find(name).map_or("", |child| &child.text);
    let (created, updated) = (text("creation-time"), text("last-update-time"));
    let leads = |node: Option<&Node>| {
        node.is_none_or(|node| {
            let segment = node.attributes["identifier"].replace(' ', "%20");
            node.attributes["ref"].ends_with(&format!("/{segment}"))
        })
    };
    let history = request.find("updates").map(|updates| &*updates.children).unwrap_or_default();
    let flag = |n: usize| history.get(n).and_then(|update| update.attribute("unacked-since"));
    let of = |n: usize, name: &str| history.get(n).map(|update| update.child(name).text.clone());
    vec![
        ("its address", leads(Some(request))),
        ("the property's address", leads(request.find("property"))),
        ("the account's address", leads(request.find("account"))),
        ("updated at its creation", created == updated),
        ("unacked since the last update", request.attribute("unacked-since") == Some(updated)),
        ("the newest update is flagged", flag(0).is_some()),
        ("since it was made", flag(0) == of(0, "update-time").as_deref()),
        ("which is the last update", of(0, "update-time").as_deref() == Some(updated)),
        ("the older one is not flagged", flag(1).is_some()),
        ("of the same time", of(0, "update-time") == of(1, "update-time")),
        ("by the same person", of(0, "updater") == of(1, "updater")),
    ]
}

fn assert_documented(response: &Node, file: &str) {
    let example = Node::parse(&fixture(file));
    let mut found = Vec::new();
    differences(response, &example, "", &mut found);
    assert!(found.is_empty(), "{file}: {found:#?}");
    let requests = |root: &Node| match root.name.as_str() {
        "support-requests" => root.children.iter().map(relations).collect(),
        "support-request" => vec![relations(root)],
        _ => vec![],
    };
    assert_eq!(requests(response), requests(&example), "{file}");
}

/// Two requests with different data.
fn two() -> [NewRequest; 2] {
    let first = NewRequest::topic("Lighting")
        .topic_external_id("77")
        .sub_topic("Dark Stairs")
        .sub_topic_external_id("78")
        .summary("The stairs are dark")
        .description("Since yesterday. Nobody has come.")
        .assignee("Kim Example")
        .external_id("CRM-1");
    let second = NewRequest::topic("Lifts & Doors")
        .topic_external_id("<5>")
        .sub_topic("\"Slow\"")
        .sub_topic_external_id("é")
        .summary("A door is slow")
        .description("Very slow.\nVery.")
        .creator("Lou Example")
        .assignee("Max Example")
        .community("second")
        .email("lou@example.org")
        .account("7")
        .external_id("a/b c")
        .with_id("0 1");
    [first, second]
}

#[tokio::test]
async fn a_request_equals_the_documented_detail_and_list() {
    let emulator = Emulator::start().await.unwrap();
    emulator.clock().freeze();
    let controller = emulator.controller();
    for (n, new) in two().into_iter().enumerate() {
        let id = controller.raise(new).unwrap();
        emulator.clock().advance(Duration::from_secs(60));
        controller.change_state(&id, State::InProgress, "Sam Example", "").unwrap();
        let body = format!("<acknowledgements><acknowledgement>{id}</acknowledgement></acknowledgements>");
        assert_eq!(post(&emulator, "/requests/acked", &body).await, 200);
        controller.comment(&id, "Sam Example", "Somebody is coming").unwrap();

        let path = format!("/requests/{}", id.replace(' ', "%20"));
        let detail = read(&emulator, &path).await;
        assert_documented(&detail, "request-detail.xml");
        let external = detail.attributes["extid"].replace('/', "%2F").replace(' ', "%20");
        assert_eq!(read(&emulator, &format!("/requests/extid/{external}")).await, detail);
        assert_documented(&read(&emulator, &format!("/requests/?limit=1&offset={n}")).await, "list-all.xml");
    }
}

#[tokio::test]
async fn a_request_is_listed_as_in_the_documented_lists_by_topic() {
    let emulator = Emulator::builder().utc_offset(10).start().await.unwrap();
    emulator.clock().freeze();
    let controller = emulator.controller();
    let related = |new: NewRequest| new.property("PP-9").property_external_id("HOUSE-9");
    for (new, with_offer) in two().into_iter().map(related).zip([true, false]) {
        let new = if with_offer { new.offer("POF-9", "Light Care") } else { new };
        let (topic, file) = if with_offer {
            ("Lighting", "list-by-topic.xml")
        } else {
            ("Lifts%20%26%20Doors", "list-by-topic-in-state.xml")
        };
        let id = controller.raise(new).unwrap();
        controller.assign(&id, "Sam Example").unwrap();
        let list = read(&emulator, &format!("/requests/by-topic/{topic}")).await;
        assert_documented(&list, file);
        assert_eq!(read(&emulator, &format!("/requests/by-topic/{topic}/in-state/IN_PROGRESS")).await, list);
    }
}

#[tokio::test]
async fn a_new_external_identifier_is_answered_as_documented() {
    let emulator = Emulator::start().await.unwrap();
    for new in two() {
        let id = emulator.controller().raise(new).unwrap();
        let response = set_external_id(&emulator, &id.replace(' ', "%20"), &format!("NEW-{}", id.len())).await;
        assert_eq!(response.status, 200);
        assert_documented(&response.document(), "set-extid-response.xml");
        assert_eq!(response.document().attributes["extid"], format!("NEW-{}", id.len()));
        assert_eq!(response.document().attributes["identifier"], id);
    }
}

#[tokio::test]
async fn the_documented_requests_are_accepted() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let acknowledgements = fixture("acknowledgements-request.xml");
    let ids: Vec<String> =
        Node::parse(&acknowledgements).children.into_iter().map(|acknowledgement| acknowledgement.text).collect();
    for id in &ids {
        controller.raise(NewRequest::topic("Lighting").with_id(id)).unwrap();
    }
    let [first, second] = &ids[..] else { panic!("{ids:?}") };
    let form = fixture("set-extid-request.txt");
    let response = crate::support::leap::form_request(&format!("/requests/{first}/extid"), &form).send(&emulator).await;
    assert_eq!(response.status, 200);
    assert_eq!(controller.request(first).unwrap().external_id.as_deref(), form.strip_prefix("extid="));

    let (status, comment) = (fixture("status-change-request.xml"), fixture("comment-request.xml"));
    assert_eq!(post(&emulator, &format!("/requests/{second}/updates"), &status).await, 200);
    assert_eq!(post(&emulator, &format!("/requests/{second}/updates"), &comment).await, 200);
    let request = controller.request(second).unwrap();
    let said: Vec<_> = request.updates.iter().map(|update| update.comment.clone()).collect();
    let sent = [comment, status].map(|document| Node::parse(&document).child("comment").text.clone());
    assert_eq!((request.state, said), (State::InProgress, sent.to_vec()));

    assert_eq!(post(&emulator, "/requests/acked", &acknowledgements).await, 200);
    for id in &ids {
        let request = controller.request(id).unwrap();
        assert_eq!(request.unacked_since, None);
        assert!(request.updates.iter().all(|update| update.unacked_since.is_none()));
    }
}

#[test]
fn the_comparison_finds_differences() {
    let example = Node::parse(&fixture("request-detail.xml"));
    let found = |change: &dyn Fn(&mut Node)| {
        let mut broken = example.clone();
        change(&mut broken);
        let mut found = Vec::new();
        differences(&broken, &example, "", &mut found);
        !found.is_empty() || relations(&broken) != relations(&example)
    };
    assert!(!found(&|_| ()));
    let at = |request: &Node, name: &str| request.children.iter().position(|child| child.name == name).unwrap();
    let set = |request: &mut Node, name: &str, text: &str| {
        let at = at(request, name);
        text.clone_into(&mut request.children[at].text);
    };
    let update = |request: &mut Node, n: usize, change: &dyn Fn(&mut Node)| {
        let at = at(request, "updates");
        change(&mut request.children[at].children[n]);
    };
    let changes: [&dyn Fn(&mut Node); 12] = [
        &|request| set(request, "state", "NEW"),
        &|request| set(request, "creation-time", "2011-02-08T22:06:43.000Z"),
        &|request| set(request, "creation-time", "2011-02-08T22:06:43.000+1000"),
        &|request| set(request, "last-update-time", "2012-02-08T22:06:43.000+0000"),
        &|request| set(request, "creator", ""),
        &|request| drop(request.attributes.remove("unacked-since")),
        &|request| drop(request.attributes.insert("ref".to_owned(), "http://x/api/v1/requests/2".to_owned())),
        &|request| drop(request.attributes.insert("xmlns".to_owned(), String::new())),
        &|request| request.children.swap(0, 1),
        &|request| drop(request.children.pop()),
        &|request| update(request, 0, &|update| update.attributes.clear()),
        &|request| update(request, 1, &|update| update.children[0].text = "ASSIGNED".to_owned()),
    ];
    for (n, change) in changes.into_iter().enumerate() {
        assert!(found(change), "change {n} isn't found");
    }
}

fn texts(node: &Node, found: &mut BTreeSet<String>) {
    found.extend(node.attributes.values().cloned());
    found.insert(node.text.clone());
    node.children.iter().for_each(|child| texts(child, found));
}

#[test]
fn the_source_holds_no_text_of_the_fixtures() {
    let mut known = BTreeSet::new();
    for file in [
        "request-detail.xml",
        "list-all.xml",
        "list-by-topic.xml",
        "list-by-topic-in-state.xml",
        "set-extid-response.xml",
        "status-change-request.xml",
        "comment-request.xml",
    ] {
        texts(&Node::parse(&fixture(file)), &mut known);
    }
    let protocol = ["IN_PROGRESS", "COMMENT_ADDED", "STATE_CHANGED", "http://schema.majitek.com/leap-ws-v1.0"];
    known.retain(|text| text.len() > 2 && !protocol.contains(&text.as_str()));
    assert!(known.len() > 25, "too few texts to look for: {known:?}");
    documents::assert_not_in_the_source(&known);
}
