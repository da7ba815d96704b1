use aura_client::{Aura, FileSessionStore, Outcome, SessionStore};
use std::error::Error;

async fn resume(aura: &Aura, store: &FileSessionStore) -> Result<(), Box<dyn Error>> {
    for state in store.load().await? {
        match aura.resume(&state).with_store(store).await {
            Ok(session) => println!("following callout {} again", session.id()),
            Err(error) if error.outcome() == Outcome::Unknown => {
                println!("{}", error.report()); // it may exist or not: ask the person, then:
                store.save(&state.ended()).await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
