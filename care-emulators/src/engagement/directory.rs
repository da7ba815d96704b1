//! Agents, their tokens and the sources that they may read.

use crate::engagement::intervention::Intervention;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{HashMap, HashSet, VecDeque};

/// The agent that every emulator starts with. They may update interventions, impersonate others and read [`SOURCE_ID`].
pub const AGENT_ID: &str = "e00000000000000000000001";

/// The source that every emulator starts with.
pub const SOURCE_ID: &str = "e00000000000000000000002";

/// The permissions of an agent's role.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rights {
    pub(super) update_intervention: bool,
    pub(super) update_own_intervention: bool,
    pub(super) impersonate_user: bool,
}

#[derive(Default)]
struct Agent {
    rights: Rights,
    reads: HashSet<String>,
}

struct Token {
    agent: String,
    rate_limit: RateLimit,
}

#[derive(Default)]
pub(super) struct Directory {
    agents: HashMap<String, Agent>,
    sources: HashSet<String>,
    tokens: HashMap<String, Token>,
}

impl Directory {
    /// The default agent, who has this token and may read the default source.
    pub(super) fn new(access_token: &str) -> Self {
        let mut directory = Self::default();
        directory.add_source(SOURCE_ID.to_owned());
        let rights = Rights { update_intervention: true, impersonate_user: true, ..Rights::default() };
        directory.add_agent(AGENT_ID.to_owned(), rights);
        directory.set_reads(AGENT_ID, SOURCE_ID, true);
        directory.add_token(access_token.to_owned(), AGENT_ID);
        directory
    }

    pub(super) fn add_agent(&mut self, id: String, rights: Rights) {
        self.agents.insert(id, Agent { rights, reads: HashSet::new() });
    }

    pub(super) fn has_agent(&self, id: &str) -> bool {
        self.agents.contains_key(id)
    }

    pub(super) fn add_source(&mut self, id: String) {
        self.sources.insert(id);
    }

    pub(super) fn has_source(&self, id: &str) -> bool {
        self.sources.contains(id)
    }

    pub(super) fn add_token(&mut self, token: String, agent: &str) {
        self.tokens.insert(token, Token { agent: agent.to_owned(), rate_limit: RateLimit::default() });
    }

    /// Removes a token, and returns whether it was known.
    pub(super) fn remove_token(&mut self, token: &str) -> bool {
        self.tokens.remove(token).is_some()
    }

    /// The agent whom a token belongs to.
    pub(super) fn holder(&self, token: &str) -> Option<&str> {
        self.tokens.get(token).map(|token| token.agent.as_str())
    }

    /// Counts a request with a token, and returns whether it is within the limit of `most` a minute.
    pub(super) fn allows(&mut self, token: &str, most: u32, now: DateTime<Utc>) -> bool {
        self.tokens.get_mut(token).is_none_or(|token| token.rate_limit.allows(most, now))
    }

    /// Sets whether an agent may read a source, and returns whether the agent is known.
    pub(super) fn set_reads(&mut self, agent: &str, source: &str, reads: bool) -> bool {
        let Some(agent) = self.agents.get_mut(agent) else { return false };
        if reads {
            agent.reads.insert(source.to_owned());
        } else {
            agent.reads.remove(source);
        }
        true
    }

    pub(super) fn reads(&self, agent: &str, source: &str) -> bool {
        self.agents.get(agent).is_some_and(|agent| agent.reads.contains(source))
    }

    pub(super) fn may_impersonate(&self, agent: &str) -> bool {
        self.rights(agent).impersonate_user
    }

    /// Whether an agent may close an intervention: it is their own, or they may update all.
    pub(super) fn may_close(&self, agent: &str, intervention: &Intervention) -> bool {
        intervention.user_id == agent || self.rights(agent).update_intervention
    }

    /// Whether an agent may reassign an intervention: they may update all, or it is their own and they may update
    /// these.
    pub(super) fn may_reassign(&self, agent: &str, intervention: &Intervention) -> bool {
        let rights = self.rights(agent);
        rights.update_intervention || rights.update_own_intervention && intervention.user_id == agent
    }

    fn rights(&self, agent: &str) -> Rights {
        self.agents.get(agent).map(|agent| agent.rights).unwrap_or_default()
    }
}

/// An agent to add. By default they have no permissions and may read no source.
///
/// ```
/// use care_emulators::engagement::NewAgent;
///
/// let agent = NewAgent::new().update_own_intervention();
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[must_use = "pass it to `Controller::add_agent`"]
pub struct NewAgent {
    pub(super) rights: Rights,
}

impl NewAgent {
    /// An agent without permissions.
    pub fn new() -> Self {
        Self::default()
    }

    /// Allows them to close and reassign all interventions.
    pub fn update_intervention(mut self) -> Self {
        self.rights.update_intervention = true;
        self
    }

    /// Allows them to reassign their own interventions.
    pub fn update_own_intervention(mut self) -> Self {
        self.rights.update_own_intervention = true;
        self
    }

    /// Allows them to act as other agents with `impersonated_user_id`.
    pub fn impersonate_user(mut self) -> Self {
        self.rights.impersonate_user = true;
        self
    }
}

/// The requests of the last minute, oldest first. Rejected ones don't count.
#[derive(Debug, Default)]
pub(super) struct RateLimit(VecDeque<DateTime<Utc>>);

impl RateLimit {
    /// Counts a request at `now`, and returns whether at most `most` were made in the minute that ends then.
    pub(super) fn allows(&mut self, most: u32, now: DateTime<Utc>) -> bool {
        while self.0.front().is_some_and(|oldest| now - *oldest >= TimeDelta::minutes(1)) {
            self.0.pop_front();
        }
        let controller = usize::try_from(most).is_ok_and(|most| self.0.len() < most);
        if controller {
            self.0.push_back(now);
        }
        controller
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_the_limit_passes_in_any_minute() {
        let (mut rate_limit, start) = (RateLimit::default(), DateTime::<Utc>::UNIX_EPOCH);
        let mut at = |millis: i64| rate_limit.allows(2, start + TimeDelta::milliseconds(millis));
        assert_eq!([at(0), at(59_000), at(59_999)], [true, true, false]);
        assert_eq!([at(60_000), at(118_999), at(119_000)], [true, false, true]);
        assert!(!RateLimit::default().allows(0, start));
    }
}
