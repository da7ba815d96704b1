use engagement_client::{Engagement, Error};
use std::time::Duration;

/// Keeps a copy of all interventions up to date.
async fn copy(engagement: &Engagement) -> Result<(), Error> {
    let mut checkpoint = None; // store it with the copy to continue after a restart
    loop {
        let changes = engagement.interventions().updated_since(checkpoint).await?;
        for row in &changes.undecodable {
            eprintln!("{} can't be decoded: {}", row.id, row.error);
        }
        for intervention in &changes.interventions {
            println!("{} has changed, closed: {}", intervention.id, intervention.is_closed());
        }
        checkpoint = changes.checkpoint;
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}
