//! Every documented operation as it goes over the wire: what is sent, how the documented answer is read, and what each
//! error means.
//!
//! No answer to a list or a single read is documented, and no error: those are ours, and prove how this crate reads
//! them, not that CareMessenger sends them.

mod answers;
pub(crate) mod operations;

use crate::support::mock_server::{TOKEN, bare, bare_with, care, fixture, lines, ok, received};
use care_testkit::contract::{Answer, assert_unsent, error_of};
use caremessenger_client::{
    ApiFault, CareMessenger, EmptyLists, Kind, NewAssistanceProvider, Outcome, RequestParts, SiteId,
};
use http::header::AUTHORIZATION;
use operations::{contract, for_site};
use serde_json::json;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

care_testkit::contract_tests!(contract());

#[tokio::test]
async fn nothing_is_sent_without_credentials() {
    contract().nothing_is_sent_without_credentials(|server, options| bare_with(server, options).build().unwrap()).await;
}

#[tokio::test]
async fn an_error_without_a_body_or_with_a_page_has_no_fault() {
    // CARE-36
    let (contract, server) = (contract(), MockServer::start().await);
    let page = Answer::text("text/html", "<html>no</html>").status(400);
    for operation in contract.operations() {
        for answer in [Answer::empty(400), page.clone()] {
            let exchange = contract.exchange(&server, operation, &[answer]).await;
            let error = exchange.error(operation.case_name());
            assert_eq!((error.kind(), error.outcome()), (Kind::Api, Outcome::Refused), "{error}");
            assert_eq!(error.fault::<ApiFault>(), None, "{error}");
        }
    }
}

