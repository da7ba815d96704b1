//! The receiver and the sender together: the sender is that of the emulator, which posts as CareMessenger's page says,
//! on a clock that doesn't keep tests waiting.

use crate::support::*;
use bytes::Bytes;
use care_emulators::caremessenger::{
    AttemptOutcome, Delivery, DeliveryFaults, DeliveryStatus, OtherStatus, Payload, RESIDENT_ID, SITE_ID, Schedule,
    Transcript,
};
use caremessenger_client::{
    NewAssistanceProvider, SiteId,
    webhook::{Duplicate, MemorySink, Receiver},
};
use http::{Request, Response, StatusCode};
use std::time::Duration;

const BODY: &str = r#"{"id":71,"resident":14}"#;

fn delivery(receiver: &Receiver, faults: &DeliveryFaults) -> Delivery {
    let receiver = receiver.clone();
    Delivery::to(format!("https://hooks.example.com/care/{SECRET}"), Payload::new("application/json", BODY))
        .handler(move |request: Request<Bytes>| {
            let receiver = receiver.clone();
            async move { receiver.handle(request).await }
        })
        .faults(faults)
}

/// What came of a delivery while something goes wrong: the transcript, and what the sink has.
async fn delivered(plan: impl FnOnce(&DeliveryFaults)) -> (Transcript, MemorySink) {
    let (sink, faults) = (MemorySink::new(), DeliveryFaults::default());
    plan(&faults);
    let receiver = receiver(sink.clone()).build().unwrap();
    (delivery(&receiver, &faults).run().await, sink)
}

fn marks(sink: &MemorySink) -> Vec<Duplicate> {
    sink.notifications().iter().map(|notification| notification.duplicate).collect()
}

#[tokio::test(start_paused = true)]
async fn a_receiver_that_is_down_for_four_minutes_gets_it() {
    // CARE-31
    let (transcript, sink) = delivered(|faults| faults.down_for(secs(240))).await;
    assert_eq!(transcript.status, DeliveryStatus::Delivered);
    assert_eq!((transcript.attempts.len(), kept(&sink)), (9, vec![format!("desk {BODY} No")]));
}

#[tokio::test(start_paused = true)]
async fn a_receiver_that_is_down_for_six_minutes_never_hears_of_it_and_nobody_is_told() {
    // CARE-31: which is why a mail address belongs beside each webhook.
    let (transcript, sink) = delivered(|faults| faults.down_for(secs(360))).await;
    assert_eq!(transcript.status, DeliveryStatus::Abandoned);
    assert!(sink.notifications().is_empty());
    let only = NewAssistanceProvider::for_site(SiteId(5), "a", "b").webhook("desk", "https://hooks.example.com/1");
    assert_eq!(only.lint(), [caremessenger_client::Lint::OnlyWebhook]);
}

