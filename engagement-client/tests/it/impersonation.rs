//! Calls act as the token's user, or as the user whom the client impersonates; every request says so.

use crate::{
    mock_server::{self, ID, answer_all, lines, ok, options},
    operations::{contract, with_token},
    support::*,
};
use care_testkit::contract::{Answer, ExpectedRequest};
use engagement_client::{
    CloseOutcome, Engagement, Kind, ListInterventions, Options, Outcome, RequestParts, Safety, UserId,
};
use futures_util::TryStreamExt;
use serde_json::json;
use wiremock::MockServer;

const AGENT: &str = "5e8c4a02c1d2e30006aa77b9";
const AS_AGENT: &str = "impersonated_user_id=5e8c4a02c1d2e30006aa77b9";

/// A client that impersonates this user.
fn impersonating(setup: &Setup, user: &str) -> (Engagement, SocketlessTransport) {
    let transport = SocketlessTransport::to(setup.emulator.router());
    let options = Options::new().transport(transport.clone());
    let builder = Engagement::builder().base_url("http://localhost/1.0").access_token(setup.emulator.access_token());
    (builder.impersonate(user).options(options).build().unwrap(), transport)
}

/// An agent whose only permission is to read the default source.
fn agent(setup: &Setup) -> String {
    let agent = setup.controller.add_agent(NewAgent::new());
    setup.controller.allow_read(&agent, SOURCE_ID).unwrap();
    agent
}

