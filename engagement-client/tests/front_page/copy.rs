use engagement_client::{Engagement, Error};
use std::time::Duration;

/// Keeps a copy of all interventions up to date.
async fn copy(engagement: &Engagement) -> Result<(), Error> {
    let mut checkpoint = None; // keep it with the copy, to go on from there after a restart
    loop {
        let news = engagement.interventions().updated_since(checkpoint).await?;
        for row in &news.undecodable {
            eprintln!("{} can't be read: {}", row.id, row.error);
        }
        for intervention in &news.interventions {
            println!("{} has changed, closed: {}", intervention.id, intervention.is_closed());
        }
        checkpoint = news.checkpoint;
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}
