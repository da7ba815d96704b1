//! The programs of the front page are what stands there, and they work.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use care_emulators::caremessenger::{Delivery, DeliveryStatus, Payload};
use common::*;
use http::Request;

#[allow(dead_code, reason = "a front page's program has a main of its own")]
mod program {
    include!("front_page/program.rs");

    pub(crate) async fn run(care: &CareMessenger, hook: &str) {
        register(care, hook).await.unwrap();
    }
}

mod receiving {
    include!("front_page/receiver.rs");

    pub(crate) async fn made(path: &str, secret: &str) -> (FileJournal, Receiver) {
        receiver(path, secret).await.unwrap()
    }

    pub(crate) async fn taken(receiver: &Receiver, request: Request<Bytes>) -> Response<Bytes> {
        on_request(receiver, request).await
    }

    pub(crate) async fn told(journal: &FileJournal, done: usize) -> usize {
        calls(journal, done).await.unwrap()
    }
}

#[test]
fn the_readme_shows_these_programs_to_the_letter() {
    let programs = [include_str!("front_page/program.rs"), include_str!("front_page/receiver.rs")];
    care_testkit::front_page::shows(env!("CARGO_MANIFEST_DIR"), &programs);
}

#[tokio::test(start_paused = true)]
async fn the_first_registers_a_helper_once_however_often_it_is_run() {
    let scene = scene().await;
    scene.transport.plan("POST", "/assistance-provider", [Step::AnswerLost]);
    for _ in 0..3 {
        program::run(&scene.care, "https://hooks.example.com/care/1").await;
    }
    let providers = scene.portal.providers();
    assert_eq!((providers.len(), providers[0].label.as_str()), (1, "Duty manager"));
    assert_eq!((providers[0].emails.len(), providers[0].webhooks.len()), (1, 1));
}

#[tokio::test]
async fn the_second_keeps_each_call_over_restarts() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    for run in 1..=2 {
        let (journal, receiver) = receiving::made(path.to_str().unwrap(), SECRET).await;
        let url = format!("https://hooks.example.com/care/{SECRET}");
        let delivery =
            Delivery::to(url, Payload::new("text/plain", "Help!")).handler(move |request: Request<bytes::Bytes>| {
                let receiver = receiver.clone();
                async move { receiving::taken(&receiver, request).await }
            });
        assert_eq!(delivery.run().await.end, DeliveryStatus::Delivered);
        assert_eq!(receiving::told(&journal, run - 1).await, run, "all are done by now");
        let notifications = journal.read().await.unwrap().notifications;
        assert_eq!((notifications.len(), notifications[run - 1].duplicate == Default::default()), (run, run == 1));
    }
}
