use serde_json::{Value, json};

/// Good answers with a mark in all that is somebody's: verb, path below the API, body.
pub(crate) fn answers() -> Vec<(&'static str, &'static str, Value)> {
    let text = "canary canary@example.com +12025550177";
    let at = "2013-12-16T11:19:29Z";
    let setting = json!({"url": "/rest-api/calendar-setting/7/", "user": text, "label": "surgery", "callerid": text,
        "caller_name": text, "survey": "/rest-api/sealed-survey/1/", "created_date": at});
    let user = json!({"url": "/rest-api/calendar-user/7/", "id": 7, "username": text, "password": text, "first_name": text,
        "last_name": text, "email": text, "calendar": {"name": text, "max_concurrent": 1}});
    let profile = json!({"manager": "canary-user", "id": 7, "user": 7, "address": text, "city": text, "state": text,
        "country": text, "zip_code": text, "phone_no": text, "fax": text, "company_name": text, "company_website": text,
        "language": text, "note": text, "accountcode": 707107, "calendar_setting": 7});
    let row = json!({"url": "/x/", "id": 7, "manager": text, "address": text, "phone_no": text, "accountcode": 707107});
    let calendar = json!({"url": "/rest-api/calendar/7/", "name": text, "user": "/rest-api/calendar-user/7/"});
    let event = json!({"url": "/rest-api/event/7/", "title": text, "description": text, "start": at, "end": at, "status": 1,
        "data": {"canary": text}});
    let child = json!({"url": "/rest-api/event/7/", "title": text, "description": text, "start": at, "end": at});
    let alarm = json!({"url": "/rest-api/alarm/7/", "alarm_phonenumber": text, "alarm_email": text, "method": 1, "status": 5,
        "event": "/rest-api/event/7/", "url_cancel": text, "url_confirm": text, "phonenumber_transfer": text,
        "phonenumber_sms_failure": text});
    let short = json!({"url": "/rest-api/alarm/7/", "title": text, "phonenumber": text, "status": "5"});
    let request = json!({"url": "/rest-api/alarm-request/7/", "date": at});
    let rule = json!({"url": "/rest-api/rule/7/", "name": "Daily", "frequency": "DAILY"});
    let named = json!({"url": "/rest-api/gateway/7/", "name": "gateway", "settings": {"canary": text}});
    let page =
        |row: &Value| json!({"count": 1, "next": "http://canary.example.com/", "previous": null, "results": [row]});
    let mut all = Vec::new();
    for (many, one, row, list) in [
        ("calendar-setting/", "calendar-setting/7/", &setting, page(&setting)),
        ("calendar-user/", "calendar-user/7/", &user, user.clone()),
        ("calendar-user-profile/", "calendar-user-profile/7/", &profile, row),
        ("calendar/", "calendar/7/", &calendar, page(&calendar)),
        ("event/", "event/7/", &event, page(&event)),
        ("alarm/", "alarm/7/", &alarm, page(&alarm)),
        ("alarm-request/", "alarm-request/7/", &request, page(&request)),
        ("rule/", "rule/7/", &rule, page(&rule)),
    ] {
        all.push(("GET", many, list));
        all.extend(
            [("POST", many), ("GET", one), ("PUT", one), ("PATCH", one)].map(|(verb, at)| (verb, at, row.clone())),
        );
    }
    all.push(("GET", "event/7/get_list_child/", child));
    all.push(("GET", "event/7/get_list_alarm/", short));
    all.push(("PATCH", "event/7/update_last_child_status/", json!({"status": "event status has been updated"})));
    let log = json!({"event-url": "/rest-api/event/7/", "event-7": {"alarm-7": {"url": "/rest-api/alarm/7/"}}});
    all.push(("GET", "alarm-request/7/get_nested_alarm_request/", log));
    all.push(("GET", "gateway/", page(&named)));
    let other = |collection: &str| {
        let mut row = named.clone();
        row["url"] = format!("/rest-api/{collection}/7/").into();
        page(&row)
    };
    all.push(("GET", "sms-gateway/", other("sms-gateway")));
    all.push(("GET", "sealed-survey/", other("sealed-survey")));
    all.push(("GET", "users/", page(&json!({"url": "/rest-api/users/7/", "username": text}))));
    all
}
