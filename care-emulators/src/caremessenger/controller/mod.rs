//! The controller, with which a test acts as residents and as administrators in the vendor's portal.

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
    secrets::Redacted,
};
use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response};
use std::sync::Arc;
use tower::Service;

/// Acts as residents at their televisions and as administrators in the vendor's portal, for a test or a demonstration.
///
/// An action that isn't possible returns a [`ControlError`] and changes nothing. Clones control the same emulator.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use care_emulators::caremessenger::{
///     DeliveryStatus, Emulator, NewProvider, RESIDENT_ID, SITE_ID, Target,
/// };
/// use axum::{Router, routing::post};
///
/// let emulator = Emulator::start().await?;
/// let controller = emulator.controller();
/// let receiver = Router::new().route("/hooks/7", post(|| async { "Help is on its way" }));
/// controller.connect("https://receiver.example/", receiver);
/// let provider = NewProvider::new(Target::Site(SITE_ID), "Day shift", "Manager");
/// let provider = provider.webhook("System", "https://receiver.example/hooks/7");
/// let provider = controller.add_provider(provider)?;
/// controller.request_assistance(provider, RESIDENT_ID)?;
/// controller.settled().await;
/// assert_eq!(controller.deliveries()[0].status, DeliveryStatus::Delivered);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Controller {
    pub(super) world: Redacted<Arc<World>>,
}

impl Controller {
    pub(super) fn new(world: Arc<World>) -> Self {
        Self { world: Redacted(world) }
    }

    /// Registers a provider on behalf of another administrator, and returns its identifier. Only its target is checked.
    ///
    /// # Errors
    ///
    /// The target is unknown.
    pub fn add_provider(&self, provider: NewProvider) -> Result<u64, ControlError> {
        let target = provider.target;
        self.ensure_exists(target)?;
        self.world.state().add_provider(provider.into()).ok_or(ControlError::UnknownObject { target })
    }

    /// Changes the label of a provider on behalf of another administrator.
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

    /// Removes a provider. No documented operation does that.
    ///
    /// # Errors
    ///
    /// The provider is unknown.
    pub fn remove_provider(&self, provider: u64) -> Result<(), ControlError> {
        let gone = self.world.state().providers.remove(&provider).map(|_| ());
        gone.ok_or(ControlError::UnknownProvider { id: provider })
    }

    /// All providers, in the order of registration.
    #[must_use]
    pub fn providers(&self) -> Vec<Provider> {
        self.world.state().providers.values().cloned().collect()
    }

    /// The current state of a provider.
    ///
    /// # Errors
    ///
    /// The provider is unknown.
    pub fn provider(&self, id: u64) -> Result<Provider, ControlError> {
        self.world.state().providers.get(&id).cloned().ok_or(ControlError::UnknownProvider { id })
    }

    /// The providers that a resident can choose from on the television, in the order of registration.
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

    /// Makes a resident choose a provider: its email notifiers get a mail, and deliveries to all its webhooks start at
    /// once.
    ///
    /// [`deliveries`](Self::deliveries) returns the status of each delivery.
    ///
    /// # Errors
    ///
    /// The provider or the resident is unknown, or the provider isn't visible to the resident.
    pub fn request_assistance(&self, provider: u64, resident: u64) -> Result<AssistanceRequest, ControlError> {
        self.world.request_assistance(provider, resident)
    }

    /// All requests for assistance, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<AssistanceRequest> {
        self.world.state().requests.values().cloned().collect()
    }

    /// Makes an in-process service, such as an axum router, receive the deliveries to all URLs that start with
    /// `url_start`. It replaces an earlier one with the same start. If several match, the longest start wins.
    ///
    /// An error or a panic of the service closes the connection. Deliveries to all other URLs use a socket, and reach
    /// only this machine's loopback addresses.
    pub fn connect<S, B>(&self, url_start: impl Into<String>, service: S)
    where
        S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send,
        S::Error: Send,
        B: Send + 'static,
    {
        self.world.dispatch.connect(url_start.into(), Handler::service(service));
    }

    /// Makes a function receive the deliveries to all URLs that start with `url_start`, with the complete body.
    /// Otherwise the same as [`connect`](Self::connect).
    pub fn connect_handler<F, A, B>(&self, url_start: impl Into<String>, handler: F)
    where
        F: Fn(Request<Bytes>) -> A + Clone + Send + Sync + 'static,
        A: Future<Output = Response<B>> + Send + 'static,
        B: Send + 'static,
    {
        self.world.dispatch.connect(url_start.into(), Handler::function(handler));
    }

    /// The planned failures of deliveries.
    pub fn delivery_faults(&self) -> DeliveryFaults {
        self.world.dispatch.faults()
    }

    /// All deliveries so far, oldest first.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Transcript> {
        self.world.dispatch.transcripts()
    }

    /// Waits until no delivery is in flight. With the default schedule that can take five minutes of tokio's time.
    pub async fn settled(&self) {
        self.world.dispatch.settled().await;
    }

    /// Revokes all tokens.
    pub fn revoke_tokens(&self) {
        self.world.state().tokens.revoke_all();
    }

    /// Withdraws or restores the account's permission to write. Without it, all requests but GET get 403.
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
        /// emulator.controller().before_next(Method::POST, "/assistance-provider", |controller| {
        ///     // Another administrator registers what the client is about to create.
        ///     let provider = NewProvider::new(Target::Site(SITE_ID), "Night shift", "Manager");
        ///     controller.add_provider(provider).ok();
        /// });
        /// # Ok(())
        /// # }
        /// ```
    }
}
