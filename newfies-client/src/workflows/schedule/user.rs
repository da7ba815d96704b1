use super::{Created, refused, setting};
use crate::{
    CalendarUser, CalendarUserId, Create, Link, ListAll, NewCalendarUser, Newfies, User,
    endpoints::{Envelope, of_status, parts},
    workflows::{CalendarUserRef, Refusal, find},
};
use care_client_core::{
    DecodeError, Endpoint, Error, Operation, Outcome, Page, Paged, Personal, RawResponse, RequestParts, Safety,
    Undecodable,
};
use http::Method;
use serde::Deserialize;
use std::borrow::Cow;

/// The calendar user, who is made if that was asked for and there is none.
pub(super) async fn ensure(
    newfies: &Newfies,
    whose: &CalendarUserRef,
    made: &mut Vec<Created>,
) -> Result<CalendarUserId, Error> {
    let found = find(newfies, whose).await?;
    let new = match (found, whose) {
        (Some(id), _) => return Ok(id),
        (None, CalendarUserRef::New(new)) => new,
        (None, _) => return Err(refused::<CalendarUser>(Refusal::NoSuchUser, made)),
    };
    // NEWF-23: without a setting the server makes half a user.
    if !setting::is_any(newfies).await? {
        return Err(refused::<CalendarUser>(Refusal::NoSetting, made));
    }
    let id = create(newfies, new).await?;
    made.push(Created::User(id));
    Ok(id)
}

/// Finds the user without making one.
pub(super) async fn find(newfies: &Newfies, whose: &CalendarUserRef) -> Result<Option<CalendarUserId>, Error> {
    match whose {
        CalendarUserRef::Existing(id) => Ok(Some(*id)),
        CalendarUserRef::Named(name) => named(newfies, name).await,
        CalendarUserRef::New(new) => match look(newfies, new.username()).await {
            // NEWF-42: names are unique, so the create of a taken one is refused, and makes none twice.
            Look::Unlisted(error) if is_broken_down(&error) => Ok(None),
            look => look.into_found(),
        },
    }
}

async fn create(newfies: &Newfies, new: &NewCalendarUser) -> Result<CalendarUserId, Error> {
    let error = match newfies.call(Create::<CalendarUser>::new(new.clone(), newfies.zone.clone())).await {
        Ok(user) => match user.id() {
            Some(id) => return Ok(id),
            // NEWF-13
            None => Error::decode("the server made the user, told no id, and lists nobody with this name")
                .in_operation(<Create<CalendarUser> as Endpoint>::OPERATION),
        },
        // NEWF-23: the user is made though the answer says that the server broke down.
        Err(error) if error.outcome() >= Outcome::Unknown => error,
        Err(error) => return Err(error),
    };
    match named(newfies, new.username()).await {
        Ok(Some(id)) => Ok(id),
        _ => Err(error),
    }
}

/// What came of looking for a user by name.
enum Look {
    Found(Option<CalendarUserId>),
    /// No calendar user has the name, and the other users can't be listed.
    Unlisted(Error),
    Failed(Error),
}

impl Look {
    fn into_found(self) -> Result<Option<CalendarUserId>, Error> {
        match self {
            Self::Found(id) => Ok(id),
            Self::Unlisted(error) | Self::Failed(error) => Err(error),
        }
    }
}

fn is_broken_down(error: &Error) -> bool {
    error.status() == Some(http::StatusCode::INTERNAL_SERVER_ERROR)
}

async fn named(newfies: &Newfies, name: &str) -> Result<Option<CalendarUserId>, Error> {
    look(newfies, name).await.into_found()
}

/// Looks among the calendar users, and, since those without a profile aren't listed there, among all users.
async fn look(newfies: &Newfies, name: &str) -> Look {
    let is_denied = match newfies.call(ListAll::<CalendarUser>::new(newfies.zone.clone())).await {
        Ok(users) => {
            let found = users.iter().find(|user| *user.username == name).and_then(CalendarUser::id);
            if found.is_some() {
                return Look::Found(found);
            }
            false
        }
        // NEWF-38: only a superuser may. Whether the credentials are wrong, the next request shows.
        Err(error) if error.is_forbidden() => true,
        Err(error) => return Look::Failed(error),
    };
    match find::rows(newfies.call(ListUsers { page: 1 }), |user: &UserRow| *user.username == name).await {
        Ok(found) => Look::Found(found.first().map(|user| CalendarUserId::from(user.url.id().get()))),
        Err(error) if is_denied => Look::Failed(error),
        Err(error) => Look::Unlisted(error),
    }
}

/// A user of the web interface: a calendar user is one, too.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct UserRow {
    url: Link<User>,
    username: Personal<String>,
}

/// Lists all users. It has no handle: this crate has the appointment module only.
#[derive(Debug, Clone)]
pub(crate) struct ListUsers {
    page: u64,
}

impl Endpoint for ListUsers {
    type Output = Page<UserRow>;

    const OPERATION: &'static Operation =
        &Operation::new("newfies.users.list", "/users/", Safety::Read, crate::DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        let parts = parts(Method::GET, ["users"]);
        Ok(if self.page > 1 { parts.query("page", self.page.to_string()) } else { parts })
    }

    fn decode(&self, response: &RawResponse) -> Result<Page<UserRow>, DecodeError> {
        Envelope::read(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        if refusal.status == http::StatusCode::INTERNAL_SERVER_ERROR {
            // NEWF-42
            let page = self.page;
            return Some(format!("the server can't list users one of whom is in a group, as on page {page}").into());
        }
        of_status(refusal)
    }
}

impl Paged for ListUsers {
    type Item = UserRow;
    type Key = String;
    const NUMBERED: bool = true;

    fn key(row: Result<&UserRow, &Undecodable>) -> String {
        row.map_or_else(|row| row.id.to_string(), |user| user.url.id().to_string())
    }

    fn offset(&self) -> u64 {
        (self.page - 1).saturating_mul(10)
    }

    fn limit(&self) -> u64 {
        10
    }

    fn at(&self, offset: u64, _limit: u64) -> Self {
        Self { page: offset / 10 + 1 }
    }
}
