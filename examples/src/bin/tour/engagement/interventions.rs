//! The scenes: an intervention is opened, categorized, reassigned, answered and closed over a bad connection; one
//! without a reply is cancelled; and two agents close one at the same time.

use crate::{checks::with_timeout, engagement::setup::Setup};
use care_emulators::engagement::{ControlError, NewContent};
use engagement_client::{
    CategoryId, CloseOutcome, ContentId, Intervention, InterventionId, InterventionPatch, ListInterventions, Outcome,
    Proof, Recategorized,
};
use examples::{Failure, engagement};
use futures_util::TryStreamExt;

const THREAD: &str = "64b0c39ef2d94e0007a1b2a0";
const DELIVERIES: &str = "5d10aa0be4b0a20001c0de01";
const REFUNDS: &str = "5d10aa0be4b0a20001c0de02";
/// A custom field and its value.
const ORDER: (&str, &str) = ("order_number", "A-1042");

/// Returns the id of the intervention.
pub(super) async fn answered(setup: &Setup<'_>) -> Result<InterventionId, Failure> {
    setup.reporter.title("First, an answered conversation, over a bad connection");
    let content = setup.controller.add_content(NewContent::new().thread(THREAD))?.into();
    setup.reporter.step("customer", "writes: Half of my order is missing");
    let opened = with_timeout("opening the intervention", open(setup, &content)).await?;
    with_timeout("changing the intervention", sort(setup, &opened.id)).await?;
    setup.controller.reply(opened.id.as_str())?;
    setup.reporter.step("Lou, an agent", "replies: The rest is on its way, and you get the postage back");
    with_timeout("closing the intervention", close(setup, &opened.id)).await?;
    Ok(opened.id)
}

/// Opens it as Kim. It is opened once although the answer is lost.
async fn open(setup: &Setup<'_>, content: &ContentId) -> Result<Intervention, Failure> {
    let as_kim = setup.engagement.as_user(&setup.kim)?;
    setup.emulator.faults().on("POST", "/interventions").drop_after_commit();
    setup.reporter.step("client", "opens an intervention on that message, as the agent Kim");
    match as_kim.interventions().create(content).await {
        Err(error) if error.outcome() == Outcome::Unknown => {}
        Err(error) => return Err(error.into()),
        Ok(_) => return Err(Failure::failed("the answer arrived although the network should lose it")),
    }
    setup.reporter.step("network", "loses the answer: it may or may not be open");
    let conversation = ListInterventions::new().thread(THREAD);
    let found: Vec<_> = as_kim.interventions().list(conversation).items().try_collect().await?;
    let mut open: Vec<_> = found.into_iter().filter(|one| !one.is_closed()).collect();
    // A reopened one may keep the content on which it was first opened.
    let place = open.iter().position(|one| one.content_id.as_ref() == Some(content)).unwrap_or(0);
    let found = (place < open.len()).then(|| open.swap_remove(place));
    let opened = found.ok_or_else(|| Failure::failed("the intervention isn't in the list of its conversation"))?;
    setup.reporter.step("client", "lists the conversation instead of opening it again, and finds it, assigned to Kim:");
    setup.reporter.step("Engagement", engagement::describe(&opened));
    if opened.user_id.as_ref() == Some(&setup.kim) { Ok(opened) } else { Err(Failure::failed("it isn't Kim's")) }
}

