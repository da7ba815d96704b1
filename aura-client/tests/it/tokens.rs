//! Tokens: how the two kinds are had, and how long they live, of which AURA's guide says little.

use crate::mock_server::{answer, backend, fixture, lines, ok, received};
use aura_client::NewUser;
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

/// The expiry, in seconds since 1970, that is read from the answer to a registration.
async fn expiry(registered: Value) -> Option<i64> {
    let server = MockServer::start().await;
    answer(&server, "POST", "/panic-api/oauth/token", ok(&fixture("ours/token-response"))).await;
    answer(&server, "POST", "/panic-api/oauth/user", ok(&registered)).await;
    let user = backend(&server).users().register(NewUser::new("guid_1234@example.com", "hush")).await.unwrap();
    user.token.unwrap().expiry().map(|at| at.timestamp())
}

#[tokio::test]
async fn a_token_of_five_hundred_years_is_read_and_no_expiry_overflows() {
    // AURA-24: seconds since 1970 beside the token, unless the token itself says when.
    assert_eq!(expiry(json!({"accessToken": "opaque", "expiresIn": 17_359_833_600_i64})).await, Some(17_359_833_600));
    assert_eq!(expiry(json!({"accessToken": "opaque", "expires_at": "17359833600"})).await, Some(17_359_833_600));
    for endless in [json!(u64::MAX), json!(i64::MIN), json!(1e300), json!("9999999999999999")] {
        assert_eq!(expiry(json!({"accessToken": "opaque", "expiresIn": endless})).await, None, "{endless}");
    }
    let mut jwt = fixture("ours/register-response");
    jwt["expiresIn"] = json!(1);
    assert_eq!(expiry(jwt).await, Some(17_359_833_600), "the token's own claim goes first");
    assert_eq!(expiry(json!({"accessToken": "opaque"})).await, None);
}

#[tokio::test]
async fn an_expiry_that_was_meant_from_now_on_doesnt_fetch_a_token_for_each_call() {
    // AURA-24: 86400 seconds since 1970 have long passed, so the token serves until it is refused.
    let server = MockServer::start().await;
    let token = json!({"accessToken": "opaque", "expiresIn": 86_400});
    answer(&server, "POST", "/panic-api/oauth/token", ok(&token)).await;
    answer(&server, "GET", "/panic-api/callout-classifications", ok(&fixture("ours/classifications"))).await;
    let aura = backend(&server);
    for _ in 0..3 {
        aura.classifications().list().await.unwrap();
    }
    let fetches = lines(&server).await.into_iter().filter(|line| line.ends_with("/oauth/token")).count();
    assert_eq!(fetches, 1);
}

#[tokio::test]
async fn the_servers_token_is_read_in_both_spellings_and_missed_where_there_is_none() {
    // AURA-32
    for (body, token) in [
        (json!({"accessToken": "one"}), Some("Bearer one")),
        (json!({"access_token": "two", "token_type": "bearer", "expires_in": null}), Some("Bearer two")),
        (json!({"token": "three"}), None),
    ] {
        let server = MockServer::start().await;
        answer(&server, "POST", "/panic-api/oauth/token", ok(&body)).await;
        answer(&server, "GET", "/panic-api/callout-classifications", ok(&fixture("ours/classifications"))).await;
        let listed = backend(&server).classifications().list().await;
        let requests = received(&server).await;
        let used = requests.get(1).map(|request| request.headers["authorization"].to_str().unwrap());
        assert_eq!(used, token, "{body}");
        if let Err(error) = listed {
            assert!(error.report().contains("there is no token in the answer"), "{}", error.report());
        }
    }
}

#[tokio::test]
async fn a_users_token_may_come_with_the_registration_by_itself_or_from_elsewhere() {
    // AURA-33
    let server = MockServer::start().await;
    let token = fixture("ours/token-response");
    answer(&server, "POST", "/panic-api/oauth/token", ok(&token)).await;
    answer(&server, "POST", "/panic-api/oauth/user", ResponseTemplate::new(201)).await;
    let aura = backend(&server);
    let registered = aura.users().register(NewUser::new("guid_1234@example.com", "hush")).await.unwrap();
    assert_eq!(registered.token, None);
    let fetched = aura.users().token("guid_1234@example.com", "hush").await.unwrap();
    assert_eq!(fetched.secret().expose(), token["accessToken"].as_str().unwrap());

    answer(&server, "GET", "/panic-api/callouts/570", ok(&fixture("created"))).await;
    aura.with_user_token("from elsewhere").callouts().get(570).await.unwrap();
    let last = received(&server).await.pop().unwrap();
    assert_eq!(last.headers["authorization"], "Bearer from elsewhere");
}
