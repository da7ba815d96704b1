//! Uploading a file as a multipart form.

use crate::{
    attachments::model::Attachment,
    endpoints::{object, status_hint},
    resource::operation,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, wire::multipart::Form};
use http::StatusCode;
use std::{borrow::Cow, fmt};

/// A file to upload: `engagement.attachments().create(..)`.
///
/// ```
/// use engagement_client::NewAttachment;
///
/// let receipt = NewAttachment::new("receipt.pdf", "application/pdf", b"%PDF-1.7 ...".as_slice());
/// let private = receipt.private();
/// # let _ = private;
/// ```
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Creating an attachment",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Clone, PartialEq, Eq)]
#[must_use = "give it to engagement.attachments().create(..)"]
pub struct NewAttachment {
    filename: String,
    content_type: Cow<'static, str>,
    content: bytes::Bytes,
    private: bool,
}

impl NewAttachment {
    /// A file with its name, its media type and its content.
    pub fn new(
        filename: impl Into<String>,
        content_type: impl Into<Cow<'static, str>>,
        content: impl Into<bytes::Bytes>,
    ) -> Self {
        Self { filename: filename.into(), content_type: content_type.into(), content: content.into(), private: false }
    }

    /// Keeps it from being read without the token. Structured messages need public ones.
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }
}

// The name of a file can tell who it is about.
impl fmt::Debug for NewAttachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAttachment")
            .field("content_type", &self.content_type)
            .field("bytes", &self.content.len())
            .field("private", &self.private)
            .finish_non_exhaustive()
    }
}

impl Endpoint for NewAttachment {
    type Output = Attachment;

    const OPERATION: &'static Operation = &operation!("attachments", "create", Once, "attachments");

    fn parts(&self) -> Result<RequestParts, Error> {
        let mut form = Form::new();
        if self.private {
            form = form.text("private", "true")?;
        }
        form.file("file", &self.filename, &self.content_type, &self.content)?.apply(RequestParts::post(["attachments"]))
    }

    fn decode(&self, response: &RawResponse) -> Result<Attachment, DecodeError> {
        object(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        let text = "the file was refused: fault::<ApiFault>() has the reason";
        match refusal.status {
            StatusCode::UNPROCESSABLE_ENTITY => Some(text.into()),
            status => status_hint(status, "the account"),
        }
    }
}
