//! Providers as the server shows them.

mod content_object;
mod coordinate;
mod notifiers;
mod provider;
mod site;
mod target;

pub use content_object::{ContentObject, Opaque};
pub use coordinate::Coordinate;
pub use notifiers::{EmailNotifier, WebhookNotifier};
pub use provider::AssistanceProvider;
pub use site::Site;
pub use target::Target;
