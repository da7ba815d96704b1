//! The mutable state: all objects, providers, requests and tokens.

use crate::caremessenger::{
    account::Tokens,
    directory::{CUSTOMER_ID, Customer, RESIDENT_ID, Record, Resident, SITE_ID, Site, Target},
    provider::{AssistanceRequest, EmailNotifier, Provider, WebhookNotifier},
    request_bodies::{NotifierBody, ProviderBody},
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// The next identifier of each kind. Identifiers of different kinds may be equal, as the vendor's are.
struct NextIds {
    customer: u64,
    site: u64,
    resident: u64,
    provider: u64,
    notifier: u64,
    request: u64,
}

fn take(next: &mut u64) -> u64 {
    let id = *next;
    *next += 1;
    id
}

pub(super) struct State {
    pub(super) customers: BTreeMap<u64, Customer>,
    pub(super) sites: BTreeMap<u64, Site>,
    pub(super) residents: BTreeMap<u64, Resident>,
    pub(super) providers: BTreeMap<u64, Provider>,
    pub(super) requests: BTreeMap<u64, AssistanceRequest>,
    pub(super) tokens: Tokens,
    /// Whether the account may only read.
    pub(super) read_only: bool,
    pub(super) since: DateTime<Utc>,
    next: NextIds,
}

impl State {
    /// One customer with one site and one resident.
    pub(super) fn new(first_provider: u64, now: DateTime<Utc>) -> Self {
        let next = NextIds {
            customer: CUSTOMER_ID,
            site: SITE_ID,
            resident: RESIDENT_ID,
            provider: first_provider,
            notifier: 7,
            request: 1,
        };
        let mut state = Self {
            customers: BTreeMap::new(),
            sites: BTreeMap::new(),
            residents: BTreeMap::new(),
            providers: BTreeMap::new(),
            requests: BTreeMap::new(),
            tokens: Tokens::default(),
            read_only: false,
            since: now,
            next,
        };
        let customer = state.add_customer("Example Homes", now);
        let site = state.add_site(customer, "Elm Court", now);
        state.add_resident(site, "Robin Example", now);
        state
    }

    pub(super) fn add_customer(&mut self, name: &str, now: DateTime<Utc>) -> u64 {
        let id = take(&mut self.next.customer);
        self.customers.insert(id, Customer { record: Record::new(name, now) });
        id
    }

    pub(super) fn add_site(&mut self, customer: u64, name: &str, now: DateTime<Utc>) -> u64 {
        let id = take(&mut self.next.site);
        // Each site has a calendar. What that is isn't documented.
        let site = Site { record: Record::new(name, now), customer, position: None, calendar: Some(id) };
        self.sites.insert(id, site);
        id
    }

    pub(super) fn add_resident(&mut self, site: u64, name: &str, now: DateTime<Utc>) -> u64 {
        let id = take(&mut self.next.resident);
        self.residents.insert(id, Resident { record: Record::new(name, now), site });
        id
    }

    pub(super) fn has(&self, target: Target) -> bool {
        match target {
            Target::Customer(id) => self.customers.contains_key(&id),
            Target::Site(id) => self.sites.contains_key(&id),
            Target::Resident(id) => self.residents.contains_key(&id),
        }
    }

    pub(super) fn remove(&mut self, target: Target) -> bool {
        match target {
            Target::Customer(id) => self.customers.remove(&id).is_some(),
            Target::Site(id) => self.sites.remove(&id).is_some(),
            Target::Resident(id) => self.residents.remove(&id).is_some(),
        }
    }

    /// Whether a resident sees the providers of `target`. Nobody sees those of a removed object.
    pub(super) fn sees(&self, resident: u64, target: Target) -> bool {
        let Some(site) = self.residents.get(&resident).map(|resident| resident.site) else { return false };
        self.has(target)
            && match target {
                Target::Customer(id) => self.sites.get(&site).is_some_and(|site| site.customer == id),
                Target::Site(id) => site == id,
                Target::Resident(id) => resident == id,
            }
    }

    /// Registers a provider and returns its identifier; `None` if the body is incomplete.
    pub(super) fn add_provider(&mut self, body: ProviderBody) -> Option<u64> {
        let ProviderBody { name: Some(name), label: Some(label), target: Some(target), emails, webhooks } = body else {
            return None;
        };
        let id = take(&mut self.next.provider);
        let (emails, webhooks) = (emails.unwrap_or_default(), webhooks.unwrap_or_default());
        let emails = emails.into_iter().map(|notifier| self.email(notifier, &[])).collect();
        let webhooks = webhooks.into_iter().map(|notifier| self.webhook(notifier, &[])).collect();
        self.providers.insert(id, Provider { id, name, label, target, emails, webhooks });
        Some(id)
    }

    /// Changes the fields of an existing provider that the body has.
    pub(super) fn change_provider(&mut self, mut provider: Provider, body: ProviderBody) {
        let ProviderBody { name, label, target, emails, webhooks } = body;
        provider.name = name.unwrap_or(provider.name);
        provider.label = label.unwrap_or(provider.label);
        provider.target = target.unwrap_or(provider.target);
        if let Some(entries) = emails {
            let known: Vec<u64> = provider.emails.iter().map(|notifier| notifier.id).collect();
            provider.emails = entries.into_iter().map(|notifier| self.email(notifier, &known)).collect();
        }
        if let Some(entries) = webhooks {
            let known: Vec<u64> = provider.webhooks.iter().map(|notifier| notifier.id).collect();
            provider.webhooks = entries.into_iter().map(|notifier| self.webhook(notifier, &known)).collect();
        }
        self.providers.insert(provider.id, provider);
    }

    /// The identifier of a notifier: the one that was sent if it is known, otherwise a new one.
    fn number(&mut self, id: Option<u64>, known: &[u64]) -> u64 {
        id.filter(|id| known.contains(id)).unwrap_or_else(|| take(&mut self.next.notifier))
    }

    fn email(&mut self, NotifierBody { id, name, address }: NotifierBody, known: &[u64]) -> EmailNotifier {
        EmailNotifier { id: self.number(id, known), name, email: address }
    }

    fn webhook(&mut self, NotifierBody { id, name, address }: NotifierBody, known: &[u64]) -> WebhookNotifier {
        WebhookNotifier { id: self.number(id, known), name, url: address }
    }

    /// Stores a request for assistance.
    pub(super) fn request(&mut self, provider: &Provider, resident: u64, now: DateTime<Utc>) -> AssistanceRequest {
        let request = AssistanceRequest {
            id: take(&mut self.next.request),
            provider: provider.id,
            resident,
            created: now,
            mailed: provider.emails.iter().map(|notifier| notifier.id).collect(),
            posted: provider.webhooks.iter().map(|notifier| notifier.id).collect(),
        };
        self.requests.insert(request.id, request.clone());
        request
    }
}