fn content(setup: &Setup) -> String {
    setup.controller.add_content(NewContent::new()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_intervention_is_opened_by_the_impersonated_user() {
    // ENG-27
    let setup = setup().await;
    let agent = agent(&setup);
    let (client, _) = impersonating(&setup, &agent);
    let opened = async |engagement: &Engagement| {
        let opened = engagement.interventions().create(content(&setup)).await.unwrap();
        assert_eq!(
            setup.controller.intervention(opened.id.as_str()).unwrap().user_id,
            opened.user_id.clone().unwrap().as_str()
        );
        opened.user_id.unwrap().to_string()
    };
    assert_eq!(opened(&setup.engagement).await, AGENT_ID);
    assert_eq!(opened(&setup.engagement.as_user(&*agent).unwrap()).await, agent);
    assert_eq!(opened(&client).await, agent);
    // The last user wins, and the original client is unchanged.
    assert_eq!(opened(&client.as_user(AGENT_ID).unwrap()).await, AGENT_ID);
    assert_eq!((opened(&client).await, opened(&setup.engagement).await), (agent, AGENT_ID.to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_reopened_intervention_belongs_to_the_impersonated_user() {
    // ENG-27
    let setup = setup().await;
    let agent = agent(&setup);
    let content = content(&setup);
    let id = setup.controller.open(&content).unwrap();
    setup.controller.reply(&id).unwrap();
    setup.controller.close(&id).unwrap();
    let reopened = setup.engagement.as_user(&*agent).unwrap().interventions().create(content).await.unwrap();
    assert_eq!((reopened.id.as_str(), reopened.user_id, reopened.closed), (&*id, Some(agent.into()), Some(false)));
}

#[tokio::test(start_paused = true)]
async fn permissions_are_those_of_the_impersonated_user() {
    // ENG-16, ENG-17
    let setup = setup().await;
    let agent = agent(&setup);
    let id = setup.answered();
    let as_agent = setup.engagement.as_user(&*agent).unwrap();
    assert!(as_agent.interventions().close_confirmed(&id).await.unwrap_err().is_forbidden());
    setup.controller.reassign(&id, &agent).unwrap();
    assert!(as_agent.interventions().close_confirmed(&id).await.is_ok());
    setup.controller.deny_read(&agent, SOURCE_ID).unwrap();
    assert!(as_agent.interventions().get(&id).await.unwrap_err().is_not_found());
    assert!(setup.interventions().get(&id).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn every_request_of_every_workflow_impersonates() {
    // ENG-27
    let setup = setup().await;
    let agent = setup.controller.add_agent(NewAgent::new().update_intervention());
    setup.controller.allow_read(&agent, SOURCE_ID).unwrap();
    let (client, transport) = impersonating(&setup, &agent);
    let interventions = client.interventions();
    let (a, b, c) = (setup.answered(), setup.controller.open_new(), setup.controller.open_new());
    interventions.add_categories(&a, ["x"]).await.unwrap();
    interventions.remove_categories(&a, ["x"]).await.unwrap();
    interventions.updated_since(None).with_filter(ListInterventions::new().limit(2)).await.unwrap();
    let listed: Vec<_> = interventions.list(ListInterventions::new().limit(2)).items().try_collect().await.unwrap();
    interventions.close_confirmed(&a).await.unwrap();
    interventions.cancel_confirmed(&b).await.unwrap();
    assert!(matches!(interventions.close_or_cancel(&c).await.unwrap(), CloseOutcome::Cancelled(_)));
    assert_eq!(listed.len(), 3);
    let (all, said) = (transport.all(), format!("impersonated_user_id={agent}"));
    assert!(all.len() > 12 && all.iter().all(|sent| sent.query().matches(&said).count() == 1), "{all:?}");
}

#[tokio::test(start_paused = true)]
async fn a_user_who_may_not_impersonate_gets_400_and_nothing_is_done() {
    let setup = setup().await;
    let (agent, other) = (agent(&setup), agent(&setup));
    let id = setup.answered();
    let setup = setup.with_agent(&agent);
    for user in [&*other, "64b0c3a1f2d94e0007a1b2c3"] {
        let as_other = setup.engagement.as_user(user).unwrap();
        let interventions = as_other.interventions();
        let errors = [
            interventions.create(content(&setup)).await.unwrap_err(),
            interventions.get(&id).await.unwrap_err(),
            interventions.close(&id).await.unwrap_err(),
            interventions.close_confirmed(&id).await.unwrap_err(),
            interventions.updated_since(None).await.unwrap_err(),
        ];
        for error in errors {
            assert_eq!((error.status().unwrap().as_u16(), error.kind()), (400, Kind::Api));
            assert_eq!((error.outcome(), error.attempts()), (Outcome::Refused, 1));
            assert!(error.to_string().contains("impersonate_user"), "{error}");
        }
    }
    assert!(!setup.is_closed(&id));
    // Without impersonation, calls act as the token's user.
    assert!(setup.interventions().get(&id).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn an_empty_user_is_rejected_before_anything_is_sent() {
    let setup = setup().await;
    for user in ["", " ", "a,b", "a\nb"] {
        assert_eq!(setup.engagement.as_user(user).unwrap_err().kind(), Kind::Request);
        let builder = Engagement::builder().base_url("http://localhost/1.0").impersonate(user);
        assert_eq!(builder.build().unwrap_err().kind(), Kind::Config);
    }
    assert_eq!(setup.transport.total(), 0);
}

#[tokio::test]
async fn every_operation_can_impersonate() {
    // ENG-21, ENG-27
    let contract = contract();
    let as_agent = |request: ExpectedRequest| request.query(AS_AGENT);
    let built = |server: &MockServer, options| with_token(server, options).impersonate(AGENT).build().unwrap();
    contract.requests_match_with(built, as_agent).await;
    let derived = |server: &MockServer, options| with_token(server, options).build().unwrap().as_user(AGENT).unwrap();
    contract.requests_match_with(derived, as_agent).await;
    // The last user wins, and other clients are unchanged.
    let last = |server: &MockServer, options| {
        let client = with_token(server, options).impersonate(AGENT).build().unwrap();
        client.as_user(UserId::from("me")).unwrap()
    };
    contract.requests_match_with(last, |request| request.query("impersonated_user_id=me")).await;
    let unchanged = |server: &MockServer, options| {
        let client = with_token(server, options).impersonate(AGENT).build().unwrap();
        drop(client.as_user("me").unwrap());
        client
    };
    contract.requests_match_with(unchanged, as_agent).await;
    let plain = |server: &MockServer, options| {
        let client = with_token(server, options).build().unwrap();
        drop(client.as_user(AGENT).unwrap());
        client
    };
    contract.requests_match_with(plain, |request| request).await;
}

#[tokio::test]
async fn workflows_pages_and_raw_requests_impersonate() {
    // ENG-27
    let server = MockServer::start().await;
    let closed = json!({"id": ID, "closed": true, "category_ids": [], "records": [], "count": 0});
    answer_all(&server, ok(&closed)).await;
    let agent = mock_server::engagement(&server).as_user(AGENT).unwrap();
    let interventions = agent.interventions();
    interventions.close_confirmed(ID).await.unwrap();
    interventions.cancel_confirmed(ID).await.unwrap();
    interventions.close_or_cancel(ID).await.unwrap();
    interventions.remove_categories(ID, ["a"]).await.unwrap();
    interventions.updated_since(None).await.unwrap();
    let none: Vec<_> = interventions.list(ListInterventions::new()).items().try_collect().await.unwrap();
    assert_eq!(none, []);
    agent.raw(RequestParts::get(["users", "me"])).await.unwrap();
    let lines = lines(&server).await;
    assert!(lines.len() == 8 && lines.iter().all(|line| line.ends_with(AS_AGENT)), "{lines:#?}");
}

#[tokio::test]
async fn a_retry_impersonates_the_same_user() {
    // ENG-27
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations().iter().filter(|operation| operation.safety() == Safety::Read) {
        let agent = with_token(&server, options()).impersonate(AGENT).build().unwrap();
        let answers = [Answer::empty(503), operation.answer().clone()];
        let exchange = contract.exchange_of(&server, agent, operation, &answers).await;
        assert_eq!(exchange.attempts(operation.case_name()), 2);
        let lines = lines(&server).await;
        assert!(lines.len() == 2 && lines.iter().all(|line| line.ends_with(AS_AGENT)), "{lines:#?}");
    }
}
