//! Where the API is.

use care_client_core::Error;
use url::Url;

/// The path that all operations lie below: the version of the API.
const VERSION: &str = "/1.0";

/// What stands for the name of an account in the documents.
const PLACEHOLDER: &str = "DOMAIN";

/// On which of the vendor's platforms an account lives.
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

    /// The host name below which accounts have theirs.
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
            "`DOMAIN` stands in the documents for the name of your account: give that, as `acme` in https://acme.digital.ringcentral.com",
        ));
    }
    if !is_label(account) {
        return Err(Error::config(
            "the name of the account is letters, digits and hyphens, as `acme` in https://acme.digital.ringcentral.com; \
             for a whole address use base_url(..)",
        ));
    }
    Ok(format!("https://{account}.api.{}{VERSION}", platform.host()))
}

/// A base URL without a path gets the documented one.
pub(crate) fn whole(base: &str) -> Result<String, Error> {
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
                    "that is the host of the application: the API's has `api` in its name, as https://acme.api.digital.ringcentral.com",
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

/// Whatever isn't one label would lead the token to another host.
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
            assert_eq!(whole(url).unwrap(), url);
        }
    }

    #[test]
    fn the_placeholder_is_no_account() {
        // ENG-09
        for name in ["DOMAIN", "domain", "{DOMAIN}", "{account_name}"] {
            let error = of_account(name, Platform::Dimelo).unwrap_err().to_string();
            assert!(error.contains("stands in the documents"), "{name}: {error}");
        }
        let error = whole("https://DOMAIN.api.engagement.dimelo.com/1.0").unwrap_err().to_string();
        assert!(error.contains("stands in the documents"), "{error}");
    }

    #[test]
    fn what_would_be_another_host_is_refused() {
        for name in ["", "evil.example", "a/b", "a@b", "a:1", "-a", "a-", "a b", "ä", "a#", &"a".repeat(64)] {
            let error = of_account(name, Platform::RingCentral).unwrap_err().to_string();
            assert!(error.contains("base_url"), "{name}: {error}");
        }
    }

    #[test]
    fn the_hosts_of_the_application_are_told_from_the_apis() {
        // ENG-09
        for base in ["https://acme.engagement.dimelo.com/1.0", "https://acme.digital.ringcentral.com"] {
            let error = whole(base).unwrap_err().to_string();
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
            assert_eq!(whole(base).unwrap(), url);
        }
    }
}
