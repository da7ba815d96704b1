//! Writing a message: a reply, or the first of a conversation.

use crate::{
    contents::{StructuredMessage, model::Content},
    endpoints::{object, status_hint},
    ids::{AttachmentId, ContentId, IdentityId, SourceId},
    params::{Params, setters},
    reply_assistant::TextFormat,
    resource::operation,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use http::StatusCode;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The parameters that are booleans in JSON.
const FLAGS: &[&str] = &["private", "auto_submitted", "disable_text_input_on_thread"];

/// The most characters of a message, as the vendor's guide for sources has it.
const MAX_BODY: usize = 20_000;

/// A message to send: `engagement.contents().create(..)`.
///
/// A reply needs an open intervention on the message that it answers, and a message that its source has. It is sent
/// later: see [`Contents::create`](crate::Contents::create).
///
/// ```
/// use engagement_client::NewContent;
///
/// let reply = NewContent::reply_to("64b0c39ef2d94e0007a1b2a1", "It is on its way.")
///     .attachments(["64b0c39ef2d94e0007a1b2ff"]);
/// let mail = NewContent::begin_on("64b0c39ef2d94e0007a1b200", "Your order has left.")
///     .title("Order A-1042")
///     .to_addresses(["alex@example.com"]);
/// # let _ = (reply, mail);
/// ```
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Creating a content", and *developer guide*,
/// `docs/interactions/structured-messages`, <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "give it to engagement.contents().create(..)"]
pub struct NewContent {
    params: Params,
    structured: Option<StructuredMessage>,
}

impl NewContent {
    /// A reply to a message.
    pub fn reply_to(content: impl Into<ContentId>, body: impl Into<String>) -> Self {
        let mut new = Self::with_body(body.into());
        new.params.id("in_reply_to_id", &content.into());
        new
    }

    /// A structured message as a reply, such as a list to choose from.
    pub fn structured_reply_to(content: impl Into<ContentId>, message: StructuredMessage) -> Self {
        let mut new = Self { params: Params::default(), structured: Some(message) };
        new.params.id("in_reply_to_id", &content.into());
        new
    }

    /// The first message of a conversation on a source. The token's user needs `initiate_discussion` there; each kind
    /// of source wants other parameters beside it.
    pub fn begin_on(source: impl Into<SourceId>, body: impl Into<String>) -> Self {
        let mut new = Self::with_body(body.into());
        new.params.id("source_id", &source.into());
        new
    }

    fn with_body(body: String) -> Self {
        let mut params = Params::default();
        params.set("body", body);
        Self { params, structured: None }
    }

    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the text is too long, or empty where nothing else is sent.
    fn check(&self) -> Result<(), Error> {
        let body = self.params.get("body").unwrap_or_default();
        if self.structured.is_none() && body.trim().is_empty() {
            return Err(Error::request("the message is empty: write something, or send a structured message"));
        }
        if body.chars().count() > MAX_BODY {
            return Err(Error::request(format!("the message exceeds {MAX_BODY} characters: send several")));
        }
        Ok(())
    }

    /// Sets the text of a structured message that has one, such as a selection.
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.params.set("body", body.into());
        self
    }

    /// Sets several recipients of a mail.
    pub fn to_addresses<I>(mut self, addresses: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        self.params.list("to[]", addresses.into_iter().map(Into::<String>::into));
        self
    }
}

setters! {
    impl NewContent {
        /// Sets the identity that writes it. Default: the token's user's own on this source.
        id author("author_id"): IdentityId;
        /// Makes it private, where the source has private messages.
        flag private("private");
        /// Attaches files that were [uploaded](crate::Attachments::create) before.
        ids attachments("attachment_ids[]"): AttachmentId;
        /// Marks it as an automatic message.
        flag auto_submitted("auto_submitted");
        /// Sets the title. A first mail needs one.
        text title("title");
        /// Sets the recipient: a telephone number with `+` or `00` in front for SMS and WhatsApp, the foreign id of an
        /// identity for Engage Messaging. For first messages.
        text to("to");
        /// Sets who gets a copy of a mail.
        texts cc("cc[]");
        /// Sets who gets a hidden copy of a mail.
        texts bcc("bcc[]");
        /// Sets the template of a first message on WhatsApp.
        text template_name("template_name");
        /// Sets the language of the template.
        text template_language("template_language");
        /// Sets whether the customer can write text in this conversation from now on.
        flag disable_text_input("disable_text_input_on_thread");
        /// Sets the format of the text. HTML only where rich text is on, or the service answers 422.
        value body_format("body_format"): TextFormat;
    }
}

impl Endpoint for NewContent {
    type Output = Content;

    const OPERATION: &'static Operation = &operation!("contents", "create", Once, "contents");

    fn parts(&self) -> Result<RequestParts, Error> {
        self.check()?;
        let parts = RequestParts::post(["contents"]);
        let Some(message) = &self.structured else {
            return self.params.apply_as_form(parts);
        };
        let mut body: Map<String, Value> = self.params.json(FLAGS)?;
        body.insert("structured_content".into(), message.as_value().clone());
        parts.json(&body)
    }

    fn decode(&self, response: &RawResponse) -> Result<Content, DecodeError> {
        object(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        let text = match refusal.status {
            StatusCode::UNPROCESSABLE_ENTITY => {
                "the message was refused: a reply needs an open intervention, and the message that it answers must \
                 have reached its source; fault::<ApiFault>() names the parameter"
            }
            StatusCode::FORBIDDEN => "the token's user may not write on this source, or the token is wrong",
            status => return status_hint(status, "the message or source"),
        };
        Some(text.into())
    }
}
