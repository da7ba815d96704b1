//! One row of each resource, as the server gives it.

use serde_json::{Value, json};

pub(crate) fn row(collection: &str) -> Value {
    match collection {
        "calendar-setting" => crate::mock_server::fixture("create-calendar-setting-response.json"),
        "calendar-user" => json!({"id": 6, "username": "caluser3", "password": "pbkdf2_sha256$1$0$0", "last_name": "",
            "first_name": "", "email": "", "calendar": {"name": "mynewcalendar", "max_concurrent": 1}}),
        "calendar-user-profile" => crate::mock_server::fixture("update-calendar-user-profile-response.json"),
        "calendar" => crate::mock_server::fixture("create-calendar-response.json"),
        "event" => crate::mock_server::fixture("create-event-response.json"),
        "alarm" => json!({
            "url": "http://localhost:8000/rest-api/alarm/23/", "alarm_phonenumber": "+12025550101", "alarm_email": null,
            "daily_start": "00:00:00", "daily_stop": "23:59:59", "advance_notice": 0, "maxretry": 2,
            "retry_delay": 300, "num_attempt": 1, "method": 1,
            "survey": "http://localhost:8000/rest-api/sealed-survey/1/", "mail_template": null, "sms_template": null,
            "event": "http://localhost:8000/rest-api/event/3/", "date_start_notice": "2013-12-16T11:19:29Z", "status": 5,
            "result": 4, "url_cancel": null, "url_confirm": "", "phonenumber_transfer": null,
            "phonenumber_sms_failure": "+12025550102", "created_date": "2013-12-16T11:19:29.994Z"
        }),
        "alarm-request" => json!({
            "url": "http://localhost:8000/rest-api/alarm-request/48/",
            "alarm": "http://localhost:8000/rest-api/alarm/23/", "date": "2013-12-18T17:19:23.368Z", "status": 4,
            "callstatus": 0, "duration": 13, "callrequest": "http://localhost:8000/rest-api/callrequest/15731/",
            "created_date": "2013-12-18T17:19:23.368Z"
        }),
        "rule" => json!({"url": "http://localhost:8000/rest-api/rule/2/", "name": "Weekly (Monday-Friday) R-10",
            "description": "", "frequency": "WEEKLY", "params": "count:10;byweekday:0,1,2,3,4"}),
        other => panic!("{other}"),
    }
}

/// What a list has of each row.
pub(crate) fn listed(collection: &str) -> Value {
    match collection {
        "calendar-user" => {
            let mut user = row(collection);
            user["url"] = "http://localhost:8000/rest-api/calendar-user/6/".into();
            user
        }
        "calendar-user-profile" => json!({
            "url": "http://localhost:8000/rest-api/calendar-user-profile/4/", "id": 4, "accountcode": 35365532,
            "calendar_setting": "http://localhost:8000/rest-api/calendar-setting/3/", "manager": "manager",
            "address": null, "city": null, "state": null, "zip_code": null, "phone_no": null, "fax": null,
            "company_name": null, "company_website": null
        }),
        other => row(other),
    }
}

/// A page as the server gives it.
pub(crate) fn page(rows: &[Value], count: usize) -> Value {
    json!({"count": count, "next": null, "previous": null, "results": rows})
}

/// What the list of an event's alarms has of each.
pub(crate) fn alarm_of_event() -> Value {
    json!({
        "url": "http://localhost:8000/rest-api/alarm/23/", "title": "23 - method:CALL - EventTitle: 2013-12-16",
        "phonenumber": "+12025550101", "daily_start": "00:00:00", "daily_stop": "23:59:59", "advance_notice": "0",
        "maxretry": "2", "retry_delay": "300", "num_attempt": "1", "method": "1", "status": "5", "result": "None",
        "created_date": "2013-12-16 17:20:27.849068+00:00"
    })
}
