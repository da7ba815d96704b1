//! A short story on a real server, which is only read unless one content is named that may be written to.

use engagement_client::{ContentId, Engagement, Intervention, ListInterventions, Outcome, StatusFilter};
use examples::{Failure, Teller, engagement, engagement::LiveEngagement};

/// The most interventions that are shown.
const SHOWN: u32 = 10;

pub(super) async fn tell(teller: &Teller, live: &LiveEngagement) -> Result<(), Failure> {
    let client = live.builder().build()?;
    teller.say("Engagement: interventions on a real server");
    teller.say(format!(
        "{} is set, so this talks to {} and not to an emulator of its own.",
        live.variable(),
        live.server()
    ));
    match live.test_content() {
        None => look(teller, &client).await,
        Some(content) => play(teller, &client, content).await,
    }
}

/// Shows what is open, and leaves it as it is.
async fn look(teller: &Teller, client: &Engagement) -> Result<(), Failure> {
    teller.say("It only reads. To see an intervention opened and cancelled, set ENGAGEMENT_TEST_CONTENT: see --help.");
    teller.say("");
    teller.wait_for("listing what is open");
    let open = ListInterventions::new().status(StatusFilter::Opened).limit(SHOWN);
    let page = client.interventions().list(open).await?;
    for intervention in &page.items {
        teller.tell("Engagement", engagement::intervention(intervention));
    }
    for row in &page.undecodable {
        teller.tell("Engagement", format!("has an intervention that can't be read: {}", row.error));
    }
    let count = match (page.total, page.rows()) {
        (Some(total), rows) if total > rows as u64 => format!("{total}, of which these are {rows}"),
        (_, rows) if rows < SHOWN as usize => rows.to_string(),
        (Some(total), _) => total.to_string(),
        (None, rows) => format!("{rows}, and perhaps more"),
    };
    teller.say(format!("Open interventions: {count}. Nothing was written."));
    Ok(())
}

/// Opens an intervention on one content, and leaves nothing of it.
async fn play(teller: &Teller, client: &Engagement, content: &ContentId) -> Result<(), Failure> {
    teller.say(format!(
        "ENGAGEMENT_TEST_CONTENT is set: an intervention is opened on content {content} and cancelled at once. No other"
    ));
    teller.say("conversation is written to.");
    teller.say("");
    teller.wait_for("opening the intervention");
    let opened = client.interventions().create(content).await.map_err(|error| {
        let (unknown, is_open) = (error.outcome() >= Outcome::Unknown, error.is_unprocessable());
        let failure = Failure::from(error);
        match (unknown, is_open) {
            (true, _) => failure.and(&format!(
                "An intervention on content {content} may be open now. It isn't cancelled, for it could be somebody else's: look at \
                 it in the application."
            )),
            (_, true) => failure.and("So this isn't the content to show it on. Nothing was written."),
            _ => failure.and("Nothing was written."),
        }
    })?;
    teller.tell("client", format!("has opened it: {}", engagement::intervention(&opened)));
    teller.wait_for("ending the intervention");
    let (id, ended) = (opened.id.clone(), end(client, opened).await);
    let ended = ended.map_err(|failure| {
        failure.and(&format!("Intervention {id} may be left open: look at it in the application."))
    })?;
    teller.tell("client", ended);
    teller.say("No other intervention was written to.");
    Ok(())
}

/// Puts the conversation back as it was. An agent who has answered meanwhile is not interrupted: the service refuses then.
async fn end(client: &Engagement, opened: Intervention) -> Result<&'static str, Failure> {
    match opened.user_replies_count {
        // One that had been closed is not this program's to destroy.
        Some(0) if opened.closed_at.is_none() => {
            client.interventions().cancel_confirmed(opened.id).await?;
            Ok("has cancelled it: nothing is left of it")
        }
        Some(1..) => {
            client.interventions().close_confirmed(opened.id).await?;
            Ok("has closed it again, for it had been closed before; in charge of it is now whoever opened it")
        }
        _ => Err(Failure::failed(
            "the server doesn't say whether it was opened for the first time, which decides how to end it",
        )),
    }
}
