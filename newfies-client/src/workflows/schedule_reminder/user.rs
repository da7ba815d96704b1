//! The calendar user of a reminder: found by name among calendar users and all users, or created.

use crate::{
    calendar_users::{CalendarUser, CalendarUserRef, NewCalendarUser},
    client::Newfies,
    defects::DOCUMENT,
    endpoints::{Create, ListAll},
    ids::{CalendarUserId, User},
    resource::{Action, Explained, Listed, row, sealed::Sealed},
    workflows::{
        failure::WorkflowFailure,
        find as rows,
        schedule_reminder::{Created, profile, refused},
    },
};
use care_client_core::{Endpoint, Error, Link, Linked, Operation, Outcome, Personal, RawResponse, Safety};
use http::StatusCode;
use serde::Deserialize;
use std::borrow::Cow;

/// Finds the calendar user, or creates them if the reference says so.
pub(super) async fn ensure(
    newfies: &Newfies,
    user: &CalendarUserRef,
    created: &mut Vec<Created>,
) -> Result<CalendarUserId, Error> {
    let found = find(newfies, user).await?;
    let new = match (found, user) {
        (Some(id), _) => return Ok(id),
        (None, CalendarUserRef::New(new)) => new,
        (None, _) => return Err(refused::<CalendarUser>(WorkflowFailure::NoSuchUser, created)),
    };
    // NEWF-23: without a setting, the server creates a user without a profile.
    if !profile::has_setting(newfies).await? {
        return Err(refused::<CalendarUser>(WorkflowFailure::NoSetting, created));
    }
    let id = create(newfies, new).await?;
    created.push(Created::User(id));
    Ok(id)
}

/// Finds the user without creating one.
pub(super) async fn find(newfies: &Newfies, user: &CalendarUserRef) -> Result<Option<CalendarUserId>, Error> {
    match user {
        CalendarUserRef::Existing(id) => Ok(Some(*id)),
        CalendarUserRef::Named(name) => find_named(newfies, name).await,
        CalendarUserRef::New(new) => match search(newfies, new.name()).await {
            // NEWF-42: names are unique, so creating a user with a taken name is refused and creates no duplicate.
            Search::Unlisted(error) if error.status() == Some(StatusCode::INTERNAL_SERVER_ERROR) => Ok(None),
            search => search.into_found(),
        },
    }
}

async fn create(newfies: &Newfies, new: &NewCalendarUser) -> Result<CalendarUserId, Error> {
    let error = match newfies.call(Create::<CalendarUser>::new(new.clone(), newfies.zone.clone())).await {
        Ok(user) => match user.id() {
            Some(id) => return Ok(id),
            // NEWF-13
            None => Error::decode("the server created the user without naming its id, and no list has the user's name")
                .in_operation(Create::<CalendarUser>::OPERATION),
        },
        // NEWF-23: the user may exist though the server answered 500.
        Err(error) if error.outcome() >= Outcome::Unknown => error,
        Err(error) => return Err(error),
    };
    match find_named(newfies, new.name()).await {
        Ok(Some(id)) => Ok(id),
        _ => Err(error),
    }
}

/// The result of a search by name.
enum Search {
    Found(Option<CalendarUserId>),
    /// No calendar user has the name, and the server can't list the other users.
    Unlisted(Error),
    Failed(Error),
}

impl Search {
    fn into_found(self) -> Result<Option<CalendarUserId>, Error> {
        match self {
            Self::Found(id) => Ok(id),
            Self::Unlisted(error) | Self::Failed(error) => Err(error),
        }
    }
}

async fn find_named(newfies: &Newfies, name: &str) -> Result<Option<CalendarUserId>, Error> {
    search(newfies, name).await.into_found()
}

/// Searches the calendar users, and then all users, because the first list lacks those without a profile.
async fn search(newfies: &Newfies, name: &str) -> Search {
    let is_denied = match newfies.call(ListAll::<CalendarUser>::new(newfies.zone.clone())).await {
        Ok(users) => {
            let found = users.iter().find(|user| *user.username == name).and_then(CalendarUser::id);
            if found.is_some() {
                return Search::Found(found);
            }
            false
        }
        // NEWF-38: only a superuser may. If the credentials are wrong, the next request shows it.
        Err(error) if error.is_forbidden() => true,
        Err(error) => return Search::Failed(error),
    };
    match rows::all::<User>(newfies, |user| *user.username == name).await {
        Ok(found) => Search::Found(found.first().map(|user| CalendarUserId::from(user.url.id().get()))),
        Err(error) if is_denied => Search::Failed(error),
        Err(error) => Search::Unlisted(error),
    }
}

/// A user of the web interface. Calendar users are among them, under the same number.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct UserRow {
    url: Link<User>,
    username: Personal<String>,
}

row!(UserRow { times: [], optional: [] });

impl Sealed for User {}

impl Explained for User {
    #[allow(private_interfaces, reason = "the trait is sealed")]
    fn hint(action: Action, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        // NEWF-42
        let Action::List { page } = action else { return None };
        (refusal.status == StatusCode::INTERNAL_SERVER_ERROR)
            .then(|| format!("the server can't list a user who is in a group, and page {page} has one").into())
    }
}

impl Listed for User {
    type Row = UserRow;

    fn key(row: &UserRow) -> String {
        row.url.id().to_string()
    }

    const COLLECTION: &'static str = <Self as Linked>::COLLECTION;
    const LIST: Operation = Operation::new("newfies.users.list", "/{collection}/", Safety::Read, DOCUMENT);
}
