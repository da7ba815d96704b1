//! Where the API is.

use care_client_core::Error;
use url::Url;

/// The path that the vendor prints before every operation.
const API: &str = "/api/v1/";

/// The root below which the operations lie.
///
/// The vendor prints a base that ends in `/requests` and operations that begin with it: one of the two is dropped, defect
/// [`LEAP-05`](crate::defects).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// A company on the vendor's domain.
    Company(String),
    /// A company's own domain.
    OwnDomain(String),
    /// Any other root.
    Root(String),
}

impl Address {
    /// The root as a URL.
    pub(crate) fn root(&self) -> Result<String, Error> {
        match self {
            Self::Company(name) => {
                label(name, "the company name, as `acme` in https://acme.leapcities.com")?;
                Ok(format!("https://{name}.leapcities.com{API}"))
            }
            Self::OwnDomain(name) => {
                label(
                    name,
                    "the name of your domain, as `acme` in https://api.acme.com; for another one use root(..)",
                )?;
                Ok(format!("https://api.{name}.com{API}"))
            }
            Self::Root(root) => whole(root),
        }
    }
}

/// A root without a path gets the documented one. One that ends in the service's own segment, as the vendor prints it, would
/// have that twice in every path (defect `LEAP-05`).
fn whole(root: &str) -> Result<String, Error> {
    let Ok(mut url) = Url::parse(root.trim()) else { return Ok(root.to_owned()) };
    if url.path().trim_end_matches('/').ends_with("/requests") {
        return Err(Error::config(
            "the root is all that stands before `requests`: leave that out, as https://host/api/v1/",
        ));
    }
    if url.path() == "/" && url.query().is_none() && url.fragment().is_none() {
        url.set_path(API);
        return Ok(url.into());
    }
    Ok(root.to_owned())
}

/// Whatever isn't one label would lead the credentials to another host.
fn label(name: &str, what: &str) -> Result<(), Error> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let label =
        (1..=63).contains(&name.len()) && name.bytes().all(fits) && !name.starts_with('-') && !name.ends_with('-');
    if label { Ok(()) } else { Err(Error::config(format!("letters, digits and hyphens are wanted: {what}"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_forms_lead_to_the_root_of_the_api() {
        for (address, root) in [
            (Address::Company("acme".into()), "https://acme.leapcities.com/api/v1/"),
            (Address::OwnDomain("acme".into()), "https://api.acme.com/api/v1/"),
            (Address::Root("https://host:8443/any/api/v1/".into()), "https://host:8443/any/api/v1/"),
            (Address::Root("http://127.0.0.1:7002".into()), "http://127.0.0.1:7002/api/v1/"),
            (Address::Root("http://127.0.0.1:7002/".into()), "http://127.0.0.1:7002/api/v1/"),
        ] {
            assert_eq!(address.root().unwrap(), root);
        }
    }

    #[test]
    fn a_root_with_the_service_in_it_is_refused() {
        for root in ["https://acme.leapcities.com/api/v1/requests", "http://127.0.0.1:7002/requests/"] {
            let error = Address::Root(root.into()).root().unwrap_err();
            assert!(error.to_string().contains("leave that out"), "{error}");
        }
    }

    #[test]
    fn what_would_be_another_host_is_refused() {
        for name in ["", "evil.example", "a/b", "a@b", "a:1", "-a", "a-", "a b", "ä", "a#", &"a".repeat(64)] {
            for address in [Address::Company(name.to_owned()), Address::OwnDomain(name.to_owned())] {
                assert!(address.root().is_err(), "{address:?}");
            }
        }
    }
}
