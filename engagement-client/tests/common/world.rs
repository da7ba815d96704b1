use super::{AGENT_ID, Controller, HTML, SOURCE_ID, Scene, Step};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering::SeqCst},
};

/// What another agent does, or an administrator.
pub(crate) type Deed = (&'static str, fn(&Controller, &str));

/// Whatever can't be done is not done.
pub(crate) const DEEDS: [Deed; 11] = [
    ("reply", |room, id| drop(room.reply(id))),
    ("close", |room, id| drop(room.close(id))),
    ("reply and close", |room, id| drop(room.reply(id).and_then(|()| room.close(id)))),
    ("cancel", |room, id| drop(room.cancel(id))),
    ("reopen", |room, id| drop(room.reopen(id))),
    ("begin to close", |room, id| drop(room.begin_close(id))),
    ("begin to cancel", |room, id| drop(room.begin_cancel(id))),
    ("finish", |room, id| drop(room.finish(id))),
    ("abandon", |room, id| drop(room.abandon(id))),
    ("deny read", |room, _| room.deny_read(AGENT_ID, SOURCE_ID).unwrap()),
    ("allow read", |room, _| room.allow_read(AGENT_ID, SOURCE_ID).unwrap()),
];

/// When it is done: before or after a request is dealt with. Reading comes first, then the request that changes something,
/// then up to two looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    BeforeReading(usize),
    AfterReading(usize),
    BeforeSending,
    AfterSending,
}

pub(crate) const MOMENTS: [Moment; 7] = [
    Moment::BeforeReading(1),
    Moment::AfterReading(1),
    Moment::BeforeSending,
    Moment::AfterSending,
    Moment::BeforeReading(2),
    Moment::AfterReading(2),
    Moment::BeforeReading(3),
];

/// The moments that make a difference to a second one who acts.
const TURNS: [Moment; 3] = [Moment::BeforeSending, Moment::AfterSending, Moment::BeforeReading(3)];

/// How an intervention stands, whoever may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    Open,
    Closed,
    Gone,
}

pub(crate) fn stand(room: &Controller, id: &str) -> Stand {
    match room.intervention(id) {
        Ok(one) if one.closed => Stand::Closed,
        Ok(_) => Stand::Open,
        Err(_) => Stand::Gone,
    }
}

/// What has become of an intervention while a workflow was at it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Story {
    /// How it stood, from the beginning on.
    pub(crate) stands: Vec<Stand>,
    /// How each reading showed it.
    pub(crate) shown: Vec<Stand>,
    /// How it stood before and after each of the client's own requests that change something.
    pub(crate) ours: Vec<(Stand, Stand)>,
}

impl Story {
    /// Whether the client's own request did something.
    pub(crate) fn is_ours(&self) -> bool {
        self.ours.iter().any(|(before, after)| before != after)
    }

    pub(crate) fn was(&self, stand: Stand) -> bool {
        self.stands.contains(&stand)
    }

    /// Whether a reading after the first showed it so.
    pub(crate) fn showed(&self, stand: Stand) -> bool {
        self.shown.iter().skip(1).any(|shown| *shown == stand)
    }
}

/// Plans what others do while a workflow is at an intervention, and notes what becomes of it.
pub(crate) fn tell(scene: &Scene, id: &str, method: &'static str, deeds: &[(Deed, Moment)]) -> Arc<Mutex<Story>> {
    let story = Arc::new(Mutex::new(Story::default()));
    story.lock().unwrap().stands.push(stand(&scene.room, id));
    let is_denied = Arc::new(AtomicBool::new(false));
    let doing = |moment: Moment| {
        let deeds: Vec<_> = deeds.iter().filter(|(_, when)| *when == moment).map(|(deed, _)| *deed).collect();
        let (story, is_denied) = (story.clone(), is_denied.clone());
        move |room: &Controller, id: &str| {
            for (name, act) in deeds {
                act(room, id);
                is_denied.store(name == "deny read" || name != "allow read" && is_denied.load(SeqCst), SeqCst);
                story.lock().unwrap().stands.push(stand(room, id));
            }
        }
    };
    for number in 1..=3 {
        scene.before("GET", id, id, doing(Moment::BeforeReading(number)));
        let (after, story, is_denied) = (doing(Moment::AfterReading(number)), story.clone(), is_denied.clone());
        scene.after("GET", id, id, move |room, id| {
            let now = if is_denied.load(SeqCst) { Stand::Gone } else { stand(room, id) };
            story.lock().unwrap().shown.push(now);
            after(room, id);
        });
    }
    let (before, after, ours) = (doing(Moment::BeforeSending), doing(Moment::AfterSending), story.clone());
    scene.before(method, "", id, move |room, id| {
        before(room, id);
        let now = stand(room, id);
        ours.lock().unwrap().ours.push((now, now));
    });
    let ours = story.clone();
    scene.after(method, "", id, move |room, id| {
        let now = stand(room, id);
        let mut story = ours.lock().unwrap();
        story.stands.push(now);
        story.ours.last_mut().unwrap().1 = now;
        drop(story);
        after(room, id);
    });
    story
}

/// All that one other agent can do beside each failure of the client's request, and all that two can do one after the other.
pub(crate) fn worlds() -> Vec<(Vec<(Deed, Moment)>, Step)> {
    let done = |moments: &'static [Moment]| move |deed: Deed| moments.iter().map(move |moment| (deed, *moment));
    let mut worlds = Vec::new();
    let bad_gateway = Step::edited(|answer| answer.status = 502.try_into().unwrap());
    let not_done = [Step::Lost, Step::Silence, Step::Answer(503, "{}"), Step::Answer(200, HTML)];
    for step in not_done.into_iter().chain([Step::Pass, Step::AnswerLost, Step::Cut, bad_gateway]) {
        worlds.push((Vec::new(), step.clone()));
        worlds.extend(DEEDS.into_iter().flat_map(done(&MOMENTS)).map(|one| (vec![one], step.clone())));
    }
    for step in [Step::Pass, Step::AnswerLost, Step::Lost] {
        for (number, moment) in TURNS.iter().enumerate() {
            for first in DEEDS.into_iter().map(|deed| (deed, *moment)) {
                let then = DEEDS.into_iter().flat_map(done(&TURNS[number + 1..]));
                worlds.extend(then.map(|then| (vec![first, then], step.clone())));
            }
        }
    }
    worlds
}
