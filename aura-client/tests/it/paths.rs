//! Where requests go: hosts, prefixes, and the paths that a caller can set.

use crate::mock_server::{
    CLIENT_ID, CLIENT_SECRET, SocketlessTransport, USER_TOKEN, answer, backend, builder, fixture, lines, ok, received,
    scripted, user,
};
use aura_client::{Aura, Environment, Kind, Options, Outcome, RetryPolicy};
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

fn callout() -> SocketlessTransport {
    SocketlessTransport::script(|_| (200, fixture("created")))
}

/// Where a client of this base URL and prefix dismisses callout 570.
async fn dismissed(base_url: &str, prefix: Option<&str>) -> String {
    let script = callout();
    let mut builder = Aura::builder().base_url(base_url).user_token(USER_TOKEN);
    if let Some(prefix) = prefix {
        builder = builder.path_prefix(prefix);
    }
    let aura = builder.options(Options::new().transport(script.clone())).build().unwrap();
    aura.callouts().dismiss(570).await.unwrap();
    let sent = script.all().remove(0);
    format!("{} {}", sent.origin(), sent.line())
}

#[tokio::test]
async fn there_is_one_slash_between_all_parts_of_a_path() {
    // AURA-08
    for (base_url, prefix) in [
        ("https://aura.example.com", None),
        ("https://aura.example.com/", Some("panic-api")),
        ("https://aura.example.com//", Some("/panic-api/")),
        ("https://aura.example.com/panic-api", Some("")),
        ("https://aura.example.com/panic-api/", Some("/")),
    ] {
        let wanted = "https://aura.example.com POST /panic-api/callouts/570/dismiss";
        assert_eq!(dismissed(base_url, prefix).await, wanted, "{base_url} {prefix:?}");
    }
}

#[tokio::test]
async fn the_prefix_is_the_callers_to_choose_also_none() {
    // AURA-10
    let sent = |prefix| dismissed("https://aura.example.com:8443", Some(prefix));
    assert_eq!(sent("").await, "https://aura.example.com:8443 POST /callouts/570/dismiss");
    assert_eq!(sent("/panic-api/v9").await, "https://aura.example.com:8443 POST /panic-api/v9/callouts/570/dismiss");
}

#[tokio::test]
async fn staging_is_the_host_that_works() {
    // AURA-09
    let script = callout();
    let staging = Aura::builder().environment(Environment::Staging).user_token(USER_TOKEN);
    let aura = staging.options(Options::new().transport(script.clone())).build().unwrap();
    aura.callouts().get(570).await.unwrap();
    assert_eq!(script.all()[0].origin(), "https://staging-panic.aura.services");
}

#[test]
fn no_client_is_made_for_the_misspelt_host() {
    // AURA-09: whoever owns that domain would get every credential.
    for url in [
        "https://staging-panic.aura.service",
        "https://STAGING-PANIC.AURA.SERVICE/panic-api",
        "https://aura.service:443",
    ] {
        let error = Aura::builder().base_url(url).server_credentials(CLIENT_ID, CLIENT_SECRET).build().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Config, Outcome::NotSent), "{url}");
        assert!(error.to_string().contains("aura.services"), "{error}");
    }
    assert!(Aura::builder().base_url("https://panic.aura.services").build().is_ok());
}

#[tokio::test]
async fn if_everything_is_answered_with_404_the_error_says_what_to_set() {
    // AURA-10
    let server = MockServer::start().await;
    let aura = user(&server);
    for _ in 0..2 {
        let error = aura.callouts().get(570).await.unwrap_err();
        assert!(error.is_not_found() && error.to_string().contains("path_prefix()"), "{error}");
        assert!(error.report().contains("path_prefix()"), "{}", error.report());
    }
    answer(&server, "GET", "/panic-api/callouts/570", ok(&fixture("created"))).await;
    aura.callouts().get(570).await.unwrap();
    let error = aura.with_user_token("another-token").callouts().get(571).await.unwrap_err();
    assert!(error.is_not_found() && !error.to_string().contains("prefix"), "the prefix has proved right: {error}");
}

#[tokio::test]
async fn another_error_than_404_proves_the_prefix_too() {
    // AURA-10
    let server = MockServer::start().await;
    answer(&server, "GET", "/panic-api/callouts/570", ResponseTemplate::new(403)).await;
    let aura = user(&server);
    assert!(!aura.callouts().get(570).await.unwrap_err().to_string().contains("prefix"));
    assert!(!aura.callouts().get(571).await.unwrap_err().to_string().contains("prefix"));
}

