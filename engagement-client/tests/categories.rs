//! Some categories come or go, and the others stay: the service only knows whole lists.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use engagement_client::{Error, Kind, Outcome, Recategorized, Refusal};

const PATH: &str = "/update_categories";

/// A scene with an intervention that has these categories.
async fn scene(categories: &[&str]) -> (Scene, String) {
    let scene = common::scene().await;
    let id = scene.room.open_new();
    scene.room.categorize(&id, categories).unwrap();
    (scene, id)
}

async fn change(scene: &Scene, id: &str, add: &[&str], remove: &[&str]) -> Result<Recategorized, Error> {
    let add = add.iter().copied();
    scene.interventions().add_categories(id, add).and_remove(remove.iter().copied()).await
}

/// Whether something was written, and the categories that are there now, which the answer must show.
fn told(scene: &Scene, id: &str, change: Result<Recategorized, Error>) -> (bool, Vec<String>) {
    let (changed, now) = match change.unwrap() {
        Recategorized::Changed(now) => (true, now),
        Recategorized::Unchanged(now) => (false, now),
        other => panic!("{other:?}"),
    };
    let shown: Vec<_> = now.category_ids.unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(shown, scene.categories(id));
    (changed, shown)
}

#[tokio::test(start_paused = true)]
async fn some_come_and_go_and_the_others_stay() {
    // ENG-19
    for (before, add, remove, after) in [
        (&["a", "b"][..], &["c"][..], &[][..], &["a", "b", "c"][..]),
        (&["a", "b"], &[], &["a"], &["b"]),
        (&["a", "b"], &["c", "d"], &["a", "x"], &["b", "c", "d"]),
        (&["a", "b"], &["b", "c"], &[], &["a", "b", "c"]),
        (&[], &["a", "a"], &["b", "b"], &["a"]),
        // ENG-11: the list is emptied by one empty value.
        (&["a", "b"], &[], &["b", "a"], &[]),
    ] {
        let (scene, id) = scene(before).await;
        let change = change(&scene, &id, add, remove).await;
        let (changed, now) = told(&scene, &id, change);
        assert!(changed && now == after, "{before:?} {add:?} {remove:?}: {now:?}");
        assert_eq!((scene.writes(), scene.reads()), (1, 2));
        let sent = scene.transport.sent("PUT", PATH);
        let each: Vec<_> = after.iter().map(|one| format!("category_ids[]={one}")).collect();
        let expected = if after.is_empty() { "category_ids[]=".to_owned() } else { each.join("&") };
        assert_eq!(sent[0].query().replace("%5B%5D", "[]"), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn the_short_ways_add_or_remove() {
    let (scene, id) = scene(&["a"]).await;
    let added = scene.interventions().add_categories(&id, ["b", "c"]).await;
    assert_eq!(told(&scene, &id, added).1, ["a", "b", "c"]);
    let removed = scene.interventions().remove_categories(&id, ["a"]).await;
    assert_eq!(told(&scene, &id, removed).1, ["b", "c"]);
    let both = scene.interventions().remove_categories(&id, ["b"]).and_add(["d"]).and_remove(["c"]).await;
    assert_eq!(told(&scene, &id, both).1, ["d"]);
}

#[tokio::test(start_paused = true)]
async fn where_nothing_is_to_change_nothing_is_written() {
    let (scene, id) = scene(&["a", "b"]).await;
    for (add, remove) in [(&["a"][..], &["c"][..]), (&["b", "a"], &[]), (&[], &["c", "d"])] {
        let change = change(&scene, &id, add, remove).await;
        assert_eq!(told(&scene, &id, change), (false, vec!["a".to_owned(), "b".to_owned()]));
    }
    assert_eq!((scene.writes(), scene.reads()), (0, 3));
}

#[tokio::test(start_paused = true)]
async fn what_makes_no_sense_shows_before_anything_is_read() {
    // ENG-11
    let (scene, id) = scene(&["a"]).await;
    for (add, remove, tells) in [
        (&[][..], &[][..], "no category"),
        (&["a", "b"], &["b"], "at once"),
        (&[""], &[], "empty"),
        (&[], &["a,b"], "by itself"),
    ] {
        let error = change(&scene, &id, add, remove).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
        assert!(error.to_string().contains(tells), "{error}");
        assert_eq!(error.operation(), "engagement.interventions.categorize");
    }
    assert_eq!(scene.transport.total(), 0);
    assert!(change(&scene, "64b0c3a1f2d94e0007a1b2c3", &["b"], &[]).await.unwrap_err().is_not_found());
    assert_eq!(scene.writes(), 0);
}

fn without_categories() -> Step {
    Step::json(|body| drop(body.as_object_mut().unwrap().remove("category_ids")))
}

fn showing(categories: &'static [&'static str]) -> Step {
    Step::json(move |body| body["category_ids"] = categories.to_vec().into())
}

#[tokio::test(start_paused = true)]
async fn categories_that_are_not_told_are_not_written_over() {
    for look in [without_categories(), Step::json(|body| body["category_ids"] = serde_json::Value::Null)] {
        let (scene, id) = scene(&["a", "b"]).await;
        scene.transport.plan("GET", &id, [look]);
        let error = change(&scene, &id, &["c"], &[]).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (Kind::Decode, "engagement.interventions.get"));
        assert_eq!((scene.writes(), scene.categories(&id)), (0, vec!["a".to_owned(), "b".to_owned()]));
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_looked_after() {
    for (step, done) in astray() {
        let (scene, id) = scene(&["a"]).await;
        // Each attempt of the first round: what isn't the service's answer is not repeated.
        let attempts = if matches!(step, Step::Answer(200 | 302, _)) { 1 } else { 3 };
        scene.transport.plan("PUT", PATH, vec![step.clone(); attempts]);
        let change = change(&scene, &id, &["b"], &[]).await;
        assert_eq!(told(&scene, &id, change), (true, vec!["a".to_owned(), "b".to_owned()]), "{step:?}");
        let rounds = scene.reads() - 1;
        assert_eq!(rounds, if done { 1 } else { 2 }, "{step:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_is_not_written_again() {
    for status in [400, 403, 404, 422] {
        let (scene, id) = scene(&["a"]).await;
        scene.transport.plan("PUT", PATH, [Step::Answer(status, "{}")]);
        let error = change(&scene, &id, &["b"], &[]).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.outcome()), (status, Outcome::Refused));
        assert_eq!((scene.writes(), scene.reads()), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_never_done_is_the_failure_that_it_was() {
    let (scene, id) = scene(&["a"]).await;
    scene.transport.plan("PUT", PATH, vec![Step::Lost; 99]);
    let error = change(&scene, &id, &["b"], &[]).await.unwrap_err();
    assert_eq!((error.outcome(), error.operation()), (Outcome::Unknown, "engagement.interventions.categorize"));
    assert_eq!((Refusal::of(&error), scene.reads(), scene.categories(&id)), (None, 4, vec!["a".to_owned()]));
}

#[tokio::test(start_paused = true)]
async fn what_somebody_else_writes_before_it_is_read_stays() {
    let (scene, id) = scene(&["a"]).await;
    scene.before("GET", &id, &id, |room, id| room.categorize(id, ["a", "x"]).unwrap());
    let change = change(&scene, &id, &["b"], &["a"]).await;
    assert_eq!(told(&scene, &id, change).1, ["x", "b"]);
}

#[tokio::test(start_paused = true)]
async fn what_somebody_else_puts_in_its_place_is_changed_in_turn() {
    // ENG-19: they don't know of it, and put the list that they read in place of all.
    let (scene, id) = scene(&["a"]).await;
    scene.after("PUT", PATH, &id, |room, id| room.categorize(id, ["a", "x"]).unwrap());
    let first = change(&scene, &id, &["b"], &["a"]).await;
    assert_eq!(told(&scene, &id, first).1, ["x", "b"]);
    assert_eq!((scene.writes(), scene.reads()), (2, 3));
    // What is left of their change is as it was to be, so it stays.
    scene.after("PUT", PATH, &id, |room, id| room.categorize(id, ["y", "b", "c"]).unwrap());
    let second = change(&scene, &id, &["c"], &[]).await;
    assert_eq!(told(&scene, &id, second).1, ["y", "b", "c"]);
    assert_eq!(scene.writes(), 3);
}

#[tokio::test(start_paused = true)]
async fn it_is_given_up_after_three_rounds() {
    let (scene, id) = scene(&["a"]).await;
    for _ in 0..2 {
        scene.after("PUT", PATH, &id, |room, id| room.categorize(id, ["a"]).unwrap());
    }
    let twice = change(&scene, &id, &["b"], &[]).await;
    assert_eq!(told(&scene, &id, twice).1, ["a", "b"]);
    assert_eq!(scene.writes(), 3);

    let (scene, id) = self::scene(&["a"]).await;
    for _ in 0..9 {
        scene.after("PUT", PATH, &id, |room, id| room.categorize(id, ["a"]).unwrap());
    }
    let error = change(&scene, &id, &["b"], &[]).await.unwrap_err();
    assert_eq!((error.kind(), Refusal::of(&error)), (Kind::Decode, Some(&Refusal::Overwritten)));
    assert_eq!((error.operation(), error.outcome()), ("engagement.interventions.categorize", Outcome::Completed));
    assert_eq!((scene.writes(), scene.categories(&id)), (3, vec!["a".to_owned()]));
}

#[tokio::test(start_paused = true)]
async fn categories_that_the_service_does_not_take_are_not_blamed_on_somebody_else() {
    // ENG-11: nor is a list that it doesn't empty.
    for (add, remove, kept) in [(&["b"][..], &[][..], &["a"][..]), (&[], &["a"], &["a"])] {
        let (scene, id) = scene(&["a"]).await;
        let ignores = |room: &Controller, id: &str| room.categorize(id, ["a"]).unwrap();
        for _ in 0..3 {
            scene.after("PUT", PATH, &id, ignores);
        }
        scene.transport.plan("PUT", PATH, vec![showing(kept); 3]);
        let error = change(&scene, &id, add, remove).await.unwrap_err();
        assert_eq!((error.kind(), Refusal::of(&error)), (Kind::Decode, Some(&Refusal::NotTaken)));
        assert!(error.report().contains("may not know one of them"), "{}", error.report());
    }
}

#[tokio::test(start_paused = true)]
async fn a_check_that_fails_leaves_the_answer_to_the_writing() {
    for look in blind().into_iter().chain([without_categories()]) {
        let (scene, id) = scene(&["a"]).await;
        scene.transport.plan("GET", &id, [Step::Pass, look.clone()]);
        let changed = change(&scene, &id, &["b"], &[]).await;
        assert_eq!(told(&scene, &id, changed), (true, vec!["a".to_owned(), "b".to_owned()]), "{look:?}");

        // An answer that doesn't tell, either.
        scene.transport.plan("GET", &id, [Step::Pass, look.clone()]);
        scene.transport.plan("PUT", PATH, [without_categories()]);
        let error = change(&scene, &id, &["c"], &[]).await.unwrap_err();
        assert_eq!((Refusal::of(&error), error.outcome()), (Some(&Refusal::NotTaken), Outcome::Completed), "{look:?}");

        // None at all: what came of the writing is unknown, whatever the reading was refused for.
        scene.transport.plan("GET", &id, [Step::Pass, look.clone()]);
        scene.transport.plan("PUT", PATH, vec![Step::AnswerLost; 3]);
        let error = change(&scene, &id, &["d"], &[]).await.unwrap_err();
        assert_eq!(error.operation(), "engagement.interventions.categorize", "{look:?}");
        assert_eq!((error.outcome(), Refusal::of(&error)), (Outcome::Unknown, None));
    }
}
