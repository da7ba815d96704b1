//! The settings of a [`Receiver`].

use super::{Clock, Hook, Inner, OnFailure, Receiver};
use crate::{
    dedupe::{DedupeStore, MemoryDedupeStore},
    notification::Notification,
    secrets::{Entry, Secrets},
    service::{Service, Verifier},
    sink::Sink,
};
use care_client_core::{BoxFuture, Error, Secret, StoreError};
use chrono::{DateTime, Utc};
use http::StatusCode;
use std::{fmt, sync::Arc, time::Duration};

const MAX_BODY: usize = 64 << 10;
const STORE_TIMEOUT: Duration = Duration::from_secs(10);

/// Makes a [`Receiver`]. Begin with [`Receiver::builder`].
///
/// | setting | default |
/// |---|---|
/// | [`notifier`](Self::notifier) | none: at least one is required |
/// | [`max_body`](Self::max_body) | 64 KiB |
/// | [`store_timeout`](Self::store_timeout) | 10 s |
/// | [`answer_created`](Self::answer_created) | off: the service's [`acknowledgement`](Service::acknowledgement) |
/// | [`id_pointer`](Self::id_pointer) | none: the service's [`delivery_id`](Service::delivery_id) |
/// | [`suppress`](Self::suppress) | [`Suppress::Nothing`] |
/// | [`dedupe_store`](Self::dedupe_store) | a [`MemoryDedupeStore`] with the service's window |
#[must_use = "call build() to get the receiver"]
pub struct ReceiverBuilder {
    service: Arc<dyn Service>,
    sink: Arc<dyn Sink>,
    entries: Vec<Entry>,
    max_body: usize,
    store_timeout: Duration,
    acknowledgement: Option<StatusCode>,
    id_pointer: Option<Box<str>>,
    suppress: Suppress,
    dedupe: Option<Arc<dyn DedupeStore>>,
    verifier: Option<Arc<dyn Verifier>>,
    clock: Clock,
    on_failure: Option<OnFailure>,
    before_answer: Option<Hook>,
}

/// Which duplicates are acknowledged and **not** given to the sink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Suppress {
    /// None: all are stored, with their mark.
    #[default]
    Nothing,
    /// Those that have the id of one that was stored.
    ///
    /// If [`ReceiverBuilder::id_pointer`] leads to something else than an id of the delivery, such as the resident's,
    /// **a second call for help is lost**.
    Certain,
    /// Those that have the same bytes as one that was stored, too.
    ///
    /// **This loses calls for help.** A resident who asks again within the window sends the same bytes, unless each
    /// request has a time or an id in it. Choose it only if you have seen that.
    CertainAndProbable,
}

impl ReceiverBuilder {
    pub(super) fn new(service: Arc<dyn Service>, sink: Arc<dyn Sink>) -> Self {
        Self {
            service,
            sink,
            entries: Vec::new(),
            max_body: MAX_BODY,
            store_timeout: STORE_TIMEOUT,
            acknowledgement: None,
            id_pointer: None,
            suppress: Suppress::Nothing,
            dedupe: None,
            verifier: None,
            clock: Arc::new(Utc::now),
            on_failure: None,
            before_answer: None,
        }
    }

    /// Takes posts that show this secret, as those of the notifier with this name. Call it again with the same name for
    /// a second secret that is valid, too.
    ///
    /// A secret has at least 16 letters, digits and `-._`: `openssl rand -hex 32` prints one. Where it stands, the
    /// [`Service`](crate::Service) says: mostly it is the last segment of the URL that you register. Choose another one
    /// for each notifier: the secret is what tells which of them was called.
    pub fn notifier(mut self, name: impl Into<Box<str>>, secret: impl Into<Secret>) -> Self {
        self.entries.push(Entry { notifier: name.into(), secret: secret.into() });
        self
    }

    /// Sets how long a body may be, in bytes. A longer one is answered 413, isn't stored, and is reported to
    /// [`on_failure`](Self::on_failure); so be generous. Default: 64 KiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sets how long the sink may take before the answer is 503; zero is refused by [`build`](Self::build). What it
    /// stores afterwards is stored. Default: 10 s.
    pub fn store_timeout(mut self, limit: Duration) -> Self {
        self.store_timeout = limit;
        self
    }

    /// Acknowledges by 201 instead of the service's own [`acknowledgement`](Service::acknowledgement).
    pub fn answer_created(mut self) -> Self {
        self.acknowledgement = Some(StatusCode::CREATED);
        self
    }