#[tokio::test]
async fn comments_go_to_the_singular_unless_told_otherwise() {
    // AURA-07
    let server = MockServer::start().await;
    let plural = builder(&server).user_token(USER_TOKEN).comment_path("callouts").build().unwrap();
    for aura in [user(&server), plural] {
        assert!(aura.callouts().comment(570, "Hello").await.unwrap_err().is_not_found());
    }
    assert_eq!(lines(&server).await, ["POST /panic-api/callout/570/comments", "POST /panic-api/callouts/570/comments"]);
}

#[tokio::test]
async fn the_paths_of_both_tokens_are_the_callers_to_choose() {
    // AURA-32, AURA-33
    let server = MockServer::start().await;
    let token = fixture("ours/token-response");
    answer(&server, "POST", "/panic-api/v2/oauth/token", ok(&token)).await;
    answer(&server, "POST", "/panic-api/oauth/user/token", ok(&token)).await;
    answer(&server, "GET", "/panic-api/callout-classifications", ok(&fixture("ours/classifications"))).await;
    let aura = builder(&server)
        .server_credentials(CLIENT_ID, CLIENT_SECRET)
        .server_token_path("v2/oauth/token")
        .user_token_path("/oauth/user/token/")
        .build()
        .unwrap();
    aura.users().token("guid_1234@example.com", "hush").await.unwrap();
    aura.classifications().list().await.unwrap();
    assert_eq!(
        lines(&server).await,
        [
            "POST /panic-api/oauth/user/token",
            "POST /panic-api/v2/oauth/token",
            "GET /panic-api/callout-classifications",
        ]
    );
}

#[tokio::test]
async fn no_token_follows_a_redirect() {
    let (server, other) = (MockServer::start().await, MockServer::start().await);
    let target = format!("{}/panic-api/callouts/570", other.uri());
    for status in [301, 302, 307, 308] {
        let away = ResponseTemplate::new(status).insert_header("location", target.as_str());
        server.reset().await;
        answer(&server, "GET", "/panic-api/callouts/570", away).await;
        let error = user(&server).callouts().get(570).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Origin, "{status}");
    }
    assert_eq!(lines(&other).await, [""; 0]);
}

#[tokio::test]
async fn subscriptions_are_reached_with_the_servers_token_and_sent_once() {
    // AURA-34
    let server = MockServer::start().await;
    answer(&server, "POST", "/panic-api/oauth/token", ok(&fixture("ours/token-response"))).await;
    answer(&server, "DELETE", "/panic-api/subscriptions/7", ResponseTemplate::new(500)).await;
    answer(&server, "GET", "/panic-api/subscriptions/7", ok(&json!({"active": true}))).await;
    let aura = backend(&server).with_user_token(USER_TOKEN);
    let path = ["subscriptions", "7"];

    let found = aura.users().raw(aura_client::RequestParts::get(path)).await.unwrap();
    assert_eq!(found.json::<Value>().unwrap(), json!({"active": true}));
    let gone = aura.users().raw(aura_client::RequestParts::new(http::Method::DELETE, path));
    assert_eq!(gone.with_retry(RetryPolicy::new()).await.unwrap_err().attempts(), 1);

    let requests = received(&server).await;
    let bearer = format!("Bearer {}", fixture("ours/token-response")["accessToken"].as_str().unwrap());
    let tokens: Vec<_> =
        requests.iter().skip(1).map(|request| request.headers["authorization"].to_str().unwrap()).collect();
    assert_eq!(tokens, [&bearer, &bearer]);
}

#[tokio::test]
async fn raw_takes_the_users_token_and_can_be_told_that_it_may_be_repeated() {
    let server = MockServer::start().await;
    answer(&server, "GET", "/panic-api/callouts/activeCallouts", ResponseTemplate::new(503)).await;
    let parts = aura_client::RequestParts::get(["callouts", "activeCallouts"]).query("page", "2");
    let call = user(&server).raw(parts).with_safety(aura_client::Safety::Read);
    assert_eq!(call.await.unwrap_err().attempts(), 3);
    let requests = received(&server).await;
    assert!(requests.iter().all(|request| request.headers["authorization"] == format!("Bearer {USER_TOKEN}")));
    assert_eq!(lines(&server).await, ["GET /panic-api/callouts/activeCallouts?page=2"; 3]);
}

#[tokio::test]
async fn an_id_is_always_one_segment() {
    let script = callout();
    let aura = scripted(&script);
    // The answer is about another callout.
    assert!(aura.callouts().get(u64::MAX).await.unwrap_err().is_foreign());
    aura.raw(aura_client::RequestParts::get(["callouts", "1/../2?x#y"])).await.unwrap();
    let lines: Vec<_> = script.all().iter().map(|sent| sent.line()).collect();
    assert_eq!(lines, ["GET /panic-api/callouts/18446744073709551615", "GET /panic-api/callouts/1%2F..%2F2%3Fx%23y"]);
}
