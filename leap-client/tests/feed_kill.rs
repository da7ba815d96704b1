//! A program may be killed at any step. Whatever customers and agents did before, meanwhile or afterwards, some handler that got
//! to its end has seen it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;
#[path = "feed_kill/points.rs"]
mod points;
#[path = "feed_kill/world.rs"]
mod world;

use common::*;
use leap_client::{ChangeStore, FileChangeStore, MemoryChangeStore};
use points::*;
use world::*;

/// One world, with as many lives as there are kills and a last one, each over what `open` gives.
async fn story<S: ChangeStore + 'static>(
    open: impl Fn() -> S,
    kills: &[Kill],
    way: Way,
    act: Act,
    moment: Moment,
    touches: bool,
) {
    let about = (kills, way, ACTS.iter().position(|one| std::ptr::fn_addr_eq(*one, act)), moment, touches);
    let world = World::new(touches).await;
    let mut handled = Handled::default();
    world.plan(act, moment);
    for (number, kill) in kills.iter().enumerate() {
        world.live(open(), *kill, way, &mut handled).await;
        if let (Moment::BetweenLives, 0) = (moment, number) {
            act(&world.portal);
        }
        world.nothing_is_forgotten(&open(), &handled, &about).await;
    }
    world.live(open(), Kill::Never, way, &mut handled).await;
    world.all_is_well(&open(), &handled, &about).await;
}

#[tokio::test(start_paused = true)]
async fn killed_at_any_point_with_anything_in_between() {
    for kill in kills() {
        for moment in MOMENTS {
            for act in ACTS {
                let store = MemoryChangeStore::new();
                story(|| store.clone(), &[kill], Way::Each, act, moment, false).await;
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn killed_at_any_two_points() {
    for first in kills() {
        for second in first_kills() {
            for moment in MOMENTS {
                let store = MemoryChangeStore::new();
                story(|| store.clone(), &[first, second], Way::Each, COMMENT, moment, false).await;
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn killed_while_many_are_settled_at_once_or_with_the_handler_alone() {
    for way in [Way::All, Way::Handler] {
        for kill in kills() {
            for moment in MOMENTS {
                for act in ACTS {
                    let store = MemoryChangeStore::new();
                    story(|| store.clone(), &[kill], way, act, moment, false).await;
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn killed_at_any_point_where_an_acknowledgement_counts_as_an_update() {
    for kill in kills() {
        for moment in MOMENTS {
            for act in ACTS {
                let store = MemoryChangeStore::new();
                story(|| store.clone(), &[kill], Way::Each, act, moment, true).await;
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn killed_at_any_point_with_nothing_left_but_a_file() {
    for kill in kills() {
        for moment in MOMENTS {
            let folder = Folder::new();
            let path = folder.file("changes.json");
            story(|| FileChangeStore::open(&path).unwrap(), &[kill], Way::Each, COMMENT, moment, false).await;
        }
    }
}
