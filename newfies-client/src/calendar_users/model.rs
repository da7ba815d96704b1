use super::{CalendarUserPatch, CalendarUserReplacement, NewCalendarUser};
use crate::{
    CalendarUserId,
    resource::{resource, row, writable},
};
use care_client_core::{Link, Personal, Secret, wire::number};
use serde::{Deserialize, Deserializer, Serialize};

/// Whose calendars are.
///
/// The answers to a create, a read and a list differ in what they have (defect [`NEWF-13`](crate::defects)): [`id`](Self::id)
/// gives the id wherever it stands.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Create Calendar User",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CalendarUser {
    /// Its link: in lists, and in answers to a create of the first generation.
    #[serde(default, with = "care_client_core::wire::link::option", skip_serializing_if = "Option::is_none")]
    pub url: Option<Link<CalendarUser>>,
    /// Its number: in lists, and where one is read.
    #[serde(rename = "id", skip_serializing_if = "Option::is_none")]
    pub number: Option<CalendarUserId>,
    /// The name by which it signs in.
    pub username: Personal<String>,
    /// The **hash** of its password, which the server shows (defect [`NEWF-14`](crate::defects)). It is written as null.
    pub password: Option<Secret>,
    /// Its first name; empty if none was given.
    pub first_name: Option<Personal<String>>,
    /// Its last name; empty if none was given.
    pub last_name: Option<Personal<String>>,
    /// Its mail address; empty if none was given.
    pub email: Option<Personal<String>>,
    /// Links to its groups, which lead to nothing: in answers to a create of the first generation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<String>>,
    /// Its calendar, if it has exactly one; `None` also if the answer doesn't tell.
    #[serde(default, deserialize_with = "one_or_none", skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarSummary>,
}

/// The only calendar of a calendar user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CalendarSummary {
    /// Its name.
    pub name: Personal<String>,
    /// How many events may be at the same time; the server stores it and nothing else.
    #[serde(default, with = "number::option")]
    pub max_concurrent: Option<i64>,
}

/// `{}` stands for none, and for several.
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
resource!(CalendarUser(CalendarUserId) = "calendar-user" as "calendar_users", superuser: true,
    row: CalendarUser, key: |row| row.username.0.clone());
writable!(CalendarUser = "calendar-user" as "calendar_users":
    NewCalendarUser, CalendarUserReplacement, CalendarUserPatch);

impl CalendarUser {
    /// Its id; `None` where the answer has neither a number nor a link.
    #[must_use]
    pub fn id(&self) -> Option<CalendarUserId> {
        // NEWF-13
        self.number.or_else(|| self.url.as_ref().map(Link::id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_shapes_are_one_type_and_the_id_is_found_wherever_it_stands() {
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
    fn the_hash_can_be_had_and_is_neither_shown_nor_written() {
        // NEWF-14
        let user: CalendarUser = serde_json::from_str(r#"{"username":"u","password":"CANARY"}"#).unwrap();
        assert_eq!(user.password.as_ref().map(Secret::expose), Some("CANARY"));
        assert!(!format!("{user:?}").contains("CANARY") && !serde_json::to_string(&user).unwrap().contains("CANARY"));
    }
}
