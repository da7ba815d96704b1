//! AURA's servers and its document.

use care_client_core::Error;
use http::Uri;

/// The vendor's page that documents all operations.
pub(crate) const DOCUMENT: &str = "https://docs.aura.services/integration-guidelines.html";

/// AURA's servers that are known by name.
///
/// Only staging is documented. Its host is printed as `staging-panic.aura.service` there, which is misspelt (defect
/// [`AURA-09`](crate::defects)); this is the one that works. No production host is documented (defect
/// [`AURA-10`](crate::defects)): set the one that AURA gave you by [`base_url`](crate::AuraBuilder::base_url).
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Obtaining API Access",
/// <https://docs.aura.services/integration-guidelines.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// Where everything is developed and tested: `https://staging-panic.aura.services`.
    Staging,
}

impl Environment {
    /// Scheme and host.
    #[must_use]
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Staging => "https://staging-panic.aura.services",
        }
    }
}

/// Refuses the domain that the guide misspells: it isn't AURA's, and its owner would get all credentials.
pub(crate) fn refuse_misspelt(base_url: &str) -> Result<(), Error> {
    let url = base_url.trim().parse::<Uri>().ok();
    let host = url.as_ref().and_then(Uri::host).unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    if host == "aura.service" || host.ends_with(".aura.service") {
        return Err(Error::config(
            "the base URL ends in .aura.service, as the guide misspells it: AURA's domain is aura.services; for \
             staging use \
             environment(Environment::Staging)",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_misspelt_domain_is_refused_in_every_form_and_no_other_is() {
        for bad in [
            "https://staging-panic.aura.service",
            " https://STAGING-PANIC.aura.Service:443/panic-api ",
            "https://panic.aura.service./",
            "http://aura.service",
        ] {
            assert!(refuse_misspelt(bad).is_err(), "{bad}");
        }
        for good in [
            Environment::Staging.base_url(),
            "https://aura.service.example.com",
            "https://myaura.service",
            "https://example.com/x.aura.service",
            "http://127.0.0.1:80",
            "",
        ] {
            assert!(refuse_misspelt(good).is_ok(), "{good}");
        }
    }
}
