use care_emulators::caremessenger::Emulator;
use caremessenger_client::{CareMessenger, Error};

/// A client of an emulator.
///
/// # Errors
///
/// As of [`caremessenger_client::CareMessengerBuilder::build`].
pub fn client(emulator: &Emulator) -> Result<CareMessenger, Error> {
    CareMessenger::builder().base_url(emulator.base_url()).credentials(emulator.username(), emulator.password()).build()
}
