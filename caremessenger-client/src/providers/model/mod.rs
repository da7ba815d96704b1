//! Providers as the server shows them.

mod content_object;
mod provider;
mod site;
mod target;

pub use content_object::{ContentObject, Opaque};
pub use provider::{AssistanceProvider, EmailNotifier, WebhookNotifier};
pub use site::{Coordinate, Site};
pub use target::Target;
