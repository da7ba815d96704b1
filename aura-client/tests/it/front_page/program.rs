use aura_client::{Aura, CalloutClass, CalloutUpdate, Environment};
use aura_client::{FileSessionStore, Fix, NewCallout, NewCustomer};
use futures_util::TryStreamExt;
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Ok(token) = std::fs::read_to_string("user-token.txt") else {
        println!("put the token of a user into user-token.txt");
        return Ok(());
    };
    let aura = Aura::builder().environment(Environment::Staging).user_token(token.trim());
    call_for_help(&aura.build()?, &FileSessionStore::open("callouts.json")?).await
}

async fn call_for_help(aura: &Aura, store: &FileSessionStore) -> Result<(), Box<dyn Error>> {
    let customer = NewCustomer::new("Alex", "Example", "+12025550103");
    let here = Fix::new(-26.100054, 28.051).accuracy(20.0);
    let class = CalloutClass::Test; // CalloutClass::Real sends a responder
    let new = NewCallout::new(customer, here).classification(class);

    let session = aura.raise(new, store).await?; // saved in the file, where a restart finds it
    session.report_location(here)?; // and again with every fix of the phone
    session.comment("The gate is open").await?; // an answer comes with the updates

    let mut updates = session.updates();
    while let Some(update) = updates.try_next().await? {
        match update {
            CalloutUpdate::Summary(callout) => println!("{}", callout.status), // when raised
            CalloutUpdate::Changed(callout) => match callout.eta() {
                Some(eta) => println!("{}, {eta} away", callout.status),
                None => println!("{}", callout.status),
            },
            CalloutUpdate::Message(event) => println!("{}", event.body().unwrap_or_default()),
            CalloutUpdate::Refused(error) => println!("AURA refuses for the moment: {error}"),
            CalloutUpdate::Delayed(error) => println!("no update for the moment: {error}"),
            _ => {}
        }
    }
    println!("closed");
    Ok(())
}
