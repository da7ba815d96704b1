//! Each handle sends the credentials that it names, and none but these; and how the two kinds of tokens are had and how
//! long they live, of which AURA's guide says little.

use crate::{
    mock_server::{answer, backend, fixture, lines, ok, received},
    support::*,
};
use aura_client::{Aura, AuraBuilder, Kind, MemoryTokenStore, NewUser, Outcome, Token, TokenStore};
use care_emulators::Recorded;
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::sync::Arc;
use wiremock::{MockServer, ResponseTemplate};

const PASSWORD: &str = "a long random password";
const YEAR: u64 = 365 * 86_400;

async fn emulator() -> (Emulator, SocketlessTransport) {
    let lifetime = secs(YEAR);
    let emulator = Emulator::builder().allow_server_callouts().server_token_lifetime(lifetime).start().await.unwrap();
    let transport = SocketlessTransport::to(emulator.router());
    (emulator, transport)
}

fn server(transport: &SocketlessTransport, emulator: &Emulator) -> AuraBuilder {
    builder(transport).server_credentials(emulator.client_id(), emulator.client_secret())
}

fn last(emulator: &Emulator) -> Recorded {
    emulator.journal().requests().pop().unwrap()
}

#[test]
fn credentials_that_were_read_with_a_line_break_are_refused_when_the_client_is_built() {
    for end in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"] {
        let canary = format!("canary{end}");
        let bare = || Aura::builder().base_url("http://localhost");
        for builder in [
            bare().user_token(canary.as_str()),
            bare().server_credentials(canary.as_str(), "hush"),
            bare().server_credentials("id", canary.as_str()),
        ] {
            let error = builder.build().unwrap_err();
            let text = format!("{error} {error:?} {}", error.report());
            assert!(error.kind() == Kind::Config && text.contains("trailing newline"), "{end:?}: {text}");
            assert!(!text.contains("canary"), "{text}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_lasting_401_for_the_servers_credentials_is_no_storm_of_token_requests() {
    let (emulator, transport) = emulator().await;
    let aura = server(&transport, &emulator).build().unwrap();
    transport.plan("POST", "/oauth/user", vec![Step::Answer(401, "{}"); 20]);
    for number in 1..=10 {
        let error = aura.users().register(NewUser::new("id_2@example.com", PASSWORD)).await.unwrap_err();
        assert!(error.is_unauthorized(), "{number}: {error}");
        let text = error.to_string();
        assert!(text.contains("refused the access token, which was fetched with ClientId and ClientSecret"), "{text}");
    }
    assert_eq!((transport.count("POST", "/oauth/token"), transport.count("POST", "/oauth/user")), (2, 11));
}

#[tokio::test(start_paused = true)]
async fn a_wrong_client_secret_is_named_and_not_sent_again_and_again() {
    let (emulator, transport) = emulator().await;
    let aura = builder(&transport).server_credentials(emulator.client_id(), "canary").build().unwrap();
    for number in 1..=10 {
        let error = aura.users().register(NewUser::new("id_2@example.com", PASSWORD)).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Auth, Outcome::NotSent), "{number}: {error}");
        let text = error.to_string();
        assert!(text.contains("the server refused ClientId and ClientSecret"), "{number}: {text}");
        assert!(!error.report().contains("canary"), "{}", error.report());
    }
    assert_eq!(transport.count("POST", "/oauth/token"), 2);
}

