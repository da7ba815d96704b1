//! The client, from which every handle and workflow begins.

use crate::{
    alarm_requests::AlarmRequests, alarms::Alarms, builder::NewfiesBuilder, calendar_settings::CalendarSettings,
    calendar_user_profiles::CalendarUserProfiles, calendar_users::CalendarUsers, calendars::Calendars,
    defects::DOCUMENT, events::Events, rules::Rules, time::Zone,
};
use care_client_core::{Call, Endpoint, Operation, Personal, Pipeline, RequestParts, Safety};
use std::fmt;

/// A request for which this crate has no method.
const RAW: Operation = Operation::new("newfies.raw", "", Safety::Once, DOCUMENT);

/// A client of a Newfies-Dialer server. Cheap to clone, and shareable between threads and tasks.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::newfies::Emulator::start().await?;
/// # let base_url = emulator.base_url();
/// # let (user, password) = (emulator.username(), emulator.password());
/// use newfies_client::{List, Newfies};
///
/// let newfies = Newfies::builder().base_url(base_url).basic_auth(user, password).build()?;
/// let page = newfies.events().list(List::new()).await?;
/// println!("{} events", page.total.unwrap_or_default());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Newfies {
    pub(crate) pipeline: Pipeline,
    pub(crate) zone: Zone,
    /// The user name it signs in with, if known.
    pub(crate) user: Option<Personal<String>>,
}

impl Newfies {
    /// Starts building a client.
    pub fn builder() -> NewfiesBuilder {
        NewfiesBuilder::new()
    }

    /// Calendar settings: survey, gateways and caller ID used by alarms.
    #[must_use]
    pub fn calendar_settings(&self) -> CalendarSettings<'_> {
        CalendarSettings { newfies: self }
    }

    /// Calendar users: the people whose calendars hold the events.
    #[must_use]
    pub fn calendar_users(&self) -> CalendarUsers<'_> {
        CalendarUsers { newfies: self }
    }

    /// The profiles of calendar users: who manages them, and which setting their alarms use.
    #[must_use]
    pub fn calendar_user_profiles(&self) -> CalendarUserProfiles<'_> {
        CalendarUserProfiles { newfies: self }
    }

    /// Calendars: groups of a calendar user's events.
    #[must_use]
    pub fn calendars(&self) -> Calendars<'_> {
        Calendars { newfies: self }
    }

    /// Events: planned once, or recurring by a rule.
    #[must_use]
    pub fn events(&self) -> Events<'_> {
        Events { newfies: self }
    }

    /// Alarms: the notifications of an event, by call, SMS or mail.
    #[must_use]
    pub fn alarms(&self) -> Alarms<'_> {
        Alarms { newfies: self }
    }

    /// Alarm requests: the attempts of alarms that call.
    #[must_use]
    pub fn alarm_requests(&self) -> AlarmRequests<'_> {
        AlarmRequests { newfies: self }
    }

    /// Rules: how events recur.
    #[must_use]
    pub fn rules(&self) -> Rules<'_> {
        Rules { newfies: self }
    }

    /// Sends any other request below the base URL: for campaigns, surveys, contacts and the rest of the API. It follows
    /// the same rules as every call, and its safety is [`Safety::Once`] unless you set another. The server requires a
    /// slash at the end of each path: see [`trailing_slash`](RequestParts::trailing_slash).
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::newfies::Emulator::start().await?;
    /// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
    /// #     .basic_auth(emulator.username(), emulator.password()).build()?;
    /// use newfies_client::{RequestParts, Safety};
    ///
    /// let surveys = RequestParts::get(["sealed-survey"]).trailing_slash();
    /// let answer = newfies.raw(surveys).with_safety(Safety::Read).await?;
    /// println!("{} bytes of JSON", answer.body.len());
    /// # Ok(()) }
    /// ```
    pub fn raw(&self, parts: RequestParts) -> Call<RequestParts> {
        self.pipeline.call(parts).as_operation(&RAW)
    }

    /// Calls an operation of your own that this crate lacks, as an [`Endpoint`].
    pub fn call<E: Endpoint>(&self, endpoint: E) -> Call<E> {
        self.pipeline.call(endpoint)
    }
}

impl fmt::Debug for Newfies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Newfies").field("pipeline", &self.pipeline).field("server_time_zone", &self.zone).finish()
    }
}
