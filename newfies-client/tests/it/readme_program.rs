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
    for missing in newfies.preflight().await?.missing() {
        eprintln!("missing: {missing}");
    }
    // From your own records, the same in each run: the start identifies the visit.
    let visit = VISIT.parse()?;
    remind(&newfies, 6.into(), "+12025550101", visit).await
}

/// Calls a patient the day before a visit, sends an SMS an hour before, and prints the answer.
async fn remind(
    newfies: &Newfies,
    doctor: CalendarUserId,
    patient: &str,
    visit: DateTime<Utc>,
) -> Result<(), Box<dyn std::error::Error>> {
    let call = Notice::call(patient).survey(1).before(Duration::from_secs(24 * 3600));
    let sms = Notice::sms(patient, 1).before(Duration::from_secs(3600));
    let end = visit + TimeDelta::minutes(30);
    let reminder = Reminder::new(doctor, "Surgery", "Visit", visit, end)
        .notice(call.retries(2, Duration::from_secs(600)))
        .notice(sms);
    // After any failure, run it again: it completes the first run and creates no duplicates.
    let scheduled = newfies.schedule_reminder(reminder).await?;
    // A call stays in process for good if the server is stopped during it.
    let limit = (visit - Utc::now()).to_std().unwrap_or_default() + Duration::from_secs(3600);
    let finished = newfies.wait_for_result(scheduled.alarms[0]).with_timeout(limit).await?;
    match (finished.end, finished.result()) {
        (AlarmEnd::Succeeded, AlarmResult::Confirmed) => println!("confirmed"),
        (AlarmEnd::Succeeded, AlarmResult::Cancelled) => println!("cancelled"),
        (AlarmEnd::Succeeded, AlarmResult::NoResult) => println!("answered, no key pressed"),
        (AlarmEnd::Succeeded, pressed) => println!("answered: {pressed}"),
        (end, _) => println!("not reached: {end:?}"),
    }
    Ok(())
}
