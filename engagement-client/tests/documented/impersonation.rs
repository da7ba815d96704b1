//! Every request says as whom it is made, if it is made as somebody else than the token's user.

use crate::{
    mocked::{ID, answer_all, builder, engagement, fixture, lines, ok},
    operations::OPERATIONS,
    requests::{server, wanted},
};
use care_testkit::documented::assert_sent;
use engagement_client::{ListInterventions, RequestParts, UserId};
use futures_util::TryStreamExt;
use serde_json::json;
use wiremock::MockServer;

const AGENT: &str = "5e8c4a02c1d2e30006aa77b9";
const AS_AGENT: &str = "impersonated_user_id=5e8c4a02c1d2e30006aa77b9";

#[tokio::test]
async fn every_operation_can_be_made_as_somebody_else() {
    // ENG-21, ENG-27
    for operation in &OPERATIONS {
        let server = server(operation).await;
        let plain = engagement(&server);
        let whole = builder(&server).impersonate(AGENT).build().unwrap();
        for client in [whole.clone(), plain.as_user(AGENT).unwrap(), plain.clone()] {
            (operation.call)(client).await.unwrap();
        }
        // The last who is named counts, and nobody else is changed by it.
        (operation.call)(whole.as_user(UserId::from("me")).unwrap()).await.unwrap();
        (operation.call)(whole).await.unwrap();
        let as_agent = || wanted(operation.line_with(AS_AGENT));
        let as_me = wanted(operation.line_with("impersonated_user_id=me"));
        assert_sent(&server, &[as_agent(), as_agent(), wanted(operation.line()), as_me, as_agent()]).await;
    }
}

#[tokio::test]
async fn all_that_a_workflow_sends_is_sent_so_and_every_page_and_raw_requests_too() {
    // ENG-27
    let server = MockServer::start().await;
    let closed = json!({"id": ID, "closed": true, "category_ids": [], "records": [], "count": 0});
    answer_all(&server, ok(&closed)).await;
    let agent = engagement(&server).as_user(AGENT).unwrap();
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
async fn a_repeat_is_made_as_the_same_user() {
    // ENG-27
    let server = MockServer::start().await;
    let operation = &OPERATIONS[0];
    let busy = wiremock::ResponseTemplate::new(503);
    operation.mock().respond_with(busy).up_to_n_times(1).mount(&server).await;
    operation.mock().respond_with(ok(&fixture("list.json"))).mount(&server).await;
    assert_eq!((operation.call)(engagement(&server).as_user(AGENT).unwrap()).await.unwrap(), 2);
    let lines = lines(&server).await;
    assert_eq!(lines, vec![operation.line_with(AS_AGENT); 2]);
}
