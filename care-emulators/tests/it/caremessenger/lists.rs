//! Lists and their pages.

use crate::support::caremessenger::{PROVIDERS, get, read};
use care_emulators::caremessenger::{
    Emulator, EmulatorBuilder, ListShape, NewProvider, Paging, RESIDENT_ID, SITE_ID, Target,
};
use http::Method;
use serde_json::{Value, json};

/// An emulator with some providers.
async fn with(builder: EmulatorBuilder, providers: u64) -> Emulator {
    let emulator = builder.start().await.unwrap();
    for n in 0..providers {
        let provider = NewProvider::new(Target::Site(SITE_ID), format!("p{n}"), "l");
        emulator.controller().add_provider(provider).unwrap();
    }
    emulator
}

fn ids(list: &Value) -> Vec<u64> {
    list["results"].as_array().unwrap().iter().map(|item| item["id"].as_u64().unwrap()).collect()
}

/// Path and query of a link that leads elsewhere.
fn here(address: &Value) -> Option<String> {
    Some(address.as_str()?.strip_prefix("http://10.0.0.7:8000").expect("another address").to_owned())
}

#[tokio::test]
async fn pages_link_to_each_other_with_any_paging() {
    for (paging, second) in
        [(Paging::Number, "page=2"), (Paging::Offset, "limit=2&offset=2"), (Paging::Cursor, "cursor=11")]
    {
        let emulator = with(Emulator::builder().paging(paging).page_size(2), 5).await;
        let first = read(&emulator, PROVIDERS).await;
        assert_eq!((&first["count"], &first["previous"], ids(&first)), (&json!(5), &Value::Null, vec![10, 11]));
        let to = here(&first["next"]).unwrap();
        assert_eq!(to, format!("{PROVIDERS}?{second}"));
        let middle = read(&emulator, &to).await;
        assert_eq!(ids(&middle), [12, 13]);
        let last = read(&emulator, &here(&middle["next"]).unwrap()).await;
        assert_eq!((&last["next"], ids(&last)), (&Value::Null, vec![14]));
        let back = read(&emulator, &here(&last["previous"]).unwrap()).await;
        assert_eq!(ids(&back), [12, 13]);
        assert_eq!(ids(&read(&emulator, &here(&back["previous"]).unwrap()).await), [10, 11]);
    }
}

#[tokio::test]
async fn links_keep_the_other_parameters() {
    let emulator = with(Emulator::builder().page_size(1), 3).await;
    let first = read(&emulator, &format!("{PROVIDERS}?format=json&x=a%26b")).await;
    assert_eq!(here(&first["next"]).unwrap(), format!("{PROVIDERS}?format=json&x=a%26b&page=2"));
    let second = read(&emulator, &here(&first["next"]).unwrap()).await;
    assert_eq!(here(&second["next"]).unwrap(), format!("{PROVIDERS}?format=json&x=a%26b&page=3"));

    let builder = Emulator::builder().page_size(1).link_origin("http://inside.example:8080").path_prefix("/care");
    let emulator = with(builder, 2).await;
    let list = read(&emulator, "/care/v2/assistance-provider").await;
    assert_eq!(list["next"], json!("http://inside.example:8080/care/v2/assistance-provider?page=2"));
}

#[tokio::test]
async fn a_page_has_at_most_a_hundred_items_and_a_limit_reduces_it() {
    let emulator = with(Emulator::builder(), 101).await;
    assert_eq!(ids(&read(&emulator, PROVIDERS).await).len(), 100);
    assert_eq!(ids(&read(&emulator, &format!("{PROVIDERS}?limit=2&offset=3")).await).len(), 100);
    let emulator = with(Emulator::builder().paging(Paging::Offset).page_size(4), 6).await;
    let list = read(&emulator, &format!("{PROVIDERS}?limit=2&offset=3")).await;
    assert_eq!((ids(&list), here(&list["previous"])), (vec![13, 14], Some(format!("{PROVIDERS}?limit=2&offset=1"))));
    assert_eq!(ids(&read(&emulator, &format!("{PROVIDERS}?limit=99")).await).len(), 4);
    assert_eq!(ids(&read(&emulator, &format!("{PROVIDERS}?offset=99")).await), [0; 0]);
}

