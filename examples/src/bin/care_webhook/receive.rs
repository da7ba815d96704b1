use crate::{news::News, server::Server};
use examples::{Failure, INTERRUPTED, Stop, Teller};
use std::{process::ExitCode, time::Duration};
use tokio::{sync::oneshot, time::timeout};

/// How long the end waits for posts in hand: longer than storing one may take.
const GRACE: Duration = Duration::from_secs(15);

/// Receives calls until the program is to end.
pub(crate) async fn receive(
    server: Server,
    most: Option<u64>,
    mut stop: Stop,
    teller: &Teller,
) -> Result<ExitCode, Failure> {
    let Server { receiver, listener, mut news, .. } = server;
    let (end, ended) = oneshot::channel::<()>();
    let serving = receiver.serve(listener).with_shutdown(async move { drop(ended.await) });
    // A task of its own, because what is told may have to wait for the terminal.
    let mut serving = tokio::spawn(serving.into_future());
    let mut stored = 0;
    while most.is_none_or(|most| stored < most) {
        teller.wait_for(format!("waiting for calls, {stored} stored so far; Ctrl-C ends it"));
        tokio::select! {
            biased;
            () = stop.asked() => break,
            Some(new) = news.recv() => stored += tell(new, teller)?,
            served = &mut serving => return Err(broken(served)),
        }
    }
    teller.wait_for("answering the posts in hand");
    drop(end);
    tokio::select! {
        biased;
        served = timeout(GRACE, &mut serving) => match served {
            Ok(Ok(())) => {}
            Ok(served) => return Err(broken(served)),
            Err(_) => teller.say("Some who post were not done in time: CareMessenger posts again what wasn't answered."),
        },
        () = stop.insisted() => {
            teller.say("Stopped at once. What was shown as stored is in the file, and what wasn't answered is posted again.");
            return Ok(ExitCode::from(INTERRUPTED));
        }
    }
    while let Ok(new) = news.try_recv() {
        stored += tell(new, teller)?;
    }
    teller.say(format!("Stopped. Calls stored: {stored}."));
    Ok(ExitCode::SUCCESS)
}

/// Tells it; gives how many calls were stored by it.
fn tell(news: News, teller: &Teller) -> Result<u64, Failure> {
    match news {
        News::Stored(call) => {
            teller.tell("stored", call);
            return Ok(1);
        }
        News::NotStored(why) => {
            teller.tell("NOT STORED", format!("so it isn't acknowledged, and may come again: {why}"))
        }
        News::Does(who, what) => teller.tell(who, what),
        News::Broken(failure) => return Err(failure),
    }
    Ok(0)
}

fn broken(served: Result<(), tokio::task::JoinError>) -> Failure {
    let why = served.map_or_else(|error| error.to_string(), |()| "the server has ended".to_owned());
    Failure::failed(format!("no calls can be received any more: {why}"))
}