#[tokio::test]
async fn json_of_another_form_was_answered_all_the_same() {
    contract().documents_are_refused(&["null", "7", r#"{"id": 10, "name": "#], Outcome::Completed).await;
}

#[tokio::test]
async fn an_object_without_any_documented_field_is_somebody_elses() {
    contract().documents_are_refused(&["{}", r#"{"detail": "ok"}"#], Outcome::Unknown).await;
}

#[tokio::test]
async fn an_answer_about_another_provider_proves_nothing() {
    let (contract, server) = (contract(), MockServer::start().await);
    let get = contract.operation("caremessenger.assistance_providers.get");
    let mut other: serde_json::Value = serde_json::from_slice(&get.answer().body()).unwrap();
    other["id"] = 4711.into();
    let error = contract.exchange(&server, get, &[Answer::json(&other)]).await.error("get");
    assert_eq!((error.kind(), error.outcome(), error.is_foreign()), (Kind::Decode, Outcome::Unknown, true), "{error}");
}

#[tokio::test]
async fn a_wrong_password_and_a_wrong_prefix_are_named() {
    let (contract, server) = (contract(), MockServer::start().await);
    let sign_in = contract.operation("caremessenger.sign_in");
    let error = contract.exchange(&server, sign_in, &[Answer::empty(400)]).await.error("sign in");
    assert!(error.to_string().contains("the name or the password is wrong"), "{error}");
    let list = contract.operation("caremessenger.assistance_providers.list");
    let error = contract.exchange(&server, list, &[Answer::empty(404)]).await.error("list");
    assert!(error.is_not_found() && error.to_string().contains("api_prefix()"), "{error}");
}

#[tokio::test]
async fn messages_by_field_have_their_path() {
    // CARE-36
    let server = MockServer::start().await;
    let body = json!({"email_notifiers": [{"email": ["Enter a valid email address."]}], "label": ["Too long."]});
    Mock::given(any()).respond_with(ResponseTemplate::new(400).set_body_json(body)).mount(&server).await;
    let error = error_of(care(&server).assistance_providers().create(for_site())).await;
    let fault = error.fault::<ApiFault>().unwrap();
    let paths: Vec<_> = fault.fields.iter().map(|field| field.path.as_str()).collect();
    assert_eq!((fault.detail, paths), (None, vec!["email_notifiers[0].email", "label"]));
}

#[tokio::test]
async fn addresses_are_sent_as_they_were_given() {
    // CARE-06
    let server = MockServer::start().await;
    for url in ["https://EXAMPLE.com", "http://example.com:80/a//b?c=//d", "https://example.com/%41"] {
        server.reset().await;
        Mock::given(any()).respond_with(ok(&fixture("created"))).mount(&server).await;
        care(&server).assistance_providers().create(for_site().webhook("Desk", url)).await.unwrap();
        let sent: serde_json::Value = received(&server).await[0].body_json().unwrap();
        assert_eq!(sent["webhook_notifiers"], json!([{"name": "Desk", "url": url}]));
        assert_eq!(sent.as_object().unwrap().len(), 6, "{sent}");
    }
}

#[tokio::test]
async fn an_empty_list_is_left_out_or_sent_as_the_client_was_told() {
    // CARE-23
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ok(&fixture("created"))).mount(&server).await;
    let sending = bare(&server).token(TOKEN).empty_lists(EmptyLists::Send).build().unwrap();
    let new = || NewAssistanceProvider::for_site(5, "a", "b").without_notifiers();
    care(&server).assistance_providers().create(new()).await.unwrap();
    sending.assistance_providers().create(new()).await.unwrap();
    let sent: Vec<serde_json::Value> =
        received(&server).await.iter().map(|request| request.body_json().unwrap()).collect();
    let bare = json!({"name": "a", "label": "b", "content_type": "site", "object_id": 5});
    assert_eq!(sent[0], bare);
    assert_eq!((&sent[1]["email_notifiers"], &sent[1]["webhook_notifiers"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn server_prefix_and_form_of_the_token_can_be_others() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ok(&json!({}))).mount(&server).await;
    let care = bare(&server)
        .base_url(format!("{}/care/", server.uri()))
        .api_prefix("/v3/")
        .header_auth(AUTHORIZATION, "JWT abc");
    let care = care.build().unwrap();
    care.raw(RequestParts::get(["assistance-request"]).query("page", "2")).await.unwrap();
    let _ = care.sign_in("a", "b").await;
    let sent = received(&server).await;
    let wanted = ["GET /care/v3/assistance-request?page=2", "POST /care/api-token-auth/"];
    assert_eq!(lines(&server).await, wanted);
    assert_eq!(sent[0].headers["authorization"], "JWT abc");
    assert!(!sent[1].headers.contains_key("authorization"), "signing in needs no token");
}

#[tokio::test]
async fn providers_that_cannot_be_meant() {
    // CARE-23, CARE-33: two notifiers with one URL could not be told apart.
    let server = MockServer::start().await;
    let care = care(&server);
    let create = |new| error_of(care.assistance_providers().create(new));
    let ensure = |new| error_of(care.assistance_providers().ensure(new));
    let on = |name: &str, label: &str| NewAssistanceProvider::for_site(SiteId(5), name, label);
    let twice = || for_site().webhook("a", "https://example.com/a").webhook("b", "https://example.com/a");
    assert_unsent(
        &server,
        Kind::Request,
        &[
            ("nobody to reach", create(on("a", "b")).await, "without_notifiers()"),
            ("nobody to reach", ensure(on("a", "b")).await, "without_notifiers()"),
            ("no name", create(on("", "b").email("c", "c@example.com")).await, "name is blank"),
            ("no label", create(on("a", " ").email("c", "c@example.com")).await, "label is blank"),
            ("no address", create(on("a", "b").email("c", "c")).await, "name@example.com"),
            ("an address twice", create(for_site().email("c", "manager@example.com")).await, "twice"),
            ("no URL", create(for_site().webhook("c", "hooks/1")).await, "https://host/path"),
            ("another scheme", create(for_site().webhook("c", "ftp://example.com")).await, "https://"),
            ("a URL twice", create(twice()).await, "twice"),
            ("a URL twice", ensure(twice()).await, "twice"),
            ("no password", error_of(care.sign_in("admin", "")).await, "empty"),
            ("no user", error_of(care.sign_in("", "hush")).await, "empty"),
        ],
    )
    .await;
}

#[tokio::test]
async fn clients_that_cannot_be_made() {
    for (builder, says) in [
        (CareMessenger::builder().base_url("http://api.example.com"), "plain http"),
        (CareMessenger::builder().base_url("api.example.com"), "https://"),
        (CareMessenger::builder().token(""), "empty"),
        (CareMessenger::builder().token("canary\n"), "trailing newline"),
        (CareMessenger::builder().api_prefix(".."), "prefix"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), Kind::Config);
        assert!(error.to_string().contains(says) && !error.report().contains("canary"), "{error}");
    }
    assert!(CareMessenger::builder().base_url("http://api.example.com").allow_plain_http().build().is_ok());
    assert!(CareMessenger::builder().token("abc").build().is_ok(), "the documented server is the default");
}
