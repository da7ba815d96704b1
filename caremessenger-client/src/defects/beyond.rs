//! What the vendor's other pages leave open.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "CARE-34",
        title: "signing in lies outside of `/v2`, and ends in a slash where nothing else does",
        place: "Authentication",
        quote: "",
        accepts: "",
        sends: "`/api-token-auth/` as documented, and no slash behind anything else",
    },
    Defect {
        id: "CARE-35",
        title: "a token expires, and no document says how to renew one",
        place: "Authentication",
        quote: "",
        accepts: "a token of any form; its own expiry as a hint",
        sends: "name and password once more, before the token expires or after a 401",
    },
    Defect {
        id: "CARE-36",
        title: "no error is documented, and no body of one",
        place: "Creating an Assistance Provider",
        quote: "",
        accepts: "every status, and the two forms of the framework as `ApiFault`",
        sends: "",
    },
    Defect {
        id: "CARE-37",
        title: "addresses in answers begin with plain http and a private host",
        place: "Viewing the Schema",
        quote: "",
        accepts: "links to further pages, of which only the query is used",
        sends: "everything to the server that the client was given",
    },
    Defect {
        id: "CARE-38",
        title: "a list is shown for another resource, without a parameter, and with a count that its rows don't have",
        place: "Serialization Formats",
        quote: "",
        accepts: "the envelope, or a bare list as one page; any count; rows that can't be read among others",
        sends: "no parameter of its own",
    },
];
