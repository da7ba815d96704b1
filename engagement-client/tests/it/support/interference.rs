//! Interference: what other agents do to an intervention while a workflow is working on it, and a history of its state.

use crate::support::{AGENT_ID, Controller, HTML, SOURCE_ID, Setup, Step};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering::SeqCst},
};

/// An action of another agent or an administrator, with its name.
pub(crate) type Action = (&'static str, fn(&Controller, &str));

/// All actions. An action that the state forbids does nothing.
pub(crate) const ACTIONS: [Action; 11] = [
    ("reply", |controller, id| drop(controller.reply(id))),
    ("close", |controller, id| drop(controller.close(id))),
    ("reply and close", |controller, id| drop(controller.reply(id).and_then(|()| controller.close(id)))),
    ("cancel", |controller, id| drop(controller.cancel(id))),
    ("reopen", |controller, id| drop(controller.reopen(id))),
    ("begin to close", |controller, id| drop(controller.begin_close(id))),
    ("begin to cancel", |controller, id| drop(controller.begin_cancel(id))),
    ("finish", |controller, id| drop(controller.finish(id))),
    ("abandon", |controller, id| drop(controller.abandon(id))),
    ("deny read", |controller, _| controller.deny_read(AGENT_ID, SOURCE_ID).unwrap()),
    ("allow read", |controller, _| controller.allow_read(AGENT_ID, SOURCE_ID).unwrap()),
];

/// When an action takes place: before or after a request is handled. The workflow reads first, then sends its request,
/// then reads up to twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Timing {
    BeforeReading(usize),
    AfterReading(usize),
    BeforeSending,
    AfterSending,
}

pub(crate) const TIMINGS: [Timing; 7] = [
    Timing::BeforeReading(1),
    Timing::AfterReading(1),
    Timing::BeforeSending,
    Timing::AfterSending,
    Timing::BeforeReading(2),
    Timing::AfterReading(2),
    Timing::BeforeReading(3),
];

/// The timings that matter for a second action.
const SECOND_TIMINGS: [Timing; 3] = [Timing::BeforeSending, Timing::AfterSending, Timing::BeforeReading(3)];

/// The state of an intervention, regardless of who may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Open,
    Closed,
    Gone,
}

pub(crate) fn state_of(controller: &Controller, id: &str) -> State {
    match controller.intervention(id) {
        Ok(one) if one.closed => State::Closed,
        Ok(_) => State::Open,
        Err(_) => State::Gone,
    }
}

/// What happened to an intervention during a workflow.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    /// Its states, from the beginning.
    pub(crate) states: Vec<State>,
    /// The state that each read showed.
    pub(crate) shown: Vec<State>,
    /// The state before and after each write of the client itself.
    pub(crate) ours: Vec<(State, State)>,
}

impl History {
    /// Whether a write of the client itself changed the state.
    pub(crate) fn is_ours(&self) -> bool {
        self.ours.iter().any(|(before, after)| before != after)
    }

    pub(crate) fn was(&self, state: State) -> bool {
        self.states.contains(&state)
    }

    /// Whether a read after the first showed this state.
    pub(crate) fn showed(&self, state: State) -> bool {
        self.shown.iter().skip(1).any(|shown| *shown == state)
    }
}

/// Plans the actions of others during a workflow, and records what happens to the intervention.
pub(crate) fn interfere(
    setup: &Setup,
    id: &str,
    method: &'static str,
    actions: &[(Action, Timing)],
) -> Arc<Mutex<History>> {
    let history = Arc::new(Mutex::new(History::default()));
    history.lock().unwrap().states.push(state_of(&setup.controller, id));
    let is_denied = Arc::new(AtomicBool::new(false));
    let doing = |timing: Timing| {
        let actions: Vec<_> = actions.iter().filter(|(_, when)| *when == timing).map(|(action, _)| *action).collect();
        let (history, is_denied) = (history.clone(), is_denied.clone());
        move |controller: &Controller, id: &str| {
            for (name, act) in actions {
                act(controller, id);
                is_denied.store(name == "deny read" || name != "allow read" && is_denied.load(SeqCst), SeqCst);
                history.lock().unwrap().states.push(state_of(controller, id));
            }
        }
    };
    for number in 1..=3 {
        setup.before("GET", id, id, doing(Timing::BeforeReading(number)));
        let (after, history, is_denied) = (doing(Timing::AfterReading(number)), history.clone(), is_denied.clone());
        setup.after("GET", id, id, move |controller, id| {
            let now = if is_denied.load(SeqCst) { State::Gone } else { state_of(controller, id) };
            history.lock().unwrap().shown.push(now);
            after(controller, id);
        });
    }
    let (before, after, ours) = (doing(Timing::BeforeSending), doing(Timing::AfterSending), history.clone());
    setup.before(method, "", id, move |controller, id| {
        before(controller, id);
        let now = state_of(controller, id);
        ours.lock().unwrap().ours.push((now, now));
    });
    let ours = history.clone();
    setup.after(method, "", id, move |controller, id| {
        let now = state_of(controller, id);
        let mut history = ours.lock().unwrap();
        history.states.push(now);
        history.ours.last_mut().unwrap().1 = now;
        drop(history);
        after(controller, id);
    });
    history
}

/// Every action at every time combined with each failure of the client's request, and every pair of actions in a row.
pub(crate) fn interferences() -> Vec<(Vec<(Action, Timing)>, Step)> {
    let at = |timings: &'static [Timing]| move |action: Action| timings.iter().map(move |timing| (action, *timing));
    let mut cases = Vec::new();
    let bad_gateway = Step::edited(|answer| answer.status = 502.try_into().unwrap());
    let not_done = [Step::Lost, Step::Silence, Step::Answer(503, "{}"), Step::Answer(200, HTML)];
    for step in not_done.into_iter().chain([Step::Pass, Step::AnswerLost, Step::Cut, bad_gateway]) {
        cases.push((Vec::new(), step.clone()));
        cases.extend(ACTIONS.into_iter().flat_map(at(&TIMINGS)).map(|one| (vec![one], step.clone())));
    }
    for step in [Step::Pass, Step::AnswerLost, Step::Lost] {
        for (number, timing) in SECOND_TIMINGS.iter().enumerate() {
            for first in ACTIONS.into_iter().map(|action| (action, *timing)) {
                let then = ACTIONS.into_iter().flat_map(at(&SECOND_TIMINGS[number + 1..]));
                cases.extend(then.map(|then| (vec![first, then], step.clone())));
            }
        }
    }
    cases
}
