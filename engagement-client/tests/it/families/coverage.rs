//! Every documented operation stands, and every documented parameter can be set: the list beside this file is the
//! specification's.

use super::contract;
use crate::{mock_server::engagement, operations};
use care_client_core::{Endpoint, RequestParts};
use engagement_client::{
    Act, NewAttachment, NewRole, Permission, ResponseTrigger, SettingsPatch, SlaStrategy, SourcePatch,
};
use std::collections::{BTreeMap, BTreeSet};
use wiremock::MockServer;

/// Parameters that are left out on purpose, with the reason.
const LEFT_OUT: [(&str, &str, &str); 7] = [
    ("getAllWebhooks", "access_token", "the token is sent in the header"),
    ("createWebhook", "access_token", "the token is sent in the header"),
    ("getWebhook", "access_token", "the token is sent in the header"),
    ("updateWebhook", "access_token", "the token is sent in the header"),
    ("deleteWebhook", "access_token", "the token is sent in the header"),
    ("deleteTeam", "take_over_category_id", "copied from the category's delete: teams have no categories to give on"),
    ("updateUserSourcesPermissions", "{source_x_id}", "a placeholder: the ids of sources are the keys"),
];

/// What was sent, as text with decoded keys, by method and path.
type Sent = BTreeMap<(String, String), String>;

fn decoded(text: &str) -> String {
    text.replace("%5B", "[").replace("%5D", "]")
}

fn add(sent: &mut Sent, line: &str, body: &str) {
    let (method, target) = line.split_once(' ').unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = path.strip_prefix("/1.0").unwrap().to_owned();
    sent.entry((method.to_owned(), path)).or_default().push_str(&decoded(&format!("&{query}&{body}")));
}

fn add_parts(sent: &mut Sent, parts: &RequestParts) {
    let query: Vec<_> = parts.query_pairs().iter().map(|(key, value)| format!("{key}={value}")).collect();
    let line = format!("{} /1.0/{}?{}", parts.method(), parts.path().join("/"), query.join("&"));
    add(sent, &line, &String::from_utf8_lossy(parts.body_bytes()));
}

/// Whether a path is of the form of a template, such as `/users/{userId}`.
fn is_like(path: &str, template: &str) -> bool {
    let (parts, names): (Vec<_>, Vec<_>) = (path.split('/').collect(), template.split('/').collect());
    parts.len() == names.len() && parts.iter().zip(names).all(|(part, name)| name.starts_with('{') || *part == name)
}

/// Whether a parameter was sent: `a[b]` and `a[]` as they are, and lists of maps by their beginning.
fn has(sent: &str, parameter: &str) -> bool {
    let name = parameter.trim_end_matches("[]");
    let base =
        parameter.split_once("_key]").map_or(name, |(base, _)| base.rsplit_once('[').map_or(base, |(map, _)| map));
    [
        format!("&{parameter}="),
        format!("&{name}="),
        format!("&{base}["),
        format!("\"{name}\""),
        format!("name=\"{name}\""),
    ]
    .iter()
    .any(|form| sent.contains(form))
}

fn full_settings() -> SettingsPatch {
    SettingsPatch::new()
        .activity_presence_threshold(1)
        .activity_tracking(true)
        .beginning_of_week("x")
        .category_tagging(true)
        .content_languages(["x"])
        .dashboard(true)
        .deny_iframe_integration(true)
        .disable_password_autocomplete(true)
        .expire_password_after(1)
        .enable_auto_scroll_down(true)
        .expire_password_enabled(true)
        .export_in_seconds(true)
        .fold_useless_contents(true)
        .fte_duration(1)
        .identity_merge(true)
        .intervention_defer_rates([1])
        .intervention_defer_threshold(1)
        .intervention_rates([1])
        .locale("x")
        .multi_lang(true)
        .name("x")
        .password_archivable_enabled(true)
        .password_archivable_size(1)
        .password_min_length(1)
        .password_non_word(true)
        .password_numbers(true)
        .password_recovery_disabled(true)
        .push_enabled(true)
        .reply_as_any_identity(true)
        .rtl_support(true)
        .self_approval_required(true)
        .session_timeout(1)
        .spellchecking(true)
        .style("x")
        .third_party_services_disabled(true)
        .timezone("x")
        .track_js(true)
        .kind("x")
        .urgent_task_threshold(1)
        .use_system_font(true)
}

