use crate::{
    AlarmRequests, Alarms, CalendarSettings, CalendarUserProfiles, CalendarUsers, Calendars, DOCUMENT, Events,
    NewfiesBuilder, Rules, time::Zone,
};
use care_client_core::{Call, Endpoint, Operation, Personal, Pipeline, RequestParts, Safety};
use std::fmt;

/// A request that no method of this crate makes.
const RAW: Operation = Operation::new("newfies.raw", "", Safety::Once, DOCUMENT);

/// A client of a Newfies-Dialer server. Cheap to clone, and safe to share between threads and tasks.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::newfies::Emulator::start().await?;
/// # let (base_url, user, password) = (emulator.base_url(), emulator.username(), emulator.password());
/// use newfies_client::Newfies;
///
/// let newfies = Newfies::builder().base_url(base_url).basic_auth(user, password).build()?;
/// let page = newfies.events().list().await?;
/// println!("{} events", page.total.unwrap_or_default());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Newfies {
    pub(crate) pipeline: Pipeline,
    pub(crate) zone: Zone,
    /// Whose user name it signs in by, where that is known.
    pub(crate) user: Option<Personal<String>>,
}

impl Newfies {
    /// Begins a client.
    pub fn builder() -> NewfiesBuilder {
        NewfiesBuilder::new()
    }

    /// Calendar settings: with which survey, gateways and caller's number alarms go off.
    #[must_use]
    pub fn calendar_settings(&self) -> CalendarSettings<'_> {
        CalendarSettings { newfies: self }
    }

    /// Calendar users: whose the calendars are.
    #[must_use]
    pub fn calendar_users(&self) -> CalendarUsers<'_> {
        CalendarUsers { newfies: self }
    }

    /// The profiles of calendar users: who manages them, and with which setting their alarms go off.
    #[must_use]
    pub fn calendar_user_profiles(&self) -> CalendarUserProfiles<'_> {
        CalendarUserProfiles { newfies: self }
    }

    /// Calendars: what events are grouped by.
    #[must_use]
    pub fn calendars(&self) -> Calendars<'_> {
        Calendars { newfies: self }
    }

    /// Events: what is to happen when, once or again and again.
    #[must_use]
    pub fn events(&self) -> Events<'_> {
        Events { newfies: self }
    }

    /// Alarms: who is notified of an event, how and when.
    #[must_use]
    pub fn alarms(&self) -> Alarms<'_> {
        Alarms { newfies: self }
    }

    /// Alarm requests: the attempts of alarms that call.
    #[must_use]
    pub fn alarm_requests(&self) -> AlarmRequests<'_> {
        AlarmRequests { newfies: self }
    }

    /// Rules: by what events happen again.
    #[must_use]
    pub fn rules(&self) -> Rules<'_> {
        Rules { newfies: self }
    }

    /// Any other request below the base URL: campaigns, surveys, contacts and what else the API has. It is sent by the same
    /// rules as every call, and counts as [`Safety::Once`] unless told otherwise. The server wants a slash at the end of each
    /// path: give one by [`trailing_slash`](RequestParts::trailing_slash).
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::newfies::Emulator::start().await?;
    /// # let (base_url, user, password) = (emulator.base_url(), emulator.username(), emulator.password());
    /// # let newfies = newfies_client::Newfies::builder().base_url(base_url).basic_auth(user, password).build()?;
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

    /// An operation of your own: what this crate lacks, as an [`Endpoint`].
    pub fn call<E: Endpoint>(&self, endpoint: E) -> Call<E> {
        self.pipeline.call(endpoint)
    }
}

impl fmt::Debug for Newfies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Newfies").field("pipeline", &self.pipeline).field("server_time_zone", &self.zone).finish()
    }
}
