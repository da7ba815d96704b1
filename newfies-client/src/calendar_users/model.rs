use crate::{
    endpoints::rejects_only,
    ids::CalendarUserId,
    payload::{Body, fields, patch, payload},
    resource::{Action, resource, row},
};
use care_client_core::{Error, Link, Personal, RawResponse, Secret, wire::number};
use http::StatusCode;
use serde::{Deserialize, Deserializer, Serialize};

/// A person whose calendars hold events.
///
/// The answers to a create, a read and a list have different fields (defect [`NEWF-13`](crate::defects)):
/// [`id`](Self::id) finds the id in each of them.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Create Calendar User",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CalendarUser {
    /// Its link, in lists and in a create's answer by servers of the first generation.
    #[serde(default, with = "care_client_core::wire::link::option", skip_serializing_if = "Option::is_none")]
    pub url: Option<Link<CalendarUser>>,
    /// Its number, in lists and in the answer to a read.
    #[serde(rename = "id", skip_serializing_if = "Option::is_none")]
    pub number: Option<CalendarUserId>,
    /// The name it signs in with.
    pub username: Personal<String>,
    /// The **hash** of its password, which the server shows (defect [`NEWF-14`](crate::defects)). It serializes as
    /// null.
    pub password: Option<Secret>,
    /// Its first name; empty if none was given.
    pub first_name: Option<Personal<String>>,
    /// Its last name; empty if none was given.
    pub last_name: Option<Personal<String>>,
    /// Its mail address; empty if none was given.
    pub email: Option<Personal<String>>,
    /// Links to its groups, which lead nowhere, in a create's answer by servers of the first generation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<String>>,
    /// Its calendar, if it has exactly one; also `None` if the answer doesn't say.
    #[serde(default, deserialize_with = "one_or_none", skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarSummary>,
}

/// The only calendar of a calendar user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CalendarSummary {
    /// Its name.
    pub name: Personal<String>,
    /// The number of events allowed at the same time; the server stores it and doesn't enforce it.
    #[serde(default, with = "number::option")]
    pub max_concurrent: Option<i64>,
}

/// `{}` means none or several.
fn one_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<CalendarSummary>, D::Error> {
    #[derive(Deserialize)]
    struct Maybe {
        name: Option<Personal<String>>,
        #[serde(default, with = "number::option")]
        max_concurrent: Option<i64>,
    }
    let maybe = Option::<Maybe>::deserialize(deserializer)?;
    Ok(maybe.and_then(|Maybe { name, max_concurrent }| Some(CalendarSummary { name: name?, max_concurrent })))
}

row!(CalendarUser { times: [], optional: [] });
resource!(linked CalendarUser(CalendarUserId) at "calendar-user", named "calendar_users" {
    rights: SuperuserOnly,
    rows: CalendarUser by |row| row.username.0.clone(),
    writes: NewCalendarUser, CalendarUserReplacement, CalendarUserPatch with FIELDS,
    // NEWF-56
    keeps: {
        null: [],
        blank: [first_name, last_name, email]
    },
    hint: hint,
});

fn hint(action: Action, refusal: &RawResponse) -> Option<&'static str> {
    if matches!(action, Action::Create | Action::Replace) && rejects_only("username", refusal) {
        return Some(
            "if a user has this name already, an earlier create may have made it half, without a profile: look the \
             name up, and add the profile in the web interface",
        );
    }
    // NEWF-23
    (action == Action::Create && refusal.status == StatusCode::INTERNAL_SERVER_ERROR).then_some(
        "the user may exist all the same: some servers always answer so, others if the caller has no calendar \
         setting; look the name up before you send it again",
    )
}

impl CalendarUser {
    /// Its id; `None` if the answer has neither number nor link.
    #[must_use]
    pub fn id(&self) -> Option<CalendarUserId> {
        // NEWF-13
        self.number.or_else(|| self.url.as_ref().map(Link::id))
    }
}

/// Names the calendar user of a [`Reminder`](crate::Reminder).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CalendarUserRef {
    /// An existing calendar user.
    Existing(CalendarUserId),
    /// The existing calendar user with this name.
    Named(Personal<String>),
    /// The calendar user with this name, who is created if none has it.
    New(NewCalendarUser),
}

impl CalendarUserRef {
    /// The existing calendar user with this name.
    pub fn named(username: impl Into<String>) -> Self {
        Self::Named(Personal(username.into()))
    }
}

impl From<CalendarUserId> for CalendarUserRef {
    fn from(id: CalendarUserId) -> Self {
        Self::Existing(id)
    }
}

impl From<NewCalendarUser> for CalendarUserRef {
    fn from(new: NewCalendarUser) -> Self {
        Self::New(new)
    }
}

/// A calendar user to create: `newfies.calendar_users().create(NewCalendarUser::new(..))`.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCalendarUser {
    body: Body,
}

/// A calendar user to replace another with. It takes the **hash** of the password, as in [`CalendarUser::password`],
/// because the server stores it unchanged: a password in clear text would be visible to others and wouldn't let its
/// user in (defect [`NEWF-24`](crate::defects)).
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarUserReplacement {
    body: Body,
}

