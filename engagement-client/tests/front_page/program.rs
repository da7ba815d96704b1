use engagement_client::{Ended, Engagement, ListInterventions, Platform, StatusFilter};
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
    let open = ListInterventions::new().thread(thread).status(StatusFilter::Opened);
    // Collected first: each one that is ended leaves the list.
    let open: Vec<_> = engagement.interventions().list(open).items().try_collect().await?;
    for intervention in open {
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
