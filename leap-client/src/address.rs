//! The base URL of the API, and the page that documents it.

use care_client_core::Error;
use url::Url;

/// The vendor's page that documents the operations.
pub(crate) const DOCUMENT: &str = "http://docs.majitek.com/plaza/dev/Requests+Web+Services+API";

/// The documented path before every operation.
const API: &str = "/api/v1/";

/// Where the base URL comes from.
///
/// The documented base ends in `/requests`, and the documented operations begin with it, so one of the two is dropped
/// (defect `LEAP-05`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// A company on the vendor's domain.
    Company(String),
    /// A company's own domain.
    OwnDomain(String),
    /// Any other base URL.
    BaseUrl(String),
}

impl Address {
    /// The base URL.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if a name is not a single domain label, or the URL already ends in
    /// `requests`.
    pub(crate) fn base_url(&self) -> Result<String, Error> {
        match self {
            Self::Company(name) => {
                label(name, "the company's name, such as `acme` in https://acme.leapcities.com")?;
                Ok(format!("https://{name}.leapcities.com{API}"))
            }
            Self::OwnDomain(name) => {
                label(
                    name,
                    "your domain's name, such as `acme` in https://api.acme.com; for any other URL use base_url(..)",
                )?;
                Ok(format!("https://api.{name}.com{API}"))
            }
            Self::BaseUrl(url) => with_path(url),
        }
    }
}

/// Adds the documented path where there is none. A URL that ends in `requests`, as documented, would have that segment
/// twice in every path (defect `LEAP-05`).
fn with_path(text: &str) -> Result<String, Error> {
    let Ok(mut url) = Url::parse(text.trim()) else { return Ok(text.to_owned()) };
    if url.path().trim_end_matches('/').ends_with("/requests") {
        return Err(Error::config(
            "the base URL ends before `requests`: remove that segment, as in https://host/api/v1/",
        ));
    }
    if url.path() == "/" && url.query().is_none() && url.fragment().is_none() {
        url.set_path(API);
        return Ok(url.into());
    }
    Ok(text.to_owned())
}

/// Anything but a single label would send the credentials to another host.
fn label(name: &str, what: &str) -> Result<(), Error> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let label =
        (1..=63).contains(&name.len()) && name.bytes().all(fits) && !name.starts_with('-') && !name.ends_with('-');
    if label { Ok(()) } else { Err(Error::config(format!("use letters, digits and hyphens only for {what}"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_gives_the_base_url() {
        for (address, url) in [
            (Address::Company("acme".into()), "https://acme.leapcities.com/api/v1/"),
            (Address::OwnDomain("acme".into()), "https://api.acme.com/api/v1/"),
            (Address::BaseUrl("https://host:8443/any/api/v1/".into()), "https://host:8443/any/api/v1/"),
            (Address::BaseUrl("http://127.0.0.1:7002".into()), "http://127.0.0.1:7002/api/v1/"),
            (Address::BaseUrl("http://127.0.0.1:7002/".into()), "http://127.0.0.1:7002/api/v1/"),
        ] {
            assert_eq!(address.base_url().unwrap(), url);
        }
    }

    #[test]
    fn a_base_url_that_ends_in_requests_is_rejected() {
        for url in ["https://acme.leapcities.com/api/v1/requests", "http://127.0.0.1:7002/requests/"] {
            let error = Address::BaseUrl(url.into()).base_url().unwrap_err();
            assert!(error.to_string().contains("remove that segment"), "{error}");
        }
    }

    #[test]
    fn a_name_that_would_change_the_host_is_rejected() {
        for name in ["", "evil.example", "a/b", "a@b", "a:1", "-a", "a-", "a b", "ä", "a#", &"a".repeat(64)] {
            for address in [Address::Company(name.to_owned()), Address::OwnDomain(name.to_owned())] {
                assert!(address.base_url().is_err(), "{address:?}");
            }
        }
    }
}
