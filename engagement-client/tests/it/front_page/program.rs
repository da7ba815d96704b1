use engagement_client::{CloseOutcome, Engagement, ListInterventions, Platform};
use futures_util::TryStreamExt;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Ok(token) = std::fs::read_to_string("engagement-token.txt") else {
        println!("put an API access token of your account into engagement-token.txt");
        return Ok(());
    };
    let builder = Engagement::builder().account("acme").platform(Platform::RingCentral);
    let engagement = builder.access_token(token.trim()).build()?;
    finish(&engagement, "64b0c39ef2d94e0007a1b2a0").await
}

/// Closes or cancels every open intervention of a conversation.
async fn finish(
    engagement: &Engagement,
    thread: &str,
) -> Result<(), Box<dyn std::error::Error>> {
    let interventions = engagement.interventions();
    // No status filter: whether `opened` includes reopened ones isn't documented.
    let list = interventions.list(ListInterventions::new().thread(thread));
    // Collected first, because a cancelled intervention leaves the list.
    let all: Vec<_> = list.items().try_collect().await?;
    for intervention in all.into_iter().filter(|one| !one.is_closed()) {
        let id = &intervention.id;
        match interventions.close_or_cancel(id).await {
            Ok(CloseOutcome::Closed(closed)) => println!("{id} is closed: {:?}", closed.proof),
            Ok(CloseOutcome::Cancelled(_)) => println!("{id} had no reply and is cancelled"),
            Ok(_) => {}
            Err(error) if error.is_conflict() => println!("somebody else is closing {id}"),
            Err(error) => eprintln!("{}", error.report()),
        }
    }
    Ok(())
}
