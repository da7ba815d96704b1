use super::find;
use crate::{
    ApiFault, CalendarSetting, DOCUMENT, Denial, Gateway, List, Newfies, SealedSurvey, SmsGateway,
    endpoints::{Envelope, of_status, parts},
};
use care_client_core::{
    DecodeError, Endpoint, Error, Link, Linked, Operation, Page, Paged, RawResponse, RequestParts, Safety, Undecodable,
};
use http::{Method, StatusCode};
use serde::Deserialize;
use std::{borrow::Cow, marker::PhantomData};

/// What must exist before anything can be scheduled, as far as the caller can read it. Made by [`Newfies::preflight`].
///
/// The first three steps of the documents' process flow are done in the web interface: a gateway for calls and one for SMS,
/// and a survey, which must be **sealed**. Gateways can be read by a superuser only (defect [`NEWF-37`](crate::defects)):
/// that one may not read them doesn't say that there are none.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::newfies::Emulator::start().await?;
/// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
/// #     .basic_auth(emulator.username(), emulator.password()).build()?;
/// let preflight = newfies.preflight().await?;
/// for lack in preflight.lacks() {
///     println!("missing: {lack}");
/// }
/// for survey in preflight.sealed_surveys.rows() {
///     println!("survey {}: {}", survey.link.id(), survey.name);
/// }
/// # assert_eq!((preflight.lacks().len(), preflight.sealed_surveys.rows().len()), (0, 1));
/// # Ok(()) }
/// ```
///
/// Source: Newfies-Dialer, *Appointment Module*, "Process flow", <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Preflight {
    /// What calls go through.
    pub gateways: Access<Gateway>,
    /// What SMS go through. Their settings, which hold a provider's credentials, are not read.
    pub sms_gateways: Access<SmsGateway>,
    /// What calls play: sealed surveys alone.
    pub sealed_surveys: Access<SealedSurvey>,
    /// How many calendar settings the caller sees; `None` if they can't be read.
    pub calendar_settings: Option<u64>,
    /// Whether the server broke down at the caller's calendar settings, as it does for a caller without a profile in the web
    /// interface, such as one made on the command line (defect [`NEWF-43`](crate::defects)).
    pub is_without_profile: bool,
}

/// What of a kind the caller can read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Access<T: Linked> {
    /// These are there.
    Readable(Vec<NamedRow<T>>),
    /// The caller may not read them, so nobody knows.
    Denied,
}

/// A row by its link and name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NamedRow<T: Linked> {
    /// Its link.
    pub link: Link<T>,
    /// Its name.
    pub name: String,
}

impl<T: Linked> Access<T> {
    /// What is known to be there.
    #[must_use]
    pub fn rows(&self) -> &[NamedRow<T>] {
        match self {
            Self::Readable(rows) => rows,
            Self::Denied => &[],
        }
    }

    /// Whether it is known that there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Readable(rows) if rows.is_empty())
    }
}

impl Preflight {
    /// What is known to be missing, each with where to make it.
    #[must_use]
    pub fn lacks(&self) -> Vec<&'static str> {
        let checks = [
            (self.is_without_profile, "a profile of the caller's own: give the user one in the web interface"),
            (self.gateways.is_empty(), "a gateway for calls: make one in the administration pages"),
            (self.sms_gateways.is_empty(), "a gateway for SMS: make one in the administration pages"),
            (self.sealed_surveys.is_empty(), "a sealed survey: make a survey in the web interface, and seal it there"),
        ];
        checks.into_iter().filter_map(|(is_missing, what)| is_missing.then_some(what)).collect()
    }
}

pub(super) async fn run(newfies: &Newfies) -> Result<Preflight, Error> {
    let settings = newfies.call(List::<CalendarSetting>::new(newfies.zone.clone())).await;
    // NEWF-43: a server that answers so to everything fails at the next one.
    let broke_down = |error: &Error| error.status() == Some(StatusCode::INTERNAL_SERVER_ERROR);
    let is_without_profile = settings.as_ref().is_err_and(broke_down);
    let settings = if is_without_profile { None } else { allowed(settings)? };
    Ok(Preflight {
        gateways: reach(newfies).await?,
        sms_gateways: reach(newfies).await?,
        sealed_surveys: reach(newfies).await?,
        calendar_settings: settings.map(|page| page.total.unwrap_or_default()),
        is_without_profile,
    })
}

/// `None` if it is denied for want of a right.
fn allowed<T>(read: Result<T, Error>) -> Result<Option<T>, Error> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if error.is_forbidden() => match error.fault::<ApiFault>().and_then(|fault| fault.denial) {
            Some(Denial::Credentials) => Err(error),
            _ => Ok(None),
        },
        Err(error) => Err(error),
    }
}

async fn reach<T: Linked>(newfies: &Newfies) -> Result<Access<T>, Error> {
    let mut rows = Vec::new();
    let read = find::each_page(newfies.call(ListNamed::<T> { page: 1, kind: PhantomData }), |page| {
        rows.extend(page.items.into_iter().map(|row| NamedRow { link: row.url, name: row.name }));
    });
    Ok(match allowed(read.await)? {
        Some(()) => Access::Readable(rows),
        None => Access::Denied,
    })
}

/// Link and name are read, and nothing else: the settings of an SMS gateway are secret.
// NEWF-55
#[derive(Deserialize)]
#[serde(bound(deserialize = ""))]
struct Raw<T: Linked> {
    url: Link<T>,
    #[serde(default)]
    name: String,
}

/// Lists what has a name and no handle: this crate has the appointment module only.
struct ListNamed<T> {
    page: u64,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for ListNamed<T> {
    fn clone(&self) -> Self {
        Self { page: self.page, kind: PhantomData }
    }
}

impl<T: Linked> Endpoint for ListNamed<T> {
    type Output = Page<Raw<T>>;

    const OPERATION: &'static Operation =
        &Operation::new("newfies.preflight", "/{collection}/", Safety::Read, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        let parts = parts(Method::GET, [T::COLLECTION]);
        Ok(if self.page > 1 { parts.query("page", self.page.to_string()) } else { parts })
    }

    fn decode(&self, response: &RawResponse) -> Result<Page<Raw<T>>, DecodeError> {
        Envelope::read(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        of_status(refusal)
    }
}

impl<T: Linked> Paged for ListNamed<T> {
    type Item = Raw<T>;
    type Key = String;
    const NUMBERED: bool = true;

    fn key(row: Result<&Raw<T>, &Undecodable>) -> String {
        row.map_or_else(|row| row.id.to_string(), |row| row.url.id().to_string())
    }

    fn offset(&self) -> u64 {
        (self.page - 1).saturating_mul(10)
    }

    fn limit(&self) -> u64 {
        10
    }

    fn at(&self, offset: u64, _limit: u64) -> Self {
        Self { page: offset / 10 + 1, kind: PhantomData }
    }
}
