use crate::{arguments::Arguments, demo, server::Server};
use chrono::Utc;
use examples::{Failure, Teller, newfies};
use newfies_client::{AlarmEnd, AlarmId, AlarmResult, Finished, Scheduled, WaitForResult};
use std::{process::ExitCode, time::Duration};

/// The call was answered, and not confirmed.
const NOT_CONFIRMED: u8 = 4;
/// No attempt succeeded, or none was made in time.
const NOT_REACHED: u8 = 5;
/// An emulator isn't put to trouble by many looks.
const SHORT_INTERVAL: Duration = Duration::from_secs(5);

/// Waits until nothing more will come of the first alarm, which is the one that the result is of.
pub(crate) async fn run(
    server: &Server,
    arguments: &Arguments,
    scheduled: &Scheduled,
    teller: &Teller,
) -> Result<ExitCode, Failure> {
    let Some(&alarm) = scheduled.alarms.first() else { return Err(Failure::failed("no alarm was made")) };
    teller.wait_for(format!("waiting for the result of alarm {alarm}; Ctrl-C stops this program, not the alarm"));
    let wait = server.newfies.wait_for_result(alarm).with_timeout(arguments.longest_wait(Utc::now()));
    let finished = match &server.emulator {
        None => finish(wait, alarm).await?,
        Some(emulator) => {
            let wait = finish(wait.with_interval(SHORT_INTERVAL), alarm);
            tokio::try_join!(wait, demo::play(emulator, arguments, alarm, teller))?.0
        }
    };
    teller.say(format!("Alarm {alarm}: {}.", newfies::ended(&finished)));
    Ok(code(&finished, arguments.is_call()))
}

async fn finish(wait: WaitForResult, alarm: AlarmId) -> Result<Finished, Failure> {
    wait.await.map_err(|error| {
        let more = format!("Alarm {alarm} stays as it is. Run the same command line again to wait for it on.");
        Failure::from(error).and(&more)
    })
}

fn code(finished: &Finished, is_call: bool) -> ExitCode {
    match (finished.end, finished.result()) {
        (AlarmEnd::Succeeded, _) if !is_call => ExitCode::SUCCESS,
        (AlarmEnd::Succeeded, AlarmResult::Confirmed) => ExitCode::SUCCESS,
        (AlarmEnd::Succeeded, _) => ExitCode::from(NOT_CONFIRMED),
        _ => ExitCode::from(NOT_REACHED),
    }
}
