//! The programs of the front page are what stands there, and they work.

use crate::support::*;
use care_emulators::caremessenger::{Delivery, DeliveryStatus, Payload};
use caremessenger_client::webhook::FileJournal;
use std::time::Duration;
use tokio::{
    net::TcpListener,
    sync::{mpsc::unbounded_channel, oneshot},
};

#[allow(dead_code, reason = "a front page's program has a main of its own")]
mod program {
    include!("program.rs");

    pub(crate) async fn run(care: &CareMessenger, hook: &str) {
        register(care, hook).await.unwrap();
    }
}

mod receiving {
    include!("receiver.rs");

    pub(crate) async fn made(path: &str, secret: &str, calls: UnboundedSender<Notification>) -> Receiver {
        receiver(path, secret, calls).await.unwrap()
    }

    pub(crate) async fn served(receiver: Receiver, listener: TcpListener, stop: tokio::sync::oneshot::Receiver<()>) {
        serve(receiver, listener, async { drop(stop.await) }).await;
    }
}

#[test]
fn the_readme_shows_these_programs_to_the_letter() {
    let programs = [include_str!("program.rs"), include_str!("receiver.rs")];
    care_testkit::front_page::shows(env!("CARGO_MANIFEST_DIR"), &programs);
}

#[tokio::test(start_paused = true)]
async fn the_first_registers_a_helper_once_however_often_it_is_run() {
    let scene = scene().await;
    scene.transport.plan("POST", "/assistance-provider", [Step::AnswerLost]);
    for _ in 0..3 {
        program::run(&scene.care, "https://hooks.example.com/care/1").await;
    }
    let providers = scene.controller.providers();
    assert_eq!((providers.len(), providers[0].label.as_str()), (1, "Duty manager"));
    assert_eq!((providers[0].emails.len(), providers[0].webhooks.len()), (1, 1));
}

#[tokio::test]
async fn the_second_keeps_each_call_over_restarts() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    for run in 1..=2 {
        let (calls, mut handed_on) = unbounded_channel();
        let receiver = receiving::made(path.to_str().unwrap(), SECRET, calls).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/care/{SECRET}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(receiving::served(receiver, listener, stopped));
        assert_eq!(
            Delivery::to(url, Payload::new("text/plain", "Help!")).run().await.status,
            DeliveryStatus::Delivered
        );
        stop.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(10), serving).await.expect("it stops").unwrap();
        let notifications = FileJournal::read_file(&path).unwrap().notifications;
        assert_eq!((notifications.len(), notifications[run - 1].duplicate == Default::default()), (run, run == 1));
        assert_eq!(handed_on.recv().await.as_ref(), notifications.last(), "it is handed on once it is stored");
    }
}
