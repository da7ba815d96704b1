//! The server, and the user for whom the program acts on it.
//!
//! A callout can be followed only by the user who raised it. The token of a user whom the program registers is
//! therefore kept in a file, which only its owner can read.

use aura_client::{Aura, Error, Secret};
use care_emulators::aura::Emulator;
use examples::{
    Failure, Reporter,
    aura::{self, LiveAura},
};
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    time::Duration,
};

/// The time between two actions of the emulator's control room.
const STEP: Duration = Duration::from_millis(700);

/// The server, and a client of it that acts for one user.
pub(crate) struct Server {
    pub(crate) aura: Aura,
    /// Held because dropping it stops it.
    emulator: Option<Emulator>,
    /// The file with the user's token.
    token_file: Option<PathBuf>,
}

impl Server {
    /// Uses the server that the environment names, or starts an emulator whose control room acts automatically.
    pub(crate) async fn choose(live: Option<LiveAura>, state: &Path, reporter: &Reporter) -> Result<Self, Failure> {
        let Some(live) = live else { return Self::embedded(reporter).await };
        let aura = live.builder().build()?;
        reporter.line(format!("AURA_BASE_URL is set: using {}.", live.base_url()));
        if live.has_user_token() {
            return Ok(Self { aura, emulator: None, token_file: None });
        }
        let (token, file) = user_token(&aura, state, reporter).await?;
        Ok(Self { aura: aura.with_user_token(token), emulator: None, token_file: Some(file) })
    }

    async fn embedded(reporter: &Reporter) -> Result<Self, Failure> {
        let emulator = Emulator::builder().autoplay(STEP).start().await?;
        reporter.line(
            "AURA_BASE_URL is not set: using an emulator in this process, whose state a kill loses. To see a callout",
        );
        reporter.line(
            "survive a kill, start `cargo run -p care-emulators` separately and set the variables listed by --help.",
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

    /// Converts an error of this server.
    pub(crate) fn failure(&self, error: Error) -> Failure {
        match &self.token_file {
            Some(file) if [Some(&error), error.cause()].into_iter().flatten().any(Error::is_unauthorized) => {
                Failure::from(error).and(&format!(
                    "The user's token is from {}. If it belongs to another server or has expired, remove the file.",
                    file.display()
                ))
            }
            _ => error.into(),
        }
    }
}

/// The user's token and its file: the token that is kept beside the state, or that of a user who is registered now.
/// AURA asks for it to be fetched only once.
async fn user_token(client: &Aura, state: &Path, reporter: &Reporter) -> Result<(Secret, PathBuf), Failure> {
    let path = beside(state);
    match fs::read_to_string(&path) {
        Ok(token) => return Ok((Secret::new(token.trim()), path)),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(Failure::failed(format!("can't read {}: {error}", path.display()))),
    }
    reporter.wait_for("registering a user");
    let token = aura::register(client).await?;
    keep(&path, token.secret())
        .map_err(|error| Failure::failed(format!("can't write the user's token to {}: {error}", path.display())))?;
    reporter.line(format!("Registered a user. The token is in {}: protect that file like a password.", path.display()));
    Ok((token.secret().clone(), path))
}

fn beside(state: &Path) -> PathBuf {
    let mut name = state.as_os_str().to_owned();
    name.push(".token");
    name.into()
}

fn keep(path: &Path, token: &Secret) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(token.expose().as_bytes())?;
    file.sync_all()
}
