//! Sentences about a callout for the person who called.

use crate::reporter::Reporter;
use aura_client::{
    Callout, CalloutEvent, CalloutStatus, CalloutSummary, CalloutUpdate, Dispatch, Eta, EventRole, Responder, Supplier,
};

/// Reports the updates of one callout in sentences that the caller may read: no position and no person's name.
#[derive(Debug, Default)]
pub struct UpdateReporter {
    status: Option<CalloutStatus>,
    verified: bool,
    eta: Option<Eta>,
    hidden: bool,
}

impl UpdateReporter {
    /// A reporter before the first update.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Marks later updates as hidden from the person, who has dismissed the callout.
    pub fn hide(&mut self) {
        self.hidden = true;
    }

    /// Reports an update, unless it contains nothing new for the person.
    pub fn report(&mut self, update: &CalloutUpdate, reporter: &Reporter) {
        for (who, what) in self.sentences(update) {
            reporter.step(who, what);
        }
    }

    fn sentences(&mut self, update: &CalloutUpdate) -> Vec<(&'static str, String)> {
        match update {
            CalloutUpdate::Summary(callout) => self.resumed(callout),
            CalloutUpdate::Changed(callout) => self.changes(callout),
            CalloutUpdate::Message(event) => message(event).into_iter().collect(),
            CalloutUpdate::Refused(error) => vec![("poll refused", format!("trying again for a minute: {error}"))],
            CalloutUpdate::Delayed(error) => vec![("poll failed", format!("trying again: {error}"))],
            _ => Vec::new(),
        }
    }

    /// The status that was known before. Only the summary is available, so who comes is not explained.
    fn resumed(&mut self, callout: &CalloutSummary) -> Vec<(&'static str, String)> {
        if self.status.replace(callout.status.clone()).as_ref() == Some(&callout.status) {
            return Vec::new();
        }
        let explained = match &callout.status {
            CalloutStatus::ResponderDispatched => ": somebody is coming",
            status => explained_status(status),
        };
        vec![(if self.hidden { "status, hidden" } else { "status" }, format!("{}{explained}", callout.status))]
    }

    fn changes(&mut self, callout: &Callout) -> Vec<(&'static str, String)> {
        let mut sentences = Vec::new();
        let (status, update) = if self.hidden { ("status, hidden", "update, hidden") } else { ("status", "update") };
        let verified = callout.verified == Some(true);
        if verified && !self.verified {
            sentences.push((update, "a controller has verified that help is wanted".to_owned()));
        }
        let eta = callout.eta();
        if self.status.as_ref() != Some(&callout.status) {
            sentences.push((status, format!("{}{}", callout.status, explained(callout))));
        } else if let Some(eta) = eta.filter(|_| self.is_new(eta)) {
            sentences.push((update, format!("the responder has moved: {}", left(eta))));
        }
        (self.status, self.verified, self.eta) = (Some(callout.status.clone()), verified, eta);
        sentences
    }

    /// Whether time or distance differ. The date of the measurement alone doesn't count.
    fn is_new(&self, eta: Option<Eta>) -> bool {
        let values = |eta: Option<Eta>| eta.map(|eta| (eta.duration, eta.metres));
        values(eta) != values(self.eta)
    }
}

/// The callout's status, if the update contains one.
#[must_use]
pub fn status_of(update: &CalloutUpdate) -> Option<&CalloutStatus> {
    match update {
        CalloutUpdate::Summary(callout) => Some(&callout.status),
        CalloutUpdate::Changed(callout) => Some(&callout.status),
        _ => None,
    }
}

/// Explains the status to the person.
fn explained(callout: &Callout) -> String {
    match &callout.status {
        CalloutStatus::ResponderDispatched => match callout.dispatch() {
            Some(Dispatch::Tech { responder, supplier }) => {
                let comes = comes(responder, supplier);
                callout.eta().map_or_else(|| format!(": {comes}"), |eta| format!(": {comes}: {}", left(eta)))
            }
            Some(dispatch) => {
                let company = dispatch.supplier().and_then(Supplier::name).unwrap_or("a company");
                format!(" by hand: {company} is coming, without further details")
            }
            None => ": somebody is coming".to_owned(),
        },
        status => explained_status(status).to_owned(),
    }
}

