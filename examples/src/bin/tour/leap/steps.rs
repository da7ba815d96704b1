//! The scenes: a request is linked, started and acknowledged; a change arrives during an acknowledgement; and a lost
//! answer.

use crate::{checks::with_timeout, leap::setup::Setup};
use examples::Failure;
use leap_client::{Change, Mapping, Settled, State};

/// The request's id in the company's own system.
const TICKET: &str = "MAX-56789";

pub(super) async fn handle(setup: &mut Setup<'_>) -> Result<(), Failure> {
    let change = setup.hears("the new request", Change::is_new).await?;
    for expected in [Mapping::Mapped, Mapping::AlreadyMapped] {
        let mapping = setup.helpdesk.leap.requests().ensure_external_id(setup.helpdesk.id.clone(), TICKET).await?;
        if mapping != expected {
            return Err(Failure::failed(format!("linking the request to {TICKET} ended with {mapping:?}")));
        }
    }
    setup.reporter.step("client", format!("links it to {TICKET} of its own system; linking again writes nothing"));
    setup.helpdesk.move_on(State::InProgress, "We are on our way").await?;
    // The client's own write has changed the request; the change could also be somebody else's.
    setup.done(change, Settled::ChangedSince).await?;
    let change =
        setup.hears("the client's own change", |change| change.is_late() && change.updates().len() == 1).await?;
    setup.done(change, Settled::Acknowledged).await
}

const UNSEEN: &str = "Take care, a step is broken";

pub(super) async fn change_meanwhile(setup: &mut Setup<'_>) -> Result<(), Failure> {
    setup.reporter.title("Second, a change during an acknowledgement");
    setup.customer_says("It is the stairs at the back")?;
    let change = setup.hears("a comment", |change| !change.is_late() && change.updates().len() == 1).await?;

    let id = setup.helpdesk.id.to_string();
    setup.controller.before_next("POST", "/requests/acked", move |controller| {
        // If the comment fails, the next change isn't late, and the tour reports that.
        let _ = controller.comment(&id, "Robin Example", UNSEEN);
    });
    setup.reporter.step("client", "acknowledges that, and while the acknowledgement is in flight:");
    setup.reporter.step("customer", format!("comments: {UNSEEN}"));
    setup.done(change, Settled::ChangedSince).await?;
    if !setup.shows_nothing()? {
        return Err(Failure::failed("the acknowledgement arrived before the comment"));
    }
    setup.reporter.step("LEAP", "acknowledges both and no longer reports the second one");
    let change = setup.hears("the comment that was acknowledged unread", |change| change.is_late()).await?;
    let heard = change.updates().iter().filter_map(|update| update.comment.as_ref()).any(|text| **text == UNSEEN);
    if !heard {
        return Err(Failure::failed("the comment was lost"));
    }
    setup.reporter.step("client", "reads it nevertheless");
    setup.done(change, Settled::Acknowledged).await
}

pub(super) async fn complete(setup: &mut Setup<'_>) -> Result<(), Failure> {
    setup.reporter.title("Third, the end, over a bad connection");
    setup.emulator.faults().on("POST", "/updates").drop_after_commit();
    let moved = setup.helpdesk.move_on(State::Successful, "The stairs are bright again, and the step is whole");
    with_timeout("the end of the request", moved).await?;
    setup.reporter.step("network", "lost the answer: the client checked instead of posting again");
    let change = setup.hears("the end of the request", |change| change.request().state == State::Successful).await?;
    setup.done(change, Settled::Acknowledged).await?;
    setup.helpdesk.is_refused(State::InProgress).await
}
