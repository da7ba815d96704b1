//! What is refused before anything is sent: bad input and missing credentials.

use crate::{
    documented::operations::{OPERATIONS, for_site},
    support::mock_server::{bare, care},
};
use care_testkit::documented::{assert_unsent, fails};
use caremessenger_client::{CareMessenger, Kind, NewAssistanceProvider, SiteId};
use wiremock::MockServer;

#[tokio::test]
async fn providers_that_cannot_be_meant() {
    // CARE-23, CARE-33: two notifiers with one URL could not be told apart.
    let server = MockServer::start().await;
    let care = care(&server);
    let create = |new| fails(care.assistance_providers().create(new));
    let ensure = |new| fails(care.assistance_providers().ensure(new));
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
            ("no password", fails(care.sign_in("admin", "")).await, "empty"),
            ("no user", fails(care.sign_in("", "hush")).await, "empty"),
        ],
    )
    .await;
}

#[tokio::test]
async fn everything_without_credentials() {
    let server = MockServer::start().await;
    let care = bare(&server).build().unwrap();
    let mut refusals = Vec::new();
    for operation in OPERATIONS.iter().filter(|operation| operation.has_token) {
        refusals.push((operation.what, (operation.call)(care.clone()).await.unwrap_err(), "credentials()"));
    }
    assert_unsent(&server, Kind::Config, &refusals).await;
}

#[tokio::test]
async fn clients_that_cannot_be_made() {
    for (builder, says) in [
        (CareMessenger::builder().base_url("http://api.example.com"), "plain http"),
        (CareMessenger::builder().base_url("api.example.com"), "https://"),
        (CareMessenger::builder().token(""), "empty"),
        (CareMessenger::builder().token("canary\n"), "line break"),
        (CareMessenger::builder().api_prefix(".."), "prefix"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), Kind::Config);
        assert!(error.to_string().contains(says) && !error.report().contains("canary"), "{error}");
    }
    assert!(CareMessenger::builder().base_url("http://api.example.com").allow_plain_http().build().is_ok());
    assert!(CareMessenger::builder().token("abc").build().is_ok(), "the documented server is the default");
}