fn explained_status(status: &CalloutStatus) -> &'static str {
    match status {
        CalloutStatus::Created => ": AURA has received the call, and nobody is on the way yet",
        CalloutStatus::ResponderCancelled => ": the responder was called back",
        CalloutStatus::ResponderArrived => ": help is there",
        CalloutStatus::ResponderCompleted => ": the responder has finished",
        CalloutStatus::Closed => ": the client stops polling",
        _ => "",
    }
}

fn comes(responder: &Responder, supplier: Option<&Supplier>) -> String {
    let company = supplier.and_then(Supplier::name).unwrap_or("a responder");
    let vehicle = [responder.vehicle_colour(), responder.vehicle_make(), responder.vehicle_model()];
    let vehicle: Vec<_> = vehicle.into_iter().flatten().collect();
    if vehicle.is_empty() {
        format!("{company} is coming")
    } else {
        format!("{company} is coming ({})", vehicle.join(" "))
    }
}

fn left(eta: Eta) -> String {
    let minutes = match (eta.duration.as_secs() + 30) / 60 {
        0 => "less than a minute".to_owned(),
        1 => "about 1 minute".to_owned(),
        minutes => format!("about {minutes} minutes"),
    };
    eta.metres.map_or_else(|| format!("{minutes} left"), |metres| format!("{metres} m, {minutes} left"))
}

fn message(event: &CalloutEvent) -> Option<(&'static str, String)> {
    let who = match event.role() {
        Some(EventRole::Admin) => "control room",
        Some(EventRole::User) => "person",
        _ => "message",
    };
    event.body().map(|text| (who, format!("says: {text}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn changed(callout: Value) -> CalloutUpdate {
        CalloutUpdate::Changed(Box::new(serde_json::from_value(callout).unwrap()))
    }

    fn dispatched(metres: u64) -> CalloutUpdate {
        let responder =
            json!({"id": 8, "name": "Canary", "vehicleColour": "White", "vehicleMake": "Handcart", "vehicleModel": ""});
        let detail = json!({"responder": responder, "supplier": {"name": "Harbour Watch"}});
        let eta = json!([{"responderId": 8, "durationValue": metres / 5, "distanceValue": metres}]);
        let status = "Responder Dispatched";
        changed(json!({
            "id": 1, "status": status, "verified": true, "calloutincidentdetail": detail, "calloutResponseEta": eta,
        }))
    }

    #[test]
    fn each_update_is_reported_once() {
        let mut update_reporter = UpdateReporter::new();
        let mut reported = |update| {
            update_reporter
                .sentences(&update)
                .into_iter()
                .map(|(who, what)| format!("{who}: {what}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(reported(changed(json!({"id": 1, "status": "created"}))).len(), 1);
        assert_eq!(
            reported(dispatched(1_000)),
            [
                "update: a controller has verified that help is wanted",
                "status: Responder Dispatched: Harbour Watch is coming (White Handcart): 1000 m, about 3 minutes left",
            ]
        );
        assert_eq!(reported(dispatched(1_000)), [""; 0]);
        assert_eq!(reported(dispatched(100)), ["update: the responder has moved: 100 m, less than a minute left"]);
    }

    #[test]
    fn a_dispatch_by_hand_reports_the_company() {
        let detail = json!({"responder": null, "supplier": {"name": "Valley Patrol"}});
        let update = changed(json!({"id": 1, "status": "Responder Dispatched", "calloutincidentdetail": detail}));
        let mut update_reporter = UpdateReporter::new();
        update_reporter.hide();
        let [(who, what)] = update_reporter.sentences(&update).try_into().unwrap();
        assert_eq!(who, "status, hidden");
        assert!(what.starts_with("Responder Dispatched by hand: Valley Patrol is coming,"), "{what}");
    }
}
