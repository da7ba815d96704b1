//! Series: reading, pausing, resuming, cancelling and summing up recurring events.

use crate::support::*;
use chrono::{TimeDelta, Utc};
use newfies_client::*;

/// A daily wake-up call that begins in ten minutes, with an alarm a minute before.
async fn daily(scene: &Scene) -> Scheduled {
    let start = Utc::now() + TimeDelta::minutes(10);
    let daily = scene.newfies.rule_named("daily").await.unwrap().unwrap();
    let reminder = Reminder::new(new_user(), "Mornings", "Wake up", start, start + TimeDelta::minutes(5));
    let reminder = reminder.setting(new_setting()).rule(daily.id()).notice(Notice::call(PATIENT).before(secs(60)));
    scene.newfies.schedule_reminder(reminder).await.unwrap()
}

/// Lets a whole day pass on the server.
fn a_day_passes(scene: &Scene) {
    scene.emulator.clock().advance(hours(24));
    scene.controller.dispatch_due();
}

#[tokio::test(start_paused = true)]
async fn a_rule_is_found_by_its_name() {
    let scene = scene().await;
    assert_eq!(scene.newfies.rule_named("DAILY").await.unwrap().unwrap().frequency, Frequency::Daily);
    assert_eq!(scene.newfies.rule_named("Hourly").await.unwrap(), None);
}

#[tokio::test(start_paused = true)]
async fn a_series_has_a_root_and_children_whose_alarms_go_off_at_their_start() {
    let scene = scene().await;
    let root = daily(&scene).await.event;
    let series = scene.newfies.series(root).await.unwrap();
    assert_eq!((series.children.len(), series.last.id(), series.continues()), (0, root, true));
    for day in 1..=3 {
        a_day_passes(&scene);
        let series = scene.newfies.series(root).await.unwrap();
        assert_eq!((series.children.len(), series.continues()), (day, true));
        assert_eq!(series.last.id(), series.children[day - 1].id());
        assert_eq!(series.last.parent_event, Some(Link::to(root)), "all name the root");
        let alarms = scene.controller.alarms();
        let copy = alarms.iter().rfind(|alarm| alarm.event == series.last.id().get()).unwrap();
        assert!(ServerTime::At(copy.date_start_notice).is_same(series.last.start));
    }
    // A child has no series of its own.
    let child = scene.newfies.series(root).await.unwrap().children[0].id();
    let error = scene.newfies.series(child).await.unwrap_err();
    assert_eq!(WorkflowFailure::of(&error), Some(&WorkflowFailure::NotTheRoot { root }));
}

#[tokio::test(start_paused = true)]
async fn a_reminder_does_not_reuse_an_occurrence_of_another_series() {
    let scene = scene().await;
    let root = daily(&scene).await.event;
    a_day_passes(&scene);
    let child = scene.newfies.series(root).await.unwrap().children.remove(0);
    let start = child.start.instant().unwrap();
    let same = Reminder::new(new_user(), "Mornings", "Wake up", start, start + TimeDelta::minutes(5));
    let done =
        scene.newfies.schedule_reminder(same.setting(new_setting()).notice(Notice::call(PATIENT))).await.unwrap();
    assert!(done.event != child.id() && done.created.contains(&Created::Event(done.event)));
}

#[tokio::test(start_paused = true)]
async fn one_visit_is_called_off_and_the_others_are_not() {
    // NEWF-57
    let scene = scene().await;
    let root = daily(&scene).await.event;
    let rang = |event: EventId| {
        let alarms = scene.controller.alarms();
        let of_event: Vec<_> = alarms.iter().filter(|alarm| alarm.event == event.get()).collect();
        assert_eq!(of_event.len(), 1);
        of_event[0].status == 2 || of_event[0].status == 5
    };
    // The first visit, which is the root; then the second, a child.
    let mut visit = root;
    for day in 1..=2 {
        assert_eq!(scene.newfies.cancel_visit(visit).await.unwrap().len(), 1);
        assert!(scene.newfies.cancel_visit(visit).await.unwrap().is_empty(), "nothing is left");
        a_day_passes(&scene);
        assert!(!rang(visit), "visit {day} was called off");
        let series = scene.newfies.series(root).await.unwrap();
        assert_eq!((series.children.len(), series.continues()), (day, true));
        visit = series.last.id();
    }
    a_day_passes(&scene);
    assert!(rang(visit), "the next one goes on");
    assert!(scene.newfies.cancel_visit(4711).await.unwrap_err().is_not_found());
}

