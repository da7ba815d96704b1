use crate::user_token;
use aura_client::{Aura, Error};
use care_emulators::aura::Emulator;
use examples::{Failure, Teller, aura::LiveAura};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// The time between two acts of the emulator's control room.
const STEP: Duration = Duration::from_millis(700);

/// Whom the program talks to, as one user.
pub(crate) struct Server {
    pub(crate) aura: Aura,
    /// Kept here because it stops when it is dropped.
    emulator: Option<Emulator>,
    /// The file that the user's token was read from or written to.
    token_file: Option<PathBuf>,
}

impl Server {
    /// Takes the server that the environment names, else starts an emulator whose control room works by itself.
    pub(crate) async fn choose(live: Option<LiveAura>, state: &Path, teller: &Teller) -> Result<Self, Failure> {
        let Some(live) = live else { return Self::embedded(teller).await };
        let aura = live.builder().build()?;
        teller.say(format!("AURA_BASE_URL is set: this talks to {}.", live.base_url()));
        if live.has_user_token() {
            return Ok(Self { aura, emulator: None, token_file: None });
        }
        let (token, file) = user_token::of(&aura, state, teller).await?;
        Ok(Self { aura: aura.with_user_token(token), emulator: None, token_file: Some(file) })
    }

    async fn embedded(teller: &Teller) -> Result<Self, Failure> {
        let emulator = Emulator::builder().autoplay(STEP).start().await?;
        teller.say(
            "No AURA_BASE_URL is set, so an emulator in this process plays AURA's server. A kill loses its memory too:",
        );
        teller.say(
            "to see a callout outlive one, start `cargo run -p care-emulators` elsewhere and set what --help names.",
        );
        let aura = Aura::builder()
            .base_url(emulator.url())
            .user_token(emulator.issue_user_token("customer@example.com"))
            .poll_interval(STEP / 4..=STEP / 2)
            .build()?;
        Ok(Self { aura, emulator: Some(emulator), token_file: None })
    }

    pub(crate) fn is_embedded(&self) -> bool {
        self.emulator.is_some()
    }

    /// The failure that an error of this server is.
    pub(crate) fn failure(&self, error: Error) -> Failure {
        match &self.token_file {
            Some(file) if [Some(&error), error.cause()].into_iter().flatten().any(Error::is_unauthorized) => {
                Failure::from(error).and(&format!(
                    "The user's token is from {}. If that is of another server, or too old, remove it.",
                    file.display()
                ))
            }
            _ => error.into(),
        }
    }
}
