use leap_client::{Change, State, SupportRequest, Update, UpdateType};

/// Tells a change in one line that anybody may read: no name, no mail address, and nothing that anybody wrote.
#[must_use]
pub fn news(change: &Change) -> String {
    let mut what: Vec<_> = change.updates().iter().map(happened).collect();
    if what.is_empty() {
        what.push(if change.is_new() { "it is new" } else { "something about it has changed" }.to_owned());
    }
    let mut line = format!("{}: {}", request(change.request()), what.join(", "));
    if change.is_late() {
        line += " (came while the change before was dealt with)";
    }
    if change.attempt() > 1 {
        line += &format!(" (handed out {} times)", change.attempt());
    }
    line
}

/// Tells which request it is and where it stands, and nothing personal.
#[must_use]
pub fn request(request: &SupportRequest) -> String {
    let topic = request.topic.as_ref().map(|topic| format!(", topic {}", topic.identifier)).unwrap_or_default();
    format!("request {} is {}{topic}", request.identifier, known(&request.state))
}

fn happened(update: &Update) -> String {
    match (&update.kind, &update.state) {
        (UpdateType::CommentAdded, _) => "a comment".to_owned(),
        (UpdateType::Assigned, _) => "assigned".to_owned(),
        (UpdateType::StateChanged, Some(state)) => format!("now {}", known(state)),
        (UpdateType::StateChanged, None) => "another state".to_owned(),
        _ => "an update of an unknown kind".to_owned(),
    }
}

/// A word that no document lists could be anything.
fn known(state: &State) -> &str {
    if matches!(state, State::Other(_)) { "in a state that no document lists" } else { state.as_str() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_request_is_told_without_anything_that_anybody_wrote() {
        let (time, canary) = ("2024-05-01T10:00:00Z", "canary");
        let mut shown = json!({
            "identifier": "10000001", "state": "IN_PROGRESS", "topic": {"identifier": "Lighting"}, "creation_time": time,
            "last_update_time": time, "summary": canary, "description": canary, "creator": canary, "assignee": canary,
            "email": "canary@example.com", "account": {"identifier": canary}, "community": canary,
        });
        let told = |shown: &serde_json::Value| request(&serde_json::from_value(shown.clone()).unwrap());
        assert_eq!(told(&shown), "request 10000001 is IN_PROGRESS, topic Lighting");
        shown["state"] = canary.into();
        shown["topic"] = ().into();
        assert_eq!(told(&shown), "request 10000001 is in a state that no document lists");
    }

    #[test]
    fn an_update_is_told_by_its_kind() {
        let told = |mut update: serde_json::Value| {
            update["update_time"] = "2024-05-01T10:00:00Z".into();
            (update["comment"], update["updater"]) = ("canary".into(), "canary".into());
            happened(&serde_json::from_value(update).unwrap())
        };
        for (update, expected) in [
            (json!({"kind": "COMMENT_ADDED"}), "a comment"),
            (json!({"kind": "ASSIGNED"}), "assigned"),
            (json!({"kind": "STATE_CHANGED", "state": "PROBLEM"}), "now PROBLEM"),
            (json!({"kind": "STATE_CHANGED", "state": "canary"}), "now in a state that no document lists"),
            (json!({"kind": "STATE_CHANGED"}), "another state"),
            (json!({"kind": "canary"}), "an update of an unknown kind"),
        ] {
            assert_eq!(told(update), expected);
        }
    }
}
