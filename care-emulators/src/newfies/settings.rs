//! What a builder has settled.

use super::generation::Generation;
use super::links::Root;
use super::zone::Zone;

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) username: String,
    pub(super) password: String,
    pub(super) token: String,
    pub(super) superuser: bool,
    pub(super) generation: Generation,
    pub(super) zone: Zone,
    pub(super) seed_rules: bool,
    pub(super) documented: bool,
    /// Whether what breaks around calendar users was mended.
    pub(super) repaired: bool,
    /// The names that the server may be called by; `None` for all.
    pub(super) allowed_hosts: Option<Vec<String>>,
    pub(super) challenges: bool,
    pub(super) behind_tls: bool,
    pub(super) restless_lists: bool,
    pub(super) stray_event_url: bool,
    /// What stands before the path of every resource.
    pub(super) prefix: String,
    pub(super) root: Root,
    /// What a client that names no host has called; once it runs, the address that it listens on.
    pub(super) fallback_host: String,
}

impl Settings {
    /// Whether the view of calendar users ends in 500 once it has stored a new one.
    pub(super) fn breaks_calendar_users(&self) -> bool {
        self.generation == Generation::G2 && !self.repaired
    }

    /// Whether a `user` in the profile of a calendar user is looked up in a table that isn't there.
    pub(super) fn breaks_profiles(&self) -> bool {
        self.generation >= Generation::G1 && !self.repaired
    }
}
