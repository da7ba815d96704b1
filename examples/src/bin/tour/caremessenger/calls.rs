//! The scenes: a duty desk is registered once; an acknowledgement is lost; and the receiver is down for four and for
//! six minutes.

use crate::{caremessenger::setup::Setup, checks::with_timeout};
use care_emulators::caremessenger::{DeliveryStatus, RESIDENT_ID, SITE_ID};
use caremessenger_client::{Ensured, Lint, NewAssistanceProvider, ProviderId, SiteId, webhook::Duplicate};
use examples::{Failure, caremessenger};
use std::time::Duration;

/// Returns the id of the provider.
pub(super) async fn register(setup: &Setup<'_>) -> Result<ProviderId, Failure> {
    let reporter = setup.reporter;
    reporter.title("First, a duty desk is added to the televisions of a site");
    let desk = NewAssistanceProvider::for_site(SiteId(SITE_ID), "Acacia Avenue, duty desk", "Duty desk")
        .webhook("Duty desk", &setup.receiver.url);
    reporter.step("client", "prepares a provider with a webhook, and checks it for mistakes:");
    let lints = desk.lint();
    for lint in &lints {
        reporter.step("lint", caremessenger::describe_lint(*lint));
    }
    if lints != [Lint::OnlyWebhook, Lint::PlainHttp, Lint::PrivateOrLoopbackHost] {
        return Err(Failure::failed(format!("the lint found {lints:?}")));
    }
    let desk = desk.email("Duty desk", "duty@example.com");
    if desk.lint().contains(&Lint::OnlyWebhook) {
        return Err(Failure::failed("the lint misses the mail address"));
    }
    reporter.step("client", "adds a mail address to the webhook; the other findings only apply to a single machine");
    setup.emulator.faults().on("POST", "/assistance-provider").drop_after_commit();
    let ensured = with_timeout("the registration", async { Ok(ensure(setup, &desk).await?) }).await?;
    let Ensured::Created(provider) = ensured else {
        return Err(Failure::failed(format!("the first registration ended with {ensured:?}")));
    };
    reporter.step("client", "registers it");
    reporter.step("network", "loses the answer: the client checked instead of registering it again");
    reporter.step("CareMessenger", format!("has {}", caremessenger::describe_provider(&provider)));
    match ensure(setup, &desk).await? {
        Ensured::Found { provider: found, drift } if found.id == provider.id && drift.is_empty() => {}
        other => return Err(Failure::failed(format!("the second registration ended with {other:?}"))),
    }
    reporter.step("client", "ensures it once more, finds it unchanged and creates nothing");
    if setup.controller.visible_to(RESIDENT_ID)? != [provider.id.get()] {
        return Err(Failure::failed("the resident doesn't see exactly one provider"));
    }
    reporter.step("television", "shows it once");
    Ok(provider.id)
}

async fn ensure(setup: &Setup<'_>, desk: &NewAssistanceProvider) -> Result<Ensured, caremessenger_client::Error> {
    setup.care.assistance_providers().ensure(desk.clone()).await
}

pub(super) async fn lose_acknowledgement(setup: &Setup<'_>, provider: ProviderId) -> Result<(), Failure> {
    setup.reporter.title("Second, a call for help whose acknowledgement is lost");
    setup.controller.delivery_faults().lose_answer();
    let (delivery, stored) = setup.call(provider).await?;
    for call in &stored {
        setup.reporter.step("receiver", format!("has stored: {}", caremessenger::describe_call(call)));
    }
    let marks: Vec<_> = stored.iter().map(|call| call.duplicate).collect();
    if (delivery.status, &*marks) != (DeliveryStatus::Delivered, &[Duplicate::No, Duplicate::Probable]) {
        return Err(Failure::failed(format!("the call ended as {:?}, with the marks {marks:?}", delivery.status)));
    }
    setup.reporter.step("receiver", "keeps both: a second call with the same text would look the same");
    Ok(())
}

pub(super) async fn away_for_four_minutes(setup: &Setup<'_>, provider: ProviderId) -> Result<(), Failure> {
    setup.reporter.title("Third, the receiver is down for four minutes");
    setup.controller.delivery_faults().down_for(Duration::from_secs(4 * 60));
    let (delivery, stored) = setup.call(provider).await?;
    let [call] = &*stored else {
        return Err(Failure::failed(format!("the receiver has stored {} calls instead of 1", stored.len())));
    };
    if delivery.status != DeliveryStatus::Delivered {
        return Err(Failure::failed(format!("the call ended as {:?}", delivery.status)));
    }
    setup.reporter.step("receiver", format!("is up again and has stored: {}", caremessenger::describe_call(call)));
    Ok(())
}

pub(super) async fn away_for_six_minutes(setup: &Setup<'_>, provider: ProviderId) -> Result<(), Failure> {
    setup.reporter.title("Fourth, the receiver is down for six minutes");
    setup.controller.delivery_faults().down_for(Duration::from_secs(6 * 60));
    let (delivery, stored) = setup.call(provider).await?;
    if (delivery.status, stored.len()) != (DeliveryStatus::Abandoned, 0) {
        return Err(Failure::failed(format!("the call ended as {:?}, stored {} times", delivery.status, stored.len())));
    }
    setup.controller.delivery_faults().come_up();
    setup.reporter.step("CareMessenger", "stops after five minutes without notice");
    setup.reporter.step("receiver", "is up again and never receives the call");
    setup.reporter.step("mail", "reached the duty desk nevertheless: that is why every webhook needs a mail address");
    Ok(())
}
