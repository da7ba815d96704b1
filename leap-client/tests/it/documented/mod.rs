//! Every documented operation as it goes over the wire: what is sent, how the documented answer is read, and what each
//! error means.
//!
//! No answer to an acknowledgement, a change of state and a comment is documented, and no body of an error: those are
//! ours, and prove how this crate reads them, not that LEAP sends them.

mod answers;
mod failures;
mod requests;

use crate::support::mock_server::{empty, fixture, xml};
use care_testkit::documented::Meaning;
use chrono::{DateTime, Utc};
use leap_client::{BoxFuture, ChangeState, Error, Leap, ListRequests, RequestKey, Safety, State};
use wiremock::{
    Mock, MockBuilder, ResponseTemplate,
    matchers::{method, path},
};

pub(crate) struct Operation {
    /// What it does and by which name of the request.
    pub(crate) what: &'static str,
    pub(crate) name: &'static str,
    pub(crate) safety: Safety,
    pub(crate) verb: &'static str,
    /// As it is sent, encoded.
    pub(crate) path: &'static str,
    /// With its question mark.
    pub(crate) query: &'static str,
    /// The type of the body, and the body as it is sent.
    pub(crate) body: Option<(&'static str, &'static str)>,
    /// The fixture of the documented answer.
    pub(crate) answer: Option<&'static str>,
    /// It returns the number of attempts.
    pub(crate) call: fn(Leap) -> BoxFuture<'static, Result<u32, Error>>,
}

impl Operation {
    /// What the usual errors mean for it.
    pub(crate) fn meaning(&self) -> Meaning {
        Meaning { operation: self.name, safety: self.safety, renewable: false }
    }

    pub(crate) fn mock(&self) -> MockBuilder {
        Mock::given(method(self.verb)).and(path(self.path))
    }

    /// The documented answer, or ours.
    pub(crate) fn good_answer(&self) -> ResponseTemplate {
        self.answer.map_or_else(empty, |file| xml(fixture(file)))
    }
}

pub(crate) fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

const XML: &str = "application/xml; charset=utf-8";
const FORM: &str = "application/x-www-form-urlencoded";
const ACKED: &str = "<acknowledgements acknowlegdeUpdates=\"true\"><acknowledgement>10000001</acknowledgement>\
                     <acknowledgement>10000002</acknowledgement></acknowledgements>";
const ACKED_EXTERNAL: &str = "<acknowledgements acknowlegdeUpdates=\"true\"><acknowledgement>MAX-1234</acknowledgement>\
                              <acknowledgement>EXT-1234</acknowledgement></acknowledgements>";
const STATUS: &str = "<support-request-update><state>IN_PROGRESS</state><comment>optional comment</comment>\
                      </support-request-update>";
const COMMENT: &str = "<support-request-update><comment>adding a comment without state change</comment>\
                       </support-request-update>";
const ALL_PARAMETERS: &str = "?last-update-from=2010-04-06T12%3A43%3A17.123Z&last-update-to=2011-12-03T11%3A11%3A12.987Z\
                              &acked=true&limit=100&offset=200";

/// A call whose answer is counted in attempts.
macro_rules! call {
    (|$requests:ident| $call:expr) => {
        |leap| {
            Box::pin(async move {
                let $requests = leap.requests();
                Ok($call.response().await?.attempts())
            })
        }
    };
}

/// A list with every parameter: the documented dates, and `acked` as documented.
macro_rules! list {
    ($list:expr) => {
        call!(|requests| requests.list(
            $list
                .updated_from(at("2010-04-06T12:43:17.123Z"))
                .updated_to(at("2011-12-03T11:11:12.987Z"))
                .acked(true)
                .limit(100)
                .offset(200)
        ))
    };
}

const READ: Operation = Operation {
    what: "",
    name: "",
    safety: Safety::Read,
    verb: "GET",
    path: "",
    query: "",
    body: None,
    answer: None,
    call: call!(|requests| requests.list(ListRequests::new())),
};
const POST: Operation = Operation { safety: Safety::Once, verb: "POST", ..READ };

