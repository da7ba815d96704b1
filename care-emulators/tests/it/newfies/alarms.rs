//! Events occur, alarms go off and people are called, by the clock and by the controller.

use crate::support::newfies::{calendar, event, link, make, read, send, setting, with};
use care_emulators::newfies::{
    ControlError, Emulator, EmulatorBuilder, Event, Frequency, Generation, MessageKind, NewRule,
};
use chrono::{DateTime, FixedOffset, Timelike, Utc};
use serde_json::{Value, json};
use std::time::Duration;

const PHONE: &str = "+12025550101";

/// An emulator whose clock is frozen at a full minute.
async fn start(builder: EmulatorBuilder) -> (Emulator, (u64, u64)) {
    let emulator = builder.generation(Generation::G1).start().await.unwrap();
    emulator.clock().freeze();
    let now = emulator.clock().now();
    let rest = Duration::from_secs(60) - Duration::new(now.second().into(), now.nanosecond());
    emulator.clock().advance(rest);
    let whose = calendar(&emulator, "jo").await;
    (emulator, whose)
}

async fn begin() -> (Emulator, (u64, u64)) {
    start(Emulator::builder()).await
}

/// The time in some seconds, as a client sends it.
fn after(emulator: &Emulator, seconds: i64) -> String {
    (emulator.clock().now() + chrono::TimeDelta::seconds(seconds)).to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

fn pass(emulator: &Emulator, seconds: u64) {
    emulator.clock().advance(Duration::from_secs(seconds));
}

/// Creates an event that starts in some seconds and lasts half an hour.
async fn make_event(emulator: &Emulator, whose: (u64, u64), seconds: i64, more: Value) -> u64 {
    let times = json!({ "start": after(emulator, seconds), "end": after(emulator, seconds + 1800) });
    make(emulator, "event", &with(with(event(whose), times), more)).await
}

/// Creates an alarm that calls in some seconds.
async fn make_alarm(emulator: &Emulator, event: u64, seconds: i64, more: Value) -> u64 {
    let called = json!({
        "event": link("event", event),
        "survey": link("sealed-survey", 1),
        "alarm_phonenumber": PHONE,
        "date_start_notice": after(emulator, seconds),
    });
    make(emulator, "alarm", &with(called, more)).await
}

/// Status, result and attempts of an alarm, as the API shows them.
async fn shown(emulator: &Emulator, alarm: u64) -> (u64, Option<u64>, u64) {
    let alarm = read(emulator, &format!("/alarm/{alarm}/")).await;
    (alarm["status"].as_u64().unwrap(), alarm["result"].as_u64(), alarm["num_attempt"].as_u64().unwrap())
}

#[tokio::test]
async fn a_call_succeeds_and_is_confirmed_by_a_key() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let event = make_event(&emulator, whose, 86_400, json!({})).await;
    let alarm = make_alarm(&emulator, event, 600, json!({})).await;
    pass(&emulator, 299);
    assert_eq!(shown(&emulator, alarm).await, (1, Some(0), 0));
    // It is scheduled five minutes ahead.
    pass(&emulator, 1);
    assert_eq!(shown(&emulator, alarm).await, (2, Some(0), 0));
    pass(&emulator, 299);
    assert_eq!(controller.alarm_requests(), []);
    assert_eq!(controller.confirm(alarm), Err(ControlError::NoCall { alarm }));
    pass(&emulator, 1);
    assert_eq!(shown(&emulator, alarm).await, (2, Some(0), 1));
    let request = read(&emulator, "/alarm-request/1/").await;
    assert_eq!(
        (&request["status"], &request["callrequest"]),
        (&json!(2), &json!("http://emulator/rest-api/callrequest/1/"))
    );
    let call = read(&emulator, "/callrequest/1/").await;
    assert_eq!(
        (&call["phone_number"], &call["callerid"], &call["timeout"]),
        (&json!(PHONE), &json!("12025550100"), &json!(60))
    );
    assert_eq!((&call["status"], &call["user"], &call["alarm_request_id"]), (&json!(7), &json!("manager"), &json!(1)));
    controller.confirm(alarm).unwrap();
    assert_eq!(shown(&emulator, alarm).await, (5, Some(1), 1));
    let request = read(&emulator, "/alarm-request/1/").await;
    assert_eq!((&request["status"], &request["duration"], &request["callstatus"]), (&json!(5), &json!(12), &json!(0)));
    let call = controller.call_request(1).unwrap();
    assert_eq!((call.status, call.hangup_cause), (4, "NORMAL_CLEARING"));
    assert_eq!(controller.confirm(alarm), Err(ControlError::NoCall { alarm }));
    pass(&emulator, 86_000);
    assert_eq!(controller.alarm_requests().len(), 1, "it is over");
}

