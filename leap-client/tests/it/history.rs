//! The history of a request is read whole, whatever updates are in it, and updates that look alike are told apart by
//! number.

use crate::support::mock_server::options;
use care_emulators::leap::{Emulator, NewRequest};
use care_testkit::{SocketlessTransport, Step, reply};
use futures_util::StreamExt;
use leap_client::{
    Leap, MemoryChangeStore, Options, Posted, RequestKey, RequestUpdate, Settled, State, SupportRequest, UpdateType,
};

async fn request_with(updates: &str) -> SupportRequest {
    let document = format!(
        "<support-request identifier=\"1\"><state>NEW</state><creation-time>2011-02-08T22:06:43.000+0000</creation-time>\
         <last-update-time>2011-02-08T22:07:43.000+0000</last-update-time><updates>{updates}</updates></support-request>"
    );
    let transport = SocketlessTransport::script(move |_| reply(200, "application/xml", document.clone()));
    let options = Options::new().transport(transport);
    let leap = Leap::builder().company("acme").basic_auth("crm", "hush").options(options).build().unwrap();
    leap.requests().get(RequestKey::id("1")).await.unwrap()
}

#[tokio::test]
async fn an_update_of_any_type_may_have_any_of_the_elements() {
    // LEAP-27: ASSIGNED has no example, and nothing says what each type has.
    let time = "<update-time>2011-02-08T22:07:43.000+0000</update-time>";
    let whole = "<state>IN_PROGRESS</state><updater>Sam Example</updater><comment>Hello</comment>";
    let types = [
        ("COMMENT_ADDED", UpdateType::CommentAdded),
        ("STATE_CHANGED", UpdateType::StateChanged),
        ("ASSIGNED", UpdateType::Assigned),
        ("MERGED", UpdateType::Other("MERGED".into())),
    ];
    for (word, kind) in types {
        let bare = format!("<update><type>{word}</type>{time}</update>");
        let full = format!("<update><type>{word}</type>{whole}{time}</update>");
        let updates = request_with(&format!("{bare}{full}")).await.updates.unwrap();
        assert_eq!((&updates[0].kind, &updates[1].kind), (&kind, &kind));
        assert_eq!((&updates[0].state, &updates[0].updater, &updates[0].comment), (&None, &None, &None), "{word}");
        assert_eq!(updates[1].state, Some(State::InProgress), "{word}");
        assert_eq!(updates[1].comment.as_ref().unwrap().as_str(), "Hello", "{word}");
    }
}

#[tokio::test]
async fn the_history_is_in_the_order_of_time_and_keeps_the_servers_within_one_instant() {
    // LEAP-40: two updates of the example have the same time, and no order is documented.
    let update = |comment: &str, time: &str| {
        format!(
            "<update><type>COMMENT_ADDED</type><update-time>{time}</update-time><comment>{comment}</comment></update>"
        )
    };
    let mixed = [
        update("4", "2011-02-08T23:00:00.000+0000"),
        update("1", "2011-02-09T08:00:00.000+1000"),
        update("2", "2011-02-08T22:00:00.000+0000"),
        update("3", "2011-02-08T22:00:00.001Z"),
    ];
    let request = request_with(&mixed.concat()).await;
    let said = |updates: Vec<&leap_client::Update>| -> String {
        updates.iter().map(|update| update.comment.as_ref().unwrap().as_str()).collect()
    };
    assert_eq!(said(request.updates.iter().flatten().collect()), "4123");
    assert_eq!(said(request.history()), "1234");
}

async fn emulator_with_one(flags_own: bool) -> (Emulator, Leap, SocketlessTransport, String) {
    let emulator = Emulator::builder().flag_own_writes(flags_own).start().await.unwrap();
    let id = emulator.controller().raise(NewRequest::topic("Parking")).unwrap();
    let transport = SocketlessTransport::to(emulator.router());
    let builder = Leap::builder().base_url(emulator.base_url()).basic_auth(emulator.username(), emulator.password());
    let leap = builder.options(options().transport(transport.clone())).build().unwrap();
    (emulator, leap, transport, id)
}

#[tokio::test(start_paused = true)]
async fn of_two_equal_comments_the_second_is_news() {
    // LEAP-40: an update that looks like one seen before, at the same time, counts all the same.
    let (emulator, leap, _, id) = emulator_with_one(true).await;
    emulator.clock().freeze();
    let controller = emulator.controller();
    controller.comment(&id, "Robin Example", "Still dark").unwrap();
    let mut changes = leap.requests().changes(MemoryChangeStore::new());
    let first = changes.next().await.unwrap().unwrap();
    assert_eq!(first.updates().len(), 1);
    let again = id.clone();
    controller.before_next("POST", "/requests/acked", move |controller| {
        controller.comment(&again, "Robin Example", "Still dark").unwrap();
    });
    assert_eq!(first.done().await.unwrap(), Settled::ChangedSince);
    let late = changes.next().await.unwrap().unwrap();
    assert!(late.is_late());
    assert_eq!(late.updates().len(), 1, "one of the two is new");
    assert_eq!(late.request().updates.as_ref().unwrap().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_comment_that_was_said_before_is_no_proof_that_it_was_posted_now() {
    // LEAP-39, LEAP-40
    let (emulator, leap, transport, id) = emulator_with_one(true).await;
    emulator.clock().freeze();
    let hello = || leap.requests().post_update_once(RequestKey::id(&*id), RequestUpdate::new().comment("Hello"));
    assert_eq!(hello().await.unwrap(), Posted::Answered);
    transport.plan("POST", "/updates", [Step::Lost]);
    let error = hello().await.unwrap_err();
    assert_eq!(leap_client::WorkflowFailure::of(&error), Some(&leap_client::WorkflowFailure::NotPosted), "{error}");
    transport.plan("POST", "/updates", [Step::AnswerLost]);
    assert_eq!(hello().await.unwrap(), Posted::ReadBack);
    assert_eq!(emulator.controller().request(&id).unwrap().updates.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn own_comments_come_back_as_changes_where_the_server_flags_them() {
    // LEAP-33: no document says whether it does; either way nothing is lost.
    for flags_own in [true, false] {
        let (_emulator, leap, _, id) = emulator_with_one(flags_own).await;
        let mut changes = leap.requests().changes(MemoryChangeStore::new());
        let raised = changes.next().await.unwrap().unwrap();
        assert!(raised.is_new());
        assert_eq!(raised.done().await.unwrap(), Settled::Acknowledged);
        leap.requests().comment(RequestKey::id(&*id), "We are on it").await.unwrap();
        let mut changes = leap.requests().changes(MemoryChangeStore::new());
        if flags_own {
            let own = changes.next().await.unwrap().unwrap();
            assert_eq!(own.updates()[0].comment.as_ref().unwrap().as_str(), "We are on it");
            assert_eq!(own.done().await.unwrap(), Settled::Acknowledged);
        }
        let limit = std::time::Duration::from_secs(300);
        assert!(tokio::time::timeout(limit, changes.next()).await.is_err(), "nothing else comes");
    }
}
