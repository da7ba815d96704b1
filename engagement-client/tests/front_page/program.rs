use engagement_client::{Ended, Engagement, ListInterventions, Platform};
use futures_util::TryStreamExt;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Ok(token) = std::fs::read_to_string("engagement-token.txt") else {
        println!("put an API access token of your account into engagement-token.txt");
        return Ok(());
    };
    let acme = Engagement::builder().account("acme").platform(Platform::RingCentral);
    finish(&acme.access_token(token.trim()).build()?, "64b0c39ef2d94e0007a1b2a0").await
}

/// Ends what is open in a conversation.
async fn finish(engagement: &Engagement, thread: &str) -> Result<(), Box<dyn std::error::Error>> {
    // Whether a filter for open ones has the reopened ones among them, no document says.
    let thread = engagement.interventions().list(ListInterventions::new().thread(thread));
    // Collected first: one that is cancelled leaves the list.
    let all: Vec<_> = thread.items().try_collect().await?;
    for intervention in all.into_iter().filter(|one| !one.is_closed()) {
        match engagement.interventions().close_or_cancel(&intervention.id).await {
            Ok(Ended::Closed(closed)) => println!("{} is closed ({:?})", closed.intervention.id, closed.proof),
            Ok(Ended::Cancelled(cancelled)) => println!("{} had no answer, and is gone", cancelled.intervention.id),
            Ok(_) => {}
            Err(error) if error.is_conflict() => println!("somebody else is at {}", intervention.id),
            Err(error) => eprintln!("{}", error.report()),
        }
    }
    Ok(())
}
