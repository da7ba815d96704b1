//! Where the emergencies are played.

use aura_client::{Aura, ClassificationId, MemorySessionStore, MemoryTokenStore, NewUser};
use care_emulators::aura::Emulator;
use examples::{Failure, Teller};
use std::time::Duration;

/// An id in the form of a mail address; AURA asks for no more.
const USER: &str = "tour@example.com";

/// A server, a client for one user of it, and somebody to tell about it.
pub(super) struct Stage<'t> {
    pub(super) teller: &'t Teller,
    pub(super) emulator: Emulator,
    pub(super) aura: Aura,
    pub(super) test: ClassificationId,
    pub(super) store: MemorySessionStore,
}

impl<'t> Stage<'t> {
    /// Does what an app's backend does once: registers the user, keeps the token, and lists the classifications.
    pub(super) async fn set(teller: &'t Teller) -> Result<Self, Failure> {
        let emulator = Emulator::start().await?;
        teller.say(format!("No AURA_BASE_URL is set, so an emulator plays AURA's server, at {}.", emulator.url()));
        teller.say("It plays the control room and the responders too. The HTTP is real; people and places are not.");
        teller.say("On the left stands who acts. `status` and `update` are what the client has read from the server.");

        teller.title("First, what an app's backend does once");
        let backend = Aura::builder()
            .base_url(emulator.url())
            .server_credentials(emulator.client_id(), emulator.client_secret())
            .token_store(MemoryTokenStore::new())
            // An app leaves these two alone: AURA wants a poll every 10 to 20 s, and a position every 10 s.
            .poll_interval(Duration::from_millis(80)..=Duration::from_millis(120))
            .location_interval(Duration::from_millis(80))
            .build()?;

        teller.wait_for("registering a user");
        let user = backend.users().register(NewUser::new(USER, "tour-password")).await?;
        teller.tell("backend", "registers the app's user with AURA, by the server's credentials");
        if user.token.is_none() {
            backend.users().token(USER, "tour-password").await?;
        }
        teller.tell("backend", "keeps the user's token: every callout is made with it");
        let aura = backend.with_user(USER).await?;

        let list = aura.classifications().list().await?;
        let names: Vec<_> = list.iter().filter_map(|class| class.name.as_deref()).collect();
        teller.tell("backend", format!("asks what a callout can be classified as: {}", names.join(" or ")));
        let test = list.test().ok_or_else(|| Failure::failed("AURA has no classification TEST"))?;
        teller.tell("backend", "takes TEST here: nobody is sent before a controller has verified the call");
        Ok(Self { teller, emulator, aura, test, store: MemorySessionStore::new() })
    }
}
