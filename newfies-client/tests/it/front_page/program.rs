use chrono::{DateTime, TimeDelta, Utc};
use newfies_client::{AlarmEnd, AlarmResult, CalendarUserId, Newfies, Notice, Reminder};
use std::time::Duration;

const VISIT: &str = "2050-05-06T09:30:00+02:00";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Ok(password) = std::fs::read_to_string("newfies-password.txt") else {
        println!("put the password of your user into newfies-password.txt");
        return Ok(());
    };
    let dialer = Newfies::builder().base_url("https://dialer.example.com/");
    let newfies = dialer.basic_auth("manager", password.trim()).build()?;
    for lack in newfies.preflight().await?.lacks() {
        eprintln!("missing: {lack}");
    }
    // From your own records, so that it is the same visit each time: another start is another visit.
    let visit = VISIT.parse()?;
    remind(&newfies, 6.into(), "+12025550101", visit).await
}

/// Calls a patient the day before a visit, writes an hour before, and tells what the patient pressed.
async fn remind(
    newfies: &Newfies,
    doctor: CalendarUserId,
    patient: &str,
    visit: DateTime<Utc>,
) -> Result<(), Box<dyn std::error::Error>> {
    let call = Notice::call(patient).survey(1).before(Duration::from_secs(24 * 3600));
    let sms = Notice::sms(patient, 1).before(Duration::from_secs(3600));
    let reminder = Reminder::new(doctor, "Surgery", "Visit", visit, visit + TimeDelta::minutes(30))
        .notice(call.retries(2, Duration::from_secs(600)))
        .notice(sms);
    // After any failure, the same reminder goes on where it broke off, and makes nothing twice.
    let scheduled = newfies.schedule_reminder(reminder).await?;
    // A server that stopped in the middle of a call never ends it.
    let limit = (visit - Utc::now()).to_std().unwrap_or_default() + Duration::from_secs(3600);
    let finished = newfies.wait_for_result(scheduled.alarms[0]).with_timeout(limit).await?;
    match (finished.end, finished.result()) {
        (AlarmEnd::Succeeded, AlarmResult::Confirmed) => println!("the patient will come"),
        (AlarmEnd::Succeeded, AlarmResult::Cancelled) => println!("the patient won't come"),
        (AlarmEnd::Succeeded, AlarmResult::NoResult) => println!("somebody or a machine answered, and pressed nothing"),
        (AlarmEnd::Succeeded, pressed) => println!("the patient heard it: {pressed}"),
        (end, _) => println!("the patient wasn't reached: {end:?}"),
    }
    Ok(())
}