#[tokio::test]
async fn every_pressed_number_is_a_result_and_some_block_later_writes() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let event = make_event(&emulator, whose, 86_400, json!({})).await;
    type Press = fn(&care_emulators::newfies::Controller, u64) -> Result<(), ControlError>;
    let presses: [(Press, u64); 5] = [
        (|controller, alarm| controller.cancel(alarm), 2),
        (|controller, alarm| controller.reschedule(alarm), 3),
        (|controller, alarm| controller.press(alarm, "4"), 4),
        (|controller, alarm| controller.press(alarm, "0123"), 123),
        (|controller, alarm| controller.answer_for(alarm, 5), 0),
    ];
    for (press, result) in presses {
        let alarm = make_alarm(&emulator, event, 0, json!({})).await;
        controller.ring(alarm).unwrap();
        press(&controller, alarm).unwrap();
        assert_eq!(shown(&emulator, alarm).await, (5, Some(result), 1));
        let (status, errors) = send(&emulator, "PATCH", &format!("/alarm/{alarm}/"), &json!({ "maxretry": 1 })).await;
        if result > 3 {
            let message = format!("Value {result} is not a valid choice.");
            assert_eq!((status, errors), (400, json!({ "result": [message] })));
            let both = json!({ "maxretry": 1, "result": 0 });
            assert_eq!(send(&emulator, "PATCH", &format!("/alarm/{alarm}/"), &both).await.0, 200);
        } else {
            assert_eq!(status, 200);
        }
    }
    let alarm = make_alarm(&emulator, event, 0, json!({})).await;
    controller.ring(alarm).unwrap();
    for wrong in ["", "#", "-1", "1234567890123456789"] {
        assert_eq!(controller.press(alarm, wrong), Err(ControlError::InvalidDigits), "{wrong}");
    }
    assert_eq!(controller.ring(99), Err(ControlError::UnknownRow { resource: "alarm", id: 99 }));
}

#[tokio::test]
async fn a_failed_call_is_tried_again_after_its_delay_until_there_are_no_tries_left() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let data = json!({ "data": { "sms_failure": "#alarm_phonenumber# failed #num_attempt# times" } });
    let event = make_event(&emulator, whose, 86_400, data).await;
    let retries = json!({ "maxretry": 2, "retry_delay": 90, "phonenumber_sms_failure": "+12025550102" });
    let alarm = make_alarm(&emulator, event, 0, retries).await;
    pass(&emulator, 6);
    controller.busy(alarm).unwrap();
    assert_eq!(shown(&emulator, alarm).await, (2, Some(0), 1), "it waits");
    pass(&emulator, 89);
    assert_eq!(controller.alarm_requests().len(), 1);
    pass(&emulator, 7);
    assert_eq!(shown(&emulator, alarm).await, (2, Some(0), 2));
    controller.no_answer(alarm).unwrap();
    pass(&emulator, 96);
    assert_eq!(controller.messages(), []);
    controller.fail(alarm).unwrap();
    assert_eq!(shown(&emulator, alarm).await, (3, Some(0), 3));
    let tries: Vec<_> = controller.alarm_requests().iter().map(|request| (request.status, request.duration)).collect();
    assert_eq!(tries, [(Some(4), Some(0)), (Some(4), Some(0)), (Some(3), Some(0))]);
    let causes: Vec<_> = controller.call_requests().iter().map(|call| (call.status, call.hangup_cause)).collect();
    assert_eq!(causes, [(2, "USER_BUSY"), (2, "NO_ANSWER"), (2, "NORMAL_TEMPORARY_FAILURE")]);
    let message = &controller.messages()[0];
    assert_eq!((message.kind, message.to.as_str()), (MessageKind::Sms, "+12025550102"));
    assert_eq!(message.text, format!("{PHONE} failed 3 times"));
    pass(&emulator, 86_000);
    assert_eq!(controller.alarm_requests().len(), 3);
}

