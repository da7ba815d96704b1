//! Hooks: changes of an emulator's world at a given point between two calls of a client.
//!
//! A hook runs once, before or after the next request with a given method and path. Hooks are kept in the world `W` and
//! receive it, not the controller above it; [`hook_methods`] turns closures over a `Controller` into hooks.

use crate::{fault::Target, lock::lock};
use axum::{extract::Request, response::Response};
use http::Method;
use std::{collections::VecDeque, sync::Mutex};

/// A change that happens once. `W` is the world, or a handle on it.
pub(crate) type Hook<W> = Box<dyn FnOnce(&W) + Send>;

/// Hooks in the order in which they were added.
pub(crate) struct Queue<W>(Mutex<VecDeque<(Target, Hook<W>)>>);

impl<W> Default for Queue<W> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<W> Queue<W> {
    pub(crate) fn add(&self, target: Target, hook: Hook<W>) {
        lock(&self.0).push_back((target, hook));
    }

    /// Runs the oldest hook that fits such a request.
    fn run(&self, method: &Method, path: &str, world: &W) {
        let hook = {
            let mut queue = lock(&self.0);
            let at = queue.iter().position(|(target, _)| target.is(method, path));
            at.and_then(|at| queue.remove(at))
        };
        if let Some((_, hook)) = hook {
            hook(world);
        }
    }
}

/// The hooks of one emulator.
pub(crate) struct Hooks<W> {
    /// Run before a request is handled.
    pub(crate) before: Queue<W>,
    /// Run after a request was handled, before its answer is sent.
    pub(crate) after: Queue<W>,
}

impl<W> Default for Hooks<W> {
    fn default() -> Self {
        Self { before: Queue::default(), after: Queue::default() }
    }
}

impl<W> Hooks<W> {
    /// Answers a request, and runs the hooks that fit it before and after.
    pub(crate) async fn around(
        &self,
        world: &W,
        request: Request,
        answer: impl AsyncFnOnce(Request) -> Response,
    ) -> Response {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        self.before.run(&method, &path, world);
        let answer = answer(request).await;
        self.after.run(&method, &path, world);
        answer
    }
}

/// Defines the methods of a `Controller` that add hooks, for a `world` whose `hooks` are `Hooks<Arc<World>>`.
///
/// Doc lines become an example of the first.
macro_rules! hook_methods {
    ($(#[$example:meta])*) => {
        /// Runs `hook` once, when the next request with this method and a path that ends with `path_suffix` has arrived
        /// and before it is handled. `""` fits every path.
        ///
        /// Use it to change the world between two calls of a client. Hooks wait in one queue; a request takes the
        /// oldest one that fits it. A request that a planned failure ends before its commit takes none. The hook may
        /// call any method of the controller, but must not block.
        ///
        $(#[$example])*
        pub fn before_next(
            &self,
            method: impl AsRef<str>,
            path_suffix: &str,
            hook: impl FnOnce(&Controller) + Send + 'static,
        ) {
            let target = $crate::fault::Target::new(method.as_ref(), path_suffix);
            self.world.hooks.before.add(target, Box::new(|world| hook(&Controller::new(world.clone()))));
        }

        /// Runs `hook` once, when the next such request has been carried out or refused and before its answer is sent.
        ///
        /// Everything else is as for [`before_next`](Controller::before_next). A failure planned for after the commit
        /// happens after the hook.
        pub fn after_next(
            &self,
            method: impl AsRef<str>,
            path_suffix: &str,
            hook: impl FnOnce(&Controller) + Send + 'static,
        ) {
            let target = $crate::fault::Target::new(method.as_ref(), path_suffix);
            self.world.hooks.after.add(target, Box::new(|world| hook(&Controller::new(world.clone()))));
        }
    };
}
pub(crate) use hook_methods;
