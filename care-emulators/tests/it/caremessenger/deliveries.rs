//! Deliveries to webhooks: acknowledged by 200 and 201 only, repeated for five minutes, then abandoned.

use axum::{Router, routing::post};
use bytes::Bytes;
use care_emulators::caremessenger::{
    Attempt, AttemptOutcome, ControlError, Controller, Delivery, DeliveryFaults, DeliveryStatus, Emulator,
    EmulatorBuilder, NewProvider, OtherStatus, Payload, RESIDENT_ID, SITE_ID, Schedule, Target, Transcript,
    WindowStart,
};
use http::{HeaderMap, Request, Response, StatusCode};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// The seconds of attempts that fail immediately.
const ATTEMPTS: [u64; 9] = [0, 1, 3, 7, 15, 31, 63, 127, 255];

const URL: &str = "https://receiver.example/hooks/7";

/// A receiver that records requests, and always responds with one status.
#[derive(Clone)]
struct Receiver {
    status: StatusCode,
    got: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
}

impl Receiver {
    fn answering(status: u16) -> Self {
        Self { status: StatusCode::from_u16(status).unwrap(), got: Arc::default() }
    }

    fn router(&self) -> Router {
        let receiver = self.clone();
        let take = move |headers: HeaderMap, body: Bytes| async move {
            receiver.got.lock().unwrap().push((headers, body));
            receiver.status
        };
        Router::new().route("/hooks/7", post(take))
    }

    fn bodies(&self) -> Vec<Bytes> {
        self.got.lock().unwrap().iter().map(|(_, body)| body.clone()).collect()
    }
}

/// An emulator with one provider, which has this receiver.
async fn with(builder: EmulatorBuilder, receiver: &Receiver) -> (Emulator, Controller, u64) {
    let emulator = builder.start().await.unwrap();
    let controller = emulator.controller();
    controller.connect("https://receiver.example/", receiver.router());
    let provider = NewProvider::new(Target::Site(SITE_ID), "Night shift", "Night manager");
    let provider = controller.add_provider(provider.webhook("System", URL)).unwrap();
    (emulator, controller, provider)
}

/// Makes the resident ask for help, and waits until the delivery has ended.
async fn help(controller: &Controller, provider: u64) -> Transcript {
    controller.request_assistance(provider, RESIDENT_ID).unwrap();
    controller.settled().await;
    controller.deliveries().pop().unwrap()
}

fn text() -> Payload {
    Payload::new("text/plain", "Help!")
}

async fn ok(_: Request<Bytes>) -> Response<()> {
    Response::new(())
}

async fn fails() -> StatusCode {
    panic!("a receiver's own mistake")
}

