//! The third scene: the telephone rings, and rings again, until the patient presses a key.

use super::stage::Stage;
use crate::patience::patiently;
use care_emulators::newfies::MessageKind;
use examples::{Failure, newfies};
use newfies_client::{AlarmResult, AlarmStatus, Scheduled};

pub(super) async fn play(stage: &Stage<'_>, scheduled: &Scheduled) -> Result<(), Failure> {
    stage.teller.title("Third, the day before the visit");
    let &[call, sms] = &scheduled.alarms[..] else { return Err(Failure::failed("there are not two alarms")) };
    ring(stage, call.get())?;
    let finished = async { Ok(stage.newfies.wait_for_result(call).await?) };
    let finished = patiently("the result of the call", finished).await?;
    stage.teller.tell("client", format!("waits for the result: {}", newfies::ended(&finished)));
    if finished.result() != AlarmResult::Confirmed {
        return Err(Failure::failed("the visit isn't confirmed"));
    }
    text(stage, sms.get())?;
    patiently("the summary", sum_up(stage, scheduled)).await
}

/// Nobody answers the first call; in the second one a key is pressed.
fn ring(stage: &Stage<'_>, call: u64) -> Result<(), Failure> {
    let teller = stage.teller;
    stage.comes_the_day_before();
    teller.tell("clock", "goes on to 24 h before the visit");
    teller.tell("telephone", "rings");
    stage.dialer.no_answer(call)?;
    teller.tell("patient", "doesn't hear it");
    stage.comes_the_next_try();
    teller.tell("clock", "goes on by ten minutes");
    teller.tell("telephone", "rings again");
    stage.dialer.confirm(call)?;
    teller.tell("patient", "answers, hears what the survey says, and presses 1");
    Ok(())
}

fn text(stage: &Stage<'_>, sms: u64) -> Result<(), Failure> {
    stage.comes_the_last_hour();
    stage.teller.tell("clock", "goes on to 1 h before the visit");
    match &stage.dialer.messages()[..] {
        [message] if message.kind == MessageKind::Sms && message.alarm == sms => {
            stage.teller.tell("telephone", "gets the SMS");
            Ok(())
        }
        other => Err(Failure::failed(format!("instead of one SMS these were sent: {other:?}"))),
    }
}

async fn sum_up(stage: &Stage<'_>, scheduled: &Scheduled) -> Result<(), Failure> {
    let summary = stage.newfies.summary(scheduled.event).await?;
    let alarms = summary.with_status(AlarmStatus::Success);
    let (attempts, confirmed) = (summary.attempts(), summary.with_result(AlarmResult::Confirmed));
    let seconds = summary.seconds().ok_or_else(|| Failure::failed("the attempts can't be read"))?;
    stage.teller.tell(
        "client",
        format!("sums it up: {alarms} alarms went well, {attempts} calls, {confirmed} confirmed, {seconds} s of talk"),
    );
    if (alarms, attempts, confirmed) == (2, 2, 1) { Ok(()) } else { Err(Failure::failed("the summary is another one")) }
}
