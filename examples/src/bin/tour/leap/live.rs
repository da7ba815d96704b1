//! On a real server, which is only read, unless a request is named that may be written to.

use crate::leap::helpdesk::Helpdesk;
use examples::{
    Failure, Reporter,
    leap::{self, LiveLeap},
};
use leap_client::{Change, Leap, ListRequests, RequestId, RequestKey, State};
use std::time::Duration;
use tokio::time::timeout;

/// The maximum number of requests shown.
const SHOWN: u32 = 10;
const INTERVAL: Duration = Duration::from_secs(5);
/// The time limit for handling the request.
const LONGEST: Duration = Duration::from_secs(120);

pub(super) async fn run(reporter: &Reporter, live: &LiveLeap) -> Result<(), Failure> {
    let watch = live.watch_time();
    let leap = live.builder().build()?;
    reporter.line("LEAP: support requests on a real server");
    reporter.line(format!("{} is set: using {} instead of an emulator.", live.variable(), live.server()));
    match live.test_request() {
        None => look(reporter, &leap).await,
        Some(id) => play(reporter, leap, id, watch).await,
    }
}

/// Shows the unacknowledged requests without changing them.
async fn look(reporter: &Reporter, leap: &Leap) -> Result<(), Failure> {
    reporter.line("It only reads. To see a request handled, set LEAP_TEST_REQUEST: see --help.");
    reporter.line("");
    reporter.wait_for("listing unacknowledged requests");
    let page = leap.requests().list(ListRequests::new().acked(false).limit(SHOWN)).await?;
    for request in &page.items {
        reporter.step("LEAP", leap::describe_request(request));
    }
    for row in &page.undecodable {
        reporter.step("LEAP", format!("has an undecodable request: {}", row.error));
    }
    let count = page.items.len() + page.undecodable.len();
    let more = if count < SHOWN as usize { "" } else { ", possibly more" };
    reporter.line(format!("Unacknowledged requests: {count}{more}. Nothing was written."));
    Ok(())
}

/// Handles one request, and no other.
async fn play(reporter: &Reporter, leap: Leap, id: &RequestId, watch: Duration) -> Result<(), Failure> {
    reporter.line(format!(
        "LEAP_TEST_REQUEST is set: request {id} is started, completed and acknowledged, and its customer"
    ));
    reporter.line("gets mails. No other request is written to.");
    reporter.line("");
    let before = leap.requests().get(RequestKey::Id(id.clone())).await?;
    reporter.step("LEAP", leap::describe_request(&before));
    if before.state.is_terminal() {
        return Err(Failure::failed(format!("request {id} has ended, so it can't be handled. Nothing was written.")));
    }
    let mut helpdesk = Helpdesk::new(reporter, leap, id.clone(), INTERVAL);
    let Ok(change) = timeout(watch, helpdesk.next()).await else {
        let seconds = watch.as_secs();
        reporter.line(format!("No change of request {id} arrived within {seconds} s. Nothing was written."));
        return Ok(());
    };
    let dealt_with = timeout(LONGEST, deal_with(&mut helpdesk, change?)).await;
    let late = || Failure::failed(format!("it took longer than {} s", LONGEST.as_secs()));
    dealt_with.unwrap_or_else(|_| Err(late())).map_err(|failure| {
        failure
            .and(&format!("Request {id} keeps its current state and may be unacknowledged: check it in LEAP's portal."))
    })?;
    reporter.line(format!("Request {id} is SUCCESSFUL and acknowledged."));
    Ok(())
}

async fn deal_with(helpdesk: &mut Helpdesk<'_>, change: Change) -> Result<(), Failure> {
    helpdesk.move_on(State::InProgress, "This is a test: your request is started").await?;
    helpdesk.move_on(State::Successful, "This is a test: your request is completed").await?;
    helpdesk.settle(change).await?;
    helpdesk.is_refused(State::InProgress).await
}
