//! A program may be killed at any step. Whatever happens before, meanwhile or afterwards, some handler that ran to its
//! end has seen it.

use crate::support::scene::*;
use Kill::*;
use When::*;
use futures_util::StreamExt;
use leap_client::{Change, ChangeStore, FileChangeStore, MemoryChangeStore, Update};
use std::{collections::BTreeSet, fmt::Debug};
use tokio::time::timeout;

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
    let simulation = Simulation::new(touches).await;
    let mut handled = Handled::default();
    simulation.plan(act, moment);
    for (number, kill) in kills.iter().enumerate() {
        simulation.live(open(), *kill, way, &mut handled).await;
        if let (Moment::BetweenLives, 0) = (moment, number) {
            act(&simulation.world);
        }
        simulation.nothing_is_forgotten(&open(), &handled, &about).await;
    }
    simulation.live(open(), Kill::Never, way, &mut handled).await;
    simulation.all_is_well(&open(), &handled, &about).await;
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
async fn killed_while_a_batch_is_settled_or_with_only_the_handler() {
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
async fn killed_at_any_point_with_a_file_store() {
    for kill in kills() {
        for moment in MOMENTS {
            let folder = Folder::new();
            let path = folder.file("changes.json");
            story(|| FileChangeStore::open(&path).unwrap(), &[kill], Way::Each, COMMENT, moment, false).await;
        }
    }
}

/// Where a life ends. The numbers count from 1; A is the first request of two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kill {
    Never,
    /// With the first change in hand.
    HandedOut,
    /// After the first change was handled, and before it is settled.
    HandledOnly,
    Load(When),
    List(When),
    /// At a reading of A.
    Read(usize, When),
    Ack(usize, When),
    Save(usize, When),
    Remove(usize, When),
}

const BEGIN: [Kill; 7] = [Never, HandedOut, HandledOnly, Load(Before), Load(After), List(Before), List(After)];

/// All points; most changes take three readings, one acknowledgement, and an entry that is saved and removed.
pub(crate) fn kills() -> Vec<Kill> {
    let mut kills = BEGIN.to_vec();
    for when in [Before, After] {
        kills.extend((1..=6).map(|number| Read(number, when)));
        for number in 1..=2 {
            kills.extend([Ack(number, when), Save(number, when), Remove(number, when)]);
        }
    }
    kills
}

/// The points of a life without a late change.
pub(crate) fn first_kills() -> Vec<Kill> {
    let late = |kill: &Kill| matches!(kill, Read(4.., _) | Ack(2, _) | Save(2, _) | Remove(2, _));
    kills().into_iter().filter(|kill| !late(kill)).collect()
}

/// When something happens to A.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Moment {
    BetweenLives,
    AfterReading(usize),
    BeforeAck,
    AfterAck,
}

pub(crate) const MOMENTS: [Moment; 6] = [
    Moment::BetweenLives,
    Moment::AfterReading(1),
    Moment::AfterReading(2),
    Moment::AfterReading(3),
    Moment::BeforeAck,
    Moment::AfterAck,
];

pub(crate) type Act = fn(&World);

pub(crate) const COMMENT: Act = |world| world.comment("A", "wait");
pub(crate) const ACTS: [Act; 6] = [
    COMMENT,
    // What was said before, in the same millisecond.
    |world| world.controller.comment("A", "Jo Example", "hello").unwrap(),
    |world| world.state("A", EmulatorState::Problem),
    |world| world.edit("A", "It is dark"),
    |world| world.raise("C"),
    |world| world.remove("A"),
];

/// How a program settles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Way {
    /// One change after the other.
    Each,
    /// All that there are.
    All,
    /// One after the other; what kills is the end of the handler alone, and the feed goes on.
    Handler,
}

const ACK: &str = "/requests/acked";

/// What completed handlers have seen, and how often they were called.
#[derive(Default)]
pub(crate) struct Handled {
    facts: BTreeSet<String>,
    calls: usize,
}

impl Handled {
    fn add(&mut self, change: &Change) {
        let request = change.request();
        let id = &request.identifier;
        self.facts.insert(format!("{id}: {}", **request.summary.as_ref().unwrap()));
        let history: Vec<_> = request.updates.iter().flatten().map(named).collect();
        for name in change.updates().iter().map(named) {
            // It may be one of several that say the same, of the same millisecond.
            let equal = history.iter().filter(|other| **other == name).count();
            self.facts.extend((1..=equal).map(|number| format!("{id}: {name} {number}")));
        }
        self.calls += 1;
    }
}

fn named(update: &Update) -> String {
    format!("{} at {}", said(update), update.update_time.timestamp_millis())
}

pub(crate) struct Simulation {
    emulator: Emulator,
    pub(crate) world: World,
}

impl Simulation {
    /// A and B wait to be acknowledged; the clock stands still but when something is done.
    pub(crate) async fn new(touches: bool) -> Self {
        let builder = Emulator::builder();
        let Scene { emulator, world, .. } =
            scene_of(if touches { builder.acknowledge_touches() } else { builder }).await;
        world.clock.freeze();
        world.raise("A");
        world.comment("A", "hello");
        world.controller.raise(NewRequest::topic("Parking").with_id("B")).unwrap();
        Self { emulator, world }
    }

