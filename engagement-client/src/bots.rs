//! Bots: what virtual agents do with a conversation.

use crate::{
    endpoints::status_hint,
    handle::handle,
    ids::{CategoryId, ContentId, InterventionId, ObjectId as _},
    interventions::Intervention,
    params::{Params, setters},
    resource::operation,
};
use care_client_core::{Call, DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, wire::open_enum};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;

open_enum! {
    /// Who has a conversation before or after a handover.
    pub enum Party {
        /// A bot.
        Bot = "bot",
        /// An agent.
        Agent = "agent",
    }
}

/// What the service answers to a bot.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "BotCompleteResponse" and
/// "HandoverFromBotToAgentResponse", <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BotAnswer {
    /// A status: text in the specification, the number 200 in the guide.
    #[serde(default, deserialize_with = "text_or_number")]
    pub status: Option<String>,
    /// A description for people.
    pub message: Option<String>,
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Option::<serde_json::Value>::deserialize(deserializer)? {
        Some(serde_json::Value::String(text)) => Some(text),
        Some(serde_json::Value::Null) | None => None,
        Some(other) => Some(other.to_string()),
    })
}

/// Completes a bot's work: `engagement.bots().complete(..)`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "give it to engagement.bots().complete(..)"]
pub struct CompleteBot {
    params: Params,
}

/// Hands a conversation over between bot and agent: `engagement.bots().hand_over(..)`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "give it to engagement.bots().hand_over(..)"]
pub struct Handover {
    params: Params,
}

/// Opens an intervention as the virtual agent. Made by [`Bots::engage`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngageBot {
    content: ContentId,
}

impl CompleteBot {
    /// Completes the work on this intervention.
    pub fn new(intervention: impl Into<InterventionId>) -> Self {
        let mut params = Params::default();
        params.id("intervention_id", &intervention.into());
        Self { params }
    }
}

setters! {
    impl CompleteBot {
        /// Sets whether the thread is closed, too.
        flag close_thread("close_thread");
        /// Sets the categories of the thread.
        ids thread_categories("thread_category_ids[]"): CategoryId;
    }
}

impl Handover {
    /// Hands a customer's conversation over. `kind` is the kind of channel, such as `messenger`, or
    /// `engage_virtual_agent`; `identity_foreign_id` is the customer's id on the source.
    pub fn new(from: Party, to: Party, kind: impl Into<String>, identity_foreign_id: impl Into<String>) -> Self {
        let mut params = Params::default();
        params.set("from", from.to_string());
        params.set("to", to.to_string());
        params.set("type", kind.into());
        params.set("identity_foreign_id", identity_foreign_id.into());
        Self { params }
    }
}

setters! {
    impl Handover {
        /// Sets the application that takes over.
        text app_id("app_id");
        /// Sets the intervention. For virtual agents.
        id intervention("intervention_id"): InterventionId;
        /// Sets the categories of the thread.
        ids thread_categories("thread_category_ids[]"): CategoryId;
        /// Sets what caused it. For virtual agents.
        text trigger("trigger");
    }
}

macro_rules! endpoint {
    ($name:ident -> $output:ty, $verb:literal $safety:ident, |$me:ident| $parts:expr) => {
        impl Endpoint for $name {
            type Output = $output;

            const OPERATION: &'static Operation = &operation!("bots", $verb, $safety, "bots/", $verb);

            fn parts(&self) -> Result<RequestParts, Error> {
                let $me = self;
                $parts
            }

            fn decode(&self, response: &RawResponse) -> Result<$output, DecodeError> {
                response.json()
            }

            fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
                status_hint(refusal.status, "the conversation")
            }
        }
    };
}

endpoint! { CompleteBot -> BotAnswer, "complete" Once, |me| me.params.apply(RequestParts::post(["bots", "complete"])) }
endpoint! {
    Handover -> BotAnswer, "handover" Once,
    |me| me.params.apply_as_form(RequestParts::post(["bots", "handover"]))
}
endpoint! {
    EngageBot -> Intervention, "engage" Once,
    |me| {
        me.content.check("the content")?;
        Ok(RequestParts::post(["bots", "engage"]).query("content_id", me.content.as_str().to_owned()))
    }
}

handle! {
    /// What virtual agents do with a conversation.
    /// Returned by [`Engagement::bots`](crate::Engagement::bots).
    Bots
}

impl Bots<'_> {
    /// Opens an intervention on a message as the virtual agent: `POST /bots/engage`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is invalid. 422 if it can't be opened.
    pub fn engage(self, content: impl Into<ContentId>) -> Call<EngageBot> {
        self.pipeline.call(EngageBot { content: content.into() })
    }

    /// Closes the intervention and completes the task: `POST /bots/complete`.
    ///
    /// # Errors
    ///
    /// 422 if a parameter is refused.
    pub fn complete(self, complete: CompleteBot) -> Call<CompleteBot> {
        self.pipeline.call(complete)
    }

    /// Hands a conversation over between bot and agent: `POST /bots/handover`.
    ///
    /// # Errors
    ///
    /// 422 if a parameter is refused.
    pub fn hand_over(self, handover: Handover) -> Call<Handover> {
        self.pipeline.call(handover)
    }
}
