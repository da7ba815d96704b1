//! Seed data: invented companies and responders.

use serde::Serialize;

/// The email address of the staff member who carries out the actions of the [`Controller`](super::Controller).
pub(super) const CONTROLLER: &str = "control-room@example.com";

/// The name shown with the control room's messages.
pub(super) const CONTROL_ROOM: &str = "Control room";

/// A response company as AURA shows it.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Supplier {
    pub(super) id: u64,
    pub(super) name: &'static str,
    contact_number: &'static str,
    email: &'static str,
    contact_person: &'static str,
    address: &'static str,
    region: &'static str,
    created_at: &'static str,
    updated_at: &'static str,
    last_updated_by: (),
    callout_requires_dispatch_approval: bool,
    supplier_logo_url: (),
    deleted: bool,
}

const fn supplier(
    id: u64,
    name: &'static str,
    contact_number: &'static str,
    email: &'static str,
    contact_person: &'static str,
    address: &'static str,
    since: &'static str,
) -> Supplier {
    Supplier {
        id,
        name,
        contact_number,
        email,
        contact_person,
        address,
        region: "Northern Region",
        created_at: since,
        updated_at: since,
        last_updated_by: (),
        callout_requires_dispatch_approval: false,
        supplier_logo_url: (),
        deleted: false,
    }
}

/// Companies whose responders use AURA's app.
const WITH_APP: [Supplier; 2] = [
    supplier(
        31,
        "Harbour Watch",
        "+12025550190",
        "desk@example.net",
        "Robin Sample",
        "2 Quay Lane, Riverton",
        "2018-03-05T07:15:00.120Z",
    ),
    supplier(
        32,
        "Ridge Response",
        "+12025550191",
        "office@example.org",
        "Kim Sample",
        "7 Hill Road, Riverton",
        "2018-09-11T13:40:00.480Z",
    ),
];

/// Companies that are called by telephone.
const BY_TELEPHONE: [Supplier; 2] = [
    supplier(61, "Valley Patrol", "+12025550192", "valley@example.net", "Lee Sample", "", "2016-05-20T10:05:00.007Z"),
    supplier(
        62,
        "Far Coast Guarding",
        "+12025550193",
        "coast@example.org",
        "Pat Sample",
        "1 Pier Street, Westhaven",
        "2017-01-30T16:20:00.950Z",
    ),
];

/// The fixed data of a responder.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crew {
    pub(super) id: u64,
    pub(super) name: &'static str,
    pub(super) surname: &'static str,
    pub(super) callsign: &'static str,
    /// An email address, in spite of the name: all of AURA's examples have one here.
    pub(super) mobile: &'static str,
    /// Make, model, colour, licence plate.
    pub(super) vehicle: [&'static str; 4],
    pub(super) since: &'static str,
    pub(super) supplier: Supplier,
}

const CREWS: [Crew; 3] = [
    Crew {
        id: 11,
        name: "Sam",
        surname: "Stand-In",
        callsign: "Heron",
        mobile: "heron@example.net",
        vehicle: ["Handcart", "Two", "White", "HERON 1"],
        since: "2019-02-01T09:00:00.250Z",
        supplier: WITH_APP[0],
    },
    Crew {
        id: 12,
        name: "Jo",
        surname: "Understudy",
        callsign: "Kestrel",
        mobile: "kestrel@example.org",
        vehicle: ["Wheelbarrow", "Sport", "Green", "KESTREL 2"],
        since: "2019-04-15T06:30:00.875Z",
        supplier: WITH_APP[1],
    },
    Crew {
        id: 13,
        name: "Max",
        surname: "Stand-In",
        callsign: "Osprey",
        mobile: "osprey@example.net",
        vehicle: ["Rickshaw", "Long", "Black", "OSPREY 3"],
        since: "2019-04-15T06:45:00.125Z",
        supplier: WITH_APP[0],
    },
];

/// The crew for the `turn`-th request, and its distance in metres.
pub(super) fn crew(turn: u64) -> (Crew, u64) {
    let pick = CREWS[(turn % 3) as usize];
    (pick, 840 + 137 * (turn % 11))
}

/// The company called by telephone for the `turn`-th request.
pub(super) fn company(turn: u64) -> Supplier {
    BY_TELEPHONE[(turn % 2) as usize]
}
