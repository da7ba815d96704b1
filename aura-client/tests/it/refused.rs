//! What is refused before anything is sent: bad input, missing credentials, and callouts that a test client must not
//! create.

use crate::{
    mock_server::{CLIENT_ID, CLIENT_SECRET, USER_TOKEN, answer, backend, builder, fixture, lines, ok, user},
    operations::{here, new_callout, new_user},
};
use aura_client::{
    Aura, CalloutClass, Error, Fix, GetCallout, Kind, MemorySessionStore, MemoryTokenStore, NewCallout, NewCustomer,
    NewUser, RequestParts, SessionStore,
};
use care_testkit::contract::{assert_unsent, error_of};
use wiremock::MockServer;

fn somebody() -> NewCustomer {
    NewCustomer::new("Test", "Test", "+12025550103")
}

#[tokio::test]
async fn users_without_mail_or_password() {
    let server = MockServer::start().await;
    let (backend, anybody) = (backend(&server), builder(&server).build().unwrap());
    let mail = "must have the form of a mail address";
    assert_unsent(
        &server,
        Kind::Request,
        &[
            ("register: no mail", error_of(backend.users().register(NewUser::new("", "hush"))).await, mail),
            ("register: no address", error_of(backend.users().register(NewUser::new("guid_1234", "hush"))).await, mail),
            ("register: no name", error_of(backend.users().register(NewUser::new("@example.com", "hush"))).await, mail),
            ("register: a blank", error_of(backend.users().register(NewUser::new("a b@example.com", "x"))).await, mail),
            (
                "register: no password",
                error_of(backend.users().register(NewUser::new("a@example.com", ""))).await,
                "empty",
            ),
            ("token: no mail", error_of(anybody.users().token("", "hush")).await, mail),
            ("token: no password", error_of(anybody.users().token("a@example.com", "")).await, "empty"),
        ],
    )
    .await;
}

#[tokio::test]
async fn callouts_that_nobody_could_answer() {
    let server = MockServer::start().await;
    let aura = user(&server);
    let create = |new: NewCallout| error_of(aura.callouts().create(new));
    let at = |fix: Fix| create(NewCallout::new(somebody(), fix));
    let earth = "invalid coordinates";
    assert_unsent(
        &server,
        Kind::Request,
        &[
            ("nobody", create(NewCallout::demo(9).location(here())).await, "customer(..)"),
            ("nowhere", create(NewCallout::demo(9).customer(somebody())).await, "location(..)"),
            ("swapped", at(Fix::new(128.0, -26.1)).await, earth),
            ("too far west", at(Fix::new(-26.1, -180.5)).await, earth),
            ("no number", at(Fix::new(f64::NAN, 28.0)).await, earth),
            ("endless", at(Fix::new(0.0, f64::INFINITY)).await, earth),
        ],
    )
    .await;
}

#[tokio::test]
async fn positions_comments_and_paths_that_cannot_be_right() {
    let server = MockServer::start().await;
    let aura = user(&server);
    let move_to = |fix: Fix| error_of(aura.callouts().update_location(570, fix));
    let climbing = builder(&server).user_token(USER_TOKEN).comment_path("..").build().unwrap();
    let path = "`.` or `..`";
    assert_unsent(
        &server,
        Kind::Request,
        &[
            ("north of the pole", move_to(Fix::new(90.1, 0.0)).await, "invalid coordinates"),
            ("no number", move_to(Fix::new(0.0, f64::NAN)).await, "invalid coordinates"),
            (
                "reported",
                aura.callouts().report_location(570).report(Fix::new(91.0, 0.0)).unwrap_err(),
                "invalid coordinates",
            ),
            ("no text", error_of(aura.callouts().comment(570, "")).await, "is empty"),
            ("blank text", error_of(aura.callouts().comment(570, " \n\t")).await, "is empty"),
            ("comment path", error_of(climbing.callouts().comment(570, "Hello")).await, path),
            ("raw", error_of(aura.raw(RequestParts::get(["callouts", ".."]))).await, path),
            ("raw", error_of(aura.raw(RequestParts::get(["callouts", ""]))).await, path),
        ],
    )
    .await;
}

