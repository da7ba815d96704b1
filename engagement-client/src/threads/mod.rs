//! Threads: conversations with customers. Reading, closing, opening, archiving and categorizing them.
//!
//! The verbs are jobs of the service: the answer has the thread as it was before, and the change follows. To be certain
//! that it is done, read the thread again.

mod model;

pub use model::Thread;

use crate::{
    endpoints::{Act, Get, List},
    handle::handle,
    ids::{CategoryId, ThreadId},
    params::setters,
    resource::{action, resource},
};
use care_client_core::Call;

resource! { Thread(ThreadId) at "content_threads", called "the thread", named "threads" { list, get } }

/// A list of threads, with its filters.
pub type ListThreads = List<Thread>;

/// What a 403 to a verb on a thread can mean.
const STATE: &str = "the thread is in that state already, or its source doesn't support it";

action! {
    /// Closes a thread: it takes no more messages. Safety: [`Idempotent`](crate::Safety::Idempotent).
    CloseThread on Thread: PUT "content_threads" / "close", named "threads" "close", Idempotent, forbidden STATE
}
action! {
    /// Opens a closed thread. **It is a GET that changes something**, so that caches and retries of other software can
    /// repeat it. Safety: [`Idempotent`](crate::Safety::Idempotent), not `Read`.
    OpenThread on Thread: GET "content_threads" / "open", named "threads" "open", Idempotent, forbidden STATE
}
action! {
    /// Archives a thread: ignores its messages. Safety: [`Idempotent`](crate::Safety::Idempotent).
    ArchiveThread on Thread: PUT "content_threads" / "ignore", named "threads" "archive", Idempotent
}
action! {
    /// Forbids the customer to write text in a thread. Safety: [`Idempotent`](crate::Safety::Idempotent).
    DisableTextInput on Thread:
        PUT "content_threads" / "disable_text_input", named "threads" "disable_text_input", Idempotent, forbidden STATE
}
action! {
    /// Lets the customer write text in a thread again. Safety: [`Idempotent`](crate::Safety::Idempotent).
    EnableTextInput on Thread:
        PUT "content_threads" / "enable_text_input", named "threads" "enable_text_input", Idempotent, forbidden STATE
}
action! {
    /// Replaces the categories of a thread. Safety: [`Idempotent`](crate::Safety::Idempotent).
    CategorizeThread on Thread:
        PUT "content_threads" / "update_categories", named "threads" "categorize", Idempotent
}

setters! {
    impl List<Thread> {
        /// Searches in the service's language, such as `active_and_assigned_to_me:true` or `source:ID text`. It is more
        /// expensive than a list and may be limited earlier than at 500 requests a minute.
        ///
        /// Source: RingCentral, *Engage Digital developer guide*, `docs/basics/pagination.md`,
        /// <https://github.com/ringcentral/engage-digital-api-docs>.
        text search("q");
    }
}

handle! {
    /// The operations on threads: conversations with customers. Returned by
    /// [`Engagement::threads`](crate::Engagement::threads).
    ///
    /// # Troubleshooting
    ///
    /// - 403, [`is_forbidden`](crate::Error::is_forbidden): the thread's state or source doesn't allow it, or the
    ///   token's user lacks the permission.
    /// - 409, [`is_conflict`](crate::Error::is_conflict): another request is changing the thread. Wait a few seconds,
    ///   then read it.
    Threads
}

impl Threads<'_> {
    /// Lists threads, the one with the newest message first: `GET /content_threads`.
    pub fn list(self, list: ListThreads) -> Call<ListThreads> {
        self.pipeline.call(list)
    }

    /// Gets one thread: `GET /content_threads/{threadId}`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is invalid. 404 if there is no such thread or the token's user
    /// can't read its source.
    pub fn get(self, id: impl Into<ThreadId>) -> Call<Get<Thread>> {
        self.pipeline.call(Get::new(id.into()))
    }

    /// Closes a thread: `PUT /content_threads/{threadId}/close`. It is a job: the answer has the thread as it was
    /// before.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get). 403 if its state or source doesn't allow it.
    pub fn close(self, id: impl Into<ThreadId>) -> Call<Act<CloseThread>> {
        self.pipeline.call(Act::new(id.into()))
    }

    /// Opens a closed thread: `GET /content_threads/{threadId}/open`, **a GET that changes something**. It is a job:
    /// the answer has the thread as it was before.
    ///
    /// # Errors
    ///
    /// Those of [`close`](Self::close).
    pub fn open(self, id: impl Into<ThreadId>) -> Call<Act<OpenThread>> {
        self.pipeline.call(Act::new(id.into()))
    }

    /// Archives a thread, which ignores its messages: `PUT /content_threads/{threadId}/ignore`. It is a job.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get). 409 if another request is changing the thread.
    pub fn archive(self, id: impl Into<ThreadId>) -> Call<Act<ArchiveThread>> {
        self.pipeline.call(Act::new(id.into()))
    }

    /// Forbids the customer to write text: `PUT /content_threads/{threadId}/disable_text_input`. For messaging sources.
    ///
    /// # Errors
    ///
    /// Those of [`close`](Self::close).
    pub fn disable_text_input(self, id: impl Into<ThreadId>) -> Call<Act<DisableTextInput>> {
        self.pipeline.call(Act::new(id.into()))
    }

    /// Lets the customer write text again: `PUT /content_threads/{threadId}/enable_text_input`. For messaging sources.
    ///
    /// # Errors
    ///
    /// Those of [`close`](Self::close).
    pub fn enable_text_input(self, id: impl Into<ThreadId>) -> Call<Act<EnableTextInput>> {
        self.pipeline.call(Act::new(id.into()))
    }

    /// Replaces the categories of a thread by these: `PUT /content_threads/{threadId}/update_categories`. None clears
    /// them. To add or remove some without losing what others change meanwhile, read the thread before and after.
    ///
    /// # Errors
    ///
    /// Those of [`archive`](Self::archive); [`Kind::Request`](crate::Kind::Request) if an id is invalid.
    pub fn categorize<I>(self, id: impl Into<ThreadId>, categories: I) -> Call<Act<CategorizeThread>>
    where
        I: IntoIterator,
        I::Item: Into<CategoryId>,
    {
        let mut act = Act::new(id.into());
        act.params.ids("thread_category_ids[]", categories.into_iter().map(Into::<CategoryId>::into));
        self.pipeline.call(act)
    }
}
