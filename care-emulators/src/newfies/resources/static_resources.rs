//! `users`, gateways, surveys and templates, which an administrator manages and the API only reads.

use crate::newfies::{
    request_context::RequestContext,
    resources::Resource,
    rows::{Gateway, SmsGateway, Survey, Template, user::User},
    table::Table,
    timestamp::api_format,
    world::State,
};
use serde_json::{Value, json};

/// Defines a resource over a table of [`State`] whose rows have an `id`.
macro_rules! static_resource {
    ($name:ident, $row:ty, $table:ident, $path:literal, $model:literal, $sees:expr, $show:expr) => {
        pub(in crate::newfies) struct $name;

        impl Resource for $name {
            type Row = $row;

            const PATH: &'static str = $path;
            const MODEL: Option<&'static str> = Some($model);

            fn table(state: &State) -> &Table<$row> {
                &state.$table
            }

            fn id(row: &$row) -> u64 {
                row.id
            }

            fn sees(context: &RequestContext<'_>, row: &$row) -> bool {
                let sees: fn(&RequestContext<'_>, &$row) -> bool = $sees;
                sees(context, row)
            }

            fn show(context: &RequestContext<'_>, row: &$row) -> Value {
                let show: fn(&RequestContext<'_>, &$row) -> Value = $show;
                show(context, row)
            }
        }
    };
}

static_resource!(Gateways, Gateway, gateways, "gateway", "gateway", sees_gateway, show_gateway);
static_resource!(SmsGateways, SmsGateway, sms_gateways, "sms-gateway", "smsgateway", |_, _| true, show_sms_gateway);
static_resource!(SealedSurveys, Survey, sealed_surveys, "sealed-survey", "survey", sees_survey, show_sealed);
static_resource!(
    SurveyTemplates,
    Survey,
    survey_templates,
    "survey-template",
    "survey_template",
    sees_survey,
    show_template
);
static_resource!(MailTemplates, Template, mail_templates, "mail-template", "mailtemplate", |_, _| true, show_mail);
static_resource!(SmsTemplates, Template, sms_templates, "sms-template", "smstemplate", |_, _| true, show_sms);

pub(in crate::newfies) struct Users;

impl Resource for Users {
    type Row = User;

    const PATH: &'static str = "users";
    const MODEL: Option<&'static str> = None;

    fn table(state: &State) -> &Table<User> {
        &state.users
    }

    fn id(row: &User) -> u64 {
        row.id
    }

    fn sees(_: &RequestContext<'_>, _: &User) -> bool {
        true
    }

    fn show(context: &RequestContext<'_>, row: &User) -> Value {
        json!({
            "url": context.links.to(Self::PATH, row.id),
            "username": row.username,
            "last_name": row.last_name,
            "first_name": row.first_name,
            "email": row.email,
            "groups": [],
        })
    }

    /// The serializer can't build the link of a group.
    fn breaks_on(row: &User) -> bool {
        !row.groups.is_empty()
    }
}

fn sees_gateway(context: &RequestContext<'_>, row: &Gateway) -> bool {
    let user = context.state.users.get(context.caller.id);
    let own = user.and_then(|user| user.gateways.as_ref()).is_some_and(|gateways| gateways.contains(&row.id));
    context.caller.is_superuser || own
}

fn sees_survey(context: &RequestContext<'_>, row: &Survey) -> bool {
    context.caller.is_superuser || row.user == context.caller.id
}

fn show_gateway(context: &RequestContext<'_>, row: &Gateway) -> Value {
    json!({
        "url": context.links.to(Gateways::PATH, row.id),
        "name": row.name,
        "status": 1,
        "description": "",
        "addprefix": "",
        "removeprefix": "",
        "gateways": "user/",
        "gateway_codecs": "PCMA,PCMU",
        "gateway_timeouts": "10,10",
        "gateway_retries": "2,1",
        "originate_dial_string": "",
        "secondused": null,
        "created_date": api_format(row.created_date),
        "updated_date": api_format(row.created_date),
        "failover": null,
        "addparameter": "",
        "count_call": null,
        "count_in_use": null,
        "maximum_call": null,
    })
}

fn show_sms_gateway(context: &RequestContext<'_>, row: &SmsGateway) -> Value {
    json!({
        "url": context.links.to(SmsGateways::PATH, row.id),
        "name": row.name,
        "base_url": "http://sms.example.com/send",
        // The server exposes the provider's credentials.
        "settings": { "username": "emulator", "password": "emulator-sms-password" },
        "recipient_keyword": "to",
        "content_keyword": "text",
        "uuid_keyword": null,
        "charge_keyword": null,
        "status_mapping": null,
        "status_msg_id": null,
        "status_status": null,
        "status_error_code": null,
        "status_date": null,
        "status_date_format": null,
        "reply_content": null,
        "reply_sender": null,
        "reply_date": null,
        "reply_date_format": "%Y-%m-%d %H:%M:%S",
        "success_format": null,
    })
}

fn show_sealed(context: &RequestContext<'_>, row: &Survey) -> Value {
    json!({
        "url": context.links.to(SealedSurveys::PATH, row.id),
        "name": row.name,
        "tts_language": "en",
        "description": null,
        "created_date": api_format(row.created_date),
        "updated_date": api_format(row.created_date),
        "user": context.links.to(Users::PATH, row.user),
        "campaign": null,
    })
}

fn show_template(context: &RequestContext<'_>, row: &Survey) -> Value {
    json!({
        "user": context.username(row.user),
        "url": context.links.to(SurveyTemplates::PATH, row.id),
        "name": row.name,
        "tts_language": "en",
        "description": null,
        "created_date": api_format(row.created_date),
        "updated_date": api_format(row.created_date),
    })
}

fn show_mail(context: &RequestContext<'_>, row: &Template) -> Value {
    json!({
        "url": context.links.to(MailTemplates::PATH, row.id),
        "label": row.label,
        "template_key": format!("mail_{}", row.id),
        "from_email": "dialer@example.com",
        "from_name": "Dialer Example",
        "subject": row.label,
        "message_plaintext": row.text,
        "message_html": row.text,
        "created_date": api_format(row.created_date),
    })
}

fn show_sms(context: &RequestContext<'_>, row: &Template) -> Value {
    json!({
        "url": context.links.to(SmsTemplates::PATH, row.id),
        "label": row.label,
        "template_key": format!("sms_{}", row.id),
        "sender_phonenumber": "",
        "sms_text": row.text,
        "created_date": api_format(row.created_date),
    })
}
