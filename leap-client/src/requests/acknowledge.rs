use crate::{
    DOCUMENT,
    ids::{ExternalId, RequestId},
    leap_call::LeapCall,
    requests::parts,
    xml,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use http::StatusCode;
use std::{borrow::Cow, fmt};

/// Tells LEAP that changes of some support requests were dealt with. Made by
/// [`Requests::acknowledge`](super::Requests::acknowledge) and
/// [`Requests::acknowledge_external`](super::Requests::acknowledge_external).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledge<K> {
    keys: Vec<K>,
    keep_updates: bool,
    dialect: xml::Dialect,
}

impl<K: AcknowledgeKey> Acknowledge<K> {
    pub(crate) fn new(keys: Vec<K>, dialect: xml::Dialect) -> Self {
        Self { keys, keep_updates: false, dialect }
    }
}

/// A name that a support request can be acknowledged by: [`RequestId`] or [`ExternalId`].
pub trait AcknowledgeKey: sealed::Sealed + Clone + fmt::Debug + Send + Sync + 'static {}

mod sealed {
    use super::{Error, ExternalId, Operation, RequestId};

    pub trait Sealed {
        const OPERATION: &'static Operation;
        /// The path below the service's segment: one form says `external` where all others say `extid`.
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
        // LEAP-07
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

impl<K: AcknowledgeKey> LeapCall<Acknowledge<K>> {
    /// Acknowledges the requests alone and leaves their updates unacknowledged. Default: both are acknowledged.
    ///
    /// One sentence of the documents says that updates are acknowledged in any case (defect [`LEAP-31`](crate::defects)).
    ///
    /// How the flag is spelt is uncertain ([`AckFlagSpelling`](crate::AckFlagSpelling), defect [`LEAP-10`](crate::defects)):
    /// read the requests afterwards, and see that their updates still have
    /// [`unacked_since`](crate::Update::unacked_since).
    pub fn keep_updates(self) -> Self {
        self.map_endpoint(|endpoint| Acknowledge { keep_updates: true, ..endpoint })
    }
}

impl<K: AcknowledgeKey> Endpoint for Acknowledge<K> {
    type Output = ();

    const OPERATION: &'static Operation = K::OPERATION;

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.keys.is_empty() {
            return Err(Error::request("there is nothing to acknowledge: name at least one request"));
        }
        self.keys.iter().try_for_each(sealed::Sealed::check)?;
        let keys = self.keys.iter().map(sealed::Sealed::text);
        // Where "Parameters: none" is announced: LEAP-24.
        let document = xml::acknowledgements(keys, self.keep_updates, &self.dialect)?;
        Ok(parts::post_xml(K::PATH.iter().map(|segment| Cow::Borrowed(*segment)), document))
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        xml::accept(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        match refusal.status {
            StatusCode::NOT_FOUND if self.keys.len() > 1 => {
                Some("one of the requests doesn't exist; no document says whether the others were acknowledged".into())
            }
            StatusCode::BAD_REQUEST if self.keep_updates => {
                Some("the server may refuse the flag: see ack_flag_spelling() on the builder".into())
            }
            _ => parts::hint(refusal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::Dialect;

    #[test]
    fn the_two_kinds_of_names_have_paths_of_their_own() {
        let by_id = Acknowledge::new(vec![RequestId::from("10000001")], Dialect::default()).parts().unwrap();
        assert_eq!(by_id.path(), ["requests", "acked"]);
        let external = Acknowledge::new(vec![ExternalId::from("MAX-1")], Dialect::default()).parts().unwrap();
        assert_eq!(external.path(), ["requests", "external", "acked"]);
        for parts in [by_id, external] {
            assert_eq!(parts.headers()["content-type"], "application/xml; charset=utf-8");
        }
    }

    #[test]
    fn nothing_and_impossible_names_are_refused_before_sending() {
        assert!(Acknowledge::<RequestId>::new(Vec::new(), Dialect::default()).parts().is_err());
        for id in ["", " ", "..", "acked", "a\u{0}"] {
            let keys = vec![RequestId::from("1"), RequestId::from(id)];
            assert!(Acknowledge::new(keys, Dialect::default()).parts().is_err(), "{id:?}");
        }
    }
}
