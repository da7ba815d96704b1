//! Signing in with name and password.

mod sign_in;
mod source;
mod user;

pub use sign_in::{SignIn, SignedIn};
pub(crate) use source::SignInSource;
pub use user::{User, UserType};

/// The vendor's page on signing in.
const DOCUMENT: &str = "https://docs.caremessenger.co.uk/authentication.html";
