use super::Program;
use aura_client::{Aura, NewUser};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The emulator in a process of its own, as `cargo run -p care-emulators` starts it.
pub(crate) struct Emulator {
    _process: Program,
    pub(crate) url: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

impl Emulator {
    /// One whose control room waits to be told what to do.
    pub(crate) fn start() -> Self {
        Self::with(&[])
    }

    /// One whose control room works by itself.
    pub(crate) fn start_playing() -> Self {
        Self::with(&["--autoplay-ms", "30"])
    }

    fn with(arguments: &[&str]) -> Self {
        let mut process = Program::start(Command::new(built()).args(["--port", "0"]).args(arguments));
        let mut fact = |what: &str| process.until(what).strip_prefix(what).unwrap().trim().to_owned();
        let (url, client_id, client_secret) = (fact("aura url"), fact("aura client id"), fact("aura client secret"));
        Self { _process: process, url, client_id, client_secret }
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
        serde_json::from_str(&self.control("GET", "/_emulator/callouts")).unwrap()
    }

    /// Lets the control room do something.
    pub(crate) fn act(&self, callout: &str, action: &str) {
        self.control("POST", &format!("/_emulator/callouts/{callout}/{action}"));
    }

    fn control(&self, method: &str, path: &str) -> String {
        let mut line = TcpStream::connect(self.url.strip_prefix("http://").unwrap()).unwrap();
        write!(line, "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n").unwrap();
        let mut answer = String::new();
        line.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{method} {path}: {answer}");
        body.to_owned()
    }
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
