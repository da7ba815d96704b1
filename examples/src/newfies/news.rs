use newfies_client::{Access, AlarmEnd, AlarmMethod, AlarmResult, Calendar, Created, Finished, Linked, Preflight};

/// Tells what is there before anything is scheduled, by numbers alone.
#[must_use]
pub fn preflight(preflight: &Preflight) -> String {
    let settings = match preflight.calendar_settings {
        Some(count) => counted(count, "calendar setting"),
        None => "calendar settings that may not be read".to_owned(),
    };
    format!(
        "has {}, {}, {} and {settings}",
        reach(&preflight.gateways, "gateway"),
        reach(&preflight.sms_gateways, "SMS gateway"),
        reach(&preflight.sealed_surveys, "sealed survey"),
    )
}

fn reach<T: Linked>(reach: &Access<T>, what: &str) -> String {
    match reach {
        Access::Readable(rows) => counted(rows.len() as u64, what),
        _ => format!("{what}s that may not be read"),
    }
}

/// Tells what a run made, in its order and by ids alone.
#[must_use]
pub fn made(made: &[Created]) -> String {
    let made: Vec<_> = made
        .iter()
        .map(|made| match made {
            Created::Setting(id) => format!("calendar setting {id}"),
            Created::User(id) => format!("calendar user {id}"),
            Created::Profile(user) => format!("the profile of calendar user {user}"),
            Created::Calendar(id) => format!("calendar {id}"),
            Created::Event(id) => format!("event {id}"),
            Created::Alarm(id) => format!("alarm {id}"),
            _ => "something else".to_owned(),
        })
        .collect();
    if made.is_empty() { "nothing, for all of it was there".to_owned() } else { made.join(", ") }
}

/// Tells which calendar it is and whose, without its name.
#[must_use]
pub fn calendar(calendar: &Calendar) -> String {
    let id = calendar.id();
    match calendar.user {
        Some(user) => format!("has calendar {id} of calendar user {}", user.id()),
        None => format!("has calendar {id} of nobody"),
    }
}

/// Tells how an alarm ended, without numbers and addresses. Keys that mean nothing here aren't told: they could be anything.
#[must_use]
pub fn ended(finished: &Finished) -> String {
    let attempts = finished.alarm.num_attempt.and_then(|count| u64::try_from(count).ok());
    let attempts = attempts.map(|count| format!(" after {}", counted(count, "attempt"))).unwrap_or_default();
    match (finished.end, finished.alarm.method) {
        (AlarmEnd::Succeeded, AlarmMethod::Call) => {
            format!("the call was answered{attempts}: {}", pressed(finished.result()))
        }
        (AlarmEnd::Succeeded, AlarmMethod::Sms) => "the SMS was handed over".to_owned(),
        (AlarmEnd::Succeeded, AlarmMethod::Email) => "the mail was handed over".to_owned(),
        (AlarmEnd::Succeeded, _) => "the person was notified".to_owned(),
        (AlarmEnd::Failed, _) => format!("nobody was reached{attempts}"),
        (AlarmEnd::Missed, _) => "its time is over, and it never went off".to_owned(),
        _ => "it ended in a way that isn't known".to_owned(),
    }
}

fn pressed(result: AlarmResult) -> &'static str {
    match result {
        AlarmResult::NoResult => "no key was pressed",
        AlarmResult::Confirmed => "key 1, confirmed",
        AlarmResult::Cancelled => "key 2, cancelled",
        AlarmResult::Rescheduled => "key 3, to be rescheduled",
        _ => "keys that mean nothing here",
    }
}

fn counted(count: u64, one: &str) -> String {
    match count {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_made_is_told_in_its_order() {
        let all = [
            Created::Setting(1.into()),
            Created::User(2.into()),
            Created::Profile(2.into()),
            Created::Calendar(3.into()),
        ];
        assert_eq!(made(&all), "calendar setting 1, calendar user 2, the profile of calendar user 2, calendar 3");
        assert_eq!(made(&[Created::Event(4.into()), Created::Alarm(5.into())]), "event 4, alarm 5");
        assert_eq!(made(&[]), "nothing, for all of it was there");
    }

    #[test]
    fn a_calendar_is_told_without_its_name() {
        let url = "http://127.0.0.1/rest-api/calendar/3/";
        for (user, told) in [
            (json!("http://127.0.0.1/rest-api/calendar-user/6/"), "has calendar 3 of calendar user 6"),
            (json!(null), "has calendar 3 of nobody"),
        ] {
            let shown = json!({"url": url, "name": "canary", "user": user, "max_concurrent": 0, "created_date": null});
            assert_eq!(calendar(&serde_json::from_value(shown).unwrap()), told);
        }
    }
}
