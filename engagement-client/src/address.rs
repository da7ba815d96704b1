//! The address of an account's API.
//!
//! An account has a host of its own below the host of its [`Platform`], and all operations lie below the path `/1.0`.
//! The builder takes either the account's name or a base URL, and rejects what would send the token to another host:
//! the placeholder of the documents, names that aren't a single DNS label, and the host of the web application.

use care_client_core::Error;
use url::Url;

/// The path prefix of all operations: the version of the API.
const VERSION: &str = "/1.0";

/// The documents' placeholder for the name of an account.
const PLACEHOLDER: &str = "DOMAIN";

/// The vendor's platform that hosts an account.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "servers",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Platform {
    /// `engagement.dimelo.com`: older accounts, and the default of the vendor's specification.
    #[default]
    Dimelo,
    /// `digital.ringcentral.com`: North America, and newer accounts.
    RingCentral,
}

impl Platform {
    const ALL: [Self; 2] = [Self::Dimelo, Self::RingCentral];

    /// The domain that accounts' host names belong to.
    #[must_use]
    pub const fn host(self) -> &'static str {
        match self {
            Self::Dimelo => "engagement.dimelo.com",
            Self::RingCentral => "digital.ringcentral.com",
        }
    }
}

/// The base URL of an account's API.
pub(crate) fn of_account(account: &str, platform: Platform) -> Result<String, Error> {
    // ENG-09
    if account.trim_matches(['{', '}']).eq_ignore_ascii_case(PLACEHOLDER) || account.starts_with('{') {
        return Err(Error::config(
            "`DOMAIN` is the documents' placeholder for the name of your account: use the name itself, such as `acme` \
             in https://acme.digital.ringcentral.com",
        ));
    }
    if !is_label(account) {
        return Err(Error::config(
            "the account name may hold only letters, digits and hyphens, such as `acme` in \
             https://acme.digital.ringcentral.com; for a whole address use base_url(..)",
        ));
    }
    Ok(format!("https://{account}.api.{}{VERSION}", platform.host()))
}

/// Completes a base URL: one without a path gets the documented path.
pub(crate) fn complete(base: &str) -> Result<String, Error> {
    let Ok(mut url) = Url::parse(base.trim()) else { return Ok(base.to_owned()) };
    let host = url.host_str().unwrap_or_default().to_owned();
    // ENG-09
    for platform in Platform::ALL {
        let Some(account) = host.strip_suffix(platform.host()).and_then(|account| account.strip_suffix('.')) else {
            continue;
        };
        match account.strip_suffix(".api") {
            Some(account) => drop(of_account(account, platform)?),
            None => {
                return Err(Error::config(
                    "this is the host of the web application; the host of the API has `api` in its name, such as \
                     https://acme.api.digital.ringcentral.com",
                ));
            }
        }
    }
    if url.path() == "/" && url.query().is_none() && url.fragment().is_none() {
        url.set_path(VERSION);
        return Ok(url.into());
    }
    Ok(base.to_owned())
}

/// Whether a name is a single DNS label. Anything else would send the token to another host.
fn is_label(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&name.len()) && name.bytes().all(fits) && !name.starts_with('-') && !name.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_has_its_host_on_either_platform() {
        for (platform, url) in [
            (Platform::default(), "https://acme.api.engagement.dimelo.com/1.0"),
            (Platform::Dimelo, "https://acme.api.engagement.dimelo.com/1.0"),
            (Platform::RingCentral, "https://acme.api.digital.ringcentral.com/1.0"),
        ] {
            assert_eq!(of_account("acme", platform).unwrap(), url);
            assert_eq!(complete(url).unwrap(), url);
        }
    }

    #[test]
    fn the_placeholder_is_not_an_account() {
        // ENG-09
        for name in ["DOMAIN", "domain", "{DOMAIN}", "{account_name}"] {
            let error = of_account(name, Platform::Dimelo).unwrap_err().to_string();
            assert!(error.contains("placeholder"), "{name}: {error}");
        }
        let error = complete("https://DOMAIN.api.engagement.dimelo.com/1.0").unwrap_err().to_string();
        assert!(error.contains("placeholder"), "{error}");
    }

    #[test]
    fn a_name_that_would_form_another_host_is_rejected() {
        for name in ["", "evil.example", "a/b", "a@b", "a:1", "-a", "a-", "a b", "ä", "a#", &"a".repeat(64)] {
            let error = of_account(name, Platform::RingCentral).unwrap_err().to_string();
            assert!(error.contains("base_url"), "{name}: {error}");
        }
    }

    #[test]
    fn the_web_applications_host_is_distinguished_from_the_apis() {
        // ENG-09
        for base in ["https://acme.engagement.dimelo.com/1.0", "https://acme.digital.ringcentral.com"] {
            let error = complete(base).unwrap_err().to_string();
            assert!(error.contains("`api`"), "{base}: {error}");
        }
    }

    #[test]
    fn a_base_url_gets_the_version_only_if_it_has_no_path() {
        for (base, url) in [
            ("http://127.0.0.1:7003", "http://127.0.0.1:7003/1.0"),
            ("http://127.0.0.1:7003/", "http://127.0.0.1:7003/1.0"),
            ("https://proxy.example.com/engage/1.0", "https://proxy.example.com/engage/1.0"),
            ("https://proxy.example.com/engage/", "https://proxy.example.com/engage/"),
            ("https://proxy.example.com?a=b", "https://proxy.example.com?a=b"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(complete(base).unwrap(), url);
        }
    }
}
