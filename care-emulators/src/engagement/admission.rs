//! Who asks, and whether they may.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::params::Params;
use super::refusal::Refusal;
use super::world::World;

/// What a client asks for, once it was let in.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    /// The id of the agent as whom it runs.
    pub(super) caller: String,
    pub(super) params: Params,
}

impl Ask {
    /// Lets a request in that has a known token, comes within the limit of its rate, and impersonates nobody whom it may not.
    pub(super) fn admit(world: &World, headers: &HeaderMap, params: Params) -> Result<Self, Refusal> {
        let settings = &world.settings;
        let token = match headers.get(AUTHORIZATION) {
            Some(value) => value
                .to_str()
                .ok()
                .and_then(|value| value.split_once(' '))
                .and_then(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())),
            None => params.one("access_token"),
        };
        let bad_token = || Refusal::bad_token(settings.bad_token_status);
        let token = token.ok_or_else(bad_token)?;
        let now = world.clock.now();
        let people = &mut world.state().people;
        let holder = people.holder(token).ok_or_else(bad_token)?.to_owned();
        if settings.rate_limit.is_some_and(|most| !people.passes(token, most, now)) {
            return Err(Refusal::throttled());
        }
        let caller = match params.one("impersonated_user_id") {
            None => holder,
            Some(other) if people.may_impersonate(&holder) && people.has_agent(other) => other.to_owned(),
            Some(_) => return Err(Refusal::no_impersonation()),
        };
        Ok(Self { caller, params })
    }
}