#[tokio::test]
async fn everything_for_which_the_credentials_are_missing() {
    // AURA-45: who may do what is decided here, before anything is sent.
    let server = MockServer::start().await;
    let (nobody, user, backend) = (builder(&server).build().unwrap(), user(&server), backend(&server));
    let empty = nobody.with_user_token("");
    let broken = nobody.with_user_token("canary\r\nx-injected: 1");
    let (no_user, no_server, any) = ("user_token()", "server_credentials()", "user_token() or server_credentials()");
    let refusals = [
        ("register", error_of(user.users().register(new_user())).await, no_server),
        ("raw of users", error_of(user.users().raw(RequestParts::get(["subscriptions"]))).await, no_server),
        ("list", error_of(nobody.classifications().list()).await, any),
        ("raw", error_of(nobody.raw(RequestParts::get(["x"]))).await, any),
        ("create", error_of(nobody.callouts().create(new_callout())).await, no_user),
        ("get", error_of(nobody.callouts().get(570)).await, no_user),
        ("get", error_of(nobody.callouts().get(GetCallout::new(570).include_events())).await, no_user),
        ("update_location", error_of(nobody.callouts().update_location(570, here())).await, no_user),
        ("dismiss", error_of(nobody.callouts().dismiss(570)).await, no_user),
        ("comment", error_of(nobody.callouts().comment(570, "Hello")).await, no_user),
        ("a server's callout", error_of(backend.callouts().create(new_callout())).await, "allow_server_callouts()"),
        ("a server's get", error_of(backend.callouts().get(570)).await, "allow_server_callouts()"),
        ("an empty token", error_of(empty.callouts().get(570)).await, "token is empty"),
        ("a token with a line break", error_of(broken.callouts().get(570)).await, "line break"),
        ("no store", error_of(user.with_user("guid_1234@example.com")).await, "token_store()"),
    ];
    for (what, error, _) in &refusals {
        assert!(!format!("{error}{error:?}{}", error.report()).contains("canary"), "{what}");
    }
    assert_unsent(&server, Kind::Config, &refusals).await;
}

#[tokio::test]
async fn credentials_that_are_there_and_cannot_serve() {
    let server = MockServer::start().await;
    let stored = builder(&server).token_store(MemoryTokenStore::new()).build().unwrap();
    let unknown = error_of(stored.with_user("guid_1234@example.com")).await;
    let mut refusals = vec![("a user whom the store doesn't know", unknown, "no token is stored")];
    for (id, secret) in [("", CLIENT_SECRET), (CLIENT_ID, "")] {
        let aura = builder(&server).server_credentials(id, secret).build().unwrap();
        let error = error_of(aura.users().register(new_user())).await;
        assert_eq!(error.cause().map(Error::kind), Some(Kind::Config));
        refusals.push(("empty server credentials", error, "could not obtain an access token"));
    }
    assert_unsent(&server, Kind::Auth, &refusals).await;
}

#[tokio::test]
async fn in_test_mode_every_callout_that_is_no_test_also_by_raise() {
    let server = MockServer::start().await;
    let aura = builder(&server).user_token(USER_TOKEN).test_mode(2).build().unwrap();
    let other: Aura = aura.with_user_token("another-users-token");
    let store = MemorySessionStore::new();
    let plain = || NewCallout::new(somebody(), here());
    let says = "test mode";
    assert_unsent(
        &server,
        Kind::Request,
        &[
            ("unclassified", error_of(aura.callouts().create(plain())).await, says),
            ("real", error_of(aura.callouts().create(plain().classification(1))).await, says),
            ("another user's", error_of(other.callouts().create(plain().classification(1))).await, says),
            (
                "a demo",
                error_of(aura.callouts().create(NewCallout::demo(9).customer(somebody()).location(here()))).await,
                says,
            ),
            ("raised, unclassified", error_of(aura.raise(plain(), &store)).await, says),
            ("raised, real", error_of(aura.raise(plain().classification(1), &store)).await, says),
        ],
    )
    .await;
    assert_eq!(store.load().await.unwrap(), [], "nothing of it is kept");

    answer(&server, "POST", "/panic-api/callouts", ok(&fixture("ours/create-response-wrapped"))).await;
    assert_eq!(aura.callouts().create(plain().classification(2)).await.unwrap().id.get(), 571);
    assert_eq!(lines(&server).await, ["POST /panic-api/callouts"]);
}

#[tokio::test]
async fn raised_by_name_in_test_mode_real_is_refused_without_looking_its_id_up() {
    let server = MockServer::start().await;
    let aura = builder(&server).user_token(USER_TOKEN).test_mode(2).build().unwrap();
    let new = NewCallout::new(somebody(), here()).classification(CalloutClass::Real);
    let error = error_of(aura.raise(new, &MemorySessionStore::new())).await;
    assert_unsent(&server, Kind::Request, &[("raised, real by name", error, "test mode")]).await;
}
