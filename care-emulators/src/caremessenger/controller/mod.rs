//! Residents and the vendor's portal, in the hands of a test.

mod directory;

use crate::{
    caremessenger::{
        control_error::ControlError,
        delivery::{faults::DeliveryFaults, handler::Handler, transcript::Transcript},
        directory::Target,
        provider::{AssistanceRequest, NewProvider, Provider},
        world::World,
    },
    hooks::hook_methods,
    unseen::Unseen,
};
use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response};
use std::sync::Arc;
use tower::Service;

/// What residents do on their televisions, and administrators in the vendor's portal, told by a test or a demonstration.
///
/// Every action answers with a [`ControlError`] and changes nothing when it can't be done. Clones are handles on the same world.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use care_emulators::caremessenger::{Emulator, End, NewProvider, RESIDENT_ID, SITE_ID, Target};
/// use axum::{Router, routing::post};
///
/// let emulator = Emulator::start().await?;
/// let portal = emulator.controller();
/// portal.connect("https://receiver.example/", Router::new().route("/hooks/7", post(|| async { "Help is on its way" })));
/// let provider = NewProvider::new(Target::Site(SITE_ID), "Day shift", "Manager");
/// let provider = portal.add_provider(provider.webhook("System", "https://receiver.example/hooks/7"))?;
/// portal.request_assistance(provider, RESIDENT_ID)?;
/// portal.settled().await;
/// assert_eq!(portal.deliveries()[0].end, End::Delivered);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Controller {
    pub(super) world: Unseen<Arc<World>>,
}

impl Controller {
    pub(super) fn new(world: Arc<World>) -> Self {
        Self { world: Unseen(world) }
    }

    /// Registers a provider, as somebody else than the client does, and gives its identifier. Nothing of it is checked but what it hangs on.
    ///
    /// # Errors
    ///
    /// There is nothing that it could hang on.
    pub fn add_provider(&self, provider: NewProvider) -> Result<u64, ControlError> {
        let target = provider.target;
        self.ensure_exists(target)?;
        self.world.state().add_provider(provider.into()).ok_or(ControlError::UnknownObject { target })
    }

    /// Changes the label of a provider, as somebody else than the client does.
    ///
    /// # Errors
    ///
    /// The provider is unknown.
    pub fn relabel(&self, provider: u64, label: &str) -> Result<(), ControlError> {
        let mut state = self.world.state();
        let found = state.providers.get_mut(&provider).ok_or(ControlError::UnknownProvider { id: provider })?;
        label.clone_into(&mut found.label);
        Ok(())
    }

    /// Removes a provider, as no documented operation can.
    ///
    /// # Errors
    ///
    /// The provider is unknown.
    pub fn remove_provider(&self, provider: u64) -> Result<(), ControlError> {
        let gone = self.world.state().providers.remove(&provider).map(|_| ());
        gone.ok_or(ControlError::UnknownProvider { id: provider })
    }

    /// All providers as they are now, in the order of registration.
    #[must_use]
    pub fn providers(&self) -> Vec<Provider> {
        self.world.state().providers.values().cloned().collect()
    }

    /// A provider as it is now.
    ///
    /// # Errors
    ///
    /// The provider is unknown.
    pub fn provider(&self, id: u64) -> Result<Provider, ControlError> {
        self.world.state().providers.get(&id).cloned().ok_or(ControlError::UnknownProvider { id })
    }

    /// The providers that a resident may choose from on the television, in the order of registration.
    ///
    /// # Errors
    ///
    /// The resident is unknown.
    pub fn visible_to(&self, resident: u64) -> Result<Vec<u64>, ControlError> {
        self.ensure_exists(Target::Resident(resident))?;
        let state = self.world.state();
        let seen = state.providers.values().filter(|provider| state.sees(resident, provider.target));
        Ok(seen.map(|provider| provider.id).collect())
    }

    /// Lets a resident choose a provider: its email notifiers get a mail, and deliveries to all its webhooks begin at once.
    ///
    /// Where a delivery stands is told by [`deliveries`](Self::deliveries).
    ///
    /// # Errors
    ///
    /// The provider or the resident is unknown, or the resident doesn't see the provider.
    pub fn request_assistance(&self, provider: u64, resident: u64) -> Result<AssistanceRequest, ControlError> {
        self.world.request_assistance(provider, resident)
    }

    /// All requests for assistance, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<AssistanceRequest> {
        self.world.state().requests.values().cloned().collect()
    }

    /// Lets a service in this process, such as an axum router, stand for all URLs that begin like this, in place of what stood for them. Of several that
    /// fit, the one with the longest beginning receives.
    ///
    /// An error or a panic of the service ends the connection. URLs that nothing stands for are posted to by a socket, on this machine's loopback only.
    pub fn connect<S, B>(&self, url_start: impl Into<String>, service: S)
    where
        S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send,
        S::Error: Send,
        B: Send + 'static,
    {
        self.world.dispatch.connect(url_start.into(), Handler::service(service));
    }

    /// Lets a function stand for all URLs that begin like this, once the body of a request is whole. All else is as with [`connect`](Self::connect).
    pub fn connect_handler<F, A, B>(&self, url_start: impl Into<String>, handler: F)
    where
        F: Fn(Request<Bytes>) -> A + Clone + Send + Sync + 'static,
        A: Future<Output = Response<B>> + Send + 'static,
        B: Send + 'static,
    {
        self.world.dispatch.connect(url_start.into(), Handler::function(handler));
    }

    /// What is to go wrong on the way to webhooks.
    pub fn delivery_faults(&self) -> DeliveryFaults {
        self.world.dispatch.faults()
    }

    /// What became of all deliveries so far, oldest first.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Transcript> {
        self.world.dispatch.transcripts()
    }

    /// Waits until no delivery is on its way. With the default schedule that may take five minutes, of tokio's time.
    pub async fn settled(&self) {
        self.world.dispatch.settled().await;
    }

    /// Makes all tokens invalid that were given out.
    pub fn revoke_tokens(&self) {
        self.world.state().tokens.revoke_all();
    }

    /// Withdraws the account's permission to write, or gives it back. Without it, what isn't a GET gets 403.
    pub fn set_read_only(&self, read_only: bool) {
        self.world.state().read_only = read_only;
    }

    hook_methods! {
        /// ```
        /// # #[tokio::main(flavor = "current_thread")]
        /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
        /// use care_emulators::caremessenger::{Emulator, NewProvider, SITE_ID, Target};
        /// use http::Method;
        ///
        /// let emulator = Emulator::start().await?;
        /// emulator.controller().before_next(Method::POST, "/assistance-provider", |portal| {
        ///     // Somebody else registers what the client is about to create, and nobody tells it.
        ///     portal.add_provider(NewProvider::new(Target::Site(SITE_ID), "Night shift", "Manager")).ok();
        /// });
        /// # Ok(())
        /// # }
        /// ```
    }
}