#[tokio::test(start_paused = true)]
async fn users_is_the_servers_handle_callouts_the_users_and_classifications_takes_either() {
    let (emulator, transport) = emulator().await;
    let user = emulator.issue_user_token(USER);
    let aura = server(&transport, &emulator).user_token(user.clone()).build().unwrap();
    aura.users().register(NewUser::new("id_2@example.com", PASSWORD)).await.unwrap();
    let register = last(&emulator);
    assert!(register.header("authorization").is_some() && !register.has_bearer(&user));

    let id = aura.callouts().create(new_callout()).await.unwrap().id;
    assert!(last(&emulator).has_bearer(&user));
    aura.callouts().get(id).await.unwrap();
    aura.callouts().update_location(id, here()).await.unwrap();
    aura.callouts().comment(id, "Hello").await.unwrap();
    aura.callouts().dismiss(id).await.unwrap();
    aura.classifications().list().await.unwrap();
    let all = emulator.journal().requests();
    assert!(all[all.len() - 5..].iter().all(|request| request.has_bearer(&user)));

    let only_server = server(&transport, &emulator).build().unwrap();
    only_server.classifications().list().await.unwrap();
    assert!(last(&emulator).header("authorization").is_some() && !last(&emulator).has_bearer(&user));
    // The operations that give tokens are sent without one.
    aura.users().token("id_2@example.com", PASSWORD).await.unwrap();
    assert_eq!(last(&emulator).header("authorization"), None);
}