#[tokio::test]
async fn a_call_without_a_survey_fails_and_sends_no_message() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let event = make_event(&emulator, whose, 86_400, json!({})).await;
    let none = json!({ "survey": null, "phonenumber_sms_failure": "+12025550102" });
    let alarm = make_alarm(&emulator, event, 0, none).await;
    pass(&emulator, 6);
    controller.answer(alarm).unwrap();
    assert_eq!((shown(&emulator, alarm).await.0, controller.messages().len()), (3, 0));
    assert_eq!(controller.call_requests()[0].survey, 1, "the call itself has the setting's");
}

#[tokio::test]
async fn an_answering_machine_fails_a_call_only_if_the_message_is_for_humans() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let event = make_event(&emulator, whose, 86_400, json!({})).await;
    for (voicemail, behavior, status) in [(false, 2, 5), (true, 1, 5), (true, 3, 5), (true, 2, 3)] {
        let setting = json!({ "voicemail": voicemail, "amd_behavior": behavior });
        assert_eq!(send(&emulator, "PATCH", "/calendar-setting/1/", &setting).await.0, 200);
        let alarm = make_alarm(&emulator, event, 0, json!({})).await;
        controller.ring(alarm).unwrap();
        controller.machine(alarm).unwrap();
        assert_eq!(shown(&emulator, alarm).await.0, status, "{setting}");
    }
}

#[tokio::test]
async fn an_alarm_more_than_an_hour_late_never_goes_off() {
    let (emulator, whose) = begin().await;
    let event = make_event(&emulator, whose, 86_400, json!({})).await;
    let late = make_alarm(&emulator, event, -3601, json!({})).await;
    let just = make_alarm(&emulator, event, -3590, json!({})).await;
    pass(&emulator, 12);
    assert_eq!((shown(&emulator, late).await.0, shown(&emulator, just).await.0), (1, 2));
    pass(&emulator, 100_000);
    assert_eq!(shown(&emulator, late).await.0, 1);
}

#[tokio::test]
async fn messages_and_mails_succeed_when_they_are_sent() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let (mail, sms) = (controller.add_mail_template("Mail", "Hello"), controller.add_sms_template("Text", "Hi"));
    let event = make_event(&emulator, whose, 86_400, json!({})).await;
    let sms = json!({ "method": 2, "sms_template": link("sms-template", sms) });
    let mail = json!({ "method": 3, "alarm_email": "jo@example.com", "mail_template": link("mail-template", mail) });
    let [sent, mailed] = [make_alarm(&emulator, event, 0, sms).await, make_alarm(&emulator, event, 0, mail).await];
    let [stuck, spooled] = [2, 3].map(|method| json!({ "method": method }));
    let [stuck, spooled] =
        [make_alarm(&emulator, event, 0, stuck).await, make_alarm(&emulator, event, 0, spooled).await];
    pass(&emulator, 6);
    for (alarm, status) in [(sent, 5), (mailed, 5), (stuck, 2), (spooled, 5)] {
        assert_eq!(shown(&emulator, alarm).await.0, status, "{alarm}");
    }
    let messages = controller.messages();
    let seen: Vec<_> =
        messages.iter().map(|message| (message.kind, message.to.as_str(), message.text.as_str())).collect();
    assert_eq!(seen, [(MessageKind::Sms, PHONE, "Hi"), (MessageKind::Mail, "jo@example.com", "Hello")]);
    assert!(!format!("{messages:?}").contains("jo@"), "{messages:?}");
    assert_eq!(controller.alarm_requests(), []);
    // Without a gateway in the setting no message is sent.
    assert_eq!(send(&emulator, "DELETE", "/calendar-setting/1/", &json!({})).await.0, 204);
    controller.ring(sent).unwrap();
    assert_eq!((shown_row(&emulator, sent), controller.messages().len()), (2, 2));
}

fn shown_row(emulator: &Emulator, alarm: u64) -> i64 {
    emulator.controller().alarm(alarm).unwrap().status
}

