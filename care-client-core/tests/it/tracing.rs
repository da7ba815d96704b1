//! With the feature `tracing` each call is a span with OpenTelemetry's attribute names, each attempt an event in it,
//! and a list that moves an event of its own.

use crate::{
    paging::list::{Act, Server},
    support::{Add, DONE, Look, Scripted, Source, Step, Traced, pipeline},
};
use care_client_core::{Credentials, Options, Pipeline, RequestParts, Secret};
use futures_util::TryStreamExt;
use tracing::Instrument;
use tracing_subscriber::{filter::filter_fn, layer::SubscriberExt};

fn api(scripted: &Scripted) -> Pipeline {
    let options = Options::new().transport(scripted.clone());
    pipeline("https://api.example.com/base", options)
}

#[tokio::test(start_paused = true)]
async fn a_call_is_one_span_with_opentelemetrys_names() {
    let (traced, _guard) = Traced::all();
    let scripted = Scripted::new(|number, _| if number == 1 { Step::Status(503, "") } else { Step::Status(200, DONE) });
    api(&scripted).call(Look).await.unwrap();
    let text = traced.text();
    let spans: Vec<_> = text.lines().filter(|line| line.contains("close")).collect();
    assert_eq!(spans.len(), 1, "{text}");
    for attribute in [
        "INFO care.call{",
        r#"otel.name="test.look""#,
        r#"otel.kind="client""#,
        r#"url.template="/things/{name}""#,
        r#"server.address="api.example.com""#,
        "server.port=443",
        r#"http.request.method="POST""#,
        "http.response.status_code=200",
        "http.request.resend_count=1",
    ] {
        assert!(spans[0].contains(attribute), "{attribute} in {}", spans[0]);
    }
    assert!(!spans[0].contains("error.type"), "{}", spans[0]);
}

#[tokio::test(start_paused = true)]
async fn each_attempt_is_one_event_and_each_repeat_tells_its_reason() {
    let (traced, _guard) = Traced::all();
    let scripted = Scripted::new(|number, _| match number {
        1 => Step::With(429, "retry-after", "3".to_owned()),
        _ => Step::Broken,
    });
    api(&scripted).call(Add).await.unwrap_err();
    let text = traced.text();
    let events = |what: &str| text.lines().filter(|line| line.contains(what)).count();
    assert_eq!((events(": attempt number=1"), events(": attempt number=2"), events(": attempt ")), (1, 1, 2), "{text}");
    assert_eq!(events(": repeat number=1 kind=api status=429 delay_ms=3000"), 1, "{text}");
    assert_eq!(events(": repeat "), 1, "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_failed_call_says_what_failed_and_what_the_server_did() {
    let (traced, _guard) = Traced::all();
    api(&Scripted::new(|_, _| Step::Broken)).call(Add).await.unwrap_err();
    let text = traced.text();
    let span = text.lines().find(|line| line.contains("close")).unwrap();
    assert!(span.contains("error.type=interrupted") && span.contains("care.outcome=Unknown"), "{span}");
    assert!(!span.contains("status_code") && !span.contains("resend_count"), "{span}");
}

#[tokio::test(start_paused = true)]
async fn no_secret_no_query_and_no_id_is_in_it() {
    let (traced, _guard) = Traced::all();
    let scripted = Scripted::new(|number, _| if number == 1 { Step::Status(503, "canary") } else { Step::Broken });
    for credentials in [
        Credentials::Query("key".into(), Secret::new("canary")),
        Credentials::bearer(&Secret::new("canary")).unwrap(),
        Source::new(|_| async { Ok("canary".into()) }).credentials(),
    ] {
        let parts = RequestParts::get(["users", "canary"]).query("name", "canary").json("canary").unwrap();
        api(&scripted).with_credentials(credentials).call(parts).await.unwrap_err();
    }
    let text = traced.text();
    assert!(text.contains("otel.name=\"raw\"") && !text.contains("canary") && !text.contains("users"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_subscriber_that_leaves_our_spans_out_finds_its_own_untouched() {
    let traced = Traced::default();
    let ours = filter_fn(|seen| !(seen.is_span() && seen.target().starts_with("care_client_core")));
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(traced.layer()).with(ours));
    let empty = tracing::field::Empty;
    let callers = tracing::info_span!(
        "theirs",
        http.response.status_code = empty,
        http.request.method = empty,
        error.type = empty
    );
    let result = api(&Scripted::always(500, "")).call(Add).into_future().instrument(callers).await;
    assert!(result.is_err());
    let text = traced.text();
    let span = text.lines().find(|line| line.contains("close")).unwrap();
    assert!(span.contains("theirs") && !span.contains('='), "{span}");
}

#[tokio::test(start_paused = true)]
async fn a_shift_is_one_event_with_the_operation_and_the_rows() {
    let (traced, _guard) = Traced::all();
    let server = Server::scripted(0..30, |asked, list| {
        if asked.number == 4 {
            list.drain(..2);
        }
        Act::Serve
    });
    let all: Vec<u64> = server.list(5).items().try_collect().await.unwrap();
    assert_eq!(all.len(), 30);
    let text = traced.text();
    let shifts: Vec<_> = text.lines().filter(|line| line.contains("page shift")).collect();
    assert_eq!(shifts.len(), 1, "{text}");
    assert!(shifts[0].contains("INFO") && shifts[0].contains(r#"operation="test.list" moved=-2"#), "{}", shifts[0]);
}

#[tokio::test(start_paused = true)]
async fn each_page_is_a_call_in_the_span_of_whoever_walks_the_list() {
    for windows in [1, 3] {
        let (traced, _guard) = Traced::all();
        let items = Server::of(0..30).list(5).items().with_windows(windows);
        let walk = async { items.try_collect::<Vec<u64>>().await.unwrap() };
        walk.instrument(tracing::info_span!("theirs")).await;
        let text = traced.text();
        let calls: Vec<_> = text.lines().filter(|line| line.contains("care.call{") && line.contains("close")).collect();
        assert!(calls.len() > 6 && calls.iter().all(|line| line.contains("theirs:")), "{text}");
    }
}