#[tokio::test]
async fn missing_pages_get_404() {
    let emulator = with(Emulator::builder().page_size(2), 4).await;
    for page in ["0", "3", "-1", "two", "", "99999999999999999999"] {
        assert_eq!(get(&emulator, &format!("{PROVIDERS}?page={page}")).await.status, 404, "{page}");
    }
    let emulator = with(Emulator::builder(), 0).await;
    let empty = read(&emulator, &format!("{PROVIDERS}?page=1")).await;
    assert_eq!(empty, json!({ "count": 0, "next": null, "previous": null, "results": [] }));
}

#[tokio::test]
async fn a_bare_list_contains_all_items() {
    let emulator = with(Emulator::builder().list_shape(ListShape::Bare).page_size(2), 3).await;
    let list = read(&emulator, PROVIDERS).await;
    let ids: Vec<_> = list.as_array().unwrap().iter().map(|item| item["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, [10, 11, 12]);
    assert_eq!(list[0], read(&emulator, "/v2/assistance-provider/10").await);
}

#[tokio::test]
async fn the_last_page_of_an_endless_list_links_to_itself() {
    for paging in [Paging::Number, Paging::Offset, Paging::Cursor] {
        let emulator = with(Emulator::builder().endless_lists().paging(paging).page_size(2), 3).await;
        let first = read(&emulator, PROVIDERS).await;
        let last = read(&emulator, &here(&first["next"]).unwrap()).await;
        assert_eq!((ids(&last), &last["next"]), (vec![12], &first["next"]));
    }
}

#[tokio::test]
async fn every_resource_has_a_list_and_details() {
    let emulator = with(Emulator::builder(), 1).await;
    let controller = emulator.controller();
    let request = controller.request_assistance(10, RESIDENT_ID).unwrap();
    for (path, id) in [
        ("customer", 2),
        ("site", SITE_ID),
        ("resident-temp", RESIDENT_ID),
        ("assistance-provider", 10),
        ("assistance-request", request.id),
    ] {
        let list = read(&emulator, &format!("/v2/{path}")).await;
        assert_eq!(ids(&list), [id], "{path}");
        assert_eq!(list["results"][0], read(&emulator, &format!("/v2/{path}/{id}")).await);
        for wrong in ["99", "x", "0"] {
            assert_eq!(get(&emulator, &format!("/v2/{path}/{wrong}")).await.status, 404, "{path} {wrong}");
        }
    }
    assert_eq!(read(&emulator, "/v2/staff").await["count"], json!(0));
    for path in ["/v2/nothing", "/v2/nothing/1", "/v2/staff/1"] {
        let response = get(&emulator, path).await;
        assert_eq!((response.status, response.json()), (404, json!({ "detail": "Not Found" })), "{path}");
    }
}

#[tokio::test]
async fn only_json_is_supported() {
    let emulator = with(Emulator::builder(), 1).await;
    for path in ["/v2", PROVIDERS, "/v2/site/5"] {
        assert_eq!(get(&emulator, &format!("{path}?format=json")).await.status, 200, "{path}");
        assert_eq!(get(&emulator, &format!("{path}?format=xml")).await.status, 406, "{path}");
    }
}

#[tokio::test]
async fn hooks_change_the_world_between_two_calls() {
    let emulator = with(Emulator::builder().page_size(2), 3).await;
    let controller = emulator.controller();
    controller.before_next(Method::GET, PROVIDERS, |controller| controller.remove_provider(10).unwrap());
    controller.after_next(Method::GET, PROVIDERS, |controller| controller.remove_provider(11).unwrap());
    assert_eq!(ids(&read(&emulator, PROVIDERS).await), [11, 12]);
    assert_eq!(ids(&read(&emulator, PROVIDERS).await), [12]);
}
