//! What is allowed and probably not meant: hints for a person, before and after a provider is created.

use super::check;
use std::{collections::HashSet, net::IpAddr};
use url::{Host, Url};

/// A label of more characters is reported as long.
///
/// No document says how wide the television's dialog is: the number is this crate's.
pub const LABEL_LONG: usize = 30;

/// Something that can be sent and probably isn't meant:
/// [`NewAssistanceProvider::lint`](crate::NewAssistanceProvider::lint), and
/// [`AssistanceProvider::lint`](crate::AssistanceProvider::lint) of one that is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lint {
    /// There are webhooks and no mail address. If the server that they lead to is down for some minutes, the
    /// request for help is lost, and nobody is told: CareMessenger repeats it for five minutes, and its last attempt
    /// may come in the first half of them.
    OnlyWebhook,
    /// A webhook is plain http: the network can read who calls for help, and the secret in the URL.
    PlainHttp,
    /// A webhook leads to this machine or into a private network, where CareMessenger can't reach it.
    PrivateOrLoopbackHost,
    /// Two webhooks have the same URL, so that nothing tells which was called. Such a provider is refused before it is
    /// sent.
    SharedUrl,
    /// The label is longer than [`LABEL_LONG`]: the television may cut it.
    LabelLong {
        /// How many characters it has.
        chars: usize,
    },
    /// There are no notifiers: a call for help reaches nobody.
    NoNotifiers,
}

/// The lints of a provider. Where the server doesn't show its webhooks, there are none about webhooks.
pub(super) fn all<'u>(
    label: &str,
    is_mailed: bool,
    webhooks: Option<impl ExactSizeIterator<Item = &'u str>>,
) -> Vec<Lint> {
    let posts = webhooks.as_ref().map(|webhooks| webhooks.len() > 0);
    let urls: Vec<Url> = webhooks.into_iter().flatten().filter_map(|url| check::webhook_url(url).ok()).collect();
    let chars = label.chars().count();
    let found = [
        (!is_mailed && posts == Some(true), Lint::OnlyWebhook),
        (urls.iter().any(|url| url.scheme() == "http"), Lint::PlainHttp),
        (urls.iter().any(is_unreachable), Lint::PrivateOrLoopbackHost),
        (urls.iter().collect::<HashSet<_>>().len() < urls.len(), Lint::SharedUrl),
        (chars > LABEL_LONG, Lint::LabelLong { chars }),
        (!is_mailed && posts == Some(false), Lint::NoNotifiers),
    ];
    found.into_iter().filter_map(|(is_so, lint)| is_so.then_some(lint)).collect()
}

/// Whether the host is one that only this machine or its own network knows.
fn is_unreachable(url: &Url) -> bool {
    match url.host() {
        None => true,
        Some(Host::Ipv4(ip)) => is_local(ip.into()),
        Some(Host::Ipv6(ip)) => is_local(ip.to_ipv4_mapped().map_or(ip.into(), IpAddr::from)),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let local = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];
            !name.contains('.') || local.iter().any(|end| name.ends_with(end))
        }
    }
}

fn is_local(ip: IpAddr) -> bool {
    let special = ip.is_loopback() || ip.is_unspecified() || ip.is_multicast();
    special
        || match ip {
            IpAddr::V4(ip) => {
                let shared = ip.octets()[0] == 100 && (64..128).contains(&ip.octets()[1]);
                ip.is_private() || ip.is_link_local() || ip.is_broadcast() || shared
            }
            IpAddr::V6(ip) => ip.is_unique_local() || ip.is_unicast_link_local(),
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AssistanceProvider, NewAssistanceProvider, SiteId};
    use serde_json::json;

    fn new() -> NewAssistanceProvider {
        NewAssistanceProvider::for_site(SiteId(5), "a", "b").email("c", "c@example.com")
    }

    #[test]
    fn each_trap_is_told_alone() {
        let only = NewAssistanceProvider::for_site(SiteId(5), "a", "b").webhook("d", "https://example.com/d");
        let twice = new().webhook("d", "https://example.com/d").webhook("e", "https://EXAMPLE.com/d");
        let ä = "ä".repeat(LABEL_LONG + 1);
        for (new, lints) in [
            (new(), vec![]),
            (new().webhook("d", "https://example.com/d"), vec![]),
            (only, vec![Lint::OnlyWebhook]),
            (new().webhook("d", "http://example.com/d"), vec![Lint::PlainHttp]),
            (twice, vec![Lint::SharedUrl]),
            (NewAssistanceProvider::for_site(SiteId(5), "a", &ä[2..]).email("c", "c@example.com"), vec![]),
            (
                NewAssistanceProvider::for_site(SiteId(5), "a", ä).email("c", "c@example.com"),
                vec![Lint::LabelLong { chars: 31 }],
            ),
            (NewAssistanceProvider::for_site(SiteId(5), "a", "b").without_notifiers(), vec![Lint::NoNotifiers]),
        ] {
            assert_eq!(new.lint(), lints, "{new:?}");
        }
    }

    #[test]
    fn one_that_is_registered_is_looked_at_too_and_webhooks_that_are_not_shown_are_not_guessed() {
        // CARE-11
        let (mail, hook) =
            (json!([{"id": 7, "name": "c", "email": "c@example.com"}]), |url| json!([{"name": "d", "url": url}]));
        for (label, emails, webhooks, lints) in [
            ("b", mail.clone(), json!(null), vec![]),
            ("b", json!([]), json!(null), vec![]),
            ("b", json!([]), json!([]), vec![Lint::NoNotifiers]),
            ("b", json!([]), hook("https://example.com/d"), vec![Lint::OnlyWebhook]),
            ("b", mail.clone(), hook("http://10.0.0.7/d"), vec![Lint::PlainHttp, Lint::PrivateOrLoopbackHost]),
            (&"b".repeat(40), mail, hook("https://example.com/d"), vec![Lint::LabelLong { chars: 40 }]),
        ] {
            let shown = json!({
                "id": 10, "name": "a", "label": label, "type": "site", "content_object": {"id": 5},
                "email_notifiers": emails, "webhook_notifiers": webhooks,
            });
            let provider: AssistanceProvider = serde_json::from_value(shown).unwrap();
            assert_eq!(provider.lint(), lints, "{provider:?}");
        }
    }

    #[test]
    fn hosts_that_the_vendor_cannot_reach_are_told() {
        for host in [
            "localhost",
            "care.localhost",
            "127.0.0.1",
            "10.0.0.7",
            "172.16.1.1",
            "192.168.1.2",
            "169.254.0.1",
            "100.64.0.1",
            "0.0.0.0",
            "[::1]",
            "[fd00::1]",
            "[fe80::1]",
            "[::ffff:10.0.0.1]",
            "desk",
            "desk.local",
            "desk.internal.",
        ] {
            assert_eq!(new().webhook("d", format!("https://{host}/d")).lint(), [Lint::PrivateOrLoopbackHost], "{host}");
        }
        for host in ["example.com", "172.32.0.1", "11.0.0.1", "100.128.0.1", "[2001:db8::1]", "local.example.com"] {
            assert_eq!(new().webhook("d", format!("https://{host}/d")).lint(), [], "{host}");
        }
    }
}
