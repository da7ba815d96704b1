use crate::{arguments::Arguments, server::Server};
use examples::{Failure, Teller, newfies};
use newfies_client::{Error, Kind, Outcome, Refusal, Scheduled};

/// Makes all that isn't there yet, and tells what.
pub(crate) async fn run(server: &Server, arguments: &Arguments, teller: &Teller) -> Result<Scheduled, Failure> {
    let reminder = server.reminder(arguments).map_err(failure)?;
    teller.wait_for("scheduling the reminder");
    let scheduled = server.newfies.schedule_reminder(reminder).await.map_err(failure)?;
    let (event, made) = (scheduled.event, newfies::made(&scheduled.created));
    let alarms: Vec<_> = scheduled.alarms.iter().map(ToString::to_string).collect();
    teller.say(format!("Event {event} is scheduled, with alarm {}. This run made {made}.", alarms.join(" and ")));
    Ok(scheduled)
}

fn failure(error: Error) -> Failure {
    let is_write = [".create", ".update"].iter().any(|verb| error.operation().ends_with(verb));
    if error.outcome() >= Outcome::Unknown && is_write && Refusal::of(&error).is_none() {
        return Failure::unknown(error.report()).and(
            "It may have been made, or not, and it wasn't made a second time. What to do: run the same command line again. It looks \
             first, and goes on where this broke off.",
        );
    }
    match (error.kind(), Refusal::of(&error)) {
        // Only what was typed can be wrong in this way.
        (Kind::Request, None) => Failure::usage(error.report()).and("Nothing was sent."),
        (_, Some(Refusal::NoSuchUser)) => Failure::from(error).and(
            "The name is that of --name. With NEWFIES_NEW_USER_PASSWORD set such a calendar user is made, where the server can do it.",
        ),
        (_, Some(Refusal::NoSurvey)) => Failure::from(error).and("Say one by --survey."),
        (_, Some(Refusal::NaiveTimes)) => Failure::from(error).and("Set NEWFIES_UTC_OFFSET."),
        (Kind::Config, _) => error.into(),
        _ => Failure::from(error).and("What was made so far stays, and the same command line goes on from there."),
    }
}
