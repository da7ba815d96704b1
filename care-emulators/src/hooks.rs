//! What happens between two calls of a client.

use std::collections::VecDeque;
use std::sync::Mutex;

use axum::extract::Request;
use axum::response::Response;
use http::Method;

use crate::lock::lock;
use crate::plan::Target;

/// Something that happens once, in a room `C`: what moves an emulator's world.
pub(crate) type Hook<C> = Box<dyn FnOnce(&C) + Send>;

/// Hooks in the order of their planning.
pub(crate) struct Queue<C>(Mutex<VecDeque<(Target, Hook<C>)>>);

impl<C> Default for Queue<C> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<C> Queue<C> {
    pub(crate) fn add(&self, target: Target, hook: Hook<C>) {
        lock(&self.0).push_back((target, hook));
    }

    /// Runs the oldest hook that is meant for such a request.
    fn run(&self, method: &Method, path: &str, room: &C) {
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

/// The hooks of one emulator.
pub(crate) struct Hooks<C> {
    /// Before a request is looked at.
    pub(crate) before: Queue<C>,
    /// When what it asked for is done.
    pub(crate) after: Queue<C>,
}

impl<C> Default for Hooks<C> {
    fn default() -> Self {
        Self { before: Queue::default(), after: Queue::default() }
    }
}

impl<C> Hooks<C> {
    /// Answers a request, with the hooks that are meant for it before and after.
    pub(crate) async fn around(
        &self,
        room: &C,
        request: Request,
        answer: impl AsyncFnOnce(Request) -> Response,
    ) -> Response {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        self.before.run(&method, &path, room);
        let answer = answer(request).await;
        self.after.run(&method, &path, room);
        answer
    }
}

/// The methods of a `Controller` that plan hooks, for one whose `world` has `hooks`. Doc lines are an example of the first.
macro_rules! hook_methods {
    ($(#[$example:meta])*) => {
        /// Runs `hook` once, when the next request with this method and a path that ends in `path_end` has arrived, before it is looked at. `""` fits every
        /// path.
        ///
        /// So the world can be moved between two calls of a client. Hooks wait in one queue; a request takes the oldest that is meant for it. One that
        /// a planned failure ends before its commit takes none. The hook may do anything here but wait.
        ///
        $(#[$example])*
        pub fn before_next(
            &self,
            method: impl AsRef<str>,
            path_end: &str,
            hook: impl FnOnce(&Controller) + Send + 'static,
        ) {
            self.world.hooks.before.add($crate::plan::Target::new(method.as_ref(), path_end), Box::new(hook));
        }

        /// Runs `hook` once, when what the next such request asked for is done or refused, before its answer leaves. All else is as with
        /// [`before_next`](Controller::before_next); a failure that was planned for after the commit comes later than the hook.
        pub fn after_next(
            &self,
            method: impl AsRef<str>,
            path_end: &str,
            hook: impl FnOnce(&Controller) + Send + 'static,
        ) {
            self.world.hooks.after.add($crate::plan::Target::new(method.as_ref(), path_end), Box::new(hook));
        }
    };
}
pub(crate) use hook_methods;