#[tokio::test(start_paused = true)]
async fn a_receiver_that_is_down_for_three_minutes_may_never_hear_of_it_either() {
    // CARE-31: no document says how long the pauses are.
    let (sink, faults) = (MemorySink::new(), DeliveryFaults::default());
    faults.down_for(secs(160));
    let receiver = receiver(sink.clone()).build().unwrap();
    let transcript = delivery(&receiver, &faults).schedule(Schedule::default().first_delay(secs(10))).run().await;
    assert_eq!((transcript.status, transcript.seconds()), (DeliveryStatus::Abandoned, vec![0, 10, 30, 70, 150]));
    assert!(sink.notifications().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_lost_acknowledgement_is_two_notifications_of_which_one_is_marked() {
    // CARE-30
    let (transcript, sink) = delivered(DeliveryFaults::lose_answer).await;
    assert_eq!(transcript.status, DeliveryStatus::Delivered);
    assert_eq!(marks(&sink), [Duplicate::No, Duplicate::Probable]);

    let (sink, faults) = (MemorySink::new(), DeliveryFaults::default());
    faults.times(3).lose_answer();
    let receiver = receiver(sink.clone()).id_pointer("/id").build().unwrap();
    assert_eq!(delivery(&receiver, &faults).run().await.status, DeliveryStatus::Delivered);
    assert_eq!(marks(&sink), [Duplicate::No, Duplicate::Certain, Duplicate::Certain, Duplicate::Certain]);
    let actions = marks(&sink).into_iter().filter(|mark| mark.needs_action()).count();
    assert_eq!(actions, 1, "with an id it is acted on once");
}

#[tokio::test(start_paused = true)]
async fn an_answer_of_204_is_repeated_until_it_is_given_up_so_the_receiver_never_gives_it() {
    // CARE-32
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).build().unwrap();
    let wrong = receiver.clone();
    let careless =
        Delivery::to(format!("https://hooks.example.com/{SECRET}"), Payload::new("", BODY)).handler(move |request| {
            let receiver = wrong.clone();
            async move {
                receiver.handle(request).await;
                Response::builder().status(StatusCode::NO_CONTENT).body(()).unwrap()
            }
        });
    let transcript = careless.run().await;
    assert_eq!((transcript.status, sink.notifications().len()), (DeliveryStatus::Abandoned, 9), "stored nine times");
    assert_eq!(delivery(&receiver, &DeliveryFaults::default()).run().await.status, DeliveryStatus::Delivered);
}

#[tokio::test(start_paused = true)]
async fn whatever_goes_wrong_on_the_way_is_stored_or_posted_again() {
    // CARE-30, CARE-31
    type Plan = fn(&DeliveryFaults);
    let faults: [(&str, Plan, usize); 6] = [
        ("refused", DeliveryFaults::refuse, 1),
        ("reset", DeliveryFaults::reset, 1),
        ("half a body", DeliveryFaults::truncate_body, 1),
        ("the answer lost", DeliveryFaults::lose_answer, 2),
        ("a slow answer", |faults| faults.delay_answer(secs(60)), 2),
        ("somebody else's answer", |faults| faults.answer_instead(502), 1),
    ];
    for (what, plan, stored) in faults {
        let (transcript, sink) = delivered(plan).await;
        assert_eq!((transcript.status, sink.notifications().len()), (DeliveryStatus::Delivered, stored), "{what}");
        assert_eq!(marks(&sink)[0], Duplicate::No, "{what}");
    }
}

#[tokio::test(start_paused = true)]
async fn two_attempts_at_once_are_told_apart() {
    // CARE-30
    let (transcript, sink) = delivered(DeliveryFaults::send_twice).await;
    assert_eq!(transcript.outcomes(), [AttemptOutcome::Acknowledged(StatusCode::OK); 2]);
    assert_eq!(marks(&sink), [Duplicate::No, Duplicate::Probable]);
}

#[tokio::test(start_paused = true)]
async fn a_second_call_for_help_with_the_same_bytes_is_not_lost() {
    // CARE-30
    let (sink, faults) = (MemorySink::new(), DeliveryFaults::default());
    let receiver = receiver(sink.clone()).build().unwrap();
    for _ in 0..2 {
        assert_eq!(delivery(&receiver, &faults).run().await.status, DeliveryStatus::Delivered);
    }
    assert_eq!(marks(&sink), [Duplicate::No, Duplicate::Probable]);
}

#[tokio::test(start_paused = true)]
async fn a_sink_that_is_down_for_a_while_gets_it_unless_a_503_ends_the_repetitions() {
    // CARE-31, CARE-32: no document says that it does not.
    for (other_status, end) in
        [(OtherStatus::Retry, DeliveryStatus::Delivered), (OtherStatus::GiveUp, DeliveryStatus::GivenUp)]
    {
        let sink = FaultySink::new(FaultyStore::failing());
        let receiver = receiver(sink.clone()).build().unwrap();
        let schedule = Schedule::default().other_status(other_status);
        let sending = tokio::spawn(delivery(&receiver, &DeliveryFaults::default()).schedule(schedule).run());
        tokio::time::sleep(Duration::from_secs(100)).await;
        sink.fault.repair();
        assert_eq!(sending.await.unwrap().status, end);
        assert_eq!(kept(&sink.kept).len(), usize::from(end == DeliveryStatus::Delivered));
    }
}

#[tokio::test(start_paused = true)]
async fn from_the_television_to_the_sink() {
    let scene = scene().await;
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).build().unwrap();
    let service = tower::service_fn(move |request: Request<axum::body::Body>| {
        let receiver = receiver.clone();
        async move {
            let (head, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await?;
            Ok::<_, axum::Error>(receiver.handle(Request::from_parts(head, body)).await.map(|_| ()))
        }
    });
    scene.controller.connect("https://hooks.example.com/", service);
    let new = NewAssistanceProvider::for_site(SiteId(SITE_ID), "Acacia Avenue", "Duty manager")
        .email("Duty manager", "duty@example.com")
        .webhook("desk", format!("https://hooks.example.com/care/{SECRET}"))
        .webhook("night", format!("https://hooks.example.com/care/{NIGHT}"));
    let provider = scene.care.assistance_providers().create(new).await.unwrap();
    scene.controller.delivery_faults().on(NIGHT).down_for(secs(30));
    scene.controller.request_assistance(provider.id.get(), RESIDENT_ID).unwrap();
    scene.controller.settled().await;
    assert!(scene.controller.deliveries().iter().all(|delivery| delivery.status == DeliveryStatus::Delivered));
    let called: Vec<_> =
        sink.notifications().iter().map(|kept| (kept.notifier.to_string(), kept.json().is_some())).collect();
    assert_eq!(called, [("desk".to_owned(), true), ("night".to_owned(), true)], "each by its own URL");
}
