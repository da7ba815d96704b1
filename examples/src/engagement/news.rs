use crate::counted::counted;
use engagement_client::Intervention;

/// Tells which intervention it is and where it stands, and nothing personal: no custom field, and nothing that anybody wrote.
#[must_use]
pub fn intervention(intervention: &Intervention) -> String {
    let Intervention { id, user_replies_count, category_ids, .. } = intervention;
    let mut line = format!("intervention {id} is {}", state(intervention));
    if let Some(replies) = user_replies_count {
        line += &format!(", {}", counted(*replies, "reply", "replies"));
    }
    if let Some(categories) = category_ids {
        line += &format!(", {}", counted(categories.len() as u64, "category", "categories"));
    }
    line
}

/// Whether it is closed, as far as the service says. Its own label is another matter: that is in the language of the account.
#[must_use]
pub fn state(intervention: &Intervention) -> &'static str {
    match intervention.closed {
        Some(true) => "closed",
        Some(false) => "open",
        None => "in an unknown state",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_intervention_is_told_without_anything_that_anybody_wrote() {
        let canary = "canary";
        let mut shown = json!({
            "id": "e1", "closed": false, "user_replies_count": 1, "category_ids": ["a", "b"], "status": canary,
            "custom_fields": {"name": canary}, "identity_id": canary, "user_id": canary, "detected_language": canary,
        });
        let told = |shown: &serde_json::Value| intervention(&serde_json::from_value(shown.clone()).unwrap());
        assert_eq!(told(&shown), "intervention e1 is open, 1 reply, 2 categories");
        shown["closed"] = true.into();
        shown["user_replies_count"] = 0.into();
        shown["category_ids"] = ().into();
        assert_eq!(told(&shown), "intervention e1 is closed, 0 replies");
        assert_eq!(told(&json!({"id": "e1"})), "intervention e1 is in an unknown state");
    }
}
