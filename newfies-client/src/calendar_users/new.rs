use crate::{
    resource::payload,
    wire::{Body, setters},
};
use care_client_core::{Error, Secret};

/// A calendar user that is to be made: `newfies.calendar_users().create(NewCalendarUser::new(..))`.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCalendarUser {
    body: Body,
}

/// A calendar user in place of another. It takes the **hash** of the password, as [`CalendarUser::password`] has it: the server
/// stores here what it is sent as it is, and a password in clear text could be read by others and wouldn't let its user in
/// (defect [`NEWF-24`](crate::defects)).
///
/// [`CalendarUser::password`]: crate::CalendarUser::password
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarUserReplacement {
    body: Body,
}

/// What to change of a calendar user. What isn't named stays as it is.
///
/// There is no password to change: the server would store it in clear text, and show it (defect [`NEWF-24`](crate::defects)).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CalendarUserPatch {
    body: Body,
}

impl NewCalendarUser {
    /// A user with this name (30 letters, digits and `@.+-_` at most, not taken by anybody) and this password in clear text.
    pub fn new(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { body: Body::default().with("username", username.into()).with("password", password.into()) }
    }

    pub(crate) fn username(&self) -> &str {
        self.body.text("username").unwrap_or_default()
    }
}

impl CalendarUserReplacement {
    /// A user with this name and this hash of a password.
    pub fn new(username: impl Into<String>, password_hash: impl Into<Secret>) -> Self {
        Self { body: Body::default().with("username", username.into()).with("password", password_hash.into()) }
    }
}

impl CalendarUserPatch {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters!([NewCalendarUser, CalendarUserReplacement, CalendarUserPatch] {
    /// Sets the mail address, 75 characters at most. Default: none.
    fn email(address: impl Into<String>) => address.into();
    /// Sets the first name, 30 characters at most. Default: none.
    fn first_name(name: impl Into<String>) => name.into();
    /// Sets the last name, 30 characters at most. Default: none.
    fn last_name(name: impl Into<String>) => name.into();
});

setters!([CalendarUserPatch] {
    /// Sets the name by which it signs in.
    fn username(name: impl Into<String>) => name.into();
});

/// By what the server's framework makes hashes, which stands first in each.
const ALGORITHMS: [&str; 7] = ["bcrypt", "bcrypt_sha256", "crypt", "md5", "pbkdf2_sha1", "pbkdf2_sha256", "sha1"];

/// Whether it has the form in which the server keeps passwords.
fn is_hash(body: &Body) -> Result<(), Error> {
    // NEWF-24
    let parts: Vec<&str> = body.text("password").unwrap_or_default().split('$').collect();
    let has_digest = parts.len() >= 3 && parts.last().is_some_and(|digest| !digest.is_empty());
    if has_digest && parts.first().is_some_and(|algorithm| ALGORITHMS.contains(algorithm)) {
        return Ok(());
    }
    Err(Error::request(
        "the password isn't the hash that the server shows, and would be stored in clear text: give what \
         CalendarUser::password has",
    ))
}

payload!(NewCalendarUser { not_blank: ["username", "password"] });
payload!(CalendarUserReplacement { not_blank: ["username"], check: |new| is_hash(&new.body) });
payload!(CalendarUserPatch { not_blank: ["username"] });

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::sealed::HasBody;

    #[test]
    fn a_password_in_clear_text_replaces_none() {
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
