//! What was sent to people.

use std::fmt;

/// How something was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageKind {
    /// A text message.
    Sms,
    /// A mail.
    Mail,
}

/// A text message or a mail that was sent. `Debug` shows neither to whom nor what.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// How it was sent.
    pub kind: MessageKind,
    /// The id of the alarm that it was sent for.
    pub alarm: u64,
    /// A phone number or an address.
    pub to: String,
    /// What it says.
    pub text: String,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("kind", &self.kind).field("alarm", &self.alarm).finish_non_exhaustive()
    }
}
