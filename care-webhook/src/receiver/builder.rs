use super::{
    DedupeStore, MemoryDedupeStore, Notification, Receiver, Sink, Verifier,
    admission::Admission,
    receiver::{Clock, Hook, Inner, OnFailure},
    secrets::{Entry, Secrets},
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
/// | [`notifier`](Self::notifier) | none: at least one must be said |
/// | [`max_body`](Self::max_body) | 64 KiB |
/// | [`store_timeout`](Self::store_timeout) | 10 s |
/// | [`answer_created`](Self::answer_created) | off: the answer is 200 |
/// | [`id_pointer`](Self::id_pointer) | none: no duplicate is certain |
/// | [`suppress`](Self::suppress) | [`Suppress::Nothing`] |
/// | [`dedupe_store`](Self::dedupe_store) | a [`MemoryDedupeStore`] |
#[must_use = "call build() to get the receiver"]
pub struct ReceiverBuilder {
    sink: Arc<dyn Sink>,
    entries: Vec<Entry>,
    max_body: usize,
    store_timeout: Duration,
    success: StatusCode,
    id_pointer: Option<Box<str>>,
    suppress: Suppress,
    dedupe: Arc<dyn DedupeStore>,
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
    /// Those that have the id of one that was stored, by the pointer of [`ReceiverBuilder::id_pointer`].
    ///
    /// If what the pointer leads to isn't an id of the request, such as the resident's, **a second call for help is lost**.
    Certain,
    /// Those that have the same bytes as one that was stored, too.
    ///
    /// **This loses calls for help.** A resident who asks again within the window sends the same bytes, unless each request has a
    /// time or an id in it. Choose it only if you have seen that.
    CertainAndProbable,
}

impl ReceiverBuilder {
    pub(super) fn new(sink: Arc<dyn Sink>) -> Self {
        Self {
            sink,
            entries: Vec::new(),
            max_body: MAX_BODY,
            store_timeout: STORE_TIMEOUT,
            success: StatusCode::OK,
            id_pointer: None,
            suppress: Suppress::Nothing,
            dedupe: Arc::new(MemoryDedupeStore::new()),
            verifier: None,
            clock: Arc::new(Utc::now),
            on_failure: None,
            before_answer: None,
        }
    }

    /// Takes posts whose URL ends in this secret, as those of the notifier with this name. Say it again with the same name for a
    /// second secret that is valid, too.
    ///
    /// The secret is the last segment of the URL's path: at least 16 letters, digits and `-._`. Register
    /// `https://your-host/any/path/<secret>` by [`NewAssistanceProvider::webhook`](crate::NewAssistanceProvider::webhook), another one for
    /// each notifier: nothing else tells which of them was called (defect [`CARE-33`](crate::defects)).
    pub fn notifier(mut self, name: impl Into<Box<str>>, secret: impl Into<Secret>) -> Self {
        self.entries.push(Entry { notifier: name.into(), secret: secret.into() });
        self
    }

    /// Sets how long a body may be, in bytes. A longer one is answered 413 and isn't stored, and [`on_failure`](Self::on_failure) is
    /// told; so be generous. Default: 64 KiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sets how long the sink may take before the answer is 503; zero is refused by [`build`](Self::build). What it stores afterwards is
    /// stored. Default: 10 s; how long CareMessenger waits, no document says.
    pub fn store_timeout(mut self, limit: Duration) -> Self {
        self.store_timeout = limit;
        self
    }

    /// Answers 201 instead of 200. The documents take both for an acknowledgement, and no others.
    pub fn answer_created(mut self) -> Self {
        self.success = StatusCode::CREATED;
        self
    }

    /// Sets where in a JSON body the id of the request is, as a [JSON pointer](https://www.rfc-editor.org/rfc/rfc6901) such as `/id`:
    /// once you know that there is one. A second post with the same id is [`Duplicate::Certain`](super::Duplicate::Certain).
    ///
    /// An id is a whole number of up to 64 bits, or a text that isn't blank. Where something else stands, the post counts as one without
    /// an id.
    pub fn id_pointer(mut self, pointer: impl Into<Box<str>>) -> Self {
        self.id_pointer = Some(pointer.into());
        self
    }

    /// Sets which duplicates are not stored. Default: none. Read the warnings of [`Suppress`] before you choose another.
    pub fn suppress(mut self, duplicates: Suppress) -> Self {
        self.suppress = duplicates;
        self
    }

    /// Sets what remembers which posts were stored. Default: a [`MemoryDedupeStore`].
    pub fn dedupe_store(mut self, store: impl DedupeStore + 'static) -> Self {
        self.dedupe = Arc::new(store);
        self
    }

    /// Sets what else has to be right for a post to be taken. [`on_failure`](Self::on_failure) is told of what it refuses.
    pub fn verifier(mut self, verifier: impl Verifier + 'static) -> Self {
        self.verifier = Some(Arc::new(verifier));
        self
    }

    /// Sets the clock. Default: the system's.
    pub fn clock(mut self, now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(now);
        self
    }

    /// Sets who is told of every post with a valid secret that isn't stored, and why: the sink has failed or took too long, the body
    /// is too long or broke off, the verifier has refused it. And of what kept a duplicate from being looked for: that post is
    /// stored all the same, without a mark. A panic of whoever is told changes nothing.
    pub fn on_failure(mut self, told: impl Fn(&StoreError) + Send + Sync + 'static) -> Self {
        self.on_failure = Some(Arc::new(told));
        self
    }

    /// Sets what happens between the sink's success and the answer: for tests that stop a program there. The answer waits for it.
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
    /// [`Kind::Config`](crate::Kind::Config) if there is no notifier, if a name is blank, if a secret is short, has characters that a
    /// URL would encode, or is that of two notifiers, if the pointer is none, or if the sink has no time.
    pub fn build(self) -> Result<Receiver, Error> {
        if self.store_timeout.is_zero() {
            return Err(Error::config(
                "a store_timeout() of zero lets nothing be stored in time, so every call for help would be answered 503",
            ));
        }
        if self.id_pointer.as_deref().is_some_and(|pointer| !pointer.starts_with('/')) {
            return Err(Error::config("the pointer to the id must begin with a slash, as /id or /request/id"));
        }
        Ok(Receiver::from_inner(Inner {
            admission: Admission { secrets: Secrets::new(self.entries)?, max_body: self.max_body },
            sink: self.sink,
            dedupe: self.dedupe,
            in_flight: Default::default(),
            store_timeout: self.store_timeout,
            success: self.success,
            id_pointer: self.id_pointer,
            suppress: self.suppress,
            verifier: self.verifier,
            clock: self.clock,
            on_failure: self.on_failure,
            before_answer: self.before_answer,
        }))
    }
}

impl fmt::Debug for ReceiverBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiverBuilder")
            .field("notifiers", &self.entries.iter().map(|entry| &entry.notifier).collect::<Vec<_>>())
            .field("max_body", &self.max_body)
            .field("store_timeout", &self.store_timeout)
            .field("success", &self.success)
            .field("suppress", &self.suppress)
            .finish_non_exhaustive()
    }
}
