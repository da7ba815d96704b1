//! What happens between two calls of a client.

use std::collections::VecDeque;
use std::sync::Mutex;

use http::Method;

use super::controller::Controller;
use crate::lock::lock;
use crate::plan::Target;

/// Something that happens once.
pub(super) type Hook = Box<dyn FnOnce(&Controller) + Send>;

/// Hooks in the order of their planning.
#[derive(Default)]
pub(super) struct Queue(Mutex<VecDeque<(Target, Hook)>>);

impl Queue {
    pub(super) fn add(&self, target: Target, hook: Hook) {
        lock(&self.0).push_back((target, hook));
    }

    /// Runs the oldest hook that is meant for such a request.
    pub(super) fn run(&self, method: &Method, path: &str, room: &Controller) {
        let hook = {
            let mut queue = lock(&self.0);
            let at = queue.iter().position(|(target, _)| target.is(method, path));
            at.and_then(|at| queue.remove(at))
        };
        if let Some((_, hook)) = hook {
            hook(room);
        }
    }
}

#[derive(Default)]
pub(super) struct Hooks {
    /// Before a request is looked at.
    pub(super) before: Queue,
    /// When what it asked for is done.
    pub(super) after: Queue,
}