#[tokio::test(start_paused = true)]
async fn a_receiver_down_for_four_minutes_gets_the_delivery() {
    let receiver = Receiver::answering(200);
    let (_emulator, controller, provider) = with(Emulator::builder(), &receiver).await;
    controller.delivery_faults().down_for(Duration::from_secs(240));
    let transcript = help(&controller, provider).await;
    assert_eq!(transcript.status, DeliveryStatus::Delivered);
    assert_eq!(transcript.seconds(), ATTEMPTS);
    assert_eq!(transcript.outcomes()[..8], [AttemptOutcome::NoConnection; 8]);
    assert_eq!(transcript.outcomes()[8], AttemptOutcome::Acknowledged(StatusCode::OK));
    assert_eq!(receiver.bodies().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_receiver_down_for_six_minutes_never_gets_the_delivery() {
    let receiver = Receiver::answering(200);
    let (emulator, controller, provider) = with(Emulator::builder(), &receiver).await;
    controller.delivery_faults().down_for(Duration::from_secs(360));
    let transcript = help(&controller, provider).await;
    assert_eq!((transcript.status, transcript.accepted()), (DeliveryStatus::Abandoned, 0));
    assert_eq!(transcript.seconds(), ATTEMPTS);
    assert_eq!(transcript.outcomes(), [AttemptOutcome::NoConnection; 9]);

    // After it is up again, it gets nothing, and no other notifier is notified.
    controller.delivery_faults().come_up();
    tokio::time::sleep(Duration::from_secs(24 * 3600)).await;
    controller.settled().await;
    assert_eq!(receiver.bodies(), [""; 0]);
    assert_eq!(controller.deliveries(), [transcript]);
    assert_eq!(controller.requests()[0].mailed, [0; 0]);
    assert_eq!(emulator.journal().total(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_lost_acknowledgement_causes_a_second_delivery() {
    let receiver = Receiver::answering(201);
    let (_emulator, controller, provider) = with(Emulator::builder(), &receiver).await;
    controller.delivery_faults().lose_answer();
    let transcript = help(&controller, provider).await;
    assert_eq!(transcript.status, DeliveryStatus::Delivered);
    assert_eq!(transcript.outcomes(), [AttemptOutcome::Dropped, AttemptOutcome::Acknowledged(StatusCode::CREATED)]);
    assert_eq!((transcript.accepted(), transcript.seconds()), (2, vec![0, 1]));
    let bodies = receiver.bodies();
    assert_eq!((bodies.len(), &bodies[0]), (2, &bodies[1]), "both are the same, byte by byte");
}

#[tokio::test(start_paused = true)]
async fn a_204_is_not_an_acknowledgement() {
    let receiver = Receiver::answering(204);
    let (_emulator, controller, provider) = with(Emulator::builder(), &receiver).await;
    let transcript = help(&controller, provider).await;
    assert_eq!((transcript.status, transcript.accepted()), (DeliveryStatus::Abandoned, 0));
    assert_eq!(transcript.seconds(), ATTEMPTS);
    assert_eq!(transcript.outcomes(), [AttemptOutcome::NotAcknowledged(StatusCode::NO_CONTENT); 9]);
    assert_eq!(receiver.bodies().len(), 9);
}

#[tokio::test(start_paused = true)]
async fn only_200_and_201_acknowledge() {
    for status in [200, 201, 202, 204, 206, 301, 302, 307, 308, 400, 401, 404, 409, 410, 429, 500, 503] {
        let acknowledged = [200, 201].contains(&status);
        for (meaning, end) in
            [(OtherStatus::Retry, DeliveryStatus::Abandoned), (OtherStatus::GiveUp, DeliveryStatus::GivenUp)]
        {
            let receiver = Receiver::answering(status);
            let schedule = Schedule::default().other_status(meaning);
            let transcript = Delivery::to(URL, text()).service(receiver.router()).schedule(schedule).run().await;
            let attempts = if acknowledged || end == DeliveryStatus::GivenUp { 1 } else { 9 };
            assert_eq!(transcript.status, if acknowledged { DeliveryStatus::Delivered } else { end }, "{status}");
            assert_eq!(receiver.bodies().len(), attempts, "{status}");
            assert_eq!(transcript.accepted(), usize::from(acknowledged));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_redirect_is_not_followed() {
    let elsewhere = Receiver::answering(200);
    let moved = || async { (StatusCode::TEMPORARY_REDIRECT, [("location", "/hooks/7")]) };
    let router = elsewhere.router().route("/hooks/8", post(moved));
    let transcript = Delivery::to("https://receiver.example/hooks/8", text()).service(router).run().await;
    assert_eq!((transcript.status, elsewhere.bodies().len()), (DeliveryStatus::Abandoned, 0));
}

#[tokio::test(start_paused = true)]
async fn a_post_has_path_host_content_type_and_length() {
    let receiver = Receiver::answering(200);
    let (emulator, controller, provider) = with(Emulator::builder(), &receiver).await;
    emulator.clock().freeze();
    let request = controller.request_assistance(provider, RESIDENT_ID).unwrap();
    controller.settled().await;
    let (headers, body) = receiver.got.lock().unwrap().pop().unwrap();
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("host"), "receiver.example");
    assert_eq!(header("content-type"), "application/json");
    assert_eq!(header("content-length"), body.len().to_string());
    assert!(!headers.contains_key("authorization"));
    let body: Value = serde_json::from_slice(&body).unwrap();
    let created = request.created.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    assert_eq!(body, json!({ "id": 1, "assistance_provider": provider, "resident": RESIDENT_ID, "created": created }));
}

#[tokio::test(start_paused = true)]
async fn a_test_sets_the_body_and_a_second_request_can_look_like_a_repeat() {
    let receiver = Receiver::answering(200);
    let of = |_: &_| Payload::new("", "<help/>");
    let (_emulator, controller, provider) = with(Emulator::builder().payload(of), &receiver).await;
    help(&controller, provider).await;
    help(&controller, provider).await;
    assert_eq!(receiver.bodies(), ["<help/>", "<help/>"]);
    assert!(!receiver.got.lock().unwrap()[0].0.contains_key("content-type"));
    let requests: Vec<_> = controller.deliveries().iter().map(|transcript| transcript.request).collect();
    assert_eq!(requests, [Some(1), Some(2)]);
}

#[tokio::test(start_paused = true)]
async fn all_notifiers_are_notified_and_each_webhook_is_repeated_separately() {
    let receiver = Receiver::answering(200);
    let (_emulator, controller, _) = with(Emulator::builder(), &receiver).await;
    let provider = NewProvider::new(Target::Site(SITE_ID), "All", "All")
        .email("a", "a@example.com")
        .email("b", "b@example.com")
        .webhook("first", URL)
        .webhook("second", "https://receiver.example/hooks/none");
    let provider = controller.add_provider(provider).unwrap();
    let told = controller.provider(provider).unwrap();
    let request = controller.request_assistance(provider, RESIDENT_ID).unwrap();
    assert_eq!(request.mailed, [told.emails[0].id, told.emails[1].id]);
    assert_eq!(request.posted, [told.webhooks[0].id, told.webhooks[1].id]);
    controller.settled().await;
    let statuses: Vec<_> =
        controller.deliveries().iter().map(|found| (found.notifier, found.status, found.attempts.len())).collect();
    let (first, second) = (Some(told.webhooks[0].id), Some(told.webhooks[1].id));
    assert_eq!(statuses, [(first, DeliveryStatus::Delivered, 1), (second, DeliveryStatus::Abandoned, 9)]);
    assert_eq!(controller.deliveries()[1].outcomes(), [AttemptOutcome::NotAcknowledged(StatusCode::NOT_FOUND); 9]);
}

#[tokio::test]
async fn residents_see_the_providers_of_themselves_their_site_and_their_customer() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let other_site = controller.add_site(2, "Second Court").unwrap();
    let neighbour = controller.add_resident(other_site, "Kim Example").unwrap();
    let customer = controller.add_customer("Other Homes");
    let stranger = controller.add_resident(controller.add_site(customer, "Far Court").unwrap(), "Lou Example").unwrap();
    let add = |target| controller.add_provider(NewProvider::new(target, "n", "l")).unwrap();
    let [all, site, own] = [add(Target::Customer(2)), add(Target::Site(SITE_ID)), add(Target::Resident(RESIDENT_ID))];
    assert_eq!(controller.visible_to(RESIDENT_ID).unwrap(), [all, site, own]);
    assert_eq!(controller.visible_to(neighbour).unwrap(), [all]);
    assert_eq!(controller.visible_to(stranger).unwrap(), [0; 0]);
    for (provider, resident) in [(site, neighbour), (own, neighbour), (all, stranger)] {
        let refused = controller.request_assistance(provider, resident);
        assert_eq!(refused, Err(ControlError::NotVisible { provider, resident }));
    }
    assert_eq!(controller.request_assistance(99, RESIDENT_ID), Err(ControlError::UnknownProvider { id: 99 }));
    let nobody = Target::Resident(99);
    assert_eq!(controller.request_assistance(all, 99), Err(ControlError::UnknownObject { target: nobody }));
    assert_eq!(controller.requests(), []);
    controller.remove(Target::Site(SITE_ID)).unwrap();
    assert_eq!(controller.visible_to(RESIDENT_ID).unwrap(), [own]);
}

type Plan = fn(&DeliveryFaults);

/// The transcript of a delivery with these failures, and how often the receiver got it.
async fn failing(plan: impl FnOnce(&DeliveryFaults)) -> (Transcript, usize) {
    let (faults, receiver) = (DeliveryFaults::default(), Receiver::answering(200));
    plan(&faults);
    let transcript = Delivery::to(URL, text()).service(receiver.router()).faults(&faults).run().await;
    assert_eq!((faults.left(), transcript.status), (0, DeliveryStatus::Delivered));
    assert!(receiver.bodies().iter().all(|body| body == "Help!"), "half a body arrived");
    (transcript, receiver.bodies().len())
}

#[tokio::test(start_paused = true)]
async fn each_failure_is_seen_from_both_sides() {
    let good = (AttemptOutcome::Acknowledged(StatusCode::OK), Some(StatusCode::OK));
    let cases: [(&str, Plan, AttemptOutcome, Option<StatusCode>); 8] = [
        ("refuse", DeliveryFaults::refuse, AttemptOutcome::NoConnection, None),
        ("reset", DeliveryFaults::reset, AttemptOutcome::Dropped, None),
        ("cut", DeliveryFaults::truncate_body, AttemptOutcome::Dropped, Some(StatusCode::BAD_REQUEST)),
        ("lost", DeliveryFaults::lose_answer, AttemptOutcome::Dropped, good.1),
        ("204", |faults| faults.answer_instead(204), AttemptOutcome::NotAcknowledged(StatusCode::NO_CONTENT), None),
        (
            "500",
            |faults| faults.answer_instead(500),
            AttemptOutcome::NotAcknowledged(StatusCode::INTERNAL_SERVER_ERROR),
            None,
        ),
        ("slow", |faults| faults.delay_answer(Duration::from_secs(10)), AttemptOutcome::TimedOut, good.1),
        ("slow, too", |faults| faults.delay_answer(Duration::MAX), AttemptOutcome::TimedOut, good.1),
    ];
    for (name, plan, outcome, answered) in cases {
        let (transcript, got) = failing(plan).await;
        let seen: Vec<_> = transcript.attempts.iter().map(|attempt| (attempt.outcome, attempt.answered)).collect();
        assert_eq!(seen, [(outcome, answered), good], "{name}");
        assert_eq!(got, transcript.accepted(), "{name}");
        let second = if outcome == AttemptOutcome::TimedOut { 11 } else { 1 };
        assert_eq!(transcript.seconds(), [0, second], "{name}");
    }
    let (transcript, got) = failing(|faults| faults.delay_answer(Duration::from_millis(9_990))).await;
    assert_eq!((transcript.outcomes(), got), (vec![good.0], 1));
    let (transcript, got) = failing(DeliveryFaults::send_twice).await;
    assert_eq!((transcript.outcomes(), transcript.seconds(), got), (vec![good.0; 2], vec![0, 0], 2));
    let (transcript, got) = failing(|faults| faults.times(3).lose_answer()).await;
    assert_eq!((transcript.accepted(), transcript.seconds(), got), (4, vec![0, 1, 3, 7], 4));
}

#[tokio::test(start_paused = true)]
async fn a_proxy_can_acknowledge_what_the_receiver_never_got() {
    let (transcript, got) = failing(|faults| faults.answer_instead(200)).await;
    assert_eq!(
        (transcript.outcomes(), transcript.accepted(), got),
        (vec![AttemptOutcome::Acknowledged(StatusCode::OK)], 0, 0)
    );
}

#[tokio::test(start_paused = true)]
async fn failures_can_be_restricted_to_urls_and_wait_while_the_receiver_is_down() {
    let faults = DeliveryFaults::default();
    faults.on("/hooks/8").lose_answer();
    faults.times(0).refuse();
    faults.down_for(Duration::from_secs(2));
    let run = || Delivery::to(URL, text()).handler(ok).faults(&faults).run();
    assert_eq!(run().await.seconds(), [0, 1, 3]);
    faults.come_up();
    assert_eq!((run().await.seconds(), faults.left()), (vec![0], 1));
    let other = Delivery::to("https://receiver.example/hooks/8", text()).handler(ok).faults(&faults).run().await;
    assert_eq!((other.outcomes()[0], faults.left()), (AttemptOutcome::Dropped, 0));
    faults.go_down();
    faults.refuse();
    assert_eq!((run().await.status, faults.left()), (DeliveryStatus::Abandoned, 1));
    faults.clear();
    faults.come_up();
    assert_eq!((run().await.status, faults.left()), (DeliveryStatus::Delivered, 0));
}

#[tokio::test(start_paused = true)]
async fn a_receiver_that_hangs_or_panics_gives_no_response() {
    let hangs = |_: Request<Bytes>| std::future::pending::<Response<()>>();
    let transcript = Delivery::to(URL, text()).handler(hangs).run().await;
    // Each attempt takes ten seconds, after which the delay starts.
    assert_eq!(transcript.seconds(), [0, 11, 23, 37, 55, 81, 123, 197]);
    assert_eq!(transcript.outcomes(), [AttemptOutcome::TimedOut; 8]);
    let skipping = Schedule::default().skip_waits();
    let skipped = Delivery::to(URL, text()).handler(hangs).schedule(skipping).run().await;
    assert_eq!(skipped.seconds(), transcript.seconds());

    let schedule = Schedule::default().window(Duration::ZERO);
    let transcript = Delivery::to(URL, text()).service(Router::new().fallback(fails)).schedule(schedule).run().await;
    assert_eq!((transcript.outcomes(), transcript.status), (vec![AttemptOutcome::Dropped], DeliveryStatus::Abandoned));
}

#[tokio::test(start_paused = true)]
async fn a_test_sets_the_schedule() {
    let never = Receiver::answering(500);
    let seconds = async |schedule: Schedule| {
        let hangs = |_: Request<Bytes>| std::future::pending::<Response<()>>();
        let refused = Delivery::to(URL, text()).service(never.router()).schedule(schedule.clone()).run().await;
        let slow = Delivery::to(URL, text()).handler(hangs).schedule(schedule).run().await;
        (refused.seconds(), slow.seconds())
    };
    let short = Schedule::default().first_delay(Duration::from_secs(10)).factor(1.0).window(Duration::from_secs(30));
    let short = short.attempt_limit(Duration::from_secs(5));
    assert_eq!(seconds(short.clone()).await, (vec![0, 10, 20, 30], vec![0, 15, 30]));
    let later = short.window_start(WindowStart::FirstFailure);
    assert_eq!(seconds(later.clone()).await, (vec![0, 10, 20, 30], vec![0, 15, 30]));
    let later = later.window(Duration::from_secs(40));
    assert_eq!(seconds(later.clone()).await, (vec![0, 10, 20, 30, 40], vec![0, 15, 30, 45]));
    assert_eq!(seconds(later.window_start(WindowStart::FirstAttempt)).await.1, [0, 15, 30]);
}

#[tokio::test]
async fn skipped_waits_take_no_time_and_move_the_clock() {
    let receiver = Receiver::answering(500);
    let (emulator, controller, provider) =
        with(Emulator::builder().schedule(Schedule::default().skip_waits()), &receiver).await;
    emulator.clock().freeze();
    let began = emulator.clock().now();
    let transcript = help(&controller, provider).await;
    assert_eq!((transcript.status, transcript.seconds()), (DeliveryStatus::Abandoned, ATTEMPTS.to_vec()));
    assert!(transcript.attempts.iter().all(|attempt| attempt.time == began + attempt.at));
    assert_eq!((emulator.clock().now() - began).num_seconds(), 255);

    controller.delivery_faults().times(2).delay_answer(Duration::from_secs(60));
    controller.connect_handler(URL, ok);
    let transcript = help(&controller, provider).await;
    assert_eq!((transcript.seconds(), transcript.accepted()), (vec![0, 11, 23], 3));
}

#[tokio::test(start_paused = true)]
async fn a_restarted_receiver_gets_the_next_attempt() {
    let (first, second) = (Receiver::answering(503), Receiver::answering(200));
    let (_emulator, controller, provider) = with(Emulator::builder(), &first).await;
    controller.request_assistance(provider, RESIDENT_ID).unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(controller.deliveries()[0].status, DeliveryStatus::InProgress);
    controller.connect("https://receiver.example/", second.router());
    controller.settled().await;
    assert_eq!((first.bodies().len(), second.bodies().len()), (2, 1));
    // The longest matching start wins, whichever was connected last.
    controller.connect_handler(URL, ok);
    controller.connect("https://receiver.example/", first.router());
    assert_eq!(help(&controller, provider).await.status, DeliveryStatus::Delivered);
}

/// A receiver on its own port.
async fn listen(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let service = hyper_util::service::TowerToHyperService::new(router.clone());
            let socket = hyper_util::rt::TokioIo::new(socket);
            tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(socket, service));
        }
    });
    format!("http://{address}")
}

fn seen(attempts: &[Attempt]) -> Vec<(AttemptOutcome, Option<u16>)> {
    attempts.iter().map(|attempt| (attempt.outcome, attempt.answered.map(|status| status.as_u16()))).collect()
}

#[tokio::test]
async fn deliveries_use_sockets_too() {
    let receiver = Receiver::answering(201);
    let url = format!("{}/hooks/7", listen(receiver.router()).await);
    let emulator = Emulator::builder().schedule(Schedule::default().skip_waits()).start().await.unwrap();
    let controller = emulator.controller();
    let provider = NewProvider::new(Target::Customer(2), "n", "l").webhook("by socket", &url);
    let provider = controller.add_provider(provider).unwrap();
    let good = (AttemptOutcome::Acknowledged(StatusCode::CREATED), Some(201));

    controller.delivery_faults().down_for(Duration::from_secs(240));
    let transcript = help(&controller, provider).await;
    assert_eq!((transcript.seconds(), transcript.accepted()), (ATTEMPTS.to_vec(), 1));
    controller.delivery_faults().come_up();
    controller.delivery_faults().lose_answer();
    assert_eq!(seen(&help(&controller, provider).await.attempts), [(AttemptOutcome::Dropped, Some(201)), good]);
    controller.delivery_faults().truncate_body();
    assert_eq!(seen(&help(&controller, provider).await.attempts), [(AttemptOutcome::Dropped, None), good]);
    controller.delivery_faults().send_twice();
    assert_eq!(seen(&help(&controller, provider).await.attempts), [good, good]);
    let bodies = receiver.bodies();
    assert_eq!(bodies.len(), 1 + 2 + 1 + 2);
    assert!(bodies.iter().all(|body| serde_json::from_slice::<Value>(body).is_ok()), "half a body arrived");
    let (headers, body) = receiver.got.lock().unwrap()[0].clone();
    assert_eq!(headers["content-length"].to_str().unwrap(), body.len().to_string());
    assert!(url.contains(headers["host"].to_str().unwrap()));
}

#[tokio::test]
async fn refused_connections_and_silence_have_different_outcomes() {
    let schedule = Schedule::default().window(Duration::ZERO);
    let outcome = async |url: &str, schedule: &Schedule| {
        Delivery::to(url, text()).schedule(schedule.clone()).run().await.outcomes()[0]
    };
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert_eq!(outcome(&format!("http://{nobody}/"), &schedule).await, AttemptOutcome::NoConnection);
    assert_eq!(outcome(&listen(Router::new().fallback(fails)).await, &schedule).await, AttemptOutcome::Dropped);
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let short = schedule.attempt_limit(Duration::from_millis(50));
    assert_eq!(outcome(&format!("http://{}/", silent.local_addr().unwrap()), &short).await, AttemptOutcome::TimedOut);
}

#[tokio::test]
async fn half_a_body_is_sent_over_a_socket() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hooks/7", listener.local_addr().unwrap());
    let faults = DeliveryFaults::default();
    faults.truncate_body();
    let schedule = Schedule::default().window(Duration::ZERO);
    let sending = tokio::spawn(Delivery::to(url, text()).faults(&faults).schedule(schedule).run());
    let mut got = String::new();
    let (mut socket, _) = listener.accept().await.unwrap();
    tokio::io::AsyncReadExt::read_to_string(&mut socket, &mut got).await.unwrap();
    assert!(got.starts_with("POST /hooks/7 HTTP/1.1\r\n") && got.contains("content-length: 5\r\n"), "{got}");
    assert!(got.ends_with("\r\n\r\nHe"), "{got}");
    assert_eq!(sending.await.unwrap().outcomes(), [AttemptOutcome::Dropped]);
}

#[tokio::test]
async fn nothing_is_posted_to_other_machines() {
    let schedule = Schedule::default().skip_waits();
    for url in ["https://127.0.0.1/", "http://receiver.example/", "http://10.0.0.1/", "no url", ""] {
        let transcript = Delivery::to(url, text()).schedule(schedule.clone()).run().await;
        assert_eq!(
            (transcript.status, transcript.outcomes()),
            (DeliveryStatus::Abandoned, vec![AttemptOutcome::Unroutable; 9]),
            "{url}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn deliveries_end_with_their_emulator() {
    let receiver = Receiver::answering(500);
    let (emulator, controller, provider) = with(Emulator::builder(), &receiver).await;
    controller.request_assistance(provider, RESIDENT_ID).unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let before = receiver.bodies().len();
    drop((emulator, controller));
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_eq!((before, receiver.bodies().len()), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn debug_redacts_url_and_body() {
    let delivery =
        Delivery::to("https://receiver.example/canary-1", Payload::new("text/plain", "canary-2")).handler(ok);
    let faults = DeliveryFaults::default();
    let shown = format!("{delivery:?} {:?}", delivery.clone().faults(&faults).run().await);
    assert!(shown.contains("Delivered") && !shown.contains("canary"), "{shown}");
}
