use care_emulators::leap::Emulator;
use leap_client::{Error, Leap};

/// A client of an emulator.
///
/// # Errors
///
/// As of [`leap_client::LeapBuilder::build`].
pub fn client(emulator: &Emulator) -> Result<Leap, Error> {
    Leap::builder().base_url(emulator.base_url()).basic_auth(emulator.username(), emulator.password()).build()
}
