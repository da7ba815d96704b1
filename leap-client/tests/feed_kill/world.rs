use super::points::{Act, Kill, Moment, Way};
use crate::common::*;
use Kill::*;
use When::*;
use futures_util::StreamExt;
use leap_client::{Change, ChangeStore, Update};
use std::{collections::BTreeSet, fmt::Debug};
use tokio::time::timeout;

const ACK: &str = "/requests/acked";

/// What handlers that got to their end have seen, and how often they were called.
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

pub(crate) struct World {
    emulator: Emulator,
    pub(crate) portal: Portal,
}

impl World {
    /// A and B wait to be acknowledged; the clock stands still but when something is done.
    pub(crate) async fn new(touches: bool) -> Self {
        let builder = Emulator::builder();
        let Scene { emulator, portal, .. } =
            scene_of(if touches { builder.acknowledge_touches() } else { builder }).await;
        portal.clock.freeze();
        portal.raise("A");
        portal.comment("A", "hello");
        portal.room.raise(NewRequest::topic("Parking").with_id("B")).unwrap();
        Self { emulator, portal }
    }

    pub(crate) fn plan(&self, act: Act, moment: Moment) {
        match moment {
            Moment::BetweenLives => {}
            Moment::AfterReading(number) => {
                (1..number).for_each(|_| self.portal.after("GET", "/A", |_| ()));
                self.portal.after("GET", "/A", act);
            }
            Moment::BeforeAck => self.portal.before("POST", ACK, act),
            Moment::AfterAck => self.portal.after("POST", ACK, act),
        }
    }

    /// What there is to see, each with whether it is flagged.
    fn facts(&self) -> Vec<(String, String, bool)> {
        let mut facts = Vec::new();
        for id in self.portal.room.requests() {
            let request = self.portal.room.request(&id).unwrap();
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
        let mut store = Troubled::new(store);
        match kill {
            Load(when) => store.load = FaultyStore::held(1, when, signal.clone()),
            Save(number, when) => store.save = FaultyStore::held(number, when, signal.clone()),
            Remove(number, when) => store.remove = FaultyStore::held(number, when, signal.clone()),
            List(when) => hold("GET", "/requests/", 1, when),
            Read(number, when) => hold("GET", "/A", number, when),
            Ack(number, when) => hold("POST", ACK, number, when),
            Never | HandedOut | DealtWith => {}
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
                if kill == DealtWith {
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

    /// What was acknowledged and never dealt with stands in the store.
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
