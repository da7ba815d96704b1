//! Agents, their tokens, and the sources that they read: the administrator's work.

use crate::engagement::{control_error::ControlError, controller::Controller, directory::NewAgent};

impl Controller {
    /// Adds an agent, and returns the agent's id.
    #[must_use]
    pub fn add_agent(&self, agent: NewAgent) -> String {
        let id = self.world.ids.next();
        self.world.state().directory.add_agent(id.clone(), agent.rights);
        id
    }

    /// Issues an access token of an agent.
    ///
    /// # Errors
    ///
    /// The agent is unknown.
    pub fn issue_token(&self, agent_id: &str) -> Result<String, ControlError> {
        let token = format!("token-{}", self.world.ids.next());
        let directory = &mut self.world.state().directory;
        if !directory.has_agent(agent_id) {
            return Err(ControlError::UnknownAgent { id: agent_id.to_owned() });
        }
        directory.add_token(token.clone(), agent_id);
        Ok(token)
    }

    /// Revokes an access token.
    ///
    /// # Errors
    ///
    /// The token is unknown.
    pub fn revoke_token(&self, token: &str) -> Result<(), ControlError> {
        let known = self.world.state().directory.remove_token(token);
        if known { Ok(()) } else { Err(ControlError::UnknownToken) }
    }

    /// Adds a source that no agent may read, and returns its id.
    #[must_use]
    pub fn add_source(&self) -> String {
        let id = self.world.ids.next();
        self.world.state().directory.add_source(id.clone());
        id
    }

    /// Allows an agent to read a source.
    ///
    /// # Errors
    ///
    /// The agent or the source is unknown.
    pub fn allow_read(&self, agent_id: &str, source_id: &str) -> Result<(), ControlError> {
        self.set_reads(agent_id, source_id, true)
    }

    /// Withdraws an agent's permission to read a source.
    ///
    /// # Errors
    ///
    /// The agent or the source is unknown.
    pub fn deny_read(&self, agent_id: &str, source_id: &str) -> Result<(), ControlError> {
        self.set_reads(agent_id, source_id, false)
    }

    fn set_reads(&self, agent_id: &str, source_id: &str, reads: bool) -> Result<(), ControlError> {
        let directory = &mut self.world.state().directory;
        if !directory.has_source(source_id) {
            return Err(ControlError::UnknownSource { id: source_id.to_owned() });
        }
        let known = directory.set_reads(agent_id, source_id, reads);
        if known { Ok(()) } else { Err(ControlError::UnknownAgent { id: agent_id.to_owned() }) }
    }
}