pub(crate) const OPERATIONS: [Operation; 12] = [
    Operation {
        what: "get by identifier",
        name: "leap.requests.get",
        path: "/api/v1/requests/10000001",
        answer: Some("request-detail.xml"),
        call: call!(|requests| requests.get(RequestKey::id("10000001"))),
        ..READ
    },
    Operation {
        what: "get by external identifier",
        name: "leap.requests.get",
        path: "/api/v1/requests/extid/MAX-1234",
        answer: Some("request-detail.xml"),
        call: call!(|requests| requests.get(RequestKey::external("MAX-1234"))),
        ..READ
    },
    Operation {
        what: "set the external identifier",
        name: "leap.requests.set_external_id",
        safety: Safety::Idempotent,
        path: "/api/v1/requests/000000001/extid",
        body: Some((FORM, "extid=MAX-56789")),
        answer: Some("set-extid-response.xml"),
        call: call!(|requests| requests.set_external_id("000000001", "MAX-56789")),
        ..POST
    },
    Operation {
        what: "acknowledge by identifiers",
        name: "leap.requests.acknowledge",
        path: "/api/v1/requests/acked",
        body: Some((XML, ACKED)),
        call: call!(|requests| requests.acknowledge(["10000001", "10000002"])),
        ..POST
    },
    Operation {
        what: "acknowledge by external identifiers",
        name: "leap.requests.acknowledge_external",
        path: "/api/v1/requests/external/acked",
        body: Some((XML, ACKED_EXTERNAL)),
        call: call!(|requests| requests.acknowledge_external(["MAX-1234", "EXT-1234"])),
        ..POST
    },
    Operation {
        what: "list all",
        name: "leap.requests.list",
        path: "/api/v1/requests/",
        query: ALL_PARAMETERS,
        answer: Some("list-all.xml"),
        call: list!(ListRequests::new()),
        ..READ
    },
    Operation {
        what: "list by topic",
        name: "leap.requests.list_by_topic",
        path: "/api/v1/requests/by-topic/Parking",
        query: ALL_PARAMETERS,
        answer: Some("list-by-topic.xml"),
        call: list!(ListRequests::topic("Parking")),
        ..READ
    },
    Operation {
        what: "list by topic and state",
        name: "leap.requests.list_in_state",
        path: "/api/v1/requests/by-topic/Alarm/in-state/IN_PROGRESS",
        query: ALL_PARAMETERS,
        answer: Some("list-by-topic-in-state.xml"),
        call: list!(ListRequests::topic("Alarm").in_state(State::InProgress)),
        ..READ
    },
    Operation {
        what: "change the state by identifier",
        name: "leap.requests.change_state",
        path: "/api/v1/requests/10000001/updates",
        body: Some((XML, STATUS)),
        call: call!(|requests| {
            requests.change_state(
                ChangeState::new(RequestKey::id("10000001"), State::InProgress).comment("optional comment"),
            )
        }),
        ..POST
    },
    Operation {
        what: "change the state by external identifier",
        name: "leap.requests.change_state",
        path: "/api/v1/requests/extid/MAX-1234/updates",
        body: Some((XML, STATUS)),
        call: call!(|requests| {
            requests.change_state(
                ChangeState::new(RequestKey::external("MAX-1234"), State::InProgress).comment("optional comment"),
            )
        }),
        ..POST
    },
    Operation {
        what: "comment by identifier",
        name: "leap.requests.comment",
        path: "/api/v1/requests/10000001/updates",
        body: Some((XML, COMMENT)),
        call: call!(|requests| {
            requests.comment(RequestKey::id("10000001"), "adding a comment without state change")
        }),
        ..POST
    },
    Operation {
        what: "comment by external identifier",
        name: "leap.requests.comment",
        path: "/api/v1/requests/extid/MAX-1234/updates",
        body: Some((XML, COMMENT)),
        call: call!(|requests| {
            requests.comment(RequestKey::external("MAX-1234"), "adding a comment without state change")
        }),
        ..POST
    },
];
