//! On a real server, which is only read, unless a content is named that may be written to.

use engagement_client::{ContentId, Engagement, Intervention, ListInterventions, Outcome, StatusFilter};
use examples::{
    Failure, Reporter,
    engagement::{self, LiveEngagement},
};

/// The maximum number of interventions shown.
const SHOWN: u32 = 10;

pub(super) async fn run(reporter: &Reporter, live: &LiveEngagement) -> Result<(), Failure> {
    let client = live.builder().build()?;
    reporter.line("Engagement: interventions on a real server");
    reporter.line(format!("{} is set: using {} instead of an emulator.", live.variable(), live.server()));
    match live.test_content() {
        None => look(reporter, &client).await,
        Some(content) => play(reporter, &client, content).await,
    }
}

/// Shows the open interventions without changing them.
async fn look(reporter: &Reporter, client: &Engagement) -> Result<(), Failure> {
    reporter
        .line("It only reads. To see an intervention opened and cancelled, set ENGAGEMENT_TEST_CONTENT: see --help.");
    reporter.line("");
    reporter.wait_for("listing open interventions");
    let open = ListInterventions::new().status(StatusFilter::Opened).limit(SHOWN);
    let page = client.interventions().list(open).await?;
    for intervention in &page.items {
        reporter.step("Engagement", engagement::describe(intervention));
    }
    for row in &page.undecodable {
        reporter.step("Engagement", format!("has an undecodable intervention: {}", row.error));
    }
    let count = match (page.total, page.rows()) {
        (Some(total), rows) if total > rows as u64 => format!("{total}, of which {rows} are shown"),
        (_, rows) if rows < SHOWN as usize => rows.to_string(),
        (Some(total), _) => total.to_string(),
        (None, rows) => format!("{rows}, possibly more"),
    };
    reporter.line(format!("Open interventions: {count}. Nothing was written."));
    Ok(())
}

/// Opens an intervention on one content and restores the previous state.
async fn play(reporter: &Reporter, client: &Engagement, content: &ContentId) -> Result<(), Failure> {
    reporter.line(format!(
        "ENGAGEMENT_TEST_CONTENT is set: an intervention is opened on content {content} and cancelled at once. No other"
    ));
    reporter.line("conversation is written to.");
    reporter.line("");
    reporter.wait_for("opening the intervention");
    let opened = client.interventions().create(content).await.map_err(|error| {
        let (unknown, is_open) = (error.outcome() >= Outcome::Unknown, error.is_unprocessable());
        let failure = Failure::from(error);
        match (unknown, is_open) {
            (true, _) => failure.and(&format!(
                "An intervention on content {content} may be open now. It isn't cancelled, because it could be \
                 somebody else's: check it in the application."
            )),
            (_, true) => failure.and("Choose another content. Nothing was written."),
            _ => failure.and("Nothing was written."),
        }
    })?;
    reporter.step("client", format!("opens it: {}", engagement::describe(&opened)));
    reporter.wait_for("ending the intervention");
    let (id, ended) = (opened.id.clone(), end(client, opened).await);
    let ended = ended
        .map_err(|failure| failure.and(&format!("Intervention {id} may be left open: check it in the application.")))?;
    reporter.step("client", ended);
    reporter.line("No other intervention was written to.");
    Ok(())
}

/// Restores the conversation. If an agent has answered meanwhile, the service refuses, and nothing is interrupted.
async fn end(client: &Engagement, opened: Intervention) -> Result<&'static str, Failure> {
    match opened.user_replies_count {
        // An intervention that existed before must not be destroyed.
        Some(0) if opened.closed_at.is_none() => {
            client.interventions().cancel_confirmed(opened.id).await?;
            Ok("cancels it: nothing is left of it")
        }
        Some(1..) => {
            client.interventions().close_confirmed(opened.id).await?;
            Ok("closes it again, because it was closed before; it is now assigned to whoever opened it")
        }
        _ => Err(Failure::failed("the server doesn't say whether it existed before, which decides how to end it")),
    }
}