#[tokio::test(start_paused = true)]
async fn deleting_the_first_visit_takes_all_others_with_it() {
    // NEWF-57
    let scene = scene().await;
    let root = daily(&scene).await.event;
    a_day_passes(&scene);
    let child = scene.newfies.series(root).await.unwrap().last.id();
    scene.newfies.events().delete(root).await.unwrap();
    assert!(scene.newfies.events().get(child).await.unwrap_err().is_not_found());
    assert!(scene.controller.alarms().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_paused_series_creates_no_occurrence_and_its_last_alarms_still_go_off() {
    // NEWF-25, NEWF-06
    let scene = scene().await;
    let root = daily(&scene).await.event;
    a_day_passes(&scene);
    let paused = scene.newfies.pause_series(root).await.unwrap();
    assert_eq!((paused.last.status, paused.continues()), (Some(EventStatus::Paused), false));
    assert_eq!(paused.last.id(), paused.children[0].id());
    a_day_passes(&scene);
    assert_eq!(scene.newfies.series(root).await.unwrap().children.len(), 1);
    let last = paused.last.id().get();
    assert!(scene.controller.alarms().iter().any(|alarm| alarm.event == last && alarm.status == 2), "it rang");
    let writes = scene.writes();
    scene.newfies.pause_series(root).await.unwrap();
    assert_eq!(scene.writes(), writes, "it is paused already");
}

#[tokio::test(start_paused = true)]
async fn an_event_without_children_is_paused_itself() {
    // NEWF-25: the server's own operation answers as if it had changed something.
    let scene = scene().await;
    let root = daily(&scene).await.event;
    scene.newfies.events().set_last_child_status(root, EventStatus::Paused).await.unwrap();
    assert_eq!(scene.newfies.events().get(root).await.unwrap().status, Some(EventStatus::Pending));
    assert_eq!(scene.newfies.pause_series(root).await.unwrap().last.id(), root);
    a_day_passes(&scene);
    assert!(scene.newfies.series(root).await.unwrap().children.is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_occurrence_created_at_the_same_time_is_detected() {
    let scene = scene().await;
    let root = daily(&scene).await.event;
    let (clock, controller) = (scene.emulator.clock(), scene.controller.clone());
    scene.controller.before_next(http::Method::PATCH, &format!("/event/{root}/"), move |_| {
        clock.advance(hours(24));
        controller.dispatch_due();
    });
    let error = scene.newfies.pause_series(root).await.unwrap_err();
    assert_eq!((WorkflowFailure::of(&error), error.outcome()), (Some(&WorkflowFailure::WentOn), Outcome::Completed));
    assert!(!error.to_string().contains("nothing was"), "{error}");
    let paused = scene.newfies.pause_series(root).await.unwrap();
    assert_eq!((paused.children.len(), paused.last.status), (1, Some(EventStatus::Paused)));
}

#[tokio::test(start_paused = true)]
async fn an_occurrence_created_between_two_reads_is_detected() {
    for is_cancelled in [false, true] {
        let scene = scene().await;
        let root = daily(&scene).await.event;
        a_day_passes(&scene);
        let last = scene.newfies.series(root).await.unwrap().last.id();
        let (clock, controller) = (scene.emulator.clock(), scene.controller.clone());
        scene.controller.before_next(http::Method::GET, &format!("/event/{last}/"), move |_| {
            clock.advance(hours(24));
            controller.dispatch_due();
        });
        let writes = scene.writes();
        let refused = match is_cancelled {
            false => scene.newfies.pause_series(root).await.map(drop),
            true => scene.newfies.cancel_series(root).await.map(drop),
        };
        let error = refused.unwrap_err();
        assert_eq!((WorkflowFailure::of(&error), error.outcome()), (Some(&WorkflowFailure::WentOn), Outcome::NotSent));
        assert_eq!(scene.writes(), writes);
        let paused = scene.newfies.pause_series(root).await.unwrap();
        assert_eq!((paused.children.len(), paused.last.status), (2, Some(EventStatus::Paused)));
    }
}

#[tokio::test(start_paused = true)]
async fn resuming_detects_a_new_occurrence_and_returns_a_series_that_is_over() {
    let scene = scene().await;
    let root = daily(&scene).await.event;
    a_day_passes(&scene);
    let last = scene.newfies.series(root).await.unwrap().last.id();
    let (clock, controller) = (scene.emulator.clock(), scene.controller.clone());
    scene.controller.before_next(http::Method::GET, &format!("/event/{last}/"), move |_| {
        clock.advance(hours(24));
        controller.dispatch_due();
    });
    let error = scene.newfies.resume_series(root).await.unwrap_err();
    assert_eq!(WorkflowFailure::of(&error), Some(&WorkflowFailure::WentOn));
    assert!(scene.newfies.resume_series(root).await.unwrap().continues());

    let over = scene.newfies.series(root).await.unwrap().last.id();
    let patch = EventPatch::new().clear_rule().status(EventStatus::Completed);
    scene.newfies.events().update(over, patch).await.unwrap();
    let writes = scene.writes();
    for series in [scene.newfies.pause_series(root).await, scene.newfies.resume_series(root).await] {
        assert_eq!(series.unwrap().last.status, Some(EventStatus::Completed));
    }
    assert_eq!(scene.writes(), writes, "to make it pending would let it happen twice");
}

#[tokio::test(start_paused = true)]
async fn a_series_resumes_after_a_pause_unless_it_is_too_late() {
    let scene = scene().await;
    let root = daily(&scene).await.event;
    scene.newfies.pause_series(root).await.unwrap();
    let resumed = scene.newfies.resume_series(root).await.unwrap();
    assert!(resumed.continues());
    a_day_passes(&scene);
    assert_eq!(scene.newfies.series(root).await.unwrap().children.len(), 1);

    let doctor = scene.controller.calendar_users()[0].id;
    let calendar = scene.newfies.calendars().create(NewCalendar::new("Old", doctor)).await.unwrap();
    let start = Utc::now() - TimeDelta::hours(13);
    let old = NewEvent::new("Old", doctor, calendar.id(), start, start + TimeDelta::hours(1)).rule(6);
    let old = scene.newfies.events().create(old.status(EventStatus::Paused)).await.unwrap().id();
    let error = scene.newfies.resume_series(old).await.unwrap_err();
    assert_eq!(WorkflowFailure::of(&error), Some(&WorkflowFailure::TooLate));
    assert_eq!(scene.newfies.events().get(old).await.unwrap().status, Some(EventStatus::Paused));
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_series_has_no_pending_alarm() {
    // NEWF-06
    let scene = scene().await;
    let root = daily(&scene).await.event;
    a_day_passes(&scene);
    let other = NewAlarm::call(root, start(), PATIENT, 1);
    scene.newfies.alarms().create(other).await.unwrap();
    let deleted = scene.newfies.cancel_series(root).await.unwrap();
    assert_eq!(deleted.len(), 2, "the root's, which waited, and the child's");
    assert!(scene.controller.alarms().iter().all(|alarm| alarm.status != 1));
    assert!(!scene.newfies.series(root).await.unwrap().continues());
    assert!(scene.newfies.cancel_series(root).await.unwrap().is_empty());
}

async fn summed_up(generation: Generation) {
    let scene = scene_of(Emulator::builder().generation(generation)).await;
    if generation == Generation::G2 {
        scene.doctor_of_the_web().await;
    }
    let scheduled = daily(&scene).await;
    let (root, alarm) = (scheduled.event, scheduled.alarms[0].get());
    scene.controller.ring(alarm).unwrap();
    scene.controller.confirm(alarm).unwrap();
    a_day_passes(&scene);
    a_day_passes(&scene);
    let children = scene.newfies.events().children(root).await.unwrap();
    let of_child = scene.controller.alarms().into_iter().find(|alarm| alarm.event == children[0].id().get()).unwrap();
    scene.controller.ring(of_child.id).unwrap();
    scene.controller.busy(of_child.id).unwrap();

    // The server's log has the children's attempts only.
    let log = scene.newfies.alarm_requests().for_event(root).await.unwrap();
    assert!(log.alarms.iter().all(|log| log.alarm.get() != alarm));
    let summary = scene.newfies.summary(root).await.unwrap();
    assert_eq!(
        summary.occurrences.iter().map(|one| one.event).collect::<Vec<_>>(),
        [root, children[0].id(), children[1].id()]
    );
    let asked = scene.transport.count("GET", "/get_list_alarm/");
    assert_eq!(asked, if generation == Generation::G2 { 3 } else { 1 }, "a server without that list is asked once");
    let first = &summary.occurrences[0].alarms[0];
    assert_eq!(
        (first.status, first.result, first.attempts),
        (Some(AlarmStatus::Success), Some(AlarmResult::Confirmed), 1)
    );
    assert_eq!((first.seconds(), first.requests.as_ref().map(Vec::len)), (Some(12), Some(1)));
    assert!(first.last_attempt().is_some());
    let second = &summary.occurrences[1].alarms[0];
    assert_eq!(
        (second.status, second.requests.as_ref().map(Vec::len)),
        (Some(AlarmStatus::Failure), Some(second.attempts.unsigned_abs() as usize))
    );
    assert_eq!((summary.with_result(AlarmResult::Confirmed), summary.with_status(AlarmStatus::Failure)), (1, 1));
    assert_eq!(
        summary.attempts(),
        3,
        "the copies begin with the count of what they are copies of, and that isn't counted"
    );
    assert_eq!(summary.seconds(), Some(12));
}

#[tokio::test(start_paused = true)]
async fn a_summary_has_all_occurrences_with_their_alarms_and_attempts() {
    // NEWF-07: the server's log lacks the root's attempts. NEWF-54: copies keep the count, which must not be summed
    // up.
    for generation in [Generation::G0, Generation::G1, Generation::G2] {
        summed_up(generation).await;
    }
}

#[tokio::test(start_paused = true)]
async fn without_superuser_rights_a_summary_counts_attempts_and_lists_none() {
    // NEWF-37
    let scene = scene_of(Emulator::builder().generation(Generation::G2).superuser(false)).await;
    let doctor = scene.doctor_of_the_web().await;
    let reminder = Reminder::new(doctor, "Surgery", "Visit", start(), start() + TimeDelta::minutes(30));
    let reminder = reminder.setting(new_setting()).notice(Notice::call(PATIENT).retries(1, secs(0)));
    let scheduled = scene.newfies.schedule_reminder(reminder).await.unwrap();
    let alarm = scheduled.alarms[0].get();
    scene.controller.ring(alarm).unwrap();
    scene.controller.no_answer(alarm).unwrap();
    scene.controller.dispatch_due();
    scene.controller.no_answer(alarm).unwrap();
    let summary = scene.newfies.summary(scheduled.event).await.unwrap();
    let only = &summary.occurrences[0].alarms[0];
    assert_eq!((only.attempts, &only.requests, summary.seconds()), (2, &None, None));
    assert_eq!(summary.with_status(AlarmStatus::Failure), 1);
}
