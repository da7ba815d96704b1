//! Users: agents, and other people and programs with an account. Their signatures and what they may do on sources.

mod model;
mod signatures;
mod sources_permissions;

pub use model::{Gender, User};
pub use signatures::{
    CreateSignature, DeleteSignature, GetSignature, ListSignatures, NewSignature, SignaturePatch, UpdateSignature,
    UserSignature, UserSignatures,
};
pub use sources_permissions::{
    GetSourcesPermissions, SourcePermission, SourcesPermissions, UpdateSourcesPermissions, UserSourcesPermissions,
};

use crate::{
    endpoints::{Get, List, New, Patch, object, status_hint},
    handle::{handle, operations},
    ids::{CategoryId, IdentityId, RoleId, TeamId, UserId},
    params::setters,
    resource::{Creatable, Updatable, operation, resource},
};
use care_client_core::{Call, DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Secret};
use std::borrow::Cow;

resource! { User(UserId) at "users", called "the user", named "users" { list, get, delete } }

/// A list of users, with its filters.
pub type ListUsers = List<User>;

impl Creatable for User {
    const CREATE: Operation = operation!("users", "create", Once, "users");
    const REQUIRED: &'static [&'static str] = &["email", "firstname", "lastname", "role_id"];
    const FORM: bool = true;
}

impl Updatable for User {
    const UPDATE: Operation = operation!("users", "update", Idempotent, "users", "/{id}");
    const FORM: bool = true;
}

/// A new user. Made by [`NewUser::of`].
pub type NewUser = New<User>;
/// A change of a user.
pub type UserPatch = Patch<User>;

setters! {
    impl List<User> {
        /// Lists only the user with this mail address; case doesn't matter.
        text email("email");
        /// Lists only users of this category.
        id category("category_id"): CategoryId;
        /// Lists only users who may write as this identity.
        id identity("identity_id"): IdentityId;
        /// Lists only the user with this id in another system.
        text external_id("external_id");
        /// Lists only users with this role.
        id role("role_id"): RoleId;
        /// Lists only users of this team.
        id team("team_id"): TeamId;
    }
}

impl New<User> {
    /// A user with mail address, names and role. [`create`](Users::create) also needs a [`password`](Self::password);
    /// [`invite`](Users::invite) lets the user choose one.
    pub fn of(
        email: impl Into<String>,
        firstname: impl Into<String>,
        lastname: impl Into<String>,
        role: impl Into<RoleId>,
    ) -> Self {
        let mut new = Self::empty();
        new.params.set("email", email.into());
        new.params.set("firstname", firstname.into());
        new.params.set("lastname", lastname.into());
        new.params.id("role_id", &role.into());
        new
    }
}

macro_rules! password {
    ($type:ty) => {
        impl $type {
            /// Sets the password.
            pub fn password(mut self, password: impl Into<Secret>) -> Self {
                self.params.set("password", password.into().expose().to_owned());
                self
            }
        }
    };
}

password! { New<User> }
password! { Patch<User> }

setters! {
    impl New<User> {
        /// Sets the categories; none clears them.
        ids categories("category_ids[]"): CategoryId;
        /// Sets whether the account is enabled.
        flag enabled("enabled");
        /// Sets the id in another system, for single sign-on.
        text external_id("external_id");
        /// Sets the gender.
        value gender("gender"): Gender;
        /// Sets the identities that the user may write as; none clears them.
        ids identities("identity_ids[]"): IdentityId;
        /// Sets the language of the web interface.
        text locale("locale");
        /// Sets the name that customers see.
        text nickname("nickname");
        /// Sets the teams; none clears them.
        ids teams("team_ids[]"): TeamId;
        /// Sets the time zone, by its name in [`Locales::timezones`](crate::Locales::timezones).
        text timezone("timezone");
        /// Sets the languages that the user speaks; none clears them.
        texts spoken_languages("spoken_languages[]");
        /// Sets whether the user logs in without a password, by single sign-on.
        flag no_password("no_password");
    }
}
setters! {
    impl Patch<User> {
        /// Sets the mail address.
        text email("email");
        /// Sets the first name.
        text firstname("firstname");
        /// Sets the last name.
        text lastname("lastname");
        /// Sets the role.
        id role("role_id"): RoleId;
        /// Sets the categories; none clears them.
        ids categories("category_ids[]"): CategoryId;
        /// Sets whether the account is enabled.
        flag enabled("enabled");
        /// Sets the id in another system, for single sign-on.
        text external_id("external_id");
        /// Sets the gender.
        value gender("gender"): Gender;
        /// Sets the identities that the user may write as; none clears them.
        ids identities("identity_ids[]"): IdentityId;
        /// Sets the language of the web interface.
        text locale("locale");
        /// Sets the name that customers see.
        text nickname("nickname");
        /// Sets the teams; none clears them.
        ids teams("team_ids[]"): TeamId;
        /// Sets the time zone, by its name in [`Locales::timezones`](crate::Locales::timezones).
        text timezone("timezone");
        /// Sets the languages that the user speaks; none clears them.
        texts spoken_languages("spoken_languages[]");
        /// Sets whether the user logs in without a password, by single sign-on.
        flag no_password("no_password");
    }
}

/// Invites a user, who then chooses a password. Made by [`Users::invite`].
#[derive(Debug, Clone, PartialEq)]
pub struct InviteUser(NewUser);

impl Endpoint for InviteUser {
    type Output = User;

    const OPERATION: &'static Operation = &operation!("users", "invite", Once, "users", "/invite");

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.0.params.has("password") {
            return Err(Error::request("an invited user chooses the password: leave password() out, or use create()"));
        }
        self.0.params.apply_as_form(RequestParts::post(["users", "invite"]))
    }

    fn decode(&self, response: &RawResponse) -> Result<User, DecodeError> {
        object(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        status_hint(refusal.status, "the user")
    }
}

handle! {
    /// The operations on users. Reading needs the permission `read_user`, changes `create_user`, `invite_user` or
    /// `update_user`; who leads a team and has `manage_users_of_my_teams` alone sees its users.
    /// Returned by [`Engagement::users`](crate::Engagement::users).
    Users
}

operations! {
    Users of User(UserId) at "users", called "user", "users";
    /// Newest first.
    list,
    get,
    /// The password goes into the body of the request, as everything does.
    create,
    update,
    /// The token's user needs at least all permissions of the other.
    delete
}

impl Users<'_> {
    /// Gets the token's own user: `GET /users/me`.
    ///
    /// # Errors
    ///
    /// The service documents none.
    pub fn me(self) -> Call<Get<User>> {
        self.pipeline.call(Get::new("me".into()))
    }

    /// Invites a user, who then chooses a password: `POST /users/invite`.
    ///
    /// # Errors
    ///
    /// 422 if a parameter is refused. [`Kind::Request`](crate::Kind::Request) if a password is set.
    pub fn invite(self, new: NewUser) -> Call<InviteUser> {
        self.pipeline.call(InviteUser(new))
    }
}
