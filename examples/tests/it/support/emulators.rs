//! The emulators in a process of their own, as `cargo run -p care-emulators` starts them.

use crate::support::Program;
use aura_client::{Aura, NewUser};
use serde_json::Value;
use std::{
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// Each emulator on a port that nobody else has.
const ANY_PORTS: [&str; 10] =
    ["--port", "0", "--leap-port", "0", "--engagement-port", "0", "--caremessenger-port", "0", "--newfies-port", "0"];

/// The emulators in a process of their own, as `cargo run -p care-emulators` starts them, and what AURA's says of
/// itself.
pub(crate) struct EmulatorProcess {
    _process: Program,
    pub(crate) url: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) leap: LeapProcess,
    pub(crate) engagement: EngagementProcess,
}

/// What LEAP's emulator says of itself.
pub(crate) struct LeapProcess {
    url: String,
    pub(crate) base_url: String,
    pub(crate) user: String,
    pub(crate) password: String,
}

/// What Engagement's emulator says of itself.
pub(crate) struct EngagementProcess {
    url: String,
    base_url: String,
    token: String,
}

impl EmulatorProcess {
    /// One whose control room waits to be told what to do.
    pub(crate) fn start() -> Self {
        Self::with(&[])
    }

    /// One whose control room works by itself.
    pub(crate) fn start_playing() -> Self {
        Self::with(&["--autoplay-ms", "30"])
    }

    fn with(arguments: &[&str]) -> Self {
        let mut process = Program::start(Command::new(built()).args(ANY_PORTS).args(arguments));
        let mut fact = |what: &str| process.until(what).strip_prefix(what).unwrap().trim().to_owned();
        let (url, client_id, client_secret) = (fact("aura url"), fact("aura client id"), fact("aura client secret"));
        let (leap_url, base_url) = (fact("leap url"), fact("leap base url"));
        let leap =
            LeapProcess { url: leap_url, base_url, user: fact("leap username"), password: fact("leap password") };
        let (engagement_url, base_url) = (fact("engagement url"), fact("engagement base url"));
        let token = fact("engagement access token");
        let engagement = EngagementProcess { url: engagement_url, base_url, token };
        Self { _process: process, url, client_id, client_secret, leap, engagement }
    }

    /// The token of a user who is registered now.
    pub(crate) async fn user_token(&self) -> String {
        let backend = Aura::builder()
            .base_url(&self.url)
            .server_credentials(&*self.client_id, &*self.client_secret)
            .build()
            .unwrap();
        let user = backend.users().register(NewUser::new("id_1@example.com", "password")).await.unwrap();
        user.token.unwrap().secret().expose().to_owned()
    }

    /// All callouts that were ever created: one for each `POST /callouts`.
    pub(crate) fn callouts(&self) -> Vec<Value> {
        serde_json::from_value(control(&self.url, "GET", "/_emulator/callouts", "")).unwrap()
    }

    /// Lets the control room do something.
    pub(crate) fn act(&self, callout: &str, action: &str) {
        control(&self.url, "POST", &format!("/_emulator/callouts/{callout}/{action}"), "");
    }
}

impl LeapProcess {
    /// Lets a customer raise a request, and gives its identifier.
    pub(crate) fn raise(&self) -> String {
        let raised = control(&self.url, "POST", "/_emulator/requests", r#"{"topic":"Lighting"}"#);
        raised["id"].as_str().unwrap().to_owned()
    }

    /// All requests as they are now.
    pub(crate) fn requests(&self) -> Vec<Value> {
        serde_json::from_value(control(&self.url, "GET", "/_emulator/requests", "")).unwrap()
    }

    /// Names this server and its credentials to a program.
    pub(crate) fn name_to<'c>(&self, program: &'c mut Command) -> &'c mut Command {
        program.env("LEAP_BASE_URL", &self.base_url).env("LEAP_USER", &self.user).env("LEAP_PASSWORD", &self.password)
    }
}

impl EngagementProcess {
    /// Lets a customer write and an agent open an intervention on it, and gives its id.
    pub(crate) fn open(&self) -> String {
        let opened = control(&self.url, "POST", "/_emulator/interventions", "{}");
        opened["intervention"]["id"].as_str().unwrap().to_owned()
    }

    /// Names this server and its token to a program.
    pub(crate) fn name_to<'c>(&self, program: &'c mut Command) -> &'c mut Command {
        program.env("ENGAGEMENT_BASE_URL", &self.base_url).env("ENGAGEMENT_ACCESS_TOKEN", &self.token)
    }
}

fn control(url: &str, method: &str, path: &str, body: &str) -> Value {
    let mut line = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    let head = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close");
    write!(line, "{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{method} {path}: {answer}");
    serde_json::from_str(body).unwrap()
}

/// The emulator's program, built now: cargo builds no other package's programs for a test.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let profile = Path::new(env!("CARGO_BIN_EXE_tour")).parent().unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        // With the examples beside it, the build shares what `cargo run -p examples` has built.
        cargo.args(["build", "--quiet", "-p", "care-emulators", "-p", "examples", "--bin", "care-emulators"]);
        cargo.arg("--target-dir").arg(profile.parent().unwrap());
        if profile.ends_with("release") {
            cargo.arg("--release");
        }
        let built = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        profile.join("care-emulators").with_extension(std::env::consts::EXE_EXTENSION)
    })
}
