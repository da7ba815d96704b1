//! Operations that no page of the vendor documents: changing and deleting a provider. **All of it is a guess.**
//!
//! The page of assistance requests says that there is an update, by one half sentence on what its answer looks like
//! (defect [`CARE-25`](crate::defects)), and says nothing of a deletion (defect [`CARE-27`](crate::defects)). What
//! stands here follows the customs of the framework that CareMessenger shows the signs of: `PUT`, `PATCH` and `DELETE`
//! on `/v2/assistance-provider/{id}`. Where a guess is wrong, the likely answer is 404 or 405, and its error says so.
//!
//! Nothing has a default that could delete what you didn't name: the method, and what becomes of empty lists, have to
//! be said. Everything is [`Safety::Once`](crate::Safety::Once), because it is unknown what a repeat does. Try it on a
//! provider that nobody relies on, and read the provider back.
//!
//! ```
//! # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let emulator = care_emulators::caremessenger::Emulator::start().await?;
//! # let (url, username, password) = (emulator.base_url(), emulator.username(), emulator.password());
//! # let builder = caremessenger_client::CareMessenger::builder().base_url(url);
//! # let care = builder.credentials(username, password).build()?;
//! # let new = caremessenger_client::NewAssistanceProvider::for_site(caremessenger_client::SiteId(5), "a", "b");
//! # let provider = care.assistance_providers().create(new.email("c", "c@example.com")).await?;
//! use caremessenger_client::{EmptyLists, undocumented::UpdateProvider};
//!
//! let update = UpdateProvider::patch(provider.id, EmptyLists::Omit).label("Night manager");
//! match care.undocumented().update(update).await {
//!     Ok(provider) => println!("residents read {} now", provider.label),
//!     Err(error) => println!("{error}"), // such as 405: the guess is wrong
//! }
//! # Ok(()) }
//! ```

mod delete;
mod update;

pub use delete::DeleteProvider;
pub use update::UpdateProvider;

use crate::{client::CareMessenger, ids::ProviderId};
use care_client_core::{Call, RawResponse};
use http::StatusCode;
use std::{borrow::Cow, fmt};

/// Operations that no page documents. Made by [`CareMessenger::undocumented`].
#[derive(Clone, Copy)]
pub struct Undocumented<'c> {
    pub(crate) care: &'c CareMessenger,
}

impl Undocumented<'_> {
    /// Changes a provider, as far as one can guess: see [`UpdateProvider`].
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if nothing is changed, or if a value can't be meant. 404 and 405 are
    /// what a wrong guess looks like.
    pub fn update(self, update: UpdateProvider) -> Call<UpdateProvider> {
        self.care.pipeline.call(update)
    }

    /// Deletes a provider, as far as one can guess: `DELETE /v2/assistance-provider/{id}`. Residents who look for help
    /// by it find it no more.
    ///
    /// # Errors
    ///
    /// 404 and 405 are what a wrong guess looks like. After [`Outcome::Unknown`](crate::Outcome::Unknown) read the
    /// provider: 404 says that it is gone.
    pub fn delete(self, id: impl Into<ProviderId>) -> Call<DeleteProvider> {
        self.care.pipeline.call(DeleteProvider::new(id.into()))
    }
}

impl fmt::Debug for Undocumented<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Undocumented")
    }
}

/// What a refusal can mean for an operation that is guessed.
fn guessed(refusal: &RawResponse) -> Option<Cow<'static, str>> {
    match refusal.status {
        StatusCode::METHOD_NOT_ALLOWED => {
            Some("no document has this operation, and the server has none like it".into())
        }
        StatusCode::NOT_FOUND => {
            Some("there is no such provider, or the server has no such operation: no document has it".into())
        }
        _ => None,
    }
}