    pub(crate) fn plan(&self, act: Act, moment: Moment) {
        match moment {
            Moment::BetweenLives => {}
            Moment::AfterReading(number) => {
                (1..number).for_each(|_| self.world.after("GET", "/A", |_| ()));
                self.world.after("GET", "/A", act);
            }
            Moment::BeforeAck => self.world.before("POST", ACK, act),
            Moment::AfterAck => self.world.after("POST", ACK, act),
        }
    }

    /// What there is to see, each with whether it is flagged.
    fn facts(&self) -> Vec<(String, String, bool)> {
        let mut facts = Vec::new();
        for id in self.world.controller.requests() {
            let request = self.world.controller.request(&id).unwrap();
            facts.push((id.clone(), format!("{id}: {}", request.summary), request.unacked_since.is_some()));
            let mut names = Vec::new();
            for update in request.updates.into_iter().rev() {
                let state = update.state.map(|state| format!("to {state}"));
                let said = Some(update.comment).filter(|text| !text.is_empty()).or(state).unwrap();
                names.push(format!("{said} at {}", update.time.timestamp_millis()));
                let number = names.iter().filter(|name| Some(*name) == names.last()).count();
                let fact = format!("{id}: {} {number}", names[names.len() - 1]);
                facts.push((id.clone(), fact, update.unacked_since.is_some()));
            }
        }
        facts
    }

    /// Runs a program over the store until it is killed, or until nothing comes for 100 s.
    pub(crate) async fn live(&self, store: impl ChangeStore + 'static, kill: Kill, way: Way, handled: &mut Handled) {
        let signal = Signal::default();
        let (leap, transport) = client(&self.emulator);
        let hold = |method, path_end: &str, number: usize, when| {
            let mut steps = vec![Step::Pass; number];
            let signal = signal.clone();
            steps[number - 1] = if when == Before { Step::HeldBefore(signal) } else { Step::HeldAfter(signal) };
            transport.plan(method, path_end, steps);
        };
        let mut store = FaultyChangeStore::new(store);
        match kill {
            Load(when) => store.load = FaultyStore::held(1, when, signal.clone()),
            Save(number, when) => store.save = FaultyStore::held(number, when, signal.clone()),
            Remove(number, when) => store.remove = FaultyStore::held(number, when, signal.clone()),
            List(when) => hold("GET", "/requests/", 1, when),
            Read(number, when) => hold("GET", "/A", number, when),
            Ack(number, when) => hold("POST", ACK, number, when),
            Never | HandedOut | HandledOnly => {}
        }
        let killed = signal.clone();
        let work = async {
            let mut changes = leap.requests().changes(store);
            while let Ok(item) = timeout(secs(100), changes.next()).await {
                let mut out = vec![item.unwrap().unwrap()];
                while way == Way::All
                    && let Ok(item) = timeout(secs(1), changes.next()).await
                {
                    out.push(item.unwrap().unwrap());
                }
                if kill == HandedOut {
                    return;
                }
                out.iter().for_each(|change| handled.add(change));
                if kill == HandledOnly {
                    return;
                }
                let settling = async {
                    if let (Way::All, _) | (_, None) = (way, out.first()) {
                        assert!(Change::done_all(out).await.iter().all(Result::is_ok));
                    } else {
                        out.remove(0).done().await.unwrap();
                    }
                };
                match way {
                    Way::Each | Way::All => settling.await,
                    Way::Handler => tokio::select! {
                        () = settling => {}
                        () = signal.reached() => {}
                    },
                }
            }
        };
        match way {
            Way::Handler => work.await,
            Way::Each | Way::All => tokio::select! {
                () = work => {}
                () = killed.reached() => {}
            },
        }
    }

    /// What was acknowledged and never handled has an entry in the store.
    pub(crate) async fn nothing_is_forgotten(&self, store: &impl ChangeStore, handled: &Handled, about: &impl Debug) {
        let kept: Vec<_> = store.load().await.unwrap().into_iter().map(|pending| pending.id.to_string()).collect();
        for (id, fact, flagged) in self.facts() {
            assert!(flagged || handled.facts.contains(&fact) || kept.contains(&id), "{fact} is lost: {about:?}");
        }
    }

    pub(crate) async fn all_is_well(&self, store: &impl ChangeStore, handled: &Handled, about: &impl Debug) {
        for (_, fact, flagged) in self.facts() {
            assert!(handled.facts.contains(&fact) && !flagged, "{fact} was not seen: {about:?} {:?}", handled.facts);
        }
        assert!(store.load().await.unwrap().is_empty(), "{about:?}");
        assert!(handled.calls <= 10, "{} calls: {about:?}", handled.calls);
    }
}

#[tokio::test]
async fn a_file_of_version_0_1_is_read_and_kept_when_the_first_save_replaces_it() {
    let folder = Folder::new();
    let path = folder.file("changes.json");
    let golden = include_str!("golden/changes-3e992b3.json");
    std::fs::write(&path, golden).unwrap();
    let store = FileChangeStore::open(&path).unwrap();
    let entries = store.load().await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["10000001", "10000002"]);
    store.remove(&entries[0].id).await.unwrap();
    assert_eq!(FileChangeStore::read(&path).unwrap(), &entries[1..]);
    assert_eq!(std::fs::read_to_string(folder.file("changes.json.v1")).unwrap(), golden);
    store.save(&entries[0]).await.unwrap();
    drop(store);
    assert_eq!(FileChangeStore::open(&path).unwrap().load().await.unwrap(), entries);
}
