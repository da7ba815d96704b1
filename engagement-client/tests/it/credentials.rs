//! The token goes to the account's own API in a header, and nowhere else.

use crate::mock_server::{BEARER, ID, TOKEN, fixture};
use care_testkit::SocketlessTransport;
use engagement_client::{
    Engagement, EngagementBuilder, Error, InterventionPatch, Kind, ListInterventions, Options, Outcome, Platform,
    RequestParts,
};
use serde_json::json;

/// A server that answers lists with no row and everything else with one intervention.
fn transport() -> SocketlessTransport {
    SocketlessTransport::script(|sent| match (sent.method.as_str(), sent.path().ends_with("/interventions")) {
        ("GET", true) => (200, json!({"count": 0, "records": []})),
        _ => (200, fixture("intervention.json")),
    })
}

fn over(transport: &SocketlessTransport, builder: EngagementBuilder) -> EngagementBuilder {
    builder.options(Options::new().transport(transport.clone()))
}

/// Sends every request of the crate once.
async fn everything(engagement: &Engagement) -> Vec<Result<(), Error>> {
    let one = engagement.interventions();
    let patch = || InterventionPatch::new().custom_field("a", "b");
    vec![
        one.list(ListInterventions::new()).await.map(drop),
        one.get(ID).await.map(drop),
        one.create("a").await.map(drop),
        one.categorize(ID, ["a"]).await.map(drop),
        one.clear_categories(ID).await.map(drop),
        one.reassign(ID, "a").await.map(drop),
        one.close(ID).await.map(drop),
        one.cancel(ID).await.map(drop),
        one.update(ID, patch()).await.map(drop),
        one.close_confirmed(ID).await.map(drop),
        one.cancel_confirmed(ID).await.map(drop),
        one.close_or_cancel(ID).await.map(drop),
        one.add_categories(ID, ["a"]).await.map(drop),
        one.remove_categories(ID, ["a"]).await.map(drop),
        one.updated_since(None).await.map(drop),
        engagement.raw(RequestParts::get(["users", "me"])).await.map(drop),
    ]
}