#[tokio::test(start_paused = true)]
async fn a_missing_credential_is_an_error_that_names_the_setting_before_anything_is_sent() {
    let (emulator, transport) = emulator().await;
    let none = builder(&transport).build().unwrap();
    let user = builder(&transport).user_token("token").build().unwrap();
    let server = server(&transport, &emulator).build().unwrap();
    let new = || NewUser::new("id_2@example.com", PASSWORD);
    for (error, setting) in [
        (none.callouts().create(new_callout()).await.map(drop).unwrap_err(), "user_token()"),
        (none.callouts().get(570).await.map(drop).unwrap_err(), "user_token()"),
        (none.classifications().list().await.map(drop).unwrap_err(), "user_token()"),
        (none.users().register(new()).await.map(drop).unwrap_err(), "server_credentials()"),
        (user.users().register(new()).await.map(drop).unwrap_err(), "server_credentials()"),
        (server.callouts().create(new_callout()).await.map(drop).unwrap_err(), "allow_server_callouts()"),
        (server.raise(new_callout(), &aura_client::MemorySessionStore::new()).await.map(drop).unwrap_err(), "allow_"),
    ] {
        assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Config, Outcome::NotSent, 0));
        assert!(error.to_string().contains(setting), "{error}");
    }
    for bad in ["", "two\nlines"] {
        let error = none.with_user_token(bad).callouts().get(570).await.unwrap_err();
        assert_eq!((error.kind(), error.to_string().contains("two")), (Kind::Config, false));
        assert_eq!(builder(&transport).user_token(bad).build().unwrap_err().kind(), Kind::Config);
    }
    assert_eq!(transport.total(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_servers_token_goes_on_callouts_only_when_allowed() {
    let (emulator, transport) = emulator().await;
    let aura = server(&transport, &emulator).allow_server_callouts().build().unwrap();
    let id = aura.callouts().create(new_callout()).await.unwrap().id;
    assert!(last(&emulator).header("authorization").is_some());
    // A user's token goes before it all the same.
    let user = emulator.issue_user_token(USER);
    assert!(aura.with_user_token(user.clone()).callouts().get(id).await.unwrap_err().is_not_found());
    assert!(last(&emulator).has_bearer(&user));
}

async fn stored(store: &Arc<MemoryTokenStore>, key: &str) -> Option<String> {
    store.load(key).await.unwrap().map(|token| token.secret().expose().to_owned())
}

#[tokio::test(start_paused = true)]
async fn a_users_token_is_kept_under_the_mail_and_found_by_another_process() {
    let (emulator, transport) = emulator().await;
    let store = Arc::new(MemoryTokenStore::new());
    let aura = || server(&transport, &emulator).token_store(Arc::clone(&store)).build().unwrap();
    let user = aura().users().register(NewUser::new("id_2@example.com", PASSWORD)).await.unwrap();
    let token = user.token.unwrap().secret().expose().to_owned();
    assert_eq!(stored(&store, "user:id_2@example.com").await, Some(token.clone()));
    let found = aura().with_user("id_2@example.com").await.unwrap();
    found.callouts().create(new_callout()).await.unwrap();
    assert!(last(&emulator).has_bearer(&token));

    let fetched = aura().users().token("id_2@example.com", PASSWORD).await.unwrap();
    let fetched = fetched.secret().expose().to_owned();
    assert_ne!(fetched, token);
    assert_eq!(stored(&store, "user:id_2@example.com").await, Some(fetched.clone()));
    // Who holds the old one finds the newer one when that is refused.
    transport.plan("GET", "/570", [Step::Answer(401, "{}")]);
    found.callouts().get(570).await.unwrap();
    assert!(last(&emulator).has_bearer(&fetched));
}

#[tokio::test(start_paused = true)]
async fn with_user_token_keeps_nothing_and_an_unknown_user_is_an_error_that_says_so() {
    let (emulator, transport) = emulator().await;
    let store = Arc::new(MemoryTokenStore::new());
    let aura = server(&transport, &emulator).token_store(Arc::clone(&store)).build().unwrap();
    let user = aura.with_user_token(emulator.issue_user_token(USER));
    user.callouts().create(new_callout()).await.unwrap();
    assert_eq!(format!("{store:?}"), "MemoryTokenStore { tokens: 0 }");

    let sent = transport.total();
    let unknown = aura.with_user("nobody@example.com").await.unwrap_err();
    assert_eq!(unknown.kind(), Kind::Auth);
    assert!(unknown.to_string().contains("no token is stored for this user") && !unknown.report().contains("nobody"));
    let no_store = server(&transport, &emulator).build().unwrap().with_user(USER).await.unwrap_err();
    assert_eq!(no_store.kind(), Kind::Config);
    assert!(no_store.to_string().contains("token_store()"), "{no_store}");
    assert_eq!(transport.total(), sent);
}

#[tokio::test(start_paused = true)]
async fn the_servers_token_is_fetched_once_for_fifty_callers_kept_and_renewed_once() {
    let (emulator, transport) = emulator().await;
    let store = Arc::new(MemoryTokenStore::new());
    let client = || server(&transport, &emulator).token_store(Arc::clone(&store)).build().unwrap();
    let key = format!("server:{}", emulator.client_id());
    async fn fifty(aura: &Aura) {
        let calls = (0..50).map(|_| aura.classifications().list().into_future());
        assert!(join_all(calls).await.iter().all(Result::is_ok));
    }
    let fetched = || transport.count("POST", "/oauth/token");

    transport.plan("POST", "/oauth/token", vec![Step::After(secs(1)); 9]);
    let aura = client();
    fifty(&aura).await;
    let first = stored(&store, &key).await.unwrap();
    assert!(fetched() == 1 && last(&emulator).has_bearer(&first));
    // The next process finds it.
    fifty(&client()).await;
    assert_eq!(fetched(), 1);

    // The server finds it expired, though by the local clock it isn't.
    emulator.clock().advance(secs(2 * YEAR));
    fifty(&aura).await;
    let second = stored(&store, &key).await.unwrap();
    assert!(fetched() == 2 && second != first && last(&emulator).has_bearer(&second));
    // By the local clock it has expired, and nobody asks the server first.
    tokio::time::advance(secs(5 * YEAR)).await;
    let refused = transport.count("GET", "/callout-classifications");
    fifty(&aura).await;
    assert_eq!((fetched(), transport.count("GET", "/callout-classifications")), (3, refused + 50));
}

#[tokio::test(start_paused = true)]
async fn register_without_a_token_in_the_answer_keeps_none() {
    let emulator = Emulator::builder().register_without_token().start().await.unwrap();
    let transport = SocketlessTransport::to(emulator.router());
    let store = Arc::new(MemoryTokenStore::new());
    store.save("user:other@example.com", &Token::new("other")).await.unwrap();
    let aura = server(&transport, &emulator).token_store(Arc::clone(&store)).build().unwrap();
    assert_eq!(aura.users().register(NewUser::new(USER, PASSWORD)).await.unwrap().token, None);
    assert_eq!(stored(&store, &format!("user:{USER}")).await, None);
    aura.users().token(USER, PASSWORD).await.unwrap();
    aura.with_user(USER).await.unwrap().callouts().create(new_callout()).await.unwrap();
}

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
