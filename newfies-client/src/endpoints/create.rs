use super::{own_of_500, parts, row, with_body, write_hint};
use crate::{resource::Writable, time::Zone};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use http::Method;
use std::borrow::Cow;

/// Makes a row.
///
/// It is [`Safety::Once`](crate::Safety::Once): sent twice, there are two.
#[derive(Debug, Clone, PartialEq)]
pub struct Create<R: Writable> {
    new: R::New,
    zone: Zone,
}

impl<R: Writable> Create<R> {
    pub(crate) fn new(new: R::New, zone: Zone) -> Self {
        Self { new, zone }
    }
}

impl<R: Writable> Endpoint for Create<R> {
    type Output = R;

    const OPERATION: &'static Operation = &R::CREATE;

    fn parts(&self) -> Result<RequestParts, Error> {
        with_body(parts(Method::POST, [R::COLLECTION]), &self.new, &self.zone)
    }

    fn decode(&self, response: &RawResponse) -> Result<R, DecodeError> {
        row(response, &self.zone)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        write_hint::<R>(refusal, own(R::COLLECTION, refusal).or_else(|| own_of_500::<R>(refusal)))
    }
}

/// What this status means when this is made.
fn own(collection: &str, refusal: &RawResponse) -> Option<&'static str> {
    match (collection, refusal.status.as_u16()) {
        // NEWF-23
        ("calendar-user", 500) => Some(
            "the user may be made all the same: some servers answer so each time, others if the caller has no calendar \
             setting; look the name up before you send it again",
        ),
        // NEWF-13
        ("calendar-user-profile", 500) => {
            Some("a server as it is installed can't make profiles: the web interface can")
        }
        // NEWF-41
        ("event" | "alarm" | "alarm-request" | "calendar", 400) => {
            Some("links lead to what the caller's own users have, also for a superuser")
        }
        _ => None,
    }
}