#[test]
fn a_token_that_was_read_with_a_line_break_is_refused_when_the_client_is_built() {
    for end in ["\n", "\r\n", "\r", "\t", "\u{85}", "\u{2028}"] {
        let error = Engagement::builder().account("acme").access_token(format!("canary{end}")).build().unwrap_err();
        let text = format!("{error} {error:?} {}", error.report());
        assert!(error.kind() == Kind::Config && text.contains("trailing newline"), "{end:?}: {text}");
        assert!(!text.contains("canary"), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_401_says_that_the_token_was_refused() {
    let transport = SocketlessTransport::script(|_| (401, json!({"status": 401})));
    let engagement = over(&transport, Engagement::builder().account("acme").access_token(TOKEN)).build().unwrap();
    for result in everything(&engagement).await {
        let error = result.unwrap_err();
        assert!(error.is_unauthorized() && error.to_string().contains("it refused the access token"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_token_is_in_the_header_of_every_request_and_nowhere_else() {
    // ENG-08
    let transport = transport();
    let builder = Engagement::builder().account("acme").access_token(TOKEN).impersonate("me");
    let engagement = over(&transport, builder).build().unwrap();
    everything(&engagement).await;
    everything(&engagement.as_user("other").unwrap()).await;
    assert!(transport.total() > 40);
    for sent in transport.all() {
        assert_eq!(sent.header("authorization"), Some(BEARER), "{}", sent.line());
        let others = sent.headers.iter().filter(|(name, _)| *name != "authorization");
        let mut elsewhere: Vec<_> = others.map(|(_, value)| value.to_str().unwrap().to_owned()).collect();
        elsewhere.extend([sent.uri.to_string(), sent.text().to_owned()]);
        assert!(elsewhere.iter().all(|text| !text.contains(TOKEN)), "{elsewhere:?}");
        assert_eq!(sent.origin(), "https://acme.api.engagement.dimelo.com");
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_token_nothing_is_sent_and_the_error_names_the_setting() {
    // ENG-08
    let transport = transport();
    let engagement = over(&transport, Engagement::builder().account("acme")).build().unwrap();
    for end in everything(&engagement).await {
        let error = end.unwrap_err();
        assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Config, Outcome::NotSent, 0), "{error}");
        assert!(error.to_string().contains("access_token()"), "{error}");
    }
    assert_eq!(transport.total(), 0);
}

#[test]
fn a_token_that_is_invalid_in_a_header_is_rejected_without_being_shown() {
    for bad in ["", "S3CRET\nline", "S3CRET\u{0}"] {
        let error = Engagement::builder().account("acme").access_token(bad).build().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Config, Outcome::NotSent), "{bad:?}");
        assert!(!format!("{error} {error:?} {}", error.report()).contains("S3CRET"));
    }
}

async fn address(builder: EngagementBuilder) -> String {
    let transport = transport();
    let engagement = over(&transport, builder.access_token(TOKEN)).build().unwrap();
    engagement.interventions().get(ID).await.unwrap();
    transport.all()[0].uri.to_string()
}

#[tokio::test(start_paused = true)]
async fn an_account_has_its_address_and_a_base_url_takes_precedence() {
    // ENG-09
    let new = Engagement::builder;
    for (builder, before) in [
        (new().account("acme"), "https://acme.api.engagement.dimelo.com/1.0"),
        (new().account("acme").platform(Platform::Dimelo), "https://acme.api.engagement.dimelo.com/1.0"),
        (new().platform(Platform::RingCentral).account("acme-2"), "https://acme-2.api.digital.ringcentral.com/1.0"),
        (new().base_url("https://acme.api.digital.ringcentral.com"), "https://acme.api.digital.ringcentral.com/1.0"),
        (new().base_url("https://acme.api.digital.ringcentral.com/"), "https://acme.api.digital.ringcentral.com/1.0"),
        (new().base_url("https://acme.api.engagement.dimelo.com/1.0/"), "https://acme.api.engagement.dimelo.com/1.0"),
        (new().base_url("https://proxy.example.com:8443/a/b/1.0"), "https://proxy.example.com:8443/a/b/1.0"),
        (new().base_url("https://proxy.example.com/1.0").account("acme"), "https://proxy.example.com/1.0"),
        (new().base_url("http://127.0.0.1:7003"), "http://127.0.0.1:7003/1.0"),
        (new().base_url("http://localhost:7003/x"), "http://localhost:7003/x"),
        (new().base_url("http://gate.example.com/1.0").allow_plain_http(), "http://gate.example.com/1.0"),
    ] {
        assert_eq!(address(builder).await, format!("{before}/interventions/{ID}"));
    }
}

fn refused(builder: EngagementBuilder) -> String {
    let what = format!("{builder:?}");
    let error = builder.access_token(TOKEN).build().expect_err(&what);
    assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Config, Outcome::NotSent, 0), "{error}");
    let shown = format!("{error} {error:?} {}", error.report());
    assert!(!shown.contains("S3CRET"), "{shown}");
    error.to_string()
}

#[test]
fn an_invalid_or_foreign_address_is_rejected_with_advice() {
    // ENG-09
    let new = Engagement::builder;
    let (placeholder, label) = ("use the name itself", "letters, digits and hyphens");
    let application = "this is the host of the web application";
    for (builder, expected) in [
        (new(), "call account(\"acme\") or base_url("),
        (new().platform(Platform::RingCentral), "call account(\"acme\") or base_url("),
        (new().account("DOMAIN"), placeholder),
        (new().account("domain").platform(Platform::RingCentral), placeholder),
        (new().account("{account_name}"), placeholder),
        (new().account(""), label),
        (new().account("acme.example.com"), label),
        (new().account("S3CRET@acme"), label),
        (new().account("acme/"), label),
        (new().account("https://acme"), label),
        (new().base_url("https://DOMAIN.api.engagement.dimelo.com/1.0"), placeholder),
        (new().base_url("https://{account_name}.api.digital.ringcentral.com/1.0"), ""),
        (new().base_url("https://acme.engagement.dimelo.com/1.0"), application),
        (new().base_url("https://acme.digital.ringcentral.com"), application),
        (new().base_url("https://ACME.DIGITAL.RINGCENTRAL.COM"), application),
        (new().base_url("acme"), ""),
        (new().base_url(""), ""),
        (new().base_url("ftp://acme.api.digital.ringcentral.com/1.0"), ""),
        (new().base_url("https://me:S3CRET@acme.api.digital.ringcentral.com/1.0"), ""),
        (new().base_url("https://acme.api.digital.ringcentral.com/1.0?access_token=S3CRET"), ""),
        (new().base_url("https://acme.api.digital.ringcentral.com/1.0#S3CRET"), ""),
        (new().base_url("http://acme.api.digital.ringcentral.com/1.0"), "allow_plain_http()"),
        (new().base_url("http://acme.api.digital.ringcentral.com"), "allow_plain_http()"),
    ] {
        let what = format!("{builder:?}");
        let error = refused(builder);
        assert!(error.contains(expected), "{what}: {error}");
    }
}

#[test]
fn the_placeholder_is_rejected_even_if_plain_http_is_allowed() {
    // ENG-09
    let base = || Engagement::builder().allow_plain_http();
    refused(base().base_url("http://DOMAIN.api.engagement.dimelo.com"));
    refused(base().base_url("http://acme.digital.ringcentral.com"));
}

#[test]
fn an_invalid_user_to_impersonate_is_rejected() {
    // ENG-27
    for nobody in ["", " ", "\n"] {
        let error = refused(Engagement::builder().account("acme").impersonate(nobody));
        assert!(error.contains("user to impersonate is empty"), "{error}");
        let engagement = Engagement::builder().account("acme").access_token(TOKEN).build().unwrap();
        let error = engagement.as_user(nobody).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
        assert!(error.to_string().contains("the user to impersonate is empty"), "{error}");
    }
    let error = refused(Engagement::builder().account("acme").impersonate("S3CRET,b"));
    assert!(error.contains("separately"), "{error}");
}

#[test]
fn debug_shows_no_token_no_unchecked_address_and_no_impersonated_user() {
    let builder = Engagement::builder().base_url("https://me:S3CRET@acme.example.com").access_token("S3CRET");
    let shown = format!("{:?}", builder.impersonate("S3CRET"));
    assert!(!shown.contains("S3CRET"), "{shown}");
    let engagement =
        Engagement::builder().account("acme").access_token("S3CRET").impersonate("S3CRET").build().unwrap();
    let shown = format!("{engagement:?} {:?}", engagement.as_user("S3CRET").unwrap());
    assert!(!shown.contains("S3CRET") && shown.contains("acme.api"), "{shown}");
}
