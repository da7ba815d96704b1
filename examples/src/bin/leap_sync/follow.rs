use crate::{arguments::Arguments, lines::Lines, server::Server};
use examples::{Failure, INTERRUPTED, Stop, Teller, leap};
use futures_util::StreamExt;
use leap_client::{Change, Settled};
use std::process::ExitCode;

/// Follows the changes until the program is to end. Whatever goes wrong on the way is shown, and comes again.
pub(crate) async fn follow(
    server: &Server,
    arguments: &Arguments,
    mut lines: Option<Lines>,
    mut stop: Stop,
    teller: &Teller,
) -> Result<ExitCode, Failure> {
    let (mut changes, mut handled) = (server.changes(), 0);
    while arguments.changes.is_none_or(|most| handled < most) {
        teller.wait_for(format!("waiting for changes, {handled} handled so far; Ctrl-C ends it"));
        let next = tokio::select! {
            biased;
            () = stop.asked() => break,
            next = changes.next() => next,
        };
        match next {
            Some(Ok(change)) => tokio::select! {
                biased;
                is_handled = handle(change, lines.as_mut(), teller) => handled += u64::from(is_handled?),
                () = stop.insisted() => {
                    teller.say("Stopped in the midst of a change: it comes again, or what comes of it, when this is started again.");
                    return Ok(ExitCode::from(INTERRUPTED));
                }
            },
            Some(Err(error)) => teller.tell("no news", format!("for the moment: {error}")),
            None => break,
        }
    }
    teller.say(format!("Stopped. Changes handled and acknowledged: {handled}."));
    match server.pending().await? {
        0 => {}
        count => {
            teller.say(format!("{count} acknowledgements could not be settled: the next start looks at them first."))
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Deals with one change, and acknowledges it only when somebody has it: the file, or else whoever reads stdout. A change that
/// can't be written or acknowledged comes again.
async fn handle(change: Change, lines: Option<&mut Lines>, teller: &Teller) -> Result<bool, Failure> {
    let told = teller.try_tell("change", leap::news(&change));
    if let Some(lines) = lines {
        if let Err(error) = lines.write(&change) {
            teller.tell("not written", format!("and not acknowledged either, so it comes again: {error}"));
            change.retry();
            return Ok(false);
        }
    } else {
        told.map_err(|error| {
            Failure::failed(format!("nobody reads what this says, so it acknowledges nothing: {error}"))
        })?;
    }
    teller.wait_for("acknowledging the change in hand");
    match change.done().await {
        Ok(Settled::Acknowledged) => Ok(true),
        Ok(settled) => {
            teller.tell("", settled.to_string());
            Ok(true)
        }
        Err(error) => {
            teller.tell("not settled", format!("so it is looked at again: {error}"));
            Ok(false)
        }
    }
}
