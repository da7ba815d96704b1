//! When help will be there, and the two places of an answer that say so.

use super::{Callout, Dispatch, object};
use crate::ids::{CalloutId, ResponderId};
use care_client_core::wire::{number, timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::{fmt, time::Duration};

/// AURA's estimate for one responder.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `calloutResponseEta` in the examples of responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResponseEta {
    /// The number of the estimate.
    #[serde(default, with = "number::option")]
    pub id: Option<u64>,
    /// The callout.
    pub callout_id: Option<CalloutId>,
    /// The responder.
    pub responder_id: Option<ResponderId>,
    /// The time in words; at arrival they still say "1 min".
    pub duration_text: Option<String>,
    /// The time in seconds; the guide names no unit (defect [`AURA-47`](crate::defects)).
    #[serde(default, with = "number::option")]
    pub duration_value: Option<u64>,
    /// The way in words; at arrival they still say "1 m".
    pub distance_text: Option<String>,
    /// The way in metres.
    #[serde(default, with = "number::option")]
    pub distance_value: Option<u64>,
    /// When the estimate was made.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When the estimate last changed.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// When help will be there, as far as AURA knows; made by [`Callout::eta`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Eta {
    /// How long the responder still needed at [`at`](Self::at); zero at arrival.
    pub duration: Duration,
    /// How far away the responder was at [`at`](Self::at), in metres.
    pub metres: Option<u64>,
    /// When it was measured.
    pub at: Option<DateTime<Utc>>,
}

/// Such as `4 min, 1213 m`: whole minutes, rounded up.
impl fmt::Display for Eta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} min", self.duration.as_secs().div_ceil(60))?;
        self.metres.map_or(Ok(()), |metres| write!(f, ", {metres} m"))
    }
}

impl Callout {
    /// When help will be there.
    ///
    /// It is taken from the values, not from the texts, which round up; from the newest estimate for the responder who
    /// is on the way, else from [`distance`](Self::distance). It is zero at the arrival. It is `None` when nobody is on
    /// the way whom AURA could measure: before a dispatch, after a dispatch by hand, once the responder has completed,
    /// and after Responder Cancelled, where the old estimate stays in the answer (defect [`AURA-29`](crate::defects)).
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Responder Cancelled API Example Response" and
    /// "Responder Arrived API Example Response".
    #[must_use]
    pub fn eta(&self) -> Option<Eta> {
        let Some(Dispatch::Tech { responder, .. }) = self.dispatch() else { return None };
        if !self.status.is_active_for_user() {
            return None;
        }
        let newest = self
            .response_etas
            .iter()
            .filter(|eta| eta.responder_id.is_none() || responder.id.is_none() || eta.responder_id == responder.id)
            .filter_map(|eta| Some((eta, eta.duration_value?)))
            .max_by_key(|(eta, _)| eta.updated_at.or(eta.created_at));
        if let Some((eta, seconds)) = newest {
            let at = eta.updated_at.or(eta.created_at);
            return Some(Eta { duration: Duration::from_secs(seconds), metres: eta.distance_value, at });
        }
        let travel = self.distance.as_ref()?;
        let seconds = travel.duration.as_ref()?.value?;
        let metres = travel.distance.as_ref().and_then(|measure| measure.value);
        Some(Eta { duration: Duration::from_secs(seconds), metres, at: None })
    }
}

/// How far away help was when AURA last measured, in both senses.
///
/// Prefer [`Callout::eta`](crate::Callout::eta): these values stay when the responder is cancelled.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `distance` in the examples of responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Travel {
    /// The way, in metres; `None` without a responder of AURA's own, where the wire has `{}`.
    #[serde(default, deserialize_with = "object")]
    pub distance: Option<Measure>,
    /// The time, in seconds; `None` without a responder of AURA's own, where the wire has `{}`.
    #[serde(default, deserialize_with = "object")]
    pub duration: Option<Measure>,
}

/// A value, and the same in words.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `distance` in the examples of responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Measure {
    /// The value in words; at arrival they say "1 m" where the value is 0.
    pub text: Option<String>,
    /// The value, in metres or seconds.
    #[serde(default, with = "number::option")]
    pub value: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::{Travel, *};
    use serde_json::json;

    fn eta(callout: serde_json::Value) -> Option<(u64, Option<u64>)> {
        let callout: Callout = serde_json::from_value(callout).unwrap();
        callout.eta().map(|eta| (eta.duration.as_secs(), eta.metres))
    }

    #[test]
    fn it_is_the_newest_estimate_of_the_responder_on_the_way() {
        let rows = json!([
            {"responderId": 8, "durationValue": 195, "distanceValue": 1213, "updatedAt": "2019-06-26T08:29:22.541Z"},
            {"responderId": 8, "durationValue": "60", "durationText": "9 mins",
                "updatedAt": "2019-06-26T08:30:22.541Z"},
            {"responderId": 9, "durationValue": 7, "updatedAt": "2019-06-26T08:31:22.541Z"}
        ]);
        let detail = json!({"responder": {"id": 8}});
        let status = "Responder Dispatched";
        let both = json!({"id": 1, "status": status, "calloutincidentdetail": detail, "calloutResponseEta": rows});
        assert_eq!(eta(both), Some((60, None)));
        let travel = json!({"distance": {"value": 12}, "duration": {"text": "3 mins", "value": 5}});
        let last = json!({"id": 1, "status": status, "calloutincidentdetail": detail, "distance": travel});
        assert_eq!(eta(last), Some((5, Some(12))));
    }

    #[test]
    fn a_stale_estimate_is_none() {
        let rows = json!([{"responderId": 8, "durationValue": 195}]);
        let by_hand = json!({"supplier": {"id": 14}, "responder": {}});
        let tech = json!({"responder": {"id": 8}});
        for (status, detail) in
            [("Responder Cancelled", &tech), ("Responder Dispatched", &by_hand), ("created", &json!(null))]
        {
            let callout =
                json!({"id": 1, "status": status, "calloutincidentdetail": detail, "calloutResponseEta": rows});
            assert_eq!(eta(callout), None, "{status}");
        }
    }

    #[test]
    fn it_is_shown_in_whole_minutes() {
        let eta = |seconds, metres| Eta { duration: Duration::from_secs(seconds), metres, at: None }.to_string();
        assert_eq!((eta(195, Some(1213)), eta(0, None)), ("4 min, 1213 m".to_owned(), "0 min".to_owned()));
    }

    #[test]
    fn an_empty_object_is_none_and_a_zero_is_not() {
        for none in [r#"{"distance":{},"duration":{}}"#, r#"{"distance":null}"#, "{}", r#"{"distance":{"text":null}}"#]
        {
            assert_eq!(serde_json::from_str::<Travel>(none).unwrap(), Travel::default(), "{none}");
        }
        let zero: Travel =
            serde_json::from_str(r#"{"distance":{"text":"1 m","value":0},"duration":{"value":"0"}}"#).unwrap();
        assert_eq!(zero.distance.and_then(|measure| measure.value), Some(0));
        assert_eq!(zero.duration.and_then(|measure| measure.value), Some(0));
    }
}
