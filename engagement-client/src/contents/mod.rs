//! Contents: the messages of conversations. Reading, writing, ignoring and categorizing them.

mod model;
mod new;
mod structured;
mod template;
mod words;

pub use model::{Content, FormattedBody};
pub use new::NewContent;
pub use structured::StructuredMessage;
pub use template::Template;
pub use words::{ContentStatus, SynchronizationStatus, TranslationStatus};

use crate::{
    endpoints::{Act, Get, List},
    handle::handle,
    ids::{CategoryId, ContentId},
    params::setters,
    resource::{action, resource},
};
use care_client_core::Call;

resource! { Content(ContentId) at "contents", called "the content", named "contents" { list, get } }

/// A list of contents, with its filters.
pub type ListContents = List<Content>;

action! {
    /// Ignores a message. Safety: [`Idempotent`](crate::Safety::Idempotent).
    IgnoreContent on Content: PUT "contents" / "ignore", named "contents" "ignore", Idempotent
}
action! {
    /// Replaces the categories of a message. Safety: [`Idempotent`](crate::Safety::Idempotent).
    CategorizeContent on Content: PUT "contents" / "update_categories", named "contents" "categorize", Idempotent
}
action! {
    /// Sets the score of a message's mood. Safety: [`Idempotent`](crate::Safety::Idempotent).
    ScoreContent on Content: PUT "contents" / "update_custom_score", named "contents" "score", Idempotent
}

setters! {
    impl List<Content> {
        /// Searches in the service's language by `id`, `intervention`, `identity`, `identity_group`, `source`,
        /// `status_in`, `thread` and `text`, such as `thread:ID order:created_at.asc`. It is more expensive than a list
        /// and may be limited earlier than at 500 requests a minute.
        text search("q");
    }
}

handle! {
    /// The operations on contents: the messages of conversations. Returned by
    /// [`Engagement::contents`](crate::Engagement::contents).
    Contents
}

impl Contents<'_> {
    /// Lists messages, newest first: `GET /contents`.
    pub fn list(self, list: ListContents) -> Call<ListContents> {
        self.pipeline.call(list)
    }

    /// Gets one message: `GET /contents/{contentId}`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is invalid. 404 if there is no such message or the token's
    /// user can't read its source.
    pub fn get(self, id: impl Into<ContentId>) -> Call<Get<Content>> {
        self.pipeline.call(Get::new(id.into()))
    }

    /// Writes a message: `POST /contents`. It comes back before its source has it: watch
    /// [`Content::synchronization_status`], or the webhook event `content.exported`.
    ///
    /// Its safety is [`Safety::Once`](crate::Safety::Once): sent twice, the customer gets it twice. After
    /// [`Outcome::Unknown`](crate::Outcome::Unknown), list the thread's messages and look for the text before you send
    /// it again.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the text is empty or exceeds 20,000 characters, or an id is invalid.
    /// 422 if the message is refused, for example because no intervention is open.
    pub fn create(self, new: NewContent) -> Call<NewContent> {
        self.pipeline.call(new)
    }

    /// Ignores a message: `PUT /contents/{contentId}/ignore`.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    pub fn ignore(self, id: impl Into<ContentId>) -> Call<Act<IgnoreContent>> {
        self.pipeline.call(Act::new(id.into()))
    }

    /// Replaces the categories of a message by these: `PUT /contents/{contentId}/update_categories`. None clears them.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get); [`Kind::Request`](crate::Kind::Request) if an id is invalid.
    pub fn categorize<I>(self, id: impl Into<ContentId>, categories: I) -> Call<Act<CategorizeContent>>
    where
        I: IntoIterator,
        I::Item: Into<CategoryId>,
    {
        let mut act = Act::new(id.into());
        act.params.ids("category_ids[]", categories.into_iter().map(Into::<CategoryId>::into));
        self.pipeline.call(act)
    }

    /// Sets the score of a message's mood: `PUT /contents/{contentId}/update_custom_score`. Needs the sentiment
    /// extension.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get); [`Kind::Request`](crate::Kind::Request) if the score isn't finite. 400 if the
    /// service refuses it.
    pub fn score(self, id: impl Into<ContentId>, score: f64) -> Call<Act<ScoreContent>> {
        let mut act = Act::new(id.into());
        if !score.is_finite() {
            act.params.reject("the score isn't a finite number");
        }
        act.params.set("custom_score", score.to_string());
        self.pipeline.call(act)
    }
}
