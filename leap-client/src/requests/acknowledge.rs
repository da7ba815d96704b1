use crate::{
    address::DOCUMENT,
    ids::{ExternalId, RequestId},
    requests::parts,
    xml,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use http::StatusCode;
use std::{borrow::Cow, fmt};

/// Acknowledges the changes of support requests. Given to [`Requests::acknowledge`](super::Requests::acknowledge) or,
/// with external ids, to [`Requests::acknowledge_external`](super::Requests::acknowledge_external); both take plain ids
/// as well.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let leap = leap_client::Leap::builder().base_url(emulator.url())
/// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
/// # let new = care_emulators::leap::NewRequest::topic("Doors").summary("The door is locked");
/// # let id = emulator.controller().raise(new)?;
/// use leap_client::Acknowledge;
///
/// leap.requests().acknowledge([&*id]).await?;
/// leap.requests().acknowledge(Acknowledge::new([&*id]).keep_updates()).await?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "give it to leap.requests().acknowledge(..)"]
pub struct Acknowledge<K = RequestId> {
    keys: Vec<K>,
    keep_updates: bool,
    dialect: xml::Dialect,
}

impl Acknowledge {
    /// Acknowledges these requests and their updates.
    pub fn new<I>(ids: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<RequestId>,
    {
        Self::of(ids)
    }

    /// Acknowledges the requests with these external ids, and their updates.
    pub fn external<I>(ids: I) -> Acknowledge<ExternalId>
    where
        I: IntoIterator,
        I::Item: Into<ExternalId>,
    {
        Acknowledge::of(ids)
    }
}

impl<K> Acknowledge<K> {
    fn of<I>(keys: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<K>,
    {
        Self { keys: keys.into_iter().map(Into::into).collect(), keep_updates: false, dialect: xml::Dialect::default() }
    }

    /// Acknowledges the requests alone and leaves their updates unacknowledged. Default: both are acknowledged.
    ///
    /// One sentence of the documents says that updates are acknowledged in any case (defect
    /// [`LEAP-31`](crate::defects)). How the flag is spelt is uncertain ([`AckFlagSpelling`](crate::AckFlagSpelling),
    /// defect [`LEAP-10`](crate::defects)). So read the requests afterwards, and check that their updates still have
    /// [`unacked_since`](crate::Update::unacked_since).
    pub fn keep_updates(mut self) -> Self {
        self.keep_updates = true;
        self
    }

    /// Writes the document as this client's server wants it.
    pub(crate) fn in_dialect(mut self, dialect: xml::Dialect) -> Self {
        self.dialect = dialect;
        self
    }
}

impl<I> From<I> for Acknowledge<RequestId>
where
    I: IntoIterator,
    I::Item: Into<RequestId>,
{
    fn from(ids: I) -> Self {
        Self::of(ids)
    }
}

impl<I> From<I> for Acknowledge<ExternalId>
where
    I: IntoIterator,
    I::Item: Into<ExternalId>,
{
    fn from(ids: I) -> Self {
        Self::of(ids)
    }
}

/// The identifier that support requests are acknowledged by: [`RequestId`] or [`ExternalId`].
pub trait AcknowledgeKey: sealed::Sealed + Clone + fmt::Debug + Send + Sync + 'static {}

mod sealed {
    use super::{Error, ExternalId, Operation, RequestId};

    pub trait Sealed {
        const OPERATION: &'static Operation;
        /// The path below `requests`.
        const PATH: &'static [&'static str];
        fn text(&self) -> &str;
        fn check(&self) -> Result<(), Error>;
    }

    impl Sealed for RequestId {
        const OPERATION: &'static Operation = &super::BY_ID;
        const PATH: &'static [&'static str] = &["acked"];

        fn text(&self) -> &str {
            self.as_str()
        }

        fn check(&self) -> Result<(), Error> {
            Self::check(self)
        }
    }

    impl Sealed for ExternalId {
        const OPERATION: &'static Operation = &super::BY_EXTERNAL_ID;
        // LEAP-07: every other path has `extid`.
        const PATH: &'static [&'static str] = &["external", "acked"];

        fn text(&self) -> &str {
            self.as_str()
        }

        fn check(&self) -> Result<(), Error> {
            Self::check(self)
        }
    }
}

const BY_ID: Operation = Operation::new("leap.requests.acknowledge", "/requests/acked", Safety::Once, DOCUMENT);
const BY_EXTERNAL_ID: Operation =
    Operation::new("leap.requests.acknowledge_external", "/requests/external/acked", Safety::Once, DOCUMENT);

impl AcknowledgeKey for RequestId {}
impl AcknowledgeKey for ExternalId {}

impl<K: AcknowledgeKey> Endpoint for Acknowledge<K> {
    type Output = ();

    const OPERATION: &'static Operation = K::OPERATION;

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.keys.is_empty() {
            return Err(Error::request("there is nothing to acknowledge: give at least one identifier"));
        }
        self.keys.iter().try_for_each(sealed::Sealed::check)?;
        let keys = self.keys.iter().map(sealed::Sealed::text);
        // The documents announce "Parameters: none" here: LEAP-24.
        let document = xml::acknowledgements(keys, self.keep_updates, &self.dialect)?;
        Ok(parts::post_xml(K::PATH.iter().map(|segment| Cow::Borrowed(*segment)), document))
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        xml::accept(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        match refusal.status {
            StatusCode::NOT_FOUND if self.keys.len() > 1 => Some(
                "one of the requests does not exist; it is not documented whether the others were acknowledged".into(),
            ),
            StatusCode::BAD_REQUEST if self.keep_updates => {
                Some("the server may reject the spelling of the flag: see ack_flag_spelling() on the builder".into())
            }
            _ => parts::hint(refusal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_identifier_has_its_path() {
        let by_id = Acknowledge::new(["10000001"]).parts().unwrap();
        assert_eq!(by_id.path(), ["requests", "acked"]);
        let external = Acknowledge::external(["MAX-1"]).parts().unwrap();
        assert_eq!(external.path(), ["requests", "external", "acked"]);
        for parts in [by_id, external] {
            assert_eq!(parts.headers()["content-type"], "application/xml; charset=utf-8");
        }
    }

    #[test]
    fn no_identifiers_and_invalid_ones_are_rejected() {
        assert!(Acknowledge::new([""; 0]).parts().is_err());
        for id in ["", " ", "..", "acked", "a\u{0}"] {
            assert!(Acknowledge::new(["1", id]).parts().is_err(), "{id:?}");
        }
    }
}
