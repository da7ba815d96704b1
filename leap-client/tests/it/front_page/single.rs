use futures_util::TryStreamExt;
use leap_client::{ChangeState, Error, Leap, ListRequests, Outcome, RequestKey, State};

async fn close_parking(leap: &Leap) -> Result<(), Error> {
    let list = ListRequests::topic("Parking").in_state(State::InProgress);
    // Collected first, since each request that is closed leaves the list.
    let parking: Vec<_> = leap.requests().list(list).items().try_collect().await?;
    for request in parking {
        let key = RequestKey::from(request.identifier);
        let change = ChangeState::new(key, State::Successful);
        let change = change.comment("Your spot is free again");
        match leap.requests().change_state(change).await {
            Ok(()) => {}
            Err(error) if error.is_conflict() => println!("an agent was faster"),
            Err(error) if error.outcome() == Outcome::Unknown => {
                println!("read the request before you send it again: {error}");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