    /// Sets where in a JSON body the id of the delivery is, as a [JSON pointer](https://www.rfc-editor.org/rfc/rfc6901)
    /// such as `/id`, instead of the service's own [`delivery_id`](Service::delivery_id). A second post with the same
    /// id is [`Duplicate::Certain`](crate::Duplicate::Certain).
    ///
    /// An id is a whole number of up to 64 bits, or a text that isn't blank. Where something else stands, the post
    /// counts as one without an id.
    pub fn id_pointer(mut self, pointer: impl Into<Box<str>>) -> Self {
        self.id_pointer = Some(pointer.into());
        self
    }

    /// Sets which duplicates are not stored. Default: none. Read the warnings of [`Suppress`] before you choose
    /// another.
    pub fn suppress(mut self, duplicates: Suppress) -> Self {
        self.suppress = duplicates;
        self
    }

    /// Sets what remembers which posts were stored. Default: a [`MemoryDedupeStore`] with the service's
    /// [window](Service::dedupe_window).
    pub fn dedupe_store(mut self, store: impl DedupeStore + 'static) -> Self {
        self.dedupe = Some(Arc::new(store));
        self
    }

    /// Sets a further check of each post. What it refuses is reported to [`on_failure`](Self::on_failure).
    pub fn verifier(mut self, verifier: impl Verifier + 'static) -> Self {
        self.verifier = Some(Arc::new(verifier));
        self
    }

    /// Sets the clock. Default: the system's.
    pub fn clock(mut self, now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(now);
        self
    }

    /// Sets who hears of every post with a valid secret that isn't stored, and why: the sink has failed or took too
    /// long, the body is too long or broke off, the verifier has refused it. It also hears of a failure to look for
    /// duplicates, although that post is stored, without a mark; and of a [server](Receiver::serve) that can't accept
    /// connections. A panic in it changes nothing.
    pub fn on_failure(mut self, report: impl Fn(&StoreError) + Send + Sync + 'static) -> Self {
        self.on_failure = Some(Arc::new(report));
        self
    }

    /// Sets a hook between the sink's success and the answer, for tests that stop a program there. The answer waits for
    /// it.
    pub fn before_answer(
        mut self,
        hook: impl Fn(&Notification) -> BoxFuture<'static, ()> + Send + Sync + 'static,
    ) -> Self {
        self.before_answer = Some(Arc::new(hook));
        self
    }

    /// Makes the receiver.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if there is no notifier, if a name is blank, if a secret is short, has
    /// characters that a URL would encode, or belongs to two notifiers, if the pointer has no leading slash, or if the
    /// store timeout is zero.
    pub fn build(self) -> Result<Receiver, Error> {
        if self.store_timeout.is_zero() {
            return Err(Error::config(
                "a store_timeout() of zero lets nothing be stored in time, so every call for help would be answered \
                 503",
            ));
        }
        if self.id_pointer.as_deref().is_some_and(|pointer| !pointer.starts_with('/')) {
            return Err(Error::config("the pointer to the id must begin with a slash, as /id or /request/id"));
        }
        let window = self.service.dedupe_window();
        let in_memory = || Arc::new(MemoryDedupeStore::new().with_window(window)) as Arc<dyn DedupeStore>;
        Ok(Receiver(Arc::new(Inner {
            secrets: Secrets::new(self.entries)?,
            max_body: self.max_body,
            acknowledgement: self.acknowledgement.unwrap_or_else(|| self.service.acknowledgement()),
            service: self.service,
            sink: self.sink,
            dedupe: self.dedupe.unwrap_or_else(in_memory),
            in_flight: Default::default(),
            store_timeout: self.store_timeout,
            id_pointer: self.id_pointer,
            suppress: self.suppress,
            verifier: self.verifier,
            clock: self.clock,
            on_failure: self.on_failure,
            before_answer: self.before_answer,
        })))
    }
}

impl fmt::Debug for ReceiverBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiverBuilder")
            .field("notifiers", &self.entries.iter().map(|entry| &entry.notifier).collect::<Vec<_>>())
            .field("max_body", &self.max_body)
            .field("store_timeout", &self.store_timeout)
            .field("acknowledgement", &self.acknowledgement)
            .field("suppress", &self.suppress)
            .finish_non_exhaustive()
    }
}