fn full_source() -> SourcePatch {
    SourcePatch::new()
        .name("x")
        .active(true)
        .channel("x")
        .color(1)
        .time_sheets(["x"])
        .sla_response(1)
        .sla_threshold(1)
        .sla_filtering_categories_strategy("x")
        .sla_expired_strategy(SlaStrategy::Max)
        .attachments_security_level("x")
        .intervention_messages_boost(1)
        .transferred_tasks_boost(1)
        .hidden_from_stats(true)
        .default_content_language("x")
        .auto_detect_content_language(true)
        .content_archiving(true)
        .content_archiving_period(1)
        .from_name("x")
        .default_task_priority(1)
        .enable_android(true)
        .enable_ios(true)
        .enable_web(true)
        .sla_filtering_categories(["x"])
        .default_categories(["x"])
        .user_thread_default_categories(["x"])
        .content_languages(["x"])
        .imap_smtp_email("x")
        .imap_mailbox_used_for_sent_mail("x")
        .imap_address("x")
        .imap_port(1)
        .imap_username("x")
        .imap_use_ssl_tls(true)
        .imap_use_start_tls(true)
        .imap_authentication_type("x")
        .imap_ssl_verify_mode("x")
        .smtp_address("x")
        .smtp_port(1)
        .smtp_username("x")
        .smtp_use_ssl_tls(true)
        .smtp_use_start_tls(true)
        .smtp_authentication_type("x")
        .smtp_ssl_verify_mode("x")
        .smtp_helo_domain("x")
        .threading_heuristics(true)
        .common_ancestors_threading(true)
        .spam_assassin_level("x")
        .whitelisted_emails("x")
        .email_parser(true)
        .time_for_thread_inclusion(1)
        .time_for_thread_inclusion_enabled(true)
        .imap_mailboxes_to_import(["x"])
        .cc_blacklist(["x"])
        .imap_password("x")
        .imap_oauth_refresh_token("x")
        .smtp_password("x")
        .smtp_oauth_refresh_token("x")
        .signature("en", "x", "x")
        .auto_response(ResponseTrigger::FirstMessage, "en", "x")
        .auto_response_enabled(ResponseTrigger::FirstMessage, true)
        .auto_response_enabled(ResponseTrigger::OutOfOfficeHours, true)
        .auto_response_grace_period(ResponseTrigger::FirstMessage, 1)
        .auto_response_grace_period(ResponseTrigger::OutOfOfficeHours, 1)
}

async fn everything_sent() -> Sent {
    let mut sent = Sent::new();
    for contract in [contract(), operations::contract()] {
        for operation in contract.operations() {
            let request = operation.expected();
            add(&mut sent, request.line(), &request.body_text());
        }
    }
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    add_parts(&mut sent, &full_settings().parts().unwrap());
    add_parts(&mut sent, &engagement.sources().update("ID", full_source()).parts().unwrap());
    add_parts(&mut sent, &engagement.tasks().complete(Act::complete("ID").queue("global")).parts().unwrap());
    let file = NewAttachment::new("a.txt", "text/plain", b"a".as_slice()).private();
    add_parts(&mut sent, &engagement.attachments().create(file).parts().unwrap());
    let words: Vec<_> = documented().find(|(name, ..)| *name == "createRole").unwrap().3.split(' ').skip(1).collect();
    let role = words.iter().fold(NewRole::labelled("x"), |role, word| role.allow(&Permission::from(*word)));
    for word in &words {
        assert!(!matches!(Permission::from(*word), Permission::Other(_)), "{word} is typed");
    }
    add_parts(&mut sent, &role.parts().unwrap());
    let patch =
        words.iter().fold(engagement_client::RolePatch::new(), |role, word| role.allow(&Permission::from(*word)));
    add_parts(&mut sent, &engagement.roles().update("ID", patch).parts().unwrap());
    sent
}

/// Name, method, path and parameters.
fn documented() -> impl Iterator<Item = (&'static str, &'static str, &'static str, &'static str)> {
    include_str!("operations.tsv").lines().skip(1).map(|line| {
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap();
        (next(), next(), next(), next())
    })
}

#[tokio::test]
async fn every_documented_operation_is_sent_with_every_documented_parameter() {
    let sent = everything_sent().await;
    let (mut missing, mut found) = (Vec::new(), BTreeSet::new());
    for (name, method, template, parameters) in documented() {
        let matching = sent.iter().filter(|((verb, path), _)| verb == method && is_like(path, template));
        // `/users/invite` is no `/users/{userId}`, nor is `/reply_assistant/groups` an object of the root.
        let text: String = matching.map(|(_, text)| text.as_str()).collect();
        if text.is_empty() {
            missing.push(format!("{name}: {method} {template}"));
            continue;
        }
        found.insert(name);
        let left_out = |parameter: &str| LEFT_OUT.iter().any(|(of, key, _)| *of == name && *key == parameter);
        for parameter in parameters.split(' ').filter(|parameter| !parameter.is_empty() && !left_out(parameter)) {
            if !has(&text, parameter) {
                missing.push(format!("{name}: {parameter}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    assert_eq!(found.len(), 149);
}

#[test]
fn the_check_sees_what_is_missing() {
    assert!(!is_like("/users/u1/signatures", "/users/{userId}") && !has("&name=x", "label") && has("&a[]=1", "a[]"));
    assert!(has("&custom_field_values[order]=1", "custom_field_values[custom_field_key]"));
}
