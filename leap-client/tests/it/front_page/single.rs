use futures_util::TryStreamExt;
use leap_client::{Error, Leap, ListRequests, Outcome, RequestKey, State};

async fn close_parking(leap: &Leap) -> Result<(), Error> {
    let list = ListRequests::topic("Parking").in_state(State::InProgress);
    // Collected first: each one that is done leaves the list.
    let parking: Vec<_> = leap.requests().list(list).items().try_collect().await?;
    for request in parking {
        let key = RequestKey::from(request.identifier);
        match leap.requests().change_state(key, State::Successful).comment("Your spot is free again").await {
            Ok(()) => {}
            Err(error) if error.is_conflict() => println!("an agent was faster"),
            Err(error) if error.outcome() == Outcome::Unknown => println!("look before you send it again: {error}"),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
