use futures_util::StreamExt;
use leap_client::{Change, FileChangeStore, Leap, RequestKey, State};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Ok(password) = std::fs::read_to_string("leap-password.txt") else {
        println!("put the password of your external system into leap-password.txt");
        return Ok(());
    };
    let leap = Leap::builder().company("acme").basic_auth("crm", password.trim()).build()?;
    follow(&leap, FileChangeStore::open("leap-changes.json")?).await
}

async fn follow(leap: &Leap, store: FileChangeStore) -> Result<(), Box<dyn std::error::Error>> {
    let mut changes = leap.requests().changes(store);
    while let Some(change) = changes.next().await {
        let change = match change {
            Ok(change) => change,
            Err(error) => {
                eprintln!("no news for the moment: {error}"); // the feed goes on by itself
                continue;
            }
        };
        match handle(leap, &change).await {
            Ok(()) => match change.done().await {
                Ok(settled) => println!("{settled}"), // acknowledged, or changed since: then it comes again
                Err(error) => eprintln!("{error}"),   // it comes again
            },
            Err(error) => {
                eprintln!("{}", error.report());
                change.retry(); // it comes again
            }
        }
    }
    Ok(())
}

async fn handle(leap: &Leap, change: &Change) -> Result<(), leap_client::Error> {
    let request = change.request();
    println!("{} is {}, {} news", request.identifier, request.state, change.updates().len());
    if request.state == State::New {
        let key = RequestKey::from(request.identifier.clone());
        leap.requests().change_state_checked(key, State::InProgress).comment("We are on it").await?;
    }
    Ok(())
}
