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

async fn follow(
    leap: &Leap,
    store: FileChangeStore,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut changes = leap.requests().changes(store);
    while let Some(change) = changes.next().await {
        let change = match change {
            Ok(change) => change,
            Err(error) if error.is_unauthorized() => {
                eprintln!("{error}"); // wrong credentials: the feed ends here
                continue;
            }
            Err(error) => {
                eprintln!("no changes for now: {error}"); // the feed continues by itself
                continue;
            }
        };
        match handle(leap, &change).await {
            // One that could not be acknowledged, or has changed since, is delivered again.
            Ok(()) => match change.done().await {
                Ok(settled) => println!("{settled}"),
                Err(error) => eprintln!("{error}"),
            },
            Err(error) => {
                eprintln!("{}", error.report());
                change.retry(); // delivered again
            }
        }
    }
    Err("LEAP refuses the feed: the last error says why".into())
}

async fn handle(leap: &Leap, change: &Change) -> Result<(), leap_client::Error> {
    let request = change.request();
    let updates = change.updates().len();
    println!("{} is {}, {updates} new updates", request.identifier, request.state);
    if request.state == State::New {
        let key = RequestKey::from(request.identifier.clone());
        let change = leap.requests().change_state_checked(key, State::InProgress);
        change.with_comment("We are on it").await?;
    }
    Ok(())
}