/// Changes its categories, a custom field and the agent.
async fn sort(setup: &Setup<'_>, id: &InterventionId) -> Result<(), Failure> {
    let reporter = setup.reporter;
    setup.controller.categorize(id.as_str(), [DELIVERIES])?;
    reporter.step("another bot", "sets the category of deliveries");
    let interventions = setup.engagement.interventions();
    let both = [DELIVERIES, REFUNDS].map(CategoryId::from);
    match interventions.add_categories(id, [REFUNDS]).await? {
        Recategorized::Changed(now) if now.category_ids.as_deref() == Some(&both) => {}
        other => return Err(Failure::failed(format!("adding a category ended with {other:?}"))),
    }
    reporter
        .step("client", "adds the category of refunds and keeps the other, although the service can only replace all");
    let noted = interventions.update(id, InterventionPatch::new().custom_field(ORDER.0, ORDER.1)).await?;
    if noted.custom_fields.text(ORDER.0) != Some(ORDER.1) {
        return Err(Failure::failed("the custom field is missing"));
    }
    reporter.step("client", format!("sets order {} in a custom field", ORDER.1));
    let handed_over = interventions.reassign(id, &setup.lou).await?;
    if handed_over.user_id.as_ref() != Some(&setup.lou) {
        return Err(Failure::failed("it isn't Lou's"));
    }
    reporter.step("client", "reassigns it to the agent Lou");
    Ok(())
}

/// Closes it. It is closed once although the answer is lost.
async fn close(setup: &Setup<'_>, id: &InterventionId) -> Result<(), Failure> {
    setup.emulator.faults().on("PUT", "/close").drop_after_commit();
    setup.reporter.step("client", "closes it, because it is answered");
    let closed = setup.engagement.interventions().close_confirmed(id).await?;
    if closed.proof != Proof::ReadBack {
        return Err(Failure::failed(format!("the close was confirmed by {:?}", closed.proof)));
    }
    setup.reporter.step("network", "loses this answer, too: the client checked instead of closing it again");
    setup.reporter.step("Engagement", engagement::describe(&closed.intervention));
    Ok(())
}

pub(super) async fn unanswered(setup: &Setup<'_>) -> Result<(), Failure> {
    setup.reporter.title("Second, an unanswered conversation");
    let id = setup.controller.open_new();
    setup.reporter.step("another agent", format!("opens intervention {id} and doesn't reply: it was an advertisement"));
    setup.reporter.step("client", "ends it as its replies allow: without any, it can only be cancelled");
    let ended = async { Ok(setup.engagement.interventions().close_or_cancel(&id).await?) };
    match with_timeout("cancelling the intervention", ended).await? {
        CloseOutcome::Cancelled(cancelled) if cancelled.proof == Proof::Answered => {}
        other => return Err(Failure::failed(format!("it ended with {other:?}"))),
    }
    match setup.controller.intervention(&id) {
        Err(ControlError::UnknownIntervention { .. }) => {
            setup.reporter.step("Engagement", "no longer has it: a cancel destroys it");
            Ok(())
        }
        _ => Err(Failure::failed("the cancelled intervention still exists")),
    }
}

/// Returns the id of the intervention.
pub(super) async fn closed_by_two(setup: &Setup<'_>) -> Result<InterventionId, Failure> {
    setup.reporter.title("Third, two agents close at the same time");
    let id = setup.controller.open_new();
    setup.controller.reply(&id)?;
    setup.reporter.step("another agent", format!("opens intervention {id} and answers it"));

    let (begun, done) = (id.clone(), id.clone());
    // If one of these fails, the close ends differently, and the tour reports that.
    setup.controller.before_next("PUT", "/close", move |controller| drop(controller.begin_close(&begun)));
    setup.controller.after_next("PUT", "/close", move |controller| drop(controller.finish(&done)));
    setup.reporter.step("client", "closes it, and while that request is in flight:");
    setup.reporter.step("another agent", "starts closing it, too");
    let closed = async { Ok(setup.engagement.interventions().close_confirmed(&id).await?) };
    let closed = with_timeout("closing the intervention", closed).await?;
    if closed.proof != Proof::ReadBack {
        return Err(Failure::failed(format!("the close was confirmed by {:?}", closed.proof)));
    }
    setup
        .reporter
        .step("Engagement", "refuses the client's request: another one is in flight, and its result is unknown");
    setup.reporter.step("another agent", "finishes closing it");
    setup.reporter.step("client", "doesn't rely on the refusal, and reads the intervention:");
    setup.reporter.step("Engagement", engagement::describe(&closed.intervention));
    Ok(closed.intervention.id)
}
