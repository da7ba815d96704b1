use crate::arguments::Arguments;
use care_emulators::newfies::{Controller, Emulator};
use chrono::{DateTime, Utc};
use examples::{Failure, Teller};
use newfies_client::AlarmId;
use std::time::Duration;
use tokio::time::sleep;

/// The time between two acts.
const STEP: Duration = Duration::from_millis(800);

/// Moves an emulator's clock, and plays who is called: they miss the first call if another one follows, and confirm.
pub(crate) async fn play(
    emulator: &Emulator,
    arguments: &Arguments,
    alarm: AlarmId,
    teller: &Teller,
) -> Result<(), Failure> {
    let (dialer, alarm) = (emulator.controller(), alarm.get());
    let time = dialer.alarm(alarm)?.date_start_notice;
    sleep(STEP).await;
    comes(emulator, &dialer, time);
    teller.tell("clock", format!("goes on to {}", time.format("%Y-%m-%d %H:%M UTC")));
    if !arguments.is_call() {
        return Ok(());
    }
    teller.tell("telephone", "rings");
    let (retries, after) = arguments.retries();
    if retries > 0 {
        sleep(STEP).await;
        dialer.no_answer(alarm)?;
        teller.tell("telephone", "isn't heard");
        sleep(STEP).await;
        comes(emulator, &dialer, emulator.clock().now() + after);
        teller.tell("telephone", format!("rings again after {} s", after.as_secs()));
    }
    sleep(STEP).await;
    dialer.confirm(alarm)?;
    teller.tell("telephone", "is answered, and key 1 is pressed");
    Ok(())
}

/// Moves the clock to a time, and lets the workers do what is due then.
fn comes(emulator: &Emulator, dialer: &Controller, time: DateTime<Utc>) {
    let clock = emulator.clock();
    clock.advance((time - clock.now()).to_std().unwrap_or_default());
    dialer.dispatch_due();
}