#[tokio::test]
async fn an_event_with_a_rule_has_one_pending_child_at_a_time() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let daily =
        json!({ "rule": link("rule", 6), "data": { "name": "Jo" }, "end_recurring_period": after(&emulator, 1) });
    let root = make_event(&emulator, whose, 30, daily).await;
    let early = make_alarm(&emulator, root, -4000, json!({ "num_attempt": 1, "result": 2 })).await;
    let begun = controller.event(root).unwrap();
    pass(&emulator, 59);
    assert_eq!(controller.events().len(), 1);
    pass(&emulator, 1);
    let day = chrono::TimeDelta::days(1);
    let child = controller.events().pop().unwrap();
    let expected = |event: &Event| (event.start, event.end, event.parent_event, event.occ_count, event.status);
    assert_eq!(expected(&child), (begun.start + day, begun.end + day, Some(root), Some(1), Some(1)));
    assert_eq!(
        (child.created_on, child.title, child.data),
        (emulator.clock().now(), begun.title.clone(), json!({ "name": "Jo" }))
    );
    assert_eq!(controller.event(root).unwrap().status, Some(2));
    let copy = controller.alarms().pop().unwrap();
    assert_ne!(copy.id, early);
    assert_eq!((copy.event, copy.date_start_notice), (child.id, child.start), "at the start, whatever it was before");
    assert_eq!((copy.status, copy.result, copy.num_attempt), (1, Some(0), Some(1)), "attempts are inherited");
    pass(&emulator, 3 * 86_400);
    let events = controller.events();
    let series: Vec<_> = events.iter().map(|event| (event.parent_event, event.occ_count, event.status)).collect();
    let root = Some(root);
    let completed = |n| (root, Some(n), Some(2));
    assert_eq!(series, [(None, Some(0), Some(2)), completed(1), completed(2), completed(3), (root, Some(4), Some(1))]);
}

#[tokio::test]
async fn a_jump_of_the_clock_does_what_small_steps_do() {
    let mut worlds = Vec::new();
    for steps in [1, 480] {
        let (emulator, whose) = begin().await;
        let root = make_event(&emulator, whose, 30, json!({ "rule": link("rule", 6) })).await;
        make_alarm(&emulator, root, 30, json!({})).await;
        let controller = emulator.controller();
        let began = emulator.clock().now();
        for _ in 0..steps {
            pass(&emulator, 2 * 86_400 / steps);
            assert!(!controller.events().is_empty());
        }
        let events: Vec<_> =
            controller.events().iter().map(|row| (row.start - began, row.created_on - began, row.status)).collect();
        let alarms: Vec<_> =
            controller.alarms().iter().map(|row| (row.event, row.created_date - began, row.status)).collect();
        let tries: Vec<_> = controller.alarm_requests().iter().map(|row| (row.alarm, row.date - began)).collect();
        worlds.push((events, alarms, tries));
    }
    assert_eq!(worlds[0], worlds[1]);
    assert_eq!((worlds[0].0.len(), worlds[0].2.len()), (3, 2));
}

#[tokio::test]
async fn rules_count_and_restrict() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let twice = controller.add_rule(NewRule::new("Twice", Frequency::Hourly).params("count:2")).unwrap();
    assert_eq!(
        controller.add_rule(NewRule::new("Easter", Frequency::Yearly).params("byeaster:0")),
        Err(ControlError::BadRule)
    );
    assert_eq!(read(&emulator, &format!("/rule/{twice}/")).await["frequency"], "HOURLY");
    make_event(&emulator, whose, 0, json!({ "rule": link("rule", twice) })).await;
    make_event(&emulator, whose, 0, json!({})).await;
    pass(&emulator, 4 * 3600);
    // The count starts again with each child, so the series never ends.
    let events = controller.events();
    assert_eq!(events.iter().filter(|event| event.rule == Some(twice)).count(), 6);
    assert_eq!(events.iter().filter(|event| event.rule.is_none()).count(), 1);
    assert_eq!(events[1].status, Some(2), "an event without a rule is completed too");
}

#[tokio::test]
async fn an_event_more_than_twelve_hours_old_never_occurs() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let old = make_event(&emulator, whose, -12 * 3600 - 1, json!({ "rule": link("rule", 6) })).await;
    let just = make_event(&emulator, whose, -12 * 3600 + 60, json!({ "rule": link("rule", 6) })).await;
    pass(&emulator, 60);
    let status = |id| controller.event(id).unwrap().status;
    assert_eq!((status(old), status(just), controller.events().len()), (Some(1), Some(2), 3));
}

#[tokio::test]
async fn a_paused_child_ends_the_series_and_its_alarms_go_off_all_the_same() {
    for (builder, rings) in [(Emulator::builder(), 1), (Emulator::builder().documented_alarm_rules(), 0)] {
        let (emulator, whose) = start(builder).await;
        let controller = emulator.controller();
        let root = make_event(&emulator, whose, 0, json!({ "rule": link("rule", 6) })).await;
        let alarm = make_alarm(&emulator, root, 86_400, json!({})).await;
        pass(&emulator, 60);
        assert_eq!(send(&emulator, "DELETE", &format!("/alarm/{alarm}/"), &json!({})).await.0, 204);
        let pause = json!({ "status": "3" });
        let path = format!("/event/{root}/update_last_child_status/");
        assert_eq!(send(&emulator, "PATCH", &path, &pause).await.0, 200);
        pass(&emulator, 3 * 86_400);
        assert_eq!((controller.events().len(), controller.alarm_requests().len()), (2, rings));
        // Too late to occur.
        assert_eq!(send(&emulator, "PATCH", &path, &json!({ "status": 1 })).await.0, 200);
        pass(&emulator, 86_400);
        assert_eq!(controller.events().len(), 2);
    }
}

