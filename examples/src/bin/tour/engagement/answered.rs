//! The first scene: an intervention is opened, sorted, handed over, answered and closed, over a bad line.

use super::stage::Stage;
use crate::patience::patiently;
use care_emulators::engagement::NewContent;
use engagement_client::{
    CategoryId, ContentId, Intervention, InterventionId, InterventionPatch, ListInterventions, Outcome, Proof,
    Recategorized,
};
use examples::{Failure, engagement};
use futures_util::TryStreamExt;

const THREAD: &str = "64b0c39ef2d94e0007a1b2a0";
const DELIVERIES: &str = "5d10aa0be4b0a20001c0de01";
const REFUNDS: &str = "5d10aa0be4b0a20001c0de02";
/// The key of a custom field, and what is kept in it.
const ORDER: (&str, &str) = ("order_number", "A-1042");

/// Gives the id of the intervention.
pub(super) async fn play(stage: &Stage<'_>) -> Result<InterventionId, Failure> {
    stage.teller.title("First, a conversation that is answered, over a bad line");
    let content = stage.room.add_content(NewContent::new().thread(THREAD))?.into();
    stage.teller.tell("customer", "writes: Half of my order is missing");
    let opened = patiently("the opening", open(stage, &content)).await?;
    patiently("the sorting", sort(stage, &opened.id)).await?;
    stage.room.reply(opened.id.as_str())?;
    stage.teller.tell("Lou, an agent", "replies: The rest is on its way, and you get the postage back");
    patiently("the closing", close(stage, &opened.id)).await?;
    Ok(opened.id)
}

/// Opens it as Kim. Though nobody hears the answer it is opened once.
async fn open(stage: &Stage<'_>, content: &ContentId) -> Result<Intervention, Failure> {
    let as_kim = stage.engagement.as_user(&stage.kim)?;
    stage.emulator.faults().on("POST", "/interventions").drop_after_commit();
    stage.teller.tell("client", "opens an intervention on that message, as the agent Kim");
    match as_kim.interventions().create(content).await {
        Err(error) if error.outcome() == Outcome::Unknown => {}
        Err(error) => return Err(error.into()),
        Ok(_) => return Err(Failure::failed("the answer came, though the network was to lose it")),
    }
    stage.teller.tell("network", "loses the answer: it was opened, or it wasn't");
    let conversation = ListInterventions::new().thread(THREAD);
    let found: Vec<_> = as_kim.interventions().list(conversation).items().try_collect().await?;
    let mut open: Vec<_> = found.into_iter().filter(|one| !one.is_closed()).collect();
    // One that was reopened may keep the content that it was first opened on.
    let place = open.iter().position(|one| one.content_id.as_ref() == Some(content)).unwrap_or(0);
    let found = (place < open.len()).then(|| open.swap_remove(place));
    let opened = found.ok_or_else(|| Failure::failed("the intervention isn't in the list of its conversation"))?;
    stage.teller.tell("client", "lists the conversation instead of opening it again, and finds it there, as Kim's:");
    stage.teller.tell("Engagement", engagement::intervention(&opened));
    if opened.user_id.as_ref() == Some(&stage.kim) { Ok(opened) } else { Err(Failure::failed("it isn't Kim's")) }
}

/// Gives it categories, a custom field, and another agent.
async fn sort(stage: &Stage<'_>, id: &InterventionId) -> Result<(), Failure> {
    let teller = stage.teller;
    stage.room.categorize(id.as_str(), [DELIVERIES])?;
    teller.tell("another robot", "puts it into the category of deliveries");
    let interventions = stage.engagement.interventions();
    let both = [DELIVERIES, REFUNDS].map(CategoryId::from);
    match interventions.add_categories(id, [REFUNDS]).await? {
        Recategorized::Changed(now) if now.category_ids.as_deref() == Some(&both) => {}
        other => return Err(Failure::failed(format!("adding a category ended with {other:?}"))),
    }
    teller.tell("client", "adds the category of refunds, and leaves it the other: the service can only replace all");
    let noted = interventions.update(id, InterventionPatch::new().custom_field(ORDER.0, ORDER.1)).await?;
    if noted.custom_fields.text(ORDER.0) != Some(ORDER.1) {
        return Err(Failure::failed("the custom field isn't there"));
    }
    teller.tell("client", format!("notes order {} in a custom field", ORDER.1));
    let handed_over = interventions.reassign(id, &stage.lou).await?;
    if handed_over.user_id.as_ref() != Some(&stage.lou) {
        return Err(Failure::failed("it isn't Lou's"));
    }
    teller.tell("client", "hands it over to the agent Lou");
    Ok(())
}

/// Closes it. Though nobody hears the answer it is closed once.
async fn close(stage: &Stage<'_>, id: &InterventionId) -> Result<(), Failure> {
    stage.emulator.faults().on("PUT", "/close").drop_after_commit();
    stage.teller.tell("client", "closes it, for it is answered");
    let closed = stage.engagement.interventions().close_confirmed(id).await?;
    if closed.proof != Proof::ReadBack {
        return Err(Failure::failed(format!("the close was known by {:?}", closed.proof)));
    }
    stage.teller.tell("network", "loses this answer, too: the client has looked, and not closed it again");
    stage.teller.tell("Engagement", engagement::intervention(&closed.intervention));
    Ok(())
}