/// Changes to a calendar user. Fields that aren't set stay as they are.
///
/// The password can't be changed: the server would store it in clear text, and show it (defect
/// [`NEWF-24`](crate::defects)).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CalendarUserPatch {
    body: Body,
}

impl NewCalendarUser {
    /// A user with this name (at most 30 letters, digits and `@.+-_`, used by nobody else) and this password in clear
    /// text.
    pub fn new(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { body: Body::default() }.username(username).password(password)
    }

    /// The name, by which a workflow finds it again.
    pub(crate) fn name(&self) -> &str {
        self.body.text("username").unwrap_or_default()
    }
}

impl CalendarUserReplacement {
    /// A user with this name and this hash of a password.
    pub fn new(username: impl Into<String>, password_hash: impl Into<Secret>) -> Self {
        Self { body: Body::default() }.username(username).password(password_hash)
    }
}

fields! {
    [NewCalendarUser, CalendarUserReplacement, CalendarUserPatch]: {
        /// Sets the mail address, at most 75 characters. Default: none.
        fn email(address: impl Into<String>) => address.into();
        /// Sets the first name, at most 30 characters. Default: none.
        fn first_name(name: impl Into<String>) => name.into();
        /// Sets the last name, at most 30 characters. Default: none.
        fn last_name(name: impl Into<String>) => name.into();
    }
    [CalendarUserPatch] given [NewCalendarUser, CalendarUserReplacement]: {
        /// Sets the name it signs in with.
        fn username(name: impl Into<String>) => name.into();
    }
    [] given [NewCalendarUser, CalendarUserReplacement]: {
        fn password(password: impl Into<Secret>) => password.into();
    }
}

/// The hash algorithms of the server's framework. Each hash begins with one of them.
const ALGORITHMS: [&str; 7] = ["bcrypt", "bcrypt_sha256", "crypt", "md5", "pbkdf2_sha1", "pbkdf2_sha256", "sha1"];

/// Refuses a password that isn't in the form in which the server keeps them.
fn is_hash(body: &Body) -> Result<(), Error> {
    // NEWF-24
    let parts: Vec<&str> = body.text("password").unwrap_or_default().split('$').collect();
    let has_digest = parts.len() >= 3 && parts.last().is_some_and(|digest| !digest.is_empty());
    if has_digest && parts.first().is_some_and(|algorithm| ALGORITHMS.contains(algorithm)) {
        return Ok(());
    }
    Err(Error::request(
        "the password isn't a hash, and the server would store it in clear text: pass CalendarUser::password",
    ))
}

payload!(NewCalendarUser { not_blank: [username, password] });
payload!(CalendarUserReplacement { not_blank: [username], check: |new| is_hash(&new.body) });
patch!(CalendarUserPatch { not_blank: [username] });

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::Payload as _;

    #[test]
    fn the_id_is_found_in_all_three_shapes_of_a_user() {
        // NEWF-13
        let names = r#""username":"u","password":"hash","last_name":"","first_name":"","email":"""#;
        for (rest, id) in [
            (String::new(), None),
            (r#","url":"http://h/rest-api/calendar-user/6/","groups":[]"#.into(), Some(6)),
            (r#","id":6,"calendar":{}"#.into(), Some(6)),
            (
                r#","id":6,"url":"http://h/rest-api/calendar-user/6/","calendar":{"name":"c","max_concurrent":null}"#
                    .into(),
                Some(6),
            ),
        ] {
            let user: CalendarUser = serde_json::from_str(&format!("{{{names}{rest}}}")).unwrap();
            assert_eq!(user.id().map(CalendarUserId::get), id, "{rest}");
            assert_eq!(user.calendar.is_some(), rest.contains("\"name\""), "{rest}");
        }
    }

    #[test]
    fn the_hash_is_accessible_but_neither_shown_nor_serialized() {
        // NEWF-14
        let user: CalendarUser = serde_json::from_str(r#"{"username":"u","password":"CANARY"}"#).unwrap();
        assert_eq!(user.password.as_ref().map(Secret::expose), Some("CANARY"));
        assert!(!format!("{user:?}").contains("CANARY") && !serde_json::to_string(&user).unwrap().contains("CANARY"));
    }

    #[test]
    fn a_replacement_refuses_a_password_in_clear_text() {
        // NEWF-24
        for clear in ["CANARY", "my$CANARY$pw", "pbkdf2_sha256$CANARY$salt$", "sha1$CANARY", "$CANARY$x"] {
            let error = CalendarUserReplacement::new("u", clear).check().unwrap_err();
            assert!(error.to_string().contains("clear text") && !format!("{error} {error:?}").contains("CANARY"));
        }
        for hash in ["pbkdf2_sha256$12000$salt$digest", "bcrypt$$2b$12$digest", "sha1$salt$digest", "crypt$$digest"] {
            CalendarUserReplacement::new("u", hash).check().unwrap();
        }
    }
}
