use care_emulators::newfies::Emulator;
use newfies_client::{Error, Newfies};

/// A client of an emulator.
///
/// # Errors
///
/// As of [`newfies_client::NewfiesBuilder::build`].
pub fn client(emulator: &Emulator) -> Result<Newfies, Error> {
    Newfies::builder().base_url(emulator.base_url()).basic_auth(emulator.username(), emulator.password()).build()
}
