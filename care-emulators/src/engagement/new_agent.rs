//! What an agent is added with.

use super::people::Rights;

/// An agent who is to be added. They have no right and read no source unless told otherwise.
///
/// ```
/// use care_emulators::engagement::NewAgent;
///
/// let agent = NewAgent::new().update_own_intervention();
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[must_use = "they are added by `Controller::add_agent`"]
pub struct NewAgent {
    pub(super) rights: Rights,
}

impl NewAgent {
    /// An agent without rights.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets them close and reassign everybody's interventions.
    pub fn update_intervention(mut self) -> Self {
        self.rights.update_intervention = true;
        self
    }

    /// Lets them reassign their own interventions.
    pub fn update_own_intervention(mut self) -> Self {
        self.rights.update_own_intervention = true;
        self
    }

    /// Lets them act as others, by `impersonated_user_id`.
    pub fn impersonate_user(mut self) -> Self {
        self.rights.impersonate_user = true;
        self
    }
}
