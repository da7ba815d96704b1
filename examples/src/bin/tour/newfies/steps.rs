//! The scenes: requirements are checked, a reminder is scheduled over a connection that breaks, and the patient is
//! called.

use crate::{checks::with_timeout, newfies::setup::Setup};
use care_emulators::newfies::MessageKind;
use examples::{Failure, newfies};
use newfies_client::{AlarmResult, AlarmStatus, Created, Outcome, Scheduled};

pub(super) async fn schedule(setup: &Setup<'_>) -> Result<Scheduled, Failure> {
    setup.reporter.title("First, the requirements, which only the web interface can create");
    with_timeout("checking the requirements", preflight(setup)).await?;
    setup.reporter.title("Second, a reminder over a connection that breaks");
    with_timeout("the first run", breaks_off(setup)).await?;
    with_timeout("the second run", goes_on(setup)).await
}

async fn preflight(setup: &Setup<'_>) -> Result<(), Failure> {
    let preflight = setup.newfies.preflight().await?;
    setup.reporter.step("Newfies", newfies::describe_preflight(&preflight));
    match preflight.missing().first() {
        Some(missing) => Err(Failure::failed(format!("missing: {missing}"))),
        None => Ok(()),
    }
}

/// The server creates the event and is unreachable from then on, so that the client can't check whether it exists.
async fn breaks_off(setup: &Setup<'_>) -> Result<(), Failure> {
    let reporter = setup.reporter;
    reporter.step("client", "schedules a call 24 h before a visit, with two retries, and an SMS 1 h before");
    let faults = setup.emulator.faults();
    faults.on("POST", "/event/").drop_after_commit();
    setup.controller.after_next("POST", "/event/", move |_| faults.go_down());
    let error = match setup.newfies.schedule_reminder(setup.reminder()).await {
        Err(error) if error.outcome() == Outcome::Unknown => error,
        Err(error) => return Err(error.into()),
        Ok(_) => return Err(Failure::failed("everything was created although the connection should break")),
    };
    reporter.step("network", format!("breaks during {}: it may or may not be done", error.operation()));
    counts(setup, [1, 1, 1, 1, 0])?;
    setup.emulator.faults().come_up();
    reporter.step("network", "is back");
    Ok(())
}

/// The same reminder creates what is missing, and no duplicates.
async fn goes_on(setup: &Setup<'_>) -> Result<Scheduled, Failure> {
    let reporter = setup.reporter;
    reporter.step("client", "schedules the same again, which continues where it stopped");
    let scheduled = setup.newfies.schedule_reminder(setup.reminder()).await?;
    reporter.step("client", format!("created: {}", newfies::describe_created(&scheduled.created)));
    let alarms: Vec<_> = scheduled.alarms.iter().copied().map(Created::Alarm).collect();
    if scheduled.created != alarms {
        return Err(Failure::failed("more was created than the missing alarms"));
    }
    counts(setup, [1, 1, 1, 1, 2])?;
    let again = setup.newfies.schedule_reminder(setup.reminder()).await?;
    reporter
        .step("client", format!("schedules it once more and creates {}", newfies::describe_created(&again.created)));
    if !again.created.is_empty() {
        return Err(Failure::failed("something was duplicated"));
    }
    Ok(scheduled)
}

/// Checks the numbers of rows on the server.
fn counts(setup: &Setup<'_>, expected: [usize; 5]) -> Result<(), Failure> {
    let rows = setup.rows();
    let [settings, users, calendars, events, alarms] = rows;
    setup.reporter.step(
        "Newfies",
        format!(
            "has settings {settings}, calendar users {users}, calendars {calendars}, events {events}, alarms {alarms}"
        ),
    );
    if rows == expected { Ok(()) } else { Err(Failure::failed(format!("{rows:?} are there instead of {expected:?}"))) }
}

pub(super) async fn call(setup: &Setup<'_>, scheduled: &Scheduled) -> Result<(), Failure> {
    setup.reporter.title("Third, the day before the visit");
    let &[call, sms] = &scheduled.alarms[..] else { return Err(Failure::failed("there are not two alarms")) };
    ring(setup, call.get())?;
    let finished = async { Ok(setup.newfies.wait_for_result(call).await?) };
    let finished = with_timeout("the result of the call", finished).await?;
    setup.reporter.step("client", format!("waits for the result: {}", newfies::describe_result(&finished)));
    if finished.result() != AlarmResult::Confirmed {
        return Err(Failure::failed("the visit isn't confirmed"));
    }
    text(setup, sms.get())?;
    with_timeout("the summary", sum_up(setup, scheduled)).await
}

/// The first call isn't answered; in the second one a key is pressed.
fn ring(setup: &Setup<'_>, call: u64) -> Result<(), Failure> {
    let reporter = setup.reporter;
    setup.advance_to_call();
    reporter.step("clock", "advances to 24 h before the visit");
    reporter.step("telephone", "rings");
    setup.controller.no_answer(call)?;
    reporter.step("patient", "doesn't answer");
    setup.advance_to_retry();
    reporter.step("clock", "advances by ten minutes");
    reporter.step("telephone", "rings again");
    setup.controller.confirm(call)?;
    reporter.step("patient", "answers, listens to the survey and presses 1");
    Ok(())
}

fn text(setup: &Setup<'_>, sms: u64) -> Result<(), Failure> {
    setup.advance_to_sms();
    setup.reporter.step("clock", "advances to 1 h before the visit");
    match &setup.controller.messages()[..] {
        [message] if message.kind == MessageKind::Sms && message.alarm == sms => {
            setup.reporter.step("telephone", "receives the SMS");
            Ok(())
        }
        other => Err(Failure::failed(format!("sent instead of one SMS: {other:?}"))),
    }
}

async fn sum_up(setup: &Setup<'_>, scheduled: &Scheduled) -> Result<(), Failure> {
    let summary = setup.newfies.summary(scheduled.event).await?;
    let alarms = summary.with_status(AlarmStatus::Success);
    let (attempts, confirmed) = (summary.attempts(), summary.with_result(AlarmResult::Confirmed));
    let seconds = summary.seconds().ok_or_else(|| Failure::failed("the attempts are unreadable"))?;
    setup.reporter.step(
        "client",
        format!("sums up: {alarms} successful alarms, {attempts} calls, {confirmed} confirmed, {seconds} s of talk"),
    );
    if (alarms, attempts, confirmed) == (2, 2, 1) { Ok(()) } else { Err(Failure::failed("the summary is wrong")) }
}
