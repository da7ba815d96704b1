//! Categories are added and removed and the others stay, although the service only replaces whole lists.

use crate::support::*;
use engagement_client::{Error, Kind, Outcome, Recategorized, WorkflowFailure};

const PATH: &str = "/update_categories";

/// A setup with an intervention that has these categories.
async fn setup(categories: &[&str]) -> (Setup, String) {
    let setup = crate::support::setup().await;
    let id = setup.controller.open_new();
    setup.controller.categorize(&id, categories).unwrap();
    (setup, id)
}

async fn change(setup: &Setup, id: &str, add: &[&str], remove: &[&str]) -> Result<Recategorized, Error> {
    let add = add.iter().copied();
    setup.interventions().add_categories(id, add).with_removed(remove.iter().copied()).await
}

/// Whether something was written, and the current categories, which the answer must show.
fn reported(setup: &Setup, id: &str, change: Result<Recategorized, Error>) -> (bool, Vec<String>) {
    let (changed, now) = match change.unwrap() {
        Recategorized::Changed(now) => (true, now),
        Recategorized::Unchanged(now) => (false, now),
        other => panic!("{other:?}"),
    };
    let shown: Vec<_> = now.category_ids.unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(shown, setup.categories(id));
    (changed, shown)
}

#[tokio::test(start_paused = true)]
async fn categories_are_added_and_removed_and_the_others_stay() {
    // ENG-19
    for (before, add, remove, after) in [
        (&["a", "b"][..], &["c"][..], &[][..], &["a", "b", "c"][..]),
        (&["a", "b"], &[], &["a"], &["b"]),
        (&["a", "b"], &["c", "d"], &["a", "x"], &["b", "c", "d"]),
        (&["a", "b"], &["b", "c"], &[], &["a", "b", "c"]),
        (&[], &["a", "a"], &["b", "b"], &["a"]),
        // ENG-11: one empty value empties the list.
        (&["a", "b"], &[], &["b", "a"], &[]),
    ] {
        let (setup, id) = setup(before).await;
        let change = change(&setup, &id, add, remove).await;
        let (changed, now) = reported(&setup, &id, change);
        assert!(changed && now == after, "{before:?} {add:?} {remove:?}: {now:?}");
        assert_eq!((setup.writes(), setup.reads()), (1, 2));
        let sent = setup.transport.sent("PUT", PATH);
        let each: Vec<_> = after.iter().map(|one| format!("category_ids[]={one}")).collect();
        let expected = if after.is_empty() { "category_ids[]=".to_owned() } else { each.join("&") };
        assert_eq!(sent[0].query().replace("%5B%5D", "[]"), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn the_methods_of_the_handle_add_or_remove() {
    let (setup, id) = setup(&["a"]).await;
    let added = setup.interventions().add_categories(&id, ["b", "c"]).await;
    assert_eq!(reported(&setup, &id, added).1, ["a", "b", "c"]);
    let removed = setup.interventions().remove_categories(&id, ["a"]).await;
    assert_eq!(reported(&setup, &id, removed).1, ["b", "c"]);
    let both = setup.interventions().remove_categories(&id, ["b"]).with_added(["d"]).with_removed(["c"]).await;
    assert_eq!(reported(&setup, &id, both).1, ["d"]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_written_if_there_is_nothing_to_change() {
    let (setup, id) = setup(&["a", "b"]).await;
    for (add, remove) in [(&["a"][..], &["c"][..]), (&["b", "a"], &[]), (&[], &["c", "d"])] {
        let change = change(&setup, &id, add, remove).await;
        assert_eq!(reported(&setup, &id, change), (false, vec!["a".to_owned(), "b".to_owned()]));
    }
    assert_eq!((setup.writes(), setup.reads()), (0, 3));
}

#[tokio::test(start_paused = true)]
async fn invalid_changes_are_rejected_before_anything_is_read() {
    // ENG-11
    let (setup, id) = setup(&["a"]).await;
    for (add, remove, expected) in [
        (&[][..], &[][..], "no category"),
        (&["a", "b"], &["b"], "both added and removed"),
        (&[""], &[], "empty"),
        (&[], &["a,b"], "separately"),
    ] {
        let error = change(&setup, &id, add, remove).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(error.operation(), "engagement.interventions.categorize");
    }
    assert_eq!(setup.transport.total(), 0);
    assert!(change(&setup, "64b0c3a1f2d94e0007a1b2c3", &["b"], &[]).await.unwrap_err().is_not_found());
    assert_eq!(setup.writes(), 0);
}

fn without_categories() -> Step {
    Step::json(|body| drop(body.as_object_mut().unwrap().remove("category_ids")))
}

fn showing(categories: &'static [&'static str]) -> Step {
    Step::json(move |body| body["category_ids"] = categories.to_vec().into())
}

#[tokio::test(start_paused = true)]
async fn unknown_categories_are_not_overwritten() {
    for look in [without_categories(), Step::json(|body| body["category_ids"] = serde_json::Value::Null)] {
        let (setup, id) = setup(&["a", "b"]).await;
        setup.transport.plan("GET", &id, [look]);
        let error = change(&setup, &id, &["c"], &[]).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (Kind::Decode, "engagement.interventions.get"));
        assert_eq!((setup.writes(), setup.categories(&id)), (0, vec!["a".to_owned(), "b".to_owned()]));
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_followed_by_a_readback() {
    for (step, done) in lost_answers() {
        let (setup, id) = setup(&["a"]).await;
        // Fails every attempt of the first write; a foreign response is not retried.
        let attempts = if matches!(step, Step::Answer(200 | 302, _)) { 1 } else { 3 };
        setup.transport.plan("PUT", PATH, vec![step.clone(); attempts]);
        let change = change(&setup, &id, &["b"], &[]).await;
        assert_eq!(reported(&setup, &id, change), (true, vec!["a".to_owned(), "b".to_owned()]), "{step:?}");
        let rounds = setup.reads() - 1;
        assert_eq!(rounds, if done { 1 } else { 2 }, "{step:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_write_is_not_sent_again() {
    for status in [400, 403, 404, 422] {
        let (setup, id) = setup(&["a"]).await;
        setup.transport.plan("PUT", PATH, [Step::Answer(status, "{}")]);
        let error = change(&setup, &id, &["b"], &[]).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.outcome()), (status, Outcome::Refused));
        assert_eq!((setup.writes(), setup.reads()), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_that_never_succeeds_ends_in_its_own_failure() {
    let (setup, id) = setup(&["a"]).await;
    setup.transport.plan("PUT", PATH, vec![Step::Lost; 99]);
    let error = change(&setup, &id, &["b"], &[]).await.unwrap_err();
    assert_eq!((error.outcome(), error.operation()), (Outcome::Unknown, "engagement.interventions.categorize"));
    assert_eq!((WorkflowFailure::of(&error), setup.reads(), setup.categories(&id)), (None, 4, vec!["a".to_owned()]));
}

#[tokio::test(start_paused = true)]
async fn a_change_by_somebody_else_before_the_read_is_kept() {
    let (setup, id) = setup(&["a"]).await;
    setup.before("GET", &id, &id, |controller, id| controller.categorize(id, ["a", "x"]).unwrap());
    let change = change(&setup, &id, &["b"], &["a"]).await;
    assert_eq!(reported(&setup, &id, change).1, ["x", "b"]);
}

#[tokio::test(start_paused = true)]
async fn a_list_overwritten_by_somebody_else_is_changed_again() {
    // ENG-19: they replace the list with the one that they read before.
    let (setup, id) = setup(&["a"]).await;
    setup.after("PUT", PATH, &id, |controller, id| controller.categorize(id, ["a", "x"]).unwrap());
    let first = change(&setup, &id, &["b"], &["a"]).await;
    assert_eq!(reported(&setup, &id, first).1, ["x", "b"]);
    assert_eq!((setup.writes(), setup.reads()), (2, 3));
    // Their list already contains the change, so it stays.
    setup.after("PUT", PATH, &id, |controller, id| controller.categorize(id, ["y", "b", "c"]).unwrap());
    let second = change(&setup, &id, &["c"], &[]).await;
    assert_eq!(reported(&setup, &id, second).1, ["y", "b", "c"]);
    assert_eq!(setup.writes(), 3);
}

#[tokio::test(start_paused = true)]
async fn the_change_fails_after_three_attempts() {
    let (setup, id) = setup(&["a"]).await;
    for _ in 0..2 {
        setup.after("PUT", PATH, &id, |controller, id| controller.categorize(id, ["a"]).unwrap());
    }
    let twice = change(&setup, &id, &["b"], &[]).await;
    assert_eq!(reported(&setup, &id, twice).1, ["a", "b"]);
    assert_eq!(setup.writes(), 3);

    let (setup, id) = self::setup(&["a"]).await;
    for _ in 0..9 {
        setup.after("PUT", PATH, &id, |controller, id| controller.categorize(id, ["a"]).unwrap());
    }
    let error = change(&setup, &id, &["b"], &[]).await.unwrap_err();
    assert_eq!(
        (error.kind(), WorkflowFailure::of(&error)),
        (Kind::Decode, Some(&WorkflowFailure::CategoriesOverwritten))
    );
    assert_eq!((error.operation(), error.outcome()), ("engagement.interventions.categorize", Outcome::Completed));
    assert_eq!((setup.writes(), setup.categories(&id)), (3, vec!["a".to_owned()]));
}

#[tokio::test(start_paused = true)]
async fn ignored_categories_are_not_reported_as_overwritten() {
    // ENG-11: also if the service doesn't empty a list.
    for (add, remove, kept) in [(&["b"][..], &[][..], &["a"][..]), (&[], &["a"], &["a"])] {
        let (setup, id) = setup(&["a"]).await;
        let ignores = |controller: &Controller, id: &str| controller.categorize(id, ["a"]).unwrap();
        for _ in 0..3 {
            setup.after("PUT", PATH, &id, ignores);
        }
        setup.transport.plan("PUT", PATH, vec![showing(kept); 3]);
        let error = change(&setup, &id, add, remove).await.unwrap_err();
        assert_eq!(
            (error.kind(), WorkflowFailure::of(&error)),
            (Kind::Decode, Some(&WorkflowFailure::CategoriesIgnored))
        );
        assert!(error.report().contains("may be unknown to it"), "{}", error.report());
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_verification_falls_back_to_the_answer_of_the_write() {
    for look in failed_reads().into_iter().chain([without_categories()]) {
        let (setup, id) = setup(&["a"]).await;
        setup.transport.plan("GET", &id, [Step::Pass, look.clone()]);
        let changed = change(&setup, &id, &["b"], &[]).await;
        assert_eq!(reported(&setup, &id, changed), (true, vec!["a".to_owned(), "b".to_owned()]), "{look:?}");

        // The answer to the write doesn't say, either.
        setup.transport.plan("GET", &id, [Step::Pass, look.clone()]);
        setup.transport.plan("PUT", PATH, [without_categories()]);
        let error = change(&setup, &id, &["c"], &[]).await.unwrap_err();
        assert_eq!(
            (WorkflowFailure::of(&error), error.outcome()),
            (Some(&WorkflowFailure::CategoriesIgnored), Outcome::Completed),
            "{look:?}"
        );

        // No answer at all: the result of the write is unknown, whatever the reason for the failed read.
        setup.transport.plan("GET", &id, [Step::Pass, look.clone()]);
        setup.transport.plan("PUT", PATH, vec![Step::AnswerLost; 3]);
        let error = change(&setup, &id, &["d"], &[]).await.unwrap_err();
        assert_eq!(error.operation(), "engagement.interventions.categorize", "{look:?}");
        assert_eq!((error.outcome(), WorkflowFailure::of(&error)), (Outcome::Unknown, None));
    }
}
