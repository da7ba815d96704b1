//! Descriptions of reminders, calendars and results without personal data.

use newfies_client::{Access, AlarmEnd, AlarmMethod, AlarmResult, Calendar, Created, Finished, Linked, Preflight};

/// Describes the server's resources before anything is scheduled, by counts only.
#[must_use]
pub fn describe_preflight(preflight: &Preflight) -> String {
    let settings = match preflight.calendar_settings {
        Some(count) => count_of(count, "calendar setting"),
        None => "unreadable calendar settings".to_owned(),
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
        Access::Readable(rows) => count_of(rows.len() as u64, what),
        _ => format!("unreadable {what}s"),
    }
}

/// Lists what a run created, in order, by ids only.
#[must_use]
pub fn describe_created(made: &[Created]) -> String {
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
    if made.is_empty() { "nothing, because everything existed".to_owned() } else { made.join(", ") }
}

/// Describes a calendar and its owner without names.
#[must_use]
pub fn describe_calendar(calendar: &Calendar) -> String {
    let id = calendar.id();
    match calendar.user {
        Some(user) => format!("has calendar {id} of calendar user {}", user.id()),
        None => format!("has calendar {id} of nobody"),
    }
}

/// Describes how an alarm ended, without phone numbers and addresses. Unknown keys aren't printed: they could be
/// anything.
#[must_use]
pub fn describe_result(finished: &Finished) -> String {
    let attempts = finished.alarm.num_attempt.and_then(|count| u64::try_from(count).ok());
    let attempts = attempts.map(|count| format!(" after {}", count_of(count, "attempt"))).unwrap_or_default();
    match (finished.end, finished.alarm.method) {
        (AlarmEnd::Succeeded, AlarmMethod::Call) => {
            format!("the call was answered{attempts}: {}", pressed(finished.result()))
        }
        (AlarmEnd::Succeeded, AlarmMethod::Sms) => "the SMS was sent".to_owned(),
        (AlarmEnd::Succeeded, AlarmMethod::Email) => "the mail was sent".to_owned(),
        (AlarmEnd::Succeeded, _) => "the person was notified".to_owned(),
        (AlarmEnd::Failed, _) => format!("nobody was reached{attempts}"),
        (AlarmEnd::Missed, _) => "its time has passed without an attempt".to_owned(),
        _ => "it ended in an unknown way".to_owned(),
    }
}

fn pressed(result: AlarmResult) -> &'static str {
    match result {
        AlarmResult::NoResult => "no key was pressed",
        AlarmResult::Confirmed => "key 1, confirmed",
        AlarmResult::Cancelled => "key 2, cancelled",
        AlarmResult::Rescheduled => "key 3, to be rescheduled",
        _ => "unknown keys",
    }
}

fn count_of(count: u64, one: &str) -> String {
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
        assert_eq!(
            describe_created(&all),
            "calendar setting 1, calendar user 2, the profile of calendar user 2, calendar 3"
        );
        assert_eq!(describe_created(&[Created::Event(4.into()), Created::Alarm(5.into())]), "event 4, alarm 5");
        assert_eq!(describe_created(&[]), "nothing, because everything existed");
    }

    #[test]
    fn a_calendar_is_described_without_its_name() {
        let url = "http://127.0.0.1/rest-api/calendar/3/";
        for (user, expected) in [
            (json!("http://127.0.0.1/rest-api/calendar-user/6/"), "has calendar 3 of calendar user 6"),
            (json!(null), "has calendar 3 of nobody"),
        ] {
            let shown = json!({"url": url, "name": "canary", "user": user, "max_concurrent": 0, "created_date": null});
            assert_eq!(describe_calendar(&serde_json::from_value(shown).unwrap()), expected);
        }
    }
}
