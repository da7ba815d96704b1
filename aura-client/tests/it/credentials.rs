//! Each handle sends the credentials that it names, and none but these.

use crate::support::*;
use aura_client::{Aura, AuraBuilder, Kind, MemoryTokenStore, NewUser, Outcome, Token, TokenStore};
use care_emulators::Recorded;
use futures_util::future::join_all;
use std::sync::Arc;

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
