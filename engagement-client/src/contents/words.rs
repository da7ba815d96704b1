//! The words of contents.

use care_client_core::wire::open_enum;

open_enum! {
    /// Where a message stands. The service adds words.
    pub enum ContentStatus {
        /// Nobody has taken it.
        New = "new",
        /// It is assigned to somebody.
        Assigned = "assigned",
        /// It was answered.
        Replied = "replied",
        /// It was ignored.
        Ignored = "ignored",
        /// It is an agent's reply.
        UserReply = "user_reply",
        /// It is an agent's message that began a conversation.
        UserInitiated = "user_initiated",
        /// It was passed on.
        Forwarded = "forwarded",
    }
}

open_enum! {
    /// Whether the source has a message.
    pub enum SynchronizationStatus {
        /// The source has it.
        Success = "success",
        /// It waits to be sent.
        ExportPending = "export_pending",
        /// Sending it failed.
        ExportFailure = "export_failure",
        /// Sending it was given up.
        ExportAborted = "export_aborted",
        /// Liking it was given up.
        LikeAborted = "like_aborted",
        /// Blocking its author was given up.
        AuthorBlockAborted = "author_block_aborted",
        /// Deleting it was given up.
        DeleteAborted = "delete_aborted",
        /// Withdrawing it was given up.
        UnpublishAborted = "unpublish_aborted",
    }
}

open_enum! {
    /// How an automatic translation went.
    pub enum TranslationStatus {
        /// It isn't done yet.
        Pending = "pending",
        /// It is done.
        Success = "success",
        /// It failed.
        Error = "error",
    }
}
