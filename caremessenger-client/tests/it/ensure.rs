//! A provider is created once, whatever becomes of the answers, and one that is there is left alone.

use crate::support::*;
use care_emulators::caremessenger::WebhookEcho;
use caremessenger_client::{CareMessenger, CustomerId, Drift, Ensured, Kind, NewAssistanceProvider, Outcome, SiteId};
use serde_json::{Value, json};

fn found(ensured: Ensured) -> Vec<Drift> {
    let Ensured::Found { drift, .. } = ensured else { panic!("{ensured:?}") };
    drift
}

#[tokio::test(start_paused = true)]
async fn the_first_time_creates_and_the_second_time_finds() {
    // CARE-24
    let scene = scene_of(Emulator::builder().page_size(1)).await;
    for name in ["x", "y"] {
        scene.controller.add_provider(NewProvider::new(There::Site(5), name, "Other")).unwrap();
    }
    let providers = scene.care.assistance_providers();
    let created = providers.ensure(new("a")).await.unwrap();
    assert!(matches!(&created, Ensured::Created(provider) if provider.id.get() == 12), "{created:?}");
    let again = providers.ensure(new("a")).await.unwrap();
    assert_eq!((again.provider(), found(again.clone())), (created.provider(), vec![]));
    assert_eq!(scene.transport.count("POST", "/assistance-provider"), 1);
    assert_eq!(scene.controller.providers().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn it_stops_at_a_match_and_an_absent_one_costs_one_walk() {
    // 10,000 providers, 50 a page.
    let row = |id: u64, name: &str| {
        json!({"id": id, "name": name, "label": "Duty manager", "type": "site", "content_object": {"id": 5},
               "email_notifiers": []})
    };
    let script = SocketlessTransport::script(move |sent| {
        if sent.line().starts_with("POST") {
            return (201, row(10_000, "none of them"));
        }
        let page: u64 = sent.query().strip_prefix("page=").map_or(0, |page| page.parse().unwrap());
        let rows: Vec<_> = (page * 50..page * 50 + 50).map(|id| row(id, &format!("provider {id}"))).collect();
        let next = (page < 199).then(|| format!("?page={}", page + 1));
        (200, json!({"count": 10_000, "next": next, "results": rows}))
    });
    let care = scripted(&script);
    for (name, lists, creates) in
        [("provider 0", 1, 0), ("provider 125", 3, 0), ("provider 9999", 200, 0), ("none of them", 200, 1)]
    {
        let before = script.count("GET", "/assistance-provider");
        care.assistance_providers().ensure(new(name)).await.unwrap();
        assert_eq!(script.count("GET", "/assistance-provider") - before, lists, "{name}");
        assert_eq!(script.count("POST", "/assistance-provider"), creates, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn it_is_the_same_one_by_target_and_name() {
    let scene = scene().await;
    let providers = scene.care.assistance_providers();
    providers.create(new("a")).await.unwrap();
    let at_the_customer = NewAssistanceProvider::for_customer(CustomerId(2), "a", "b").email("c", "c@example.com");
    for other in [new("b"), at_the_customer] {
        assert!(matches!(providers.ensure(other).await.unwrap(), Ensured::Created(_)));
    }
    assert_eq!(scene.controller.providers().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn blanks_around_a_text_make_no_other_one() {
    // The server's framework takes them away before it keeps a text.
    let scene = scene().await;
    let there = NewProvider::new(There::Site(5), "a", "Duty manager").email("Duty manager", "duty@example.com");
    scene.controller.add_provider(there).unwrap();
    let padded =
        NewAssistanceProvider::for_site(SiteId(5), " a", "Duty manager ").email("Duty manager ", "duty@example.com");
    assert_eq!(found(scene.care.assistance_providers().ensure(padded).await.unwrap()), []);
    assert_eq!(scene.controller.providers().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn differences_are_told_and_nothing_is_changed() {
    // CARE-11
    let url = "https://hooks.example.com/1";
    let there = || new("a").webhook("desk", url);
    for (echo, not_shown) in [(WebhookEcho::Always, false), (WebhookEcho::Never, true)] {
        let scene = scene_of(Emulator::builder().webhook_echo(echo)).await;
        let providers = scene.care.assistance_providers();
        providers.create(there()).await.unwrap();
        let before = scene.controller.providers();
        let unseen = |drift: Drift| if not_shown { Drift::WebhooksNotShown } else { drift };
        let relabelled =
            NewAssistanceProvider::for_site(SiteId(5), "a", "Manager").email("Duty manager", "duty@example.com");
        let (missing, extra) = (1, 1);
        for (wanted, drift) in [
            (there(), if not_shown { vec![Drift::WebhooksNotShown] } else { vec![] }),
            (
                new("a").webhook("desk", "https://hooks.example.com/2"),
                vec![unseen(Drift::WebhookNotifiers { missing, extra })],
            ),
            (
                there().email("night", "night@example.com"),
                [
                    vec![Drift::EmailNotifiers { missing: 1, extra: 0 }],
                    if not_shown { vec![unseen(Drift::Label)] } else { vec![] },
                ]
                .concat(),
            ),
            (
                relabelled,
                if not_shown {
                    vec![Drift::Label]
                } else {
                    vec![Drift::Label, Drift::WebhookNotifiers { missing: 0, extra: 1 }]
                },
            ),
        ] {
            assert_eq!(found(providers.ensure(wanted.clone()).await.unwrap()), drift, "{wanted:?}");
        }
        assert_eq!(scene.controller.providers(), before);
        assert_eq!(scene.transport.count("POST", "/assistance-provider"), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_lost_answer_it_looks_and_never_creates_a_second_one() {
    // CARE-24
    for (step, is_there) in
        [(Step::AnswerLost, true), (Step::Cut, true), (Step::Lost, false), (Step::Answer(500, "{}"), false)]
    {
        let scene = scene().await;
        scene.transport.plan("POST", "/assistance-provider", [step.clone()]);
        let end = scene.care.assistance_providers().ensure(new("a")).await;
        assert_eq!(scene.transport.count("POST", "/assistance-provider"), 1, "{step:?}");
        assert_eq!(scene.controller.providers().len(), usize::from(is_there), "{step:?}");
        match end {
            Ok(ensured) => assert!(is_there && matches!(ensured, Ensured::Created(_)), "{step:?}"),
            Err(error) => assert!(!is_there && error.outcome() == Outcome::Unknown, "{step:?}: {error}"),
        }
        // Whoever does it again is safe in any case.
        scene.care.assistance_providers().ensure(new("a")).await.unwrap();
        assert_eq!(scene.controller.providers().len(), 1, "{step:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn where_the_look_fails_the_first_error_is_told() {
    let scene = scene().await;
    scene.transport.plan("POST", "/assistance-provider", [Step::AnswerLost]);
    scene.transport.plan("GET", "/assistance-provider", [Step::Pass, Step::Answer(403, "{}")]);
    let error = scene.care.assistance_providers().ensure(new("a")).await.unwrap_err();
    assert_eq!((error.operation(), error.outcome()), ("caremessenger.assistance_providers.create", Outcome::Unknown));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_told_at_once() {
    let scene = scene().await;
    scene.controller.set_read_only(true);
    let error = scene.care.assistance_providers().ensure(new("a")).await.unwrap_err();
    assert!(error.is_forbidden() && error.outcome() == Outcome::Refused, "{error}");
    assert_eq!(scene.transport.count("GET", "/assistance-provider"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_row_that_cannot_be_read_could_be_it_so_nothing_is_created() {
    let scene = scene().await;
    scene.care.assistance_providers().create(new("a")).await.unwrap();
    let spoil = || Step::json(|body| body["results"][0]["label"] = 7.into());
    scene.transport.plan("GET", "/assistance-provider", [spoil(), spoil()]);
    let error = scene.care.assistance_providers().ensure(new("a")).await.unwrap_err();
    assert_eq!((error.kind(), scene.controller.providers().len()), (Kind::Decode, 1));
    // One that can be read and is it is found all the same.
    scene.care.assistance_providers().create(new("b")).await.unwrap();
    assert_eq!(found(scene.care.assistance_providers().ensure(new("b")).await.unwrap()), []);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_shrinks_under_the_reader_is_read_again() {
    let scene = scene_of(Emulator::builder().page_size(1)).await;
    for name in ["x", "a"] {
        scene.care.assistance_providers().create(new(name)).await.unwrap();
    }
    scene.controller.after_next("GET", "/assistance-provider", |controller| controller.remove_provider(10).unwrap());
    assert_eq!(found(scene.care.assistance_providers().ensure(new("a")).await.unwrap()), []);
    assert_eq!(scene.controller.providers().len(), 1);
}

/// A client of a server that shows one provider for ever, and hangs it on this object.
fn shows(kind: &'static str, object: Value) -> (CareMessenger, SocketlessTransport) {
    let script = SocketlessTransport::script(move |sent| {
        let row = json!({
            "id": 10, "name": "a", "label": "b", "type": kind, "content_object": object, "email_notifiers": [],
        });
        if sent.text().is_empty() { (200, json!({"next": null, "results": [row]})) } else { (201, row) }
    });
    (scripted(&script), script)
}

#[tokio::test(start_paused = true)]
async fn a_provider_is_found_however_the_list_shows_what_it_hangs_on() {
    // CARE-09
    let link = "https://api.example.com/v2/site/5";
    for object in
        [json!(5), json!("5"), json!({"id": "5"}), json!({"id": 5, "name": "x"}), json!(link), json!({"id": link})]
    {
        let (care, script) = shows("site", object.clone());
        found(care.assistance_providers().ensure(new("a")).await.unwrap());
        assert_eq!(script.count("POST", "/assistance-provider"), 0, "{object}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_could_be_it_is_told_and_none_is_created() {
    // CARE-09
    for object in [json!({"uuid": "canary"}), json!("canary"), json!([])] {
        let (care, script) = shows("site", object);
        let error = care.assistance_providers().ensure(new(" a")).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (Kind::Decode, "caremessenger.assistance_providers.list"));
        assert!(error.to_string().contains("shows no id") && !error.report().contains("canary"), "{error}");
        assert_eq!(script.count("POST", "/assistance-provider"), 0);
        // Another name, and another kind, is another one.
        assert!(matches!(care.assistance_providers().ensure(new("b")).await.unwrap(), Ensured::Created(_)));
        let at_the_customer = NewAssistanceProvider::for_customer(2, "a", "b").without_notifiers();
        assert!(matches!(care.assistance_providers().ensure(at_the_customer).await.unwrap(), Ensured::Created(_)));
    }
    // CARE-10: what hangs on nothing any more is none of those that are asked for.
    let (care, _) = shows("site", Value::Null);
    assert!(matches!(care.assistance_providers().ensure(new("a")).await.unwrap(), Ensured::Created(_)));
}

#[tokio::test(start_paused = true)]
async fn a_list_that_never_stands_still_is_read_three_times_and_nothing_is_created() {
    let script = SocketlessTransport::script(|sent| {
        let (count, next) = if sent.query().is_empty() { (3, json!("?page=2")) } else { (2, Value::Null) };
        (200, json!({"count": count, "next": next, "results": []}))
    });
    let error = scripted(&script).assistance_providers().ensure(new("a")).await.unwrap_err();
    assert_eq!((error.kind(), script.total()), (Kind::Paging, 6));
    assert_eq!(script.count("POST", "/assistance-provider"), 0);
}

#[tokio::test(start_paused = true)]
async fn where_the_first_look_fails_the_text_says_that_nothing_was_changed() {
    let unclear = r#"[{"id":1,"name":"a","label":"b","type":"site","content_object":{},"email_notifiers":[]}]"#;
    for (status, body) in [(404, "{}"), (403, "{}"), (501, "{}"), (200, "[7]"), (200, unclear), (200, "{}")] {
        let script = SocketlessTransport::script(move |_| care_testkit::reply(status, "application/json", body));
        let error = scripted(&script).assistance_providers().ensure(new("a")).await.unwrap_err();
        let texts = [error.to_string(), error.report()];
        assert!(texts.iter().all(|text| text.contains("nothing was changed")), "{texts:?}");
        assert!(!texts.iter().any(|text| text.contains("did it") || text.contains("nothing was sent")), "{texts:?}");
        assert_eq!(script.count("POST", ""), 0);
    }
}
