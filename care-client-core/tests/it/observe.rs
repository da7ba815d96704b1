//! An observer sees each attempt, each repeat with its reason, and each end. With the feature `tracing` each call is a
//! span with OpenTelemetry's attribute names, each attempt an event in it, and a list that moves an event of its own.

use crate::support::*;
use care_client_core::{
    AttemptEvent, Credentials, FinishEvent, Observe, OddMediaTypeEvent, Options, RawResponse, RepeatEvent, RequestParts,
};
use std::{sync::Arc, sync::Mutex, time::Duration};

/// Writes down what it is told.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn add(&self, note: String) {
        self.0.lock().unwrap().push(note);
    }

    fn taken(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Observe for Notes {
    fn attempt(&self, event: &AttemptEvent<'_>) {
        self.add(format!("{} {} {} {}", event.operation.name(), event.number, event.method, event.origin));
    }

    fn repeat(&self, event: &RepeatEvent<'_>) {
        let status = event.status.map(|status| status.as_u16());
        self.add(format!("repeat {} {} {status:?} {:?}", event.number, event.kind, event.delay));
    }

    fn finish(&self, event: &FinishEvent<'_>) {
        let status = event.status.map(|status| status.as_u16());
        let (operation, attempts) = (event.operation.name(), event.attempts);
        self.add(format!("{operation} ends {attempts} {status:?} {:?} {:?}", event.error, event.elapsed));
    }
}

/// Writes down the media types that it is told of.
#[derive(Clone, Default)]
struct MediaTypes(Notes);

impl Observe for MediaTypes {
    fn odd_media_type(&self, event: &OddMediaTypeEvent<'_>) {
        self.0.add(format!("{} {:?}", event.operation.name(), event.media_type));
    }
}

#[tokio::test]
async fn a_success_of_no_or_an_odd_media_type_counts_and_is_told_once() {
    for (said, told) in [
        (None, Some("test.look None")),
        (Some("text/html; charset=utf-8"), Some(r#"test.look Some("text/html")"#)),
        (Some("Application/XML"), Some(r#"test.look Some("application/xml")"#)),
        (Some("application/json; charset=utf-8"), None),
        (Some("application/problem+json"), None),
    ] {
        let mut headers = http::HeaderMap::new();
        headers.extend(said.map(|said| (http::header::CONTENT_TYPE, said.parse().unwrap())));
        let answer = RawResponse::new(http::StatusCode::OK, headers, DONE);
        let scripted = Scripted::new(move |_, _| Step::Raw(answer.clone()));
        let heard = MediaTypes::default();
        let options = Options::new().transport(scripted).observer(heard.clone());
        let pipeline = pipeline("http://localhost:8080", options);
        for _ in 0..3 {
            pipeline.call(Look).await.unwrap();
        }
        assert_eq!(heard.0.taken(), told.into_iter().collect::<Vec<_>>(), "{said:?}");
    }
}

fn noted(scripted: &Scripted) -> (care_client_core::Pipeline, Notes) {
    let notes = Notes::default();
    let options = Options::new().transport(scripted.clone()).observer(notes.clone());
    (pipeline("http://localhost:8080/secret-path", options), notes)
}

#[tokio::test(start_paused = true)]
async fn a_call_with_repeats_is_reported_from_its_first_attempt_to_its_end() {
    let scripted = Scripted::new(|number, _| match number {
        1 => Step::With(503, "retry-after", "2".to_owned()),
        2 => after(Duration::from_secs(1), Step::With(429, "retry-after", "4".to_owned())),
        _ => Step::Status(200, DONE),
    });
    let (pipeline, notes) = noted(&scripted);
    pipeline.call(Look).await.unwrap();
    let expected = [
        "test.look 1 POST http://localhost:8080",
        "repeat 1 api Some(503) 2s",
        "test.look 2 POST http://localhost:8080",
        "repeat 2 api Some(429) 4s",
        "test.look 3 POST http://localhost:8080",
        "test.look ends 3 Some(200) None 7s",
    ];
    assert_eq!(notes.taken(), expected);
}

#[tokio::test(start_paused = true)]
async fn each_failure_is_reported_with_its_kind_and_outcome() {
    let (pipeline, notes) = noted(&Scripted::new(|_, _| Step::Broken));
    pipeline.call(Add).await.unwrap_err();
    assert_eq!(notes.taken()[1..], ["test.add ends 1 None Some((Interrupted, Unknown)) 0ns"]);

    let (pipeline, notes) = noted(&Scripted::always(200, "[]"));
    pipeline.call(Look).await.unwrap_err();
    assert_eq!(notes.taken()[1..], ["test.look ends 1 Some(200) Some((Decode, Completed)) 0ns"]);

    pipeline.call(RequestParts::get([".."])).await.unwrap_err();
    pipeline.with_credentials(Credentials::Missing("set a token")).call(Look).await.unwrap_err();
    let not_sent =
        ["raw ends 0 None Some((Request, NotSent)) 0ns", "test.look ends 0 None Some((Config, NotSent)) 0ns"];
    assert_eq!(notes.taken(), not_sent);
}

#[tokio::test(start_paused = true)]
async fn a_renewed_token_is_reported_as_a_repeat_without_a_wait() {
    let scripted = Scripted::new(|number, _| if number == 1 { Step::Status(401, "") } else { Step::Status(200, DONE) });
    let (pipeline, notes) = noted(&scripted);
    pipeline.with_credentials(Source::counting().credentials()).call(Add).await.unwrap();
    assert_eq!(notes.taken()[1], "repeat 1 api Some(401) 0ns");
}

#[tokio::test(start_paused = true)]
async fn a_settled_call_is_reported_as_a_success() {
    let scripted = Scripted::new(|number, _| if number == 1 { Step::Broken } else { Step::Status(404, "") });
    let (pipeline, notes) = noted(&scripted);
    pipeline.call(Delete).await.unwrap();
    assert!(notes.taken().last().unwrap().starts_with("test.delete ends 2 Some(404) None"));
}

#[cfg(feature = "tracing")]
mod spans {
    use crate::{
        paging::{Act, Server},
        support::{Add, DONE, Look, Scripted, Source, Step, pipeline},
    };
    use care_client_core::{Credentials, Options, Pipeline, RequestParts, Secret};
    use care_testkit::canary::Traced;
    use futures_util::TryStreamExt;
    use tracing::Instrument;
    use tracing_subscriber::{filter::filter_fn, layer::SubscriberExt};

    fn api(scripted: &Scripted) -> Pipeline {
        let options = Options::new().transport(scripted.clone());
        pipeline("https://api.example.com/base", options)
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_is_one_span_with_opentelemetrys_names() {
        let (traced, _guard) = Traced::here();
        let scripted =
            Scripted::new(|number, _| if number == 1 { Step::Status(503, "") } else { Step::Status(200, DONE) });
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
        let (traced, _guard) = Traced::here();
        let scripted = Scripted::new(|number, _| match number {
            1 => Step::With(429, "retry-after", "3".to_owned()),
            _ => Step::Broken,
        });
        api(&scripted).call(Add).await.unwrap_err();
        let text = traced.text();
        let events = |what: &str| text.lines().filter(|line| line.contains(what)).count();
        assert_eq!(
            (events(": attempt number=1"), events(": attempt number=2"), events(": attempt ")),
            (1, 1, 2),
            "{text}"
        );
        assert_eq!(events(": repeat number=1 kind=api status=429 delay_ms=3000"), 1, "{text}");
        assert_eq!(events(": repeat "), 1, "{text}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_failed_call_says_what_failed_and_what_the_server_did() {
        let (traced, _guard) = Traced::here();
        api(&Scripted::new(|_, _| Step::Broken)).call(Add).await.unwrap_err();
        let text = traced.text();
        let span = text.lines().find(|line| line.contains("close")).unwrap();
        assert!(span.contains("error.type=interrupted") && span.contains("care.outcome=Unknown"), "{span}");
        assert!(!span.contains("status_code") && !span.contains("resend_count"), "{span}");
    }

    #[tokio::test(start_paused = true)]
    async fn no_secret_no_query_and_no_id_is_in_it() {
        let (traced, _guard) = Traced::here();
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
        let (traced, _guard) = Traced::here();
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
            let (traced, _guard) = Traced::here();
            let items = Server::of(0..30).list(5).items().with_windows(windows);
            let walk = async { items.try_collect::<Vec<u64>>().await.unwrap() };
            walk.instrument(tracing::info_span!("theirs")).await;
            let text = traced.text();
            let calls: Vec<_> =
                text.lines().filter(|line| line.contains("care.call{") && line.contains("close")).collect();
            assert!(calls.len() > 6 && calls.iter().all(|line| line.contains("theirs:")), "{text}");
        }
    }
}
