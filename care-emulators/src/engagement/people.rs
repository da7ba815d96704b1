//! Agents, their tokens, and the sources that they read.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::ids::{AGENT_ID, SOURCE_ID};
use super::intervention::Intervention;
use super::throttle::Throttle;

/// What an agent's role allows.
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
    throttle: Throttle,
}

#[derive(Default)]
pub(super) struct People {
    agents: HashMap<String, Agent>,
    sources: HashSet<String>,
    tokens: HashMap<String, Token>,
}

impl People {
    /// The default agent with this token, who reads the default source.
    pub(super) fn new(access_token: &str) -> Self {
        let mut people = Self::default();
        people.add_source(SOURCE_ID.to_owned());
        let rights = Rights { update_intervention: true, impersonate_user: true, ..Rights::default() };
        people.add_agent(AGENT_ID.to_owned(), rights);
        people.set_reads(AGENT_ID, SOURCE_ID, true);
        people.add_token(access_token.to_owned(), AGENT_ID);
        people
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
        self.tokens.insert(token, Token { agent: agent.to_owned(), throttle: Throttle::default() });
    }

    /// Forgets a token; whether it was known.
    pub(super) fn remove_token(&mut self, token: &str) -> bool {
        self.tokens.remove(token).is_some()
    }

    /// Whose token this is.
    pub(super) fn holder(&self, token: &str) -> Option<&str> {
        self.tokens.get(token).map(|token| token.agent.as_str())
    }

    /// Counts a request with a token; whether it is one of the `most` that it has in a minute.
    pub(super) fn passes(&mut self, token: &str, most: u32, now: DateTime<Utc>) -> bool {
        self.tokens.get_mut(token).is_none_or(|token| token.throttle.passes(most, now))
    }

    /// Lets an agent read a source or not; whether the agent is known.
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

    /// Whether an agent may close an intervention: their own, or with the right to everybody's.
    pub(super) fn may_close(&self, agent: &str, intervention: &Intervention) -> bool {
        intervention.user_id == agent || self.rights(agent).update_intervention
    }

    /// Whether an agent may give an intervention to another: with the right to everybody's, or to their own.
    pub(super) fn may_reassign(&self, agent: &str, intervention: &Intervention) -> bool {
        let rights = self.rights(agent);
        rights.update_intervention || rights.update_own_intervention && intervention.user_id == agent
    }

    fn rights(&self, agent: &str) -> Rights {
        self.agents.get(agent).map(|agent| agent.rights).unwrap_or_default()
    }
}
