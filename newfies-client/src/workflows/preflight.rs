//! What must exist before anything can be scheduled, and what of it the caller can read.

use crate::{
    calendar_settings::CalendarSetting,
    client::Newfies,
    defects::DOCUMENT,
    endpoints::{List, collection},
    fault::Denial,
    ids::{Gateway, SealedSurvey, SmsGateway},
    resource::{Explained, Listed, Row, sealed::Sealed},
    time::Zone,
    workflows::find,
};
use care_client_core::{Error, Link, Linked, Operation, Safety};
use http::{Method, StatusCode};
use serde::Deserialize;

/// What must exist before anything can be scheduled, as far as the caller can read it. Returned by
/// [`Newfies::preflight`].
///
/// The first three steps of the documents' process flow take place in the web interface: a gateway for calls, one for
/// SMS, and a survey, which must be **sealed**. Only a superuser can read gateways (defect
/// [`NEWF-37`](crate::defects)); a caller who can't read them doesn't know whether there are any.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::newfies::Emulator::start().await?;
/// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
/// #     .basic_auth(emulator.username(), emulator.password()).build()?;
/// let preflight = newfies.preflight().await?;
/// for missing in preflight.missing() {
///     println!("missing: {missing}");
/// }
/// for survey in preflight.sealed_surveys.rows() {
///     println!("survey {}: {}", survey.link.id(), survey.name);
/// }
/// # assert_eq!((preflight.missing().len(), preflight.sealed_surveys.rows().len()), (0, 1));
/// # Ok(()) }
/// ```
///
/// Source: Newfies-Dialer, *Appointment Module*, "Process flow", <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Preflight {
    /// The gateways for calls.
    pub gateways: Access<Gateway>,
    /// The gateways for SMS. Their settings, which contain a provider's credentials, are not read.
    pub sms_gateways: Access<SmsGateway>,
    /// The surveys that calls can play: sealed ones only.
    pub sealed_surveys: Access<SealedSurvey>,
    /// The number of calendar settings that the caller sees; `None` if they can't be read.
    pub calendar_settings: Option<u64>,
    /// Whether the server fails to describe or to list the caller's calendar settings, as it does for a caller without
    /// a profile in the web interface, such as a user created on the command line (defect [`NEWF-43`](crate::defects)).
    /// While there is no setting at all, the list succeeds, and only creating one would fail: so the server is asked by
    /// `OPTIONS`, which writes nothing.
    pub is_without_profile: bool,
}

/// Which rows of a kind the caller can read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Access<T: Linked> {
    /// All of these.
    Readable(Vec<NamedRow<T>>),
    /// The caller may not read them, so it is unknown whether there are any.
    Denied,
}

/// A row by its link and name. Nothing else of the row is read: an SMS gateway's contains credentials (defect
/// [`NEWF-55`](crate::defects)).
// NEWF-55
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(bound(deserialize = ""))]
#[non_exhaustive]
pub struct NamedRow<T: Linked> {
    /// Its link.
    #[serde(rename = "url")]
    pub link: Link<T>,
    /// Its name.
    #[serde(default)]
    pub name: String,
}

impl<T: Linked> Access<T> {
    /// The rows that are known to exist.
    #[must_use]
    pub fn rows(&self) -> &[NamedRow<T>] {
        match self {
            Self::Readable(rows) => rows,
            Self::Denied => &[],
        }
    }

    /// Whether it is known that there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Readable(rows) if rows.is_empty())
    }
}

impl Preflight {
    /// What is known to be missing, each with where to create it.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let checks = [
            (self.is_without_profile, "a profile of the caller's own: create one in the web interface"),
            (self.gateways.is_empty(), "a gateway for calls: create one in the administration pages"),
            (self.sms_gateways.is_empty(), "a gateway for SMS: create one in the administration pages"),
            (self.sealed_surveys.is_empty(), "a sealed survey: create a survey in the web interface and seal it there"),
        ];
        checks.into_iter().filter_map(|(is_missing, what)| is_missing.then_some(what)).collect()
    }
}

pub(super) async fn run(newfies: &Newfies) -> Result<Preflight, Error> {
    let described = newfies.raw(collection::<CalendarSetting>(Method::OPTIONS)).with_safety(Safety::Read).await;
    let settings = newfies.call(List::<CalendarSetting>::new().in_zone(&newfies.zone)).await;
    // NEWF-43: a server that answers every request so fails at the next one.
    let failed = |error: &Error| error.status() == Some(StatusCode::INTERNAL_SERVER_ERROR);
    let is_unlisted = settings.as_ref().is_err_and(failed);
    let settings = if is_unlisted { None } else { unless_denied(settings)? };
    let is_without_profile = is_unlisted || described.as_ref().is_err_and(failed);
    Ok(Preflight {
        gateways: access(newfies).await?,
        sms_gateways: access(newfies).await?,
        sealed_surveys: access(newfies).await?,
        calendar_settings: settings.map(|page| page.total.unwrap_or_default()),
        is_without_profile,
    })
}

/// `None` if the caller lacks the right to read it.
fn unless_denied<T>(read: Result<T, Error>) -> Result<Option<T>, Error> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if Denial::is_lack_of_rights(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn access<T: Linked + Listed<Row = NamedRow<T>>>(newfies: &Newfies) -> Result<Access<T>, Error> {
    let mut rows = Vec::new();
    let read = find::each_page::<T>(newfies, |page| rows.extend(page.items)).await;
    Ok(unless_denied(read)?.map_or(Access::Denied, |()| Access::Readable(rows)))
}

impl<T: Linked> Sealed for NamedRow<T> {}

impl<T: Linked> Row for NamedRow<T>
where
    Self: Clone + std::fmt::Debug + PartialEq,
{
    #[allow(private_interfaces, reason = "the trait is sealed")]
    fn place(&mut self, _zone: &Zone) {}
}

/// Lists that only the preflight reads: this crate covers the appointment module alone.
macro_rules! listed {
    ($($type:ident),+) => {$(
        impl Sealed for $type {}

        impl Explained for $type {}

        impl Listed for $type {
            type Row = NamedRow<$type>;

            fn key(row: &NamedRow<$type>) -> String {
                row.link.id().to_string()
            }

            const COLLECTION: &'static str = <$type as Linked>::COLLECTION;
            const LIST: Operation = Operation::new("newfies.preflight", "/{collection}/", Safety::Read, DOCUMENT);
        }
    )+};
}

listed!(Gateway, SmsGateway, SealedSurvey);