#[tokio::test]
async fn a_resumed_child_occurs_within_twelve_hours() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let root = make_event(&emulator, whose, 0, json!({ "rule": link("rule", 6) })).await;
    pass(&emulator, 60);
    let path = format!("/event/{root}/update_last_child_status/");
    send(&emulator, "PATCH", &path, &json!({ "status": 3 })).await;
    pass(&emulator, 86_400 + 11 * 3600);
    assert_eq!(controller.events().len(), 2);
    send(&emulator, "PATCH", &path, &json!({ "status": 1 })).await;
    pass(&emulator, 60);
    assert_eq!(controller.events().len(), 3);
}

#[tokio::test]
async fn an_option_applies_the_documented_notice_and_daily_hours() {
    // Two hours ahead of UTC, to show that the hours are in the zone.
    let zone = FixedOffset::east_opt(7200).unwrap();
    let hours = |now: DateTime<Utc>, from: i64, to: i64| {
        let at = |hours| (now + chrono::TimeDelta::hours(hours)).with_timezone(&zone).format("%H:%M:%S").to_string();
        json!({ "daily_start": at(from), "daily_stop": at(to) })
    };
    for by_the_book in [false, true] {
        let builder = Emulator::builder().time_zone(zone);
        let (emulator, whose) = start(if by_the_book { builder.documented_alarm_rules() } else { builder }).await;
        let controller = emulator.controller();
        let now = emulator.clock().now();
        let event = make_event(&emulator, whose, 86_400, json!({})).await;
        let noticed = make_alarm(&emulator, event, 7200, json!({ "advance_notice": 3600 })).await;
        let waiting = make_alarm(&emulator, event, 3600, hours(now, 3, 5)).await;
        let tomorrow = make_alarm(&emulator, event, 3600, hours(now, -3, -1)).await;
        let allowed = make_alarm(&emulator, event, 3600, hours(now, 0, 2)).await;
        let mut rung = Vec::new();
        for hour in 1..=22 {
            pass(&emulator, 3600);
            for alarm in [noticed, waiting, tomorrow, allowed] {
                if controller.alarm(alarm).unwrap().num_attempt == Some(1)
                    && !rung.iter().any(|(known, _)| *known == alarm)
                {
                    rung.push((alarm, hour));
                }
            }
        }
        let expected = if by_the_book {
            vec![(noticed, 1), (allowed, 1), (waiting, 3), (tomorrow, 21)]
        } else {
            vec![(waiting, 1), (tomorrow, 1), (allowed, 1), (noticed, 2)]
        };
        assert_eq!(rung, expected, "{by_the_book}");
    }
}

#[tokio::test]
async fn daily_hours_may_span_midnight() {
    let (emulator, whose) = start(Emulator::builder().documented_alarm_rules()).await;
    let controller = emulator.controller();
    let hour = emulator.clock().now().hour();
    let minute = emulator.clock().now().minute();
    pass(&emulator, u64::from((24 + 12 - hour) % 24 * 3600 + 3600 - minute * 60));
    assert_eq!(emulator.clock().now().hour(), 13);
    let event = make_event(&emulator, whose, 86_400 * 3, json!({})).await;
    let night = json!({ "daily_start": "22:00", "daily_stop": "06:00" });
    // At 23, at 3 and at 15 o'clock; the last one waits until 22.
    let mut alarms = Vec::new();
    for hours in [10, 14, 2] {
        alarms.push(make_alarm(&emulator, event, hours * 3600, night.clone()).await);
    }
    let mut rung = Vec::new();
    for hours in 1..=15 {
        pass(&emulator, 3600);
        let new = controller.alarm_requests().len() - rung.len();
        rung.extend(vec![hours; new]);
    }
    assert_eq!(rung, [9, 10, 14]);
    assert!(alarms.iter().all(|alarm| controller.alarm(*alarm).unwrap().num_attempt == Some(1)));
}

