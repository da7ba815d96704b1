//! A support request and everything in it.
//!
//! The service speaks XML, which `crate::xml` reads and writes. `Serialize` and `Deserialize` of these types are their
//! JSON form, for your own stores and event logs; it is never sent to a server. Keys are the names of the fields, and
//! dates are RFC 3339.
//!
//! Required are a request's identifier, state and two times, and an update's type and time. Everything else is
//! optional, because a documented example lacks it, or because no document says that it is always present (defect
//! `LEAP-25`).

mod progress;
mod references;
mod request;

pub use progress::{State, UnreadableUpdate, Update, UpdateType};
pub use references::{EntityRef, RequestRef};
pub use request::SupportRequest;
