//! Attachments: files that are uploaded first and attached to a message by their ids.
//!
//! An upload is a multipart body that is kept in memory, so that an attempt whose connection failed can be repeated.

mod model;
mod upload;

pub use model::{Attachment, ContentAttachment};
pub use upload::NewAttachment;

use crate::{
    endpoints::{Get, List},
    handle::handle,
    ids::AttachmentId,
    params::setters,
    resource::resource,
};
use care_client_core::Call;

resource! { Attachment(AttachmentId) at "attachments", called "the attachment", named "attachments" { list, get } }

/// A list of attachments, with its filters.
pub type ListAttachments = List<Attachment>;

setters! {
    impl List<Attachment> {
        /// Lists only files with this extension, such as `pdf`.
        text extension("extension");
        /// Lists only files that were created until then.
        time created_before("created_before");
        /// Lists only files that were created since then.
        time created_after("created_after");
    }
}

handle! {
    /// The operations on attachments. Returned by [`Engagement::attachments`](crate::Engagement::attachments).
    Attachments
}

impl Attachments<'_> {
    /// Lists attachments, newest first: `GET /attachments`.
    pub fn list(self, list: ListAttachments) -> Call<ListAttachments> {
        self.pipeline.call(list)
    }

    /// Gets what is known of one attachment: `GET /attachments/{attachmentId}`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is invalid. 404 if there is none with this id.
    pub fn get(self, id: impl Into<AttachmentId>) -> Call<Get<Attachment>> {
        self.pipeline.call(Get::new(id.into()))
    }

    /// Uploads a file: `POST /attachments`. Give its id to [`NewContent::attachments`](crate::NewContent::attachments).
    ///
    /// Its safety is [`Safety::Once`](crate::Safety::Once): a repeat would keep the file twice.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the file's name is empty or holds a line break. 422 if the file is
    /// refused.
    pub fn create(self, new: NewAttachment) -> Call<NewAttachment> {
        self.pipeline.call(new)
    }
}
