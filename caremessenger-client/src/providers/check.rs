//! What can't be meant, and is refused before anything is sent. No document sets a limit (defect `CARE-23`), so nothing
//! else is.

use super::NewAssistanceProvider;
use care_client_core::Error;
use std::collections::HashSet;
use url::Url;

/// Refuses a provider that can't be meant as it is.
pub(super) fn provider(new: &NewAssistanceProvider) -> Result<(), Error> {
    text(&new.name, "the provider's name is blank: give the text that administrators read")?;
    text(&new.label, "the provider's label is blank: give the text that residents read on the television")?;
    if new.emails.is_empty() && new.webhooks.is_empty() && !new.without_notifiers {
        return Err(Error::request(
            "the provider has no notifier, so residents would call for help and reach nobody: add email(..) or \
             webhook(..), \
             or say without_notifiers()",
        ));
    }
    let mut addresses = HashSet::new();
    for notifier in &new.emails {
        text(&notifier.name, "the name of a notifier is blank")?;
        if !addresses.insert(email(&notifier.email)?) {
            return Err(Error::request(
                "the same mail address is there twice: each call for help would be mailed twice",
            ));
        }
    }
    let mut urls = HashSet::new();
    for notifier in &new.webhooks {
        text(&notifier.name, "the name of a notifier is blank")?;
        if !urls.insert(String::from(webhook_url(&notifier.url)?)) {
            return Err(Error::request(
                "the same webhook URL is there twice: give each notifier its own, for nothing else tells which was \
                 called",
            ));
        }
    }
    Ok(())
}

/// Refuses a blank text.
pub(crate) fn text(text: &str, says: &'static str) -> Result<(), Error> {
    if text.trim().is_empty() { Err(Error::request(says)) } else { Ok(()) }
}

/// What makes two addresses the same one: the part before the `@` is the mail server's business, the domain has no
/// case.
pub(crate) fn email(address: &str) -> Result<String, Error> {
    let wrong =
        || Error::request("a notifier has no valid mail address: give one like name@example.com, without blanks");
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>,;".contains(c);
    let (local, domain) = address.rsplit_once('@').ok_or_else(wrong)?;
    let label = |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let whole = !local.is_empty() && !local.contains('@') && !address.contains(odd) && domain.split('.').all(label);
    if whole { Ok(format!("{local}@{}", domain.to_lowercase())) } else { Err(wrong()) }
}

/// The URL, if it is one that can be posted to. It is sent as it was given (defect `CARE-06`).
pub(crate) fn webhook_url(text: &str) -> Result<Url, Error> {
    let wrong = |why: &str| Error::request(format!("a webhook URL {why}: give it whole, as https://host/path"));
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(wrong("has blanks or line breaks in it"));
    }
    let url = Url::parse(text).map_err(|why| wrong(&format!("can't be read ({why})")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("begins neither with https:// nor with http://"));
    }
    if url.fragment().is_some() {
        return Err(wrong("has a fragment, which is never sent"));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_the_same_by_what_mail_servers_tell_apart() {
        assert_eq!(email("Jo@Example.COM").unwrap(), "Jo@example.com");
        assert_ne!(email("jo@example.com").unwrap(), email("Jo@example.com").unwrap());
        for fine in ["a.b+c@example.com", "jo@localhost", "jö@exämple.com", "'q'@x-y.example.com"] {
            assert!(email(fine).is_ok(), "{fine}");
        }
        for wrong in [
            "",
            "@",
            "jo",
            "jo@",
            "@example.com",
            "jo@@example.com",
            "jo @example.com",
            "jo@example..com",
            "jo@.example.com",
            "jo@example.com.",
            "jo@-x.com",
            "Jo <jo@example.com>",
            "a@x.com,b@x.com",
            "jo@x.com\n",
        ] {
            assert!(email(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_url_is_whole_and_errors_do_not_quote_it() {
        for fine in ["https://example.com", "http://127.0.0.1:9/x?y=z", "https://example.com:8443/a/b"] {
            assert!(webhook_url(fine).is_ok(), "{fine}");
        }
        for wrong in [
            "",
            "example.com/canary",
            "/canary",
            "ftp://example.com/canary",
            "https://",
            "https:// example.com/canary",
            " https://example.com/canary",
            "https://example.com/canary\n",
            "https://example.com/#canary",
            "mailto:canary@example.com",
        ] {
            let error = webhook_url(wrong).unwrap_err();
            assert!(
                !error.to_string().contains("canary") && error.to_string().contains("https://host/path"),
                "{error}"
            );
        }
    }
}
