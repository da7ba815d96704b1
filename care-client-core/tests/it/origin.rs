//! A client talks to its own server and to no other: no redirect is followed, no credential leaves, no proxy comes
//! between this machine and itself.

use crate::support::*;
use care_client_core::{Credentials, Http, Kind, Outcome, Pipeline, RequestParts, Secret};
use http::{HeaderMap, HeaderName, HeaderValue};

fn credentials() -> Vec<Credentials> {
    vec![
        Credentials::bearer(&Secret::new("canary")).unwrap(),
        Credentials::header(HeaderName::from_static("x-api-key"), &Secret::new("canary")).unwrap(),
        Credentials::Query("key".into(), Secret::new("canary")),
        Source::new(|_| async { Ok("canary".into()) }).credentials(),
    ]
}

#[tokio::test]
async fn a_redirect_to_another_server_is_not_followed_and_no_credential_reaches_it() {
    let other = Server::start([answer(200, DONE)]).await;
    let http = shared_http();
    for status in [301, 302, 303, 307, 308] {
        for credentials in credentials() {
            let shown = format!("{status} {credentials:?}");
            let home = answer(status, "").header("location", &format!("{}/things?key=canary", other.url()));
            let home = Server::start([home]).await;
            let options = quick().transport(http.clone());
            let error = pipeline_with(home.url(), options, credentials).call(Look).await.unwrap_err();
            assert_eq!((error.kind(), home.requests()), (Kind::Origin, 1), "{shown}");
            assert!(home.heard()[0].contains("canary"), "the test's own server gets the credential: {shown}");
            assert!(error.to_string().contains(other.url()), "the target is named: {error}");
        }
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn a_redirect_on_the_same_server_is_not_followed_either() {
    let home = Server::start([answer(307, "").header("location", "/elsewhere"), answer(200, DONE)]).await;
    let error = pipeline(home.url(), quick()).call(Look).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome(), home.requests()), (Kind::Origin, Outcome::Refused, 1));
    assert!(error.to_string().contains("another path of the same server"), "{error}");
}

/// Whatever the builder of the caller says.
#[tokio::test]
async fn the_callers_own_client_settings_do_not_bring_redirects_back() {
    let other = Server::start([answer(200, DONE)]).await;
    let home = Server::start([answer(302, "").header("location", other.url())]).await;
    let proxy = home.url().to_owned();
    let http = Http::new(move || {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::limited(5))
            .proxy(reqwest::Proxy::all(&proxy).unwrap())
    });
    let error = plain_host(http.unwrap()).call(Look).await.unwrap_err();
    assert_eq!((error.kind(), home.requests(), other.connections()), (Kind::Origin, 1, 0));
}

/// A pipeline to a host that isn't this machine, which only a proxy makes reachable.
fn plain_host(http: Http) -> Pipeline {
    Pipeline::builder("http://api.example.com", "tests/1.0")
        .allow_plain_http(true)
        .options(quick().transport(http))
        .build()
        .unwrap()
}

#[tokio::test]
async fn loopback_never_goes_through_a_proxy() {
    let proxy = Server::start([answer(200, DONE)]).await;
    let home = Server::start([answer(200, DONE)]).await;
    let url = proxy.url().to_owned();
    let http = Http::new(move || reqwest::Client::builder().proxy(reqwest::Proxy::all(&url).unwrap())).unwrap();
    let port = home.address().rsplit(':').next().unwrap();
    for url in [home.url().to_owned(), format!("http://localhost:{port}")] {
        pipeline(&url, quick().transport(http.clone())).call(Look).await.unwrap();
    }
    assert_eq!((proxy.connections(), home.requests()), (0, 2));
    // The proxy would have taken it.
    plain_host(http).call(Look).await.unwrap();
    assert_eq!((proxy.requests(), home.requests()), (1, 2));
    assert!(proxy.heard()[0].starts_with("POST http://api.example.com/things/one HTTP/1.1"));
}

