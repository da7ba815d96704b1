//! The data of a new support request.

use serde::Deserialize;
use std::fmt;

/// The data of a new support request.
///
/// By default it has only a topic, a summary, a creator, a community, an email address and an account. `Debug` shows
/// only the topic and the identifiers.
///
/// ```
/// use care_emulators::leap::NewRequest;
///
/// let request =
///     NewRequest::topic("Lighting").summary("It is dark").property("PP-7").with_id("0000007");
/// ```
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[must_use = "pass it to `Controller::raise`"]
pub struct NewRequest {
    pub(super) id: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) topic: String,
    pub(super) topic_external_id: Option<String>,
    pub(super) sub_topic: Option<String>,
    pub(super) sub_topic_external_id: Option<String>,
    pub(super) property: Option<String>,
    pub(super) property_external_id: Option<String>,
    pub(super) offer: Option<String>,
    pub(super) offer_name: Option<String>,
    pub(super) summary: String,
    pub(super) description: Option<String>,
    pub(super) creator: String,
    pub(super) assignee: Option<String>,
    pub(super) community: String,
    pub(super) email: Option<String>,
    pub(super) account: Option<String>,
}

impl Default for NewRequest {
    fn default() -> Self {
        Self {
            id: None,
            external_id: None,
            topic: "General".to_owned(),
            topic_external_id: None,
            sub_topic: None,
            sub_topic_external_id: None,
            property: None,
            property_external_id: None,
            offer: None,
            offer_name: None,
            summary: "Something needs attention".to_owned(),
            description: None,
            creator: "Robin Example".to_owned(),
            assignee: None,
            community: "main".to_owned(),
            email: Some("robin@example.com".to_owned()),
            account: Some("02000001".to_owned()),
        }
    }
}

impl fmt::Debug for NewRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewRequest")
            .field("id", &self.id)
            .field("external_id", &self.external_id)
            .field("topic", &self.topic)
            .finish_non_exhaustive()
    }
}

impl NewRequest {
    /// A request of the topic with this identifier. Raising it creates the topic.
    pub fn topic(topic: impl Into<String>) -> Self {
        Self { topic: topic.into(), ..Self::default() }
    }

    /// The external identifier of the topic.
    pub fn topic_external_id(mut self, id: impl Into<String>) -> Self {
        self.topic_external_id = Some(id.into());
        self
    }

    /// The identifier of the sub-topic. It doesn't become a topic of its own.
    pub fn sub_topic(mut self, sub_topic: impl Into<String>) -> Self {
        self.sub_topic = Some(sub_topic.into());
        self
    }

    /// The external identifier of the sub-topic.
    pub fn sub_topic_external_id(mut self, id: impl Into<String>) -> Self {
        self.sub_topic_external_id = Some(id.into());
        self
    }

    /// The identifier of the property concerned.
    pub fn property(mut self, property: impl Into<String>) -> Self {
        self.property = Some(property.into());
        self
    }

    /// The external identifier of the property, under `external-reference` in responses.
    pub fn property_external_id(mut self, id: impl Into<String>) -> Self {
        self.property_external_id = Some(id.into());
        self
    }

    /// The identifier and the name of the product offer concerned.
    pub fn offer(mut self, offer: impl Into<String>, name: impl Into<String>) -> Self {
        (self.offer, self.offer_name) = (Some(offer.into()), Some(name.into()));
        self
    }

    /// The summary.
    pub fn summary(mut self, summary: impl Into<String>) -> Self {
        self.summary = summary.into();
        self
    }

    /// The description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The display name of the customer.
    pub fn creator(mut self, name: impl Into<String>) -> Self {
        self.creator = name.into();
        self
    }

    /// The display name of the agent who raises the request for the customer and is assigned to it. Its state is still
    /// `NEW`.
    pub fn assignee(mut self, agent: impl Into<String>) -> Self {
        self.assignee = Some(agent.into());
        self
    }

    /// The customer's community.
    pub fn community(mut self, community: impl Into<String>) -> Self {
        self.community = community.into();
        self
    }

    /// The email address for notifications.
    pub fn email(mut self, address: impl Into<String>) -> Self {
        self.email = Some(address.into());
        self
    }

    /// No email address: nobody is notified.
    pub fn without_email(mut self) -> Self {
        self.email = None;
        self
    }

    /// The identifier of the customer's account.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// No account, as of a customer who is registering.
    pub fn without_account(mut self) -> Self {
        self.account = None;
        self
    }

    /// The identifier, instead of the next number.
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The initial external identifier.
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }
}
