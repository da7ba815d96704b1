//! A short story on a real server, which is only read unless one request is named that may be written to.

use super::desk::Desk;
use examples::{Failure, Teller, leap, leap::LiveLeap, watch_time};
use leap_client::{Change, Leap, ListRequests, RequestId, RequestKey, State};
use std::time::Duration;
use tokio::time::timeout;

/// The most requests that are shown.
const SHOWN: u32 = 10;
const INTERVAL: Duration = Duration::from_secs(5);
/// How long it may take to deal with the request.
const LONGEST: Duration = Duration::from_secs(120);

pub(super) async fn tell(teller: &Teller, live: &LiveLeap) -> Result<(), Failure> {
    let watch = watch_time("LEAP_WATCH_SECONDS")?;
    let leap = live.builder().build()?;
    teller.say("LEAP: support requests on a real server");
    teller.say(format!(
        "{} is set, so this talks to {} and not to an emulator of its own.",
        live.variable(),
        live.server()
    ));
    match live.test_request() {
        None => look(teller, &leap).await,
        Some(id) => play(teller, leap, id, watch).await,
    }
}

/// Shows what waits to be acknowledged, and leaves it as it is.
async fn look(teller: &Teller, leap: &Leap) -> Result<(), Failure> {
    teller.say("It only reads. To see a request dealt with, set LEAP_TEST_REQUEST: see --help.");
    teller.say("");
    teller.wait_for("listing what waits to be acknowledged");
    let page = leap.requests().list(ListRequests::new().acked(false).limit(SHOWN)).await?;
    for request in &page.items {
        teller.tell("LEAP", leap::request(request));
    }
    for row in &page.undecodable {
        teller.tell("LEAP", format!("has a request that can't be read: {}", row.error));
    }
    let count = page.items.len() + page.undecodable.len();
    let more = if count < SHOWN as usize { "" } else { ", and perhaps more" };
    teller.say(format!("Requests that wait to be acknowledged: {count}{more}. Nothing was written."));
    Ok(())
}

/// Deals with one request, and with no other.
async fn play(teller: &Teller, leap: Leap, id: &RequestId, watch: Duration) -> Result<(), Failure> {
    teller.say(format!(
        "LEAP_TEST_REQUEST is set: request {id} is taken on, completed and acknowledged, and its customer"
    ));
    teller.say("gets mails. No other request is written to.");
    teller.say("");
    let before = leap.requests().get(RequestKey::Id(id.clone())).await?;
    teller.tell("LEAP", leap::request(&before));
    if before.state.is_terminal() {
        return Err(Failure::failed(format!(
            "request {id} has ended, so it can't be dealt with. Nothing was written."
        )));
    }
    let mut desk = Desk::new(teller, leap, id.clone(), INTERVAL);
    let Ok(change) = timeout(watch, desk.next()).await else {
        let seconds = watch.as_secs();
        teller.say(format!("No change of request {id} has come within {seconds} s. Nothing was written."));
        return Ok(());
    };
    let dealt_with = timeout(LONGEST, deal_with(&mut desk, change?)).await;
    let late = || Failure::failed(format!("it took longer than {} s", LONGEST.as_secs()));
    dealt_with.unwrap_or_else(|_| Err(late())).map_err(|failure| {
        failure
            .and(&format!("Request {id} stays as it is now, and may not be acknowledged: look at it in LEAP's portal."))
    })?;
    teller.say(format!("Request {id} is SUCCESSFUL and acknowledged."));
    Ok(())
}

async fn deal_with(desk: &mut Desk<'_>, change: Change) -> Result<(), Failure> {
    desk.move_on(State::InProgress, "This is a test: your request is taken on").await?;
    desk.move_on(State::Successful, "This is a test: your request is completed").await?;
    desk.settle(change).await?;
    desk.is_refused(State::InProgress).await
}
