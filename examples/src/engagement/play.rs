use care_emulators::engagement::Emulator;
use engagement_client::{Engagement, EngagementBuilder};

/// Begins a client of an emulator.
pub fn client(emulator: &Emulator) -> EngagementBuilder {
    Engagement::builder().base_url(emulator.base_url()).access_token(emulator.access_token())
}