#[tokio::test]
async fn the_controller_dispatches_due_work_at_once() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    emulator.clock().advance(Duration::from_millis(500));
    let event = make_event(&emulator, whose, 0, json!({ "rule": link("rule", 6) })).await;
    let alarm = make_alarm(&emulator, event, 0, json!({})).await;
    let later = make_alarm(&emulator, event, 60, json!({})).await;
    assert_eq!((shown(&emulator, alarm).await.0, controller.event(event).unwrap().status), (1, Some(1)));
    controller.dispatch_due();
    assert_eq!((shown(&emulator, alarm).await, controller.event(event).unwrap().status), ((2, Some(0), 1), Some(2)));
    assert_eq!(shown(&emulator, later).await, (2, Some(0), 0), "it was taken up, and its time hasn't come");
}

#[tokio::test]
async fn created_tries_are_dialled_unless_they_have_no_alarm() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let event = make_event(&emulator, whose, 86_400, json!({})).await;
    let alarm = make_alarm(&emulator, event, 86_400, json!({})).await;
    let dated = |alarm: Value| json!({ "alarm": alarm, "date": after(&emulator, 0) });
    let [mine, nobody_s] = [
        make(&emulator, "alarm-request", &dated(json!(link("alarm", alarm)))).await,
        make(&emulator, "alarm-request", &dated(Value::Null)).await,
    ];
    // One that is too late isn't dialled.
    let late = json!({ "alarm": link("alarm", alarm), "date": after(&emulator, -3601) });
    let late = make(&emulator, "alarm-request", &late).await;
    let own = json!({ "callrequest": link("callrequest", 1) });
    pass(&emulator, 6);
    let status = |id| controller.alarm_request(id).unwrap().status;
    assert_eq!((status(mine), status(nobody_s), status(late)), (Some(2), Some(1), Some(1)));
    assert_eq!(read(&emulator, "/alarm-request/").await["count"], 3, "a superuser sees nobody's too");
    let (code, errors) = send(&emulator, "PATCH", &format!("/alarm-request/{mine}/"), &own).await;
    assert_eq!((code, errors), (400, json!({ "callrequest": ["Invalid hyperlink - object does not exist."] })));
    emulator.controller().set_superuser("manager", false).unwrap();
    controller.grant("manager", "delete_alarmrequest").unwrap();
    assert_eq!(send(&emulator, "DELETE", &format!("/alarm-request/{nobody_s}/"), &json!({})).await.0, 404);
    assert_eq!(send(&emulator, "DELETE", &format!("/alarm-request/{mine}/"), &json!({})).await.0, 204);
}

#[tokio::test]
async fn a_rung_or_removed_alarm_does_not_go_off_again() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let event = make_event(&emulator, whose, 86_400, json!({})).await;
    let alarm = make_alarm(&emulator, event, 60, json!({})).await;
    let gone = make_alarm(&emulator, event, 60, json!({})).await;
    pass(&emulator, 6);
    assert_eq!(shown(&emulator, alarm).await.0, 2, "it was taken up");
    controller.ring(alarm).unwrap();
    let later = json!({ "event": link("event", event), "date_start_notice": after(&emulator, 3600) });
    assert_eq!(send(&emulator, "DELETE", &format!("/alarm/{gone}/"), &json!({})).await.0, 204);
    assert_eq!(send(&emulator, "PUT", &format!("/alarm/{gone}/"), &later).await.0, 201);
    pass(&emulator, 120);
    assert_eq!(controller.alarm_requests().len(), 1);
    assert_eq!(shown(&emulator, gone).await.0, 1);
    // Of two calls in progress the last one ends first.
    controller.ring(alarm).unwrap();
    controller.confirm(alarm).unwrap();
    let statuses: Vec<_> = controller.alarm_requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [Some(2), Some(5)]);
}

#[tokio::test]
async fn without_a_profile_no_call_is_dialled() {
    let (emulator, whose) = begin().await;
    let controller = emulator.controller();
    let event = make_event(&emulator, whose, 86_400, json!({})).await;
    let alarm = make_alarm(&emulator, event, 0, json!({})).await;
    assert_eq!(send(&emulator, "DELETE", "/calendar-setting/1/", &json!({})).await.0, 204);
    pass(&emulator, 600);
    assert_eq!((shown_row(&emulator, alarm), controller.alarm_requests()[0].status), (2, Some(1)));
    make(&emulator, "calendar-setting", &setting()).await;
    assert_eq!(controller.call_requests(), []);
}
