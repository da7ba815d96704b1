//! The support request as LEAP shows it, and everything inside it.
//!
//! The service speaks XML, which this crate reads and writes by itself: what must be in a request and what may be missing, and
//! how documents are read that differ from the printed ones, is decided there. `Serialize` and `Deserialize` of these types
//! are their JSON form, for your own stores and logs of events; no server ever sees it. Keys are the names of the fields, and dates
//! are RFC 3339.
//!
//! Required are a request's identifier, state and two times, and the type and time of an update. Everything else is optional,
//! because some documented example lacks it, or because no document says that it is always there (defect
//! [`LEAP-25`](crate::defects)).

mod progress;
mod references;
mod request;

pub use progress::{State, Update, UpdateType};
pub use references::{EntityRef, RequestRef};
pub use request::SupportRequest;