/// The client for loopback is made from the same function, and the rules are put over it again.
#[tokio::test]
async fn the_callers_own_client_settings_hold_on_loopback_too() {
    let other = Server::start([answer(200, DONE)]).await;
    let home = Server::start([answer(200, DONE), answer(302, "").header("location", other.url())]).await;
    let http = Http::new(|| {
        let headers = HeaderMap::from_iter([(HeaderName::from_static("x-mine"), HeaderValue::from_static("yes"))]);
        reqwest::Client::builder().default_headers(headers).redirect(reqwest::redirect::Policy::limited(5))
    });
    let pipeline = pipeline(home.url(), quick().transport(http.unwrap()));
    pipeline.call(Look).await.unwrap();
    assert!(home.heard()[0].to_ascii_lowercase().contains("x-mine: yes"), "{}", home.heard()[0]);
    assert_eq!(pipeline.call(Look).await.unwrap_err().kind(), Kind::Origin);
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn the_base_is_https_or_this_machine_or_allowed() {
    let build = |url: &str, allow| Pipeline::builder(url, "t").allow_plain_http(allow).build();
    for url in ["http://127.0.0.1:8080", "http://localhost/api", "http://[::1]"] {
        assert!(build(url, false).is_ok(), "{url}");
    }
    for url in ["http://example.com", "http://192.168.1.5", "http://0.0.0.0", "http://localhost.example.com"] {
        let error = build(url, false).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Config, Outcome::NotSent), "{url}");
        assert!(error.to_string().contains("allow_plain_http"), "{error}");
        assert!(build(url, true).is_ok(), "{url}");
    }
    for url in
        ["", "example.com", "ftp://localhost", "http://u:p@localhost", "http://localhost?a=b", "http://localhost#a"]
    {
        assert_eq!(build(url, true).unwrap_err().kind(), Kind::Config, "{url}");
    }
    let prefixed = |prefix: &str| Pipeline::builder("http://localhost", "t").path_prefix(prefix).build();
    for (prefix, well) in [("/api/v1", true), ("", true), ("../up", false), ("/a/./b", false)] {
        assert_eq!(prefixed(prefix).is_ok(), well, "{prefix}");
    }
}

#[tokio::test]
async fn a_user_agent_that_no_header_can_carry_is_refused() {
    let error = Pipeline::builder("http://localhost", "two\nlines").build().unwrap_err();
    assert_eq!(error.kind(), Kind::Config);
}

#[tokio::test]
async fn ids_stay_one_segment_below_the_base_on_the_wire() {
    let home = Server::start([answer(200, "")]).await;
    let pipeline = Pipeline::builder(format!("{}/v1/", home.url()), "t").path_prefix("/api/").build().unwrap();
    for (id, path) in [
        ("a/../../admin", "/v1/api/users/a%2F..%2F..%2Fadmin"),
        ("%2e%2e", "/v1/api/users/%252e%252e"),
        ("x?admin=1#y", "/v1/api/users/x%3Fadmin%3D1%23y"),
        ("\r\nhost: evil", "/v1/api/users/%0D%0Ahost%3A%20evil"),
        ("//example.net", "/v1/api/users/%2F%2Fexample.net"),
    ] {
        pipeline.call(RequestParts::get(["users", id])).await.unwrap();
        assert!(home.heard().last().unwrap().starts_with(&format!("GET {path} HTTP/1.1\r\n")), "{id:?}");
    }
    for id in ["", ".", ".."] {
        let error = pipeline.call(RequestParts::get(["users".to_owned(), id.to_owned(), "x".to_owned()])).await;
        assert_eq!(error.unwrap_err().kind(), Kind::Request, "{id:?}");
    }
    assert_eq!(home.requests(), 5);
}

#[tokio::test]
async fn no_header_of_a_call_points_the_request_at_another_host_or_replaces_a_credential() {
    let home = Server::start([answer(200, DONE)]).await;
    let evil = || HeaderValue::from_static("evil");
    for credentials in credentials().into_iter().take(2) {
        let pipeline = pipeline_with(home.url(), quick(), credentials);
        let added = pipeline
            .call(Look)
            .with_header(http::header::HOST, evil())
            .with_header(http::header::AUTHORIZATION, evil())
            .with_header(HeaderName::from_static("x-api-key"), evil());
        added.await.unwrap();
        let own = RequestParts::get(["x"]).header(http::header::HOST, evil());
        pipeline.call(own).await.unwrap();
    }
    for heard in home.heard() {
        let hosts: Vec<_> = heard.lines().filter(|line| line.starts_with("host:")).collect();
        assert_eq!(hosts, [format!("host: {}", home.address())], "{heard}");
        assert!(heard.contains("canary"), "{heard}");
    }
}
