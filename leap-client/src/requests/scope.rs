//! Which support requests a list has: one type for each of the three paths, so that a state can't be given without a
//! topic.

use crate::{
    address::DOCUMENT,
    ids::TopicId,
    requests::{change_state::known, model::State},
};
use care_client_core::{Error, Operation, Safety};
use std::{borrow::Cow, fmt};

/// Which support requests a [`ListRequests`](crate::ListRequests) has: [`All`], [`Topic`] or [`TopicInState`].
pub trait Scope: sealed::Sealed + Clone + fmt::Debug + Send + Sync + 'static {}

/// All support requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct All;

/// The support requests of one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic(pub(super) TopicId);

/// The support requests of one topic in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicInState(pub(super) TopicId, pub(super) State);

impl Scope for All {}
impl Scope for Topic {}
impl Scope for TopicInState {}

pub(super) mod sealed {
    use super::{All, Cow, DOCUMENT, Error, Operation, Safety, Topic, TopicInState, known};

    pub trait Sealed {
        const OPERATION: &'static Operation;

        /// The path below `requests`; empty for the whole list, whose path ends in a slash.
        fn path(&self) -> Result<Vec<Cow<'static, str>>, Error>;

        /// The requested topic.
        fn topic(&self) -> Option<&str>;

        /// What a 400 can mean here.
        const INVALID: &'static str;
    }

    impl Sealed for All {
        const OPERATION: &'static Operation =
            &Operation::new("leap.requests.list", "/requests/", Safety::Read, DOCUMENT);
        const INVALID: &'static str = "the server rejects a date, the limit or the offset";

        fn path(&self) -> Result<Vec<Cow<'static, str>>, Error> {
            Ok(Vec::new())
        }

        fn topic(&self) -> Option<&str> {
            None
        }
    }

    impl Sealed for Topic {
        const OPERATION: &'static Operation =
            &Operation::new("leap.requests.list_by_topic", "/requests/by-topic/{topic}", Safety::Read, DOCUMENT);
        const INVALID: &'static str = All::INVALID;

        fn path(&self) -> Result<Vec<Cow<'static, str>>, Error> {
            self.0.check()?;
            Ok(vec!["by-topic".into(), self.0.as_str().to_owned().into()])
        }

        fn topic(&self) -> Option<&str> {
            Some(self.0.as_str())
        }
    }

    impl Sealed for TopicInState {
        const OPERATION: &'static Operation = &Operation::new(
            "leap.requests.list_in_state",
            "/requests/by-topic/{topic}/in-state/{state}",
            Safety::Read,
            DOCUMENT,
        );
        // LEAP-22: the answer doesn't tell which.
        const INVALID: &'static str = "the server rejects the state, a date, the limit or the offset";

        fn path(&self) -> Result<Vec<Cow<'static, str>>, Error> {
            known(&self.1)?;
            let mut path = Topic(self.0.clone()).path()?;
            path.extend(["in-state".into(), self.1.as_str().to_owned().into()]);
            Ok(path)
        }

        fn topic(&self) -> Option<&str> {
            Some(self.0.as_str())
        }
    }
}
