//! A walk through the list finds every provider once, follows links by their query alone, and never goes in circles.

use crate::support::*;
use care_emulators::caremessenger::{EmulatorBuilder, ListShape, Paging};
use caremessenger_client::{Kind, ListAssistanceProviders, Outcome, ProviderItems, ProviderPage};
use futures_util::{StreamExt, TryStreamExt};
use serde_json::{Value, json};

async fn filled(builder: EmulatorBuilder, providers: usize) -> Scene {
    let scene = scene_of(builder).await;
    for n in 0..providers {
        scene.controller.add_provider(NewProvider::new(There::Site(5), format!("provider {n}"), "Manager")).unwrap();
    }
    scene
}

async fn ids(scene: &Scene) -> Vec<u64> {
    let items = scene.care.assistance_providers().items(ListAssistanceProviders::new());
    items.map_ok(|provider| provider.id.get()).try_collect().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn every_provider_comes_once_however_the_server_cuts_its_pages() {
    // CARE-21, CARE-37, CARE-38
    for (paging, shape, pages) in [
        (Paging::Number, ListShape::Envelope, 4),
        (Paging::Offset, ListShape::Envelope, 4),
        (Paging::Cursor, ListShape::Envelope, 4),
        (Paging::Number, ListShape::Bare, 1),
    ] {
        let scene = filled(Emulator::builder().paging(paging).list_shape(shape).page_size(3), 10).await;
        assert_eq!(ids(&scene).await, (10..20).collect::<Vec<_>>(), "{paging:?}");
        let lists = scene.transport.sent("GET", "/v2/assistance-provider");
        assert_eq!(lists.len(), pages, "{paging:?}");
        assert!(lists.iter().all(|list| list.origin() == "http://localhost"), "no link is followed elsewhere");
        let read: Vec<ProviderPage> =
            scene.care.assistance_providers().pages(ListAssistanceProviders::new()).try_collect().await.unwrap();
        assert_eq!(read.iter().map(|page| page.items.len()).sum::<usize>(), 10);
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_list_is_one_empty_page() {
    let scene = filled(Emulator::builder(), 0).await;
    assert_eq!(ids(&scene).await, [0; 0]);
    assert_eq!(scene.care.assistance_providers().pages(ListAssistanceProviders::new()).count().await, 1);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_before_a_page_is_asked_for_and_settings_hold_for_each() {
    let scene = filled(Emulator::builder().page_size(2), 4).await;
    let name = http::HeaderName::from_static("x-trace");
    let list = scene.care.assistance_providers().list(ListAssistanceProviders::new().query("ordering", "id"));
    let mut items = ProviderItems::from(list.with_header(name, http::HeaderValue::from_static("7")));
    assert_eq!(scene.transport.total(), 0);
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap();
    assert_eq!(scene.transport.count("GET", "/assistance-provider"), 1);
    items.next().await.unwrap().unwrap();
    let lists = scene.transport.sent("GET", "/assistance-provider");
    assert_eq!(lists.iter().map(|list| list.header("x-trace")).collect::<Vec<_>>(), [Some("7"); 2]);
    assert_eq!(lists[0].query(), "ordering=id");
}

#[tokio::test(start_paused = true)]
async fn a_link_that_leads_back_and_a_list_without_an_end_are_errors() {
    // CARE-37
    let scene = filled(Emulator::builder().page_size(2).endless_lists(), 3).await;
    let mut items = scene.care.assistance_providers().items(ListAssistanceProviders::new()).with_max_pages(9);
    let mut read = Vec::new();
    let error = loop {
        match items.next().await.unwrap() {
            Ok(provider) => read.push(provider.id.get()),
            Err(error) => break error,
        }
    };
    assert_eq!((error.kind(), error.operation()), (Kind::Paging, "caremessenger.assistance_providers.list"));
    assert!(error.to_string().contains("read already"), "{error}");
    assert!(items.next().await.is_none(), "it is over");
    assert!(scene.transport.count("GET", "/assistance-provider") <= 3, "it goes in circles");
    assert_eq!(read, [10, 11, 12], "what was read is handed out first");

    let scene = filled(Emulator::builder().page_size(1), 5).await;
    let mut pages = scene.care.assistance_providers().pages(ListAssistanceProviders::new()).with_max_pages(2);
    for id in [10, 11] {
        assert_eq!(pages.next().await.unwrap().unwrap().items[0].id.get(), id);
    }
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.kind() == Kind::Paging && error.to_string().contains("with_max_pages()"), "{error}");
    assert_eq!((scene.transport.count("GET", "/assistance-provider"), pages.next().await.is_none()), (2, true));
}

/// A client of a server whose page `n`, from 0, has these rows and always a link to the next one.
fn endless(rows: fn(u64) -> Vec<Value>) -> (caremessenger_client::CareMessenger, SocketlessTransport) {
    let script = SocketlessTransport::script(move |sent| {
        let n: u64 = sent.query().strip_prefix("page=").map_or(0, |n| n.parse().unwrap());
        (200, json!({"count": 10_000, "next": format!("?page={}", n + 1), "results": rows(n)}))
    });
    (scripted(&script), script)
}

#[tokio::test(start_paused = true)]
async fn a_list_without_an_end_is_read_for_10_000_pages_unless_told_otherwise() {
    let (care, script) = endless(|n| vec![row(n)]);
    let read: Vec<_> = care.assistance_providers().items(ListAssistanceProviders::new()).collect().await;
    assert_eq!((read.len(), script.total()), (10_001, 10_000));
    assert_eq!(read.last().unwrap().as_ref().unwrap_err().kind(), Kind::Paging);
}

#[tokio::test(start_paused = true)]
async fn ten_pages_with_nothing_new_are_an_error_however_the_links_grow() {
    type Rows = fn(u64) -> Vec<Value>;
    let cases: [(&str, Rows, usize, usize); 5] = [
        ("the same rows", |_| vec![row(1), row(2)], 2, 11),
        ("none", |_| Vec::new(), 0, 10),
        ("two pages by turns", |n| vec![row(n % 2)], 2, 12),
        ("the same row, which can't be read", |_| vec![json!({"id": 7, "name": "canary"})], 1, 11),
        ("something new on every tenth page", |n| vec![row(n / 10 % 5)], 5, 51),
    ];
    for (what, rows, handed_out, requests) in cases {
        let (care, script) = endless(rows);
        let read: Vec<_> = care.assistance_providers().items(ListAssistanceProviders::new()).collect().await;
        assert_eq!((read.len(), script.total()), (handed_out + 1, requests), "{what}");
        let error = read.into_iter().last().unwrap().unwrap_err();
        assert!(error.kind() == Kind::Paging && error.to_string().contains("ten pages in a row"), "{what}: {error}");
        // Nothing is created for what such a list doesn't show, and it isn't read again.
        let error = care.assistance_providers().ensure(new("zz")).await.unwrap_err();
        assert_eq!((error.kind(), script.total()), (Kind::Paging, 2 * requests), "{what}: {error}");
    }
}

fn row(id: u64) -> Value {
    json!({"id": id, "name": "a", "label": "b", "type": "site", "content_object": {"id": 5}, "email_notifiers": []})
}

/// A client of a server with these pages, each of which leads to the next.
fn pages(pages: Vec<Value>) -> (caremessenger_client::CareMessenger, SocketlessTransport) {
    let script = SocketlessTransport::script(move |sent| {
        let n: usize = sent.query().strip_prefix("page=").map_or(0, |n| n.parse().unwrap());
        (200, pages[n].clone())
    });
    (scripted(&script), script)
}

fn page(count: u64, next: Option<&str>, rows: &[Value]) -> Value {
    json!({"count": count, "next": next, "previous": null, "results": rows})
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_moves_to_the_next_page_comes_once() {
    let next = Some("http://10.0.0.7:8000/v2/assistance-provider?page=1");
    let (care, _) = pages(vec![page(3, next, &[row(1), row(2)]), page(4, None, &[row(2), row(3)])]);
    let items = care.assistance_providers().items(ListAssistanceProviders::new());
    let ids: Vec<_> = items.map_ok(|provider| provider.id.get()).try_collect().await.unwrap();
    assert_eq!(ids, [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_could_slip_past_is_an_error() {
    let next = Some("?page=1");
    let (care, _) = pages(vec![page(4, next, &[row(1), row(2)]), page(3, None, &[row(4)])]);
    let end = care.assistance_providers().items(ListAssistanceProviders::new()).try_collect::<Vec<_>>().await;
    let error = end.unwrap_err();
    assert!(error.kind() == Kind::Paging && error.to_string().contains("read it again"), "{error}");
    // A page that is gone is answered so.
    let scene = filled(Emulator::builder().page_size(2), 3).await;
    scene.controller.after_next("GET", "/assistance-provider", |controller| controller.remove_provider(10).unwrap());
    let error = scene
        .care
        .assistance_providers()
        .items(ListAssistanceProviders::new())
        .try_collect::<Vec<_>>()
        .await
        .unwrap_err();
    assert!(error.kind() == Kind::Paging && error.to_string().contains("read it again"), "{error}");
    assert!(error.cause().unwrap().is_not_found());
}

#[tokio::test(start_paused = true)]
async fn a_row_that_cannot_be_read_is_told_and_the_others_come() {
    // CARE-38
    let broken = json!({"id": 2, "name": "canary"});
    let (care, _) = pages(vec![page(9, Some("?page=1"), &[row(1), broken]), page(9, None, &[row(3)])]);
    let mut items = care.assistance_providers().items(ListAssistanceProviders::new());
    let mut seen = Vec::new();
    while let Some(item) = items.next().await {
        seen.push(item.map(|provider| provider.id.get()).map_err(|error| {
            assert!(!error.report().contains("canary"));
            (error.kind(), error.outcome())
        }));
    }
    assert_eq!(seen, [Ok(1), Err((Kind::Decode, Outcome::Completed)), Ok(3)]);
}

#[tokio::test(start_paused = true)]
async fn a_link_without_a_query_is_an_error_and_no_circle() {
    let (care, script) = pages(vec![page(3, Some("http://10.0.0.7/v2/assistance-provider"), &[row(1)])]);
    let mut items = care.assistance_providers().items(ListAssistanceProviders::new());
    assert_eq!(items.next().await.unwrap().unwrap().id.get(), 1);
    assert_eq!((items.next().await.unwrap().unwrap_err().kind(), script.total()), (Kind::Paging, 1));
}
