//! Who acts: the token's user, or whom it acts as.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use engagement_client::{Ended, Engagement, Kind, ListInterventions, Outcome};
use futures_util::TryStreamExt;

/// A client whose builder is told as whom to act.
fn impersonating(scene: &Scene, user: &str) -> (Engagement, SocketlessTransport) {
    let transport = SocketlessTransport::to(scene.emulator.router());
    let options = engagement_client::Options::new().transport(transport.clone());
    let builder = Engagement::builder().base_url("http://localhost/1.0").access_token(scene.emulator.access_token());
    (builder.impersonate(user).options(options).build().unwrap(), transport)
}

/// An agent without any right who reads the default source.
fn agent(scene: &Scene) -> String {
    let agent = scene.room.add_agent(NewAgent::new());
    scene.room.allow_read(&agent, SOURCE_ID).unwrap();
    agent
}

fn content(scene: &Scene) -> String {
    scene.room.add_content(NewContent::new()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_intervention_is_opened_by_the_user_who_is_acted_as() {
    // ENG-27
    let scene = scene().await;
    let agent = agent(&scene);
    let (client, _) = impersonating(&scene, &agent);
    let opened = async |engagement: &Engagement| {
        let opened = engagement.interventions().create(content(&scene)).await.unwrap();
        assert_eq!(
            scene.room.intervention(opened.id.as_str()).unwrap().user_id,
            opened.user_id.clone().unwrap().as_str()
        );
        opened.user_id.unwrap().to_string()
    };
    assert_eq!(opened(&scene.engagement).await, AGENT_ID);
    assert_eq!(opened(&scene.engagement.as_user(&*agent).unwrap()).await, agent);
    assert_eq!(opened(&client).await, agent);
    // The last word counts, and the client that it was said of stays as it was.
    assert_eq!(opened(&client.as_user(AGENT_ID).unwrap()).await, AGENT_ID);
    assert_eq!((opened(&client).await, opened(&scene.engagement).await), (agent, AGENT_ID.to_owned()));
}

#[tokio::test(start_paused = true)]
async fn an_intervention_that_is_reopened_is_the_users_too() {
    // ENG-27
    let scene = scene().await;
    let agent = agent(&scene);
    let content = content(&scene);
    let id = scene.room.open(&content).unwrap();
    scene.room.reply(&id).unwrap();
    scene.room.close(&id).unwrap();
    let reopened = scene.engagement.as_user(&*agent).unwrap().interventions().create(content).await.unwrap();
    assert_eq!((reopened.id.as_str(), reopened.user_id, reopened.closed), (&*id, Some(agent.into()), Some(false)));
}

#[tokio::test(start_paused = true)]
async fn rights_are_those_of_the_user_who_is_acted_as() {
    // ENG-16, ENG-17
    let scene = scene().await;
    let agent = agent(&scene);
    let id = scene.answered();
    let as_agent = scene.engagement.as_user(&*agent).unwrap();
    assert!(as_agent.interventions().close_confirmed(&id).await.unwrap_err().is_forbidden());
    scene.room.reassign(&id, &agent).unwrap();
    assert!(as_agent.interventions().close_confirmed(&id).await.is_ok());
    scene.room.deny_read(&agent, SOURCE_ID).unwrap();
    assert!(as_agent.interventions().get(&id).await.unwrap_err().is_not_found());
    assert!(scene.interventions().get(&id).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn every_request_of_every_workflow_says_so() {
    // ENG-27
    let scene = scene().await;
    let agent = scene.room.add_agent(NewAgent::new().update_intervention());
    scene.room.allow_read(&agent, SOURCE_ID).unwrap();
    let (client, transport) = impersonating(&scene, &agent);
    let interventions = client.interventions();
    let (a, b, c) = (scene.answered(), scene.room.open_new(), scene.room.open_new());
    interventions.add_categories(&a, ["x"]).await.unwrap();
    interventions.remove_categories(&a, ["x"]).await.unwrap();
    interventions.updated_since(None).within(ListInterventions::new().limit(2)).await.unwrap();
    let listed: Vec<_> = interventions.list(ListInterventions::new().limit(2)).items().try_collect().await.unwrap();
    interventions.close_confirmed(&a).await.unwrap();
    interventions.cancel_confirmed(&b).await.unwrap();
    assert!(matches!(interventions.close_or_cancel(&c).await.unwrap(), Ended::Cancelled(_)));
    assert_eq!(listed.len(), 3);
    let (all, said) = (transport.all(), format!("impersonated_user_id={agent}"));
    assert!(all.len() > 12 && all.iter().all(|sent| sent.query().matches(&said).count() == 1), "{all:?}");
}

#[tokio::test(start_paused = true)]
async fn who_may_not_is_refused_with_400_and_nothing_is_done() {
    let scene = scene().await;
    let (agent, other) = (agent(&scene), agent(&scene));
    let id = scene.answered();
    let scene = scene.with_agent(&agent);
    for user in [&*other, "64b0c3a1f2d94e0007a1b2c3"] {
        let as_other = scene.engagement.as_user(user).unwrap();
        let interventions = as_other.interventions();
        let errors = [
            interventions.create(content(&scene)).await.unwrap_err(),
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
    assert!(!scene.is_closed(&id));
    // Without it, the client goes on as the token's user.
    assert!(scene.interventions().get(&id).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn an_empty_user_is_refused_before_anything_is_sent() {
    let scene = scene().await;
    for user in ["", " ", "a,b", "a\nb"] {
        assert_eq!(scene.engagement.as_user(user).unwrap_err().kind(), Kind::Request);
        let builder = Engagement::builder().base_url("http://localhost/1.0").impersonate(user);
        assert_eq!(builder.build().unwrap_err().kind(), Kind::Config);
    }
    assert_eq!(scene.transport.total(), 0);
}
