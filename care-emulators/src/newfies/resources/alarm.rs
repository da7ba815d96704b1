//! `alarm`.

use crate::newfies::{
    form::{Field, Form},
    request_context::RequestContext,
    resources::{
        Editable, Resource,
        event::Events,
        static_resources::{MailTemplates, SealedSurveys, SmsTemplates},
    },
    rows::alarm::Alarm,
    table::Table,
    timestamp::{api_format, time_of_day},
    world::State,
};
use serde_json::{Value, json};

pub(in crate::newfies) struct Alarms;

impl Resource for Alarms {
    type Row = Alarm;

    const PATH: &'static str = "alarm";
    const MODEL: Option<&'static str> = Some("alarm");

    fn table(state: &State) -> &Table<Alarm> {
        &state.alarms
    }

    fn id(row: &Alarm) -> u64 {
        row.id
    }

    fn sees(context: &RequestContext<'_>, row: &Alarm) -> bool {
        context.state.events.get(row.event).is_some_and(|event| context.sees(event.creator))
    }

    fn show(context: &RequestContext<'_>, row: &Alarm) -> Value {
        let links = context.links;
        json!({
            "url": links.to(Self::PATH, row.id),
            "alarm_phonenumber": row.alarm_phonenumber,
            "alarm_email": row.alarm_email,
            "daily_start": time_of_day(row.daily_start),
            "daily_stop": time_of_day(row.daily_stop),
            "advance_notice": row.advance_notice,
            "maxretry": row.maxretry,
            "retry_delay": row.retry_delay,
            "num_attempt": row.num_attempt,
            "method": row.method,
            "survey": links.to_some(SealedSurveys::PATH, row.survey),
            "mail_template": links.to_some(MailTemplates::PATH, row.mail_template),
            "sms_template": links.to_some(SmsTemplates::PATH, row.sms_template),
            "event": links.to(Events::PATH, row.event),
            "date_start_notice": api_format(row.date_start_notice),
            "status": row.status,
            "result": row.result,
            "url_cancel": row.url_cancel,
            "url_confirm": row.url_confirm,
            "phonenumber_transfer": row.phonenumber_transfer,
            "phonenumber_sms_failure": row.phonenumber_sms_failure,
            "created_date": api_format(row.created_date),
        })
    }
}

impl Editable for Alarms {
    const SETS_OWNER: bool = false;

    fn set_id(row: &mut Alarm, id: u64) {
        row.id = id;
    }

    fn table_mut(state: &mut State) -> &mut Table<Alarm> {
        &mut state.alarms
    }

    fn with_defaults(context: &RequestContext<'_>, id: u64) -> Alarm {
        Alarm::new(id, 0, context.now)
    }

    fn keep(row: &mut Alarm, old: &Alarm) {
        row.created_date = old.created_date;
        row.alarm_phonenumber.clone_from(&old.alarm_phonenumber);
        row.alarm_email.clone_from(&old.alarm_email);
        row.url_cancel.clone_from(&old.url_cancel);
        row.url_confirm.clone_from(&old.url_confirm);
        row.phonenumber_transfer.clone_from(&old.phonenumber_transfer);
        row.phonenumber_sms_failure.clone_from(&old.phonenumber_sms_failure);
    }

    fn write(row: &mut Alarm, form: &mut Form<'_>, context: &RequestContext<'_>) {
        let state = context.state;
        form.text_or_null(Field::optional("alarm_phonenumber"), 50, &mut row.alarm_phonenumber);
        form.email_or_null("alarm_email", &mut row.alarm_email);
        form.time_of_day("daily_start", &mut row.daily_start);
        form.time_of_day("daily_stop", &mut row.daily_stop);
        let number: fn(_) -> _ =
            if context.settings.generation.has_null_numbers() { Field::optional } else { Field::defaulted };
        form.integer_or_null(number("advance_notice"), &mut row.advance_notice);
        form.integer_or_null(number("maxretry"), &mut row.maxretry);
        form.integer_or_null(number("retry_delay"), &mut row.retry_delay);
        form.integer_or_null(number("num_attempt"), &mut row.num_attempt);
        form.choice("method", 1..=3, &mut row.method);
        let is_own = |id| state.sealed_surveys.get(id).is_some_and(|survey| survey.user == context.caller.id);
        form.link_or_null(Field::optional("survey"), SealedSurveys::PATH, is_own, &mut row.survey);
        let (mails, messages) = (|id| state.mail_templates.has(id), |id| state.sms_templates.has(id));
        form.link_or_null(Field::optional("mail_template"), MailTemplates::PATH, mails, &mut row.mail_template);
        form.link_or_null(Field::optional("sms_template"), SmsTemplates::PATH, messages, &mut row.sms_template);
        let calendar = |id| state.events.get(id).and_then(|event| state.calendars.get(event.calendar));
        let is_managed = |id| calendar(id).and_then(|calendar| calendar.user).is_some_and(|user| context.manages(user));
        form.link("event", Events::PATH, is_managed, &mut row.event);
        form.time(Field::defaulted("date_start_notice"), &mut row.date_start_notice);
        form.choice("status", 1..=5, &mut row.status);
        form.choice_or_null(Field::optional("result"), 0..=3, &mut row.result);
        form.text_or_null(Field::optional("url_cancel"), 250, &mut row.url_cancel);
        form.text_or_null(Field::optional("url_confirm"), 250, &mut row.url_confirm);
        form.text_or_null(Field::optional("phonenumber_transfer"), 50, &mut row.phonenumber_transfer);
        form.text_or_null(Field::optional("phonenumber_sms_failure"), 50, &mut row.phonenumber_sms_failure);
    }

    fn remove(state: &mut State, key: u64) {
        state.remove_alarm(key);
    }
}
