//! All operations, so that what holds for each is tested for each.

use crate::mock_server::{CATEGORY, CONTENT, ID, THREAD, USER, fixture, ok};
use care_testkit::documented::Meaning;
use engagement_client::{
    BoxFuture, Engagement, Error, InterventionPatch, ListInterventions, Safety, Sort, StatusFilter,
};
use wiremock::{
    Mock, MockBuilder, ResponseTemplate,
    matchers::{method, path},
};

pub(crate) struct Operation {
    /// What it does.
    pub(crate) what: &'static str,
    pub(crate) name: &'static str,
    pub(crate) safety: Safety,
    pub(crate) verb: &'static str,
    pub(crate) path: &'static str,
    /// As it is sent, encoded, with its question mark.
    pub(crate) query: &'static str,
    /// The fixture of the answer.
    pub(crate) answer: &'static str,
    /// It returns the number of attempts.
    pub(crate) call: fn(Engagement) -> BoxFuture<'static, Result<u32, Error>>,
}

impl Operation {
    /// What the usual errors mean for it.
    pub(crate) fn meaning(&self) -> Meaning {
        Meaning { operation: self.name, safety: self.safety, renewable: false }
    }

    pub(crate) fn mock(&self) -> MockBuilder {
        Mock::given(method(self.verb)).and(path(self.path))
    }

    pub(crate) fn good_answer(&self) -> ResponseTemplate {
        ok(&fixture(self.answer))
    }

    /// The last part of its name.
    pub(crate) fn verb_of_name(&self) -> &'static str {
        self.name.trim_start_matches("engagement.interventions.")
    }

    pub(crate) fn line(&self) -> String {
        format!("{} {}{}", self.verb, self.path, self.query)
    }

    /// The line with one more parameter.
    pub(crate) fn line_with(&self, parameter: &str) -> String {
        let joint = if self.query.is_empty() { '?' } else { '&' };
        format!("{}{joint}{parameter}", self.line())
    }
}

/// A call whose answer is counted in attempts.
macro_rules! call {
    (|$interventions:ident| $call:expr) => {
        |engagement| {
            Box::pin(async move {
                let $interventions = engagement.interventions();
                Ok($call.response().await?.attempts())
            })
        }
    };
}

const ONE: Operation = Operation {
    what: "get",
    name: "engagement.interventions.get",
    safety: Safety::Read,
    verb: "GET",
    path: "/1.0/interventions/64b0c3a1f2d94e0007a1b2c3",
    query: "",
    answer: "intervention.json",
    call: call!(|interventions| interventions.get(ID)),
};
const PUT: Operation = Operation { safety: Safety::Idempotent, verb: "PUT", ..ONE };
const LIST: Operation =
    Operation { name: "engagement.interventions.list", path: "/1.0/interventions", answer: "list.json", ..ONE };

pub(crate) const OPERATIONS: [Operation; 10] = [
    Operation {
        what: "list with every filter",
        query: "?thread_id=64b0c39ef2d94e0007a1b2a0&user_id=5e8c4a02c1d2e30006aa77b1\
                &identity_group_id=5fa1d2c8a7e3b1000812ab36&identity_id=5f99d2c8a7e3b1000912ab34&status=active\
                &sort=updated_at&offset=150&limit=30",
        call: call!(|interventions| {
            let one = ListInterventions::new().thread(THREAD).user(USER).identity_group("5fa1d2c8a7e3b1000812ab36");
            let one = one.identities(["5f99d2c8a7e3b1000912ab34"]).status(StatusFilter::Active);
            interventions.list(one.sort(Sort::UpdatedAt).offset(150).limit(30))
        }),
        ..LIST
    },
    Operation {
        what: "list by two identities",
        query: "?identity_id%5B%5D=a&identity_id%5B%5D=b&offset=0&limit=150",
        call: call!(|interventions| interventions.list(ListInterventions::new().identities(["a", "b"]))),
        ..LIST
    },
    ONE,
    Operation {
        what: "create",
        name: "engagement.interventions.create",
        safety: Safety::Once,
        verb: "POST",
        path: "/1.0/interventions",
        query: "?content_id=64b0c39ef2d94e0007a1b2a1",
        call: call!(|interventions| interventions.create(CONTENT)),
        ..ONE
    },
    Operation {
        what: "categorize",
        name: "engagement.interventions.categorize",
        path: "/1.0/interventions/64b0c3a1f2d94e0007a1b2c3/update_categories",
        query: "?category_ids%5B%5D=5d10aa0be4b0a20001c0de01&category_ids%5B%5D=5d10aa0be4b0a20001c0de02",
        call: call!(|interventions| interventions.categorize(ID, [CATEGORY, "5d10aa0be4b0a20001c0de02"])),
        ..PUT
    },
    Operation {
        what: "clear categories",
        name: "engagement.interventions.categorize",
        path: "/1.0/interventions/64b0c3a1f2d94e0007a1b2c3/update_categories",
        query: "?category_ids%5B%5D=",
        call: call!(|interventions| interventions.clear_categories(ID)),
        ..PUT
    },
    Operation {
        what: "reassign",
        name: "engagement.interventions.reassign",
        path: "/1.0/interventions/64b0c3a1f2d94e0007a1b2c3/reassign",
        query: "?user_id=5e8c4a02c1d2e30006aa77b1",
        call: call!(|interventions| interventions.reassign(ID, USER)),
        ..PUT
    },
    Operation {
        what: "close",
        name: "engagement.interventions.close",
        safety: Safety::Once,
        path: "/1.0/interventions/64b0c3a1f2d94e0007a1b2c3/close",
        call: call!(|interventions| interventions.close(ID)),
        ..PUT
    },
    Operation {
        what: "cancel",
        name: "engagement.interventions.cancel",
        safety: Safety::Once,
        verb: "DELETE",
        path: "/1.0/interventions/64b0c3a1f2d94e0007a1b2c3/cancel",
        call: call!(|interventions| interventions.cancel(ID)),
        ..ONE
    },
    Operation {
        what: "update",
        name: "engagement.interventions.update",
        query: "?custom_field_values%5Border_number%5D=A-1042&custom_field_values%5Btopics%5D%5B%5D=delivery\
                &custom_field_values%5Btopics%5D%5B%5D=refund",
        call: call!(|interventions| {
            let patch = InterventionPatch::new().custom_field("order_number", "A-1042");
            interventions.update(ID, patch.custom_field("topics", ["delivery", "refund"]))
        }),
        ..PUT
    },
];
