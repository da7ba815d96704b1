//! The first scene: a duty desk is put on the televisions of a site, once.

use super::stage::Stage;
use crate::patience::patiently;
use care_emulators::caremessenger::{RESIDENT_ID, SITE_ID};
use caremessenger_client::{Ensured, Lint, NewAssistanceProvider, ProviderId, SiteId};
use examples::{Failure, caremessenger};

/// Gives the id of the provider.
pub(super) async fn play(stage: &Stage<'_>) -> Result<ProviderId, Failure> {
    let teller = stage.teller;
    teller.title("First, a scheme manager's desk is put on the televisions of a site");
    let desk = NewAssistanceProvider::for_site(SiteId(SITE_ID), "Acacia Avenue, duty desk", "Duty desk")
        .webhook("Duty desk", &stage.hook.url);
    teller.tell("client", "is to register it with a webhook, and looks first at what could be wrong with that:");
    let lints = desk.lint();
    for lint in &lints {
        teller.tell("lint", caremessenger::lint(*lint));
    }
    if lints != [Lint::OnlyWebhook, Lint::PlainHttp, Lint::PrivateOrLoopbackHost] {
        return Err(Failure::failed(format!("the lint found {lints:?}")));
    }
    let desk = desk.email("Duty desk", "duty@example.com");
    if desk.lint().contains(&Lint::OnlyWebhook) {
        return Err(Failure::failed("the lint doesn't see the mail address"));
    }
    teller.tell("client", "sets a mail address beside the webhook. The rest is so on one machine alone");
    stage.emulator.faults().on("POST", "/assistance-provider").drop_after_commit();
    let ensured = patiently("the registration", async { Ok(ensure(stage, &desk).await?) }).await?;
    let Ensured::Created(provider) = ensured else {
        return Err(Failure::failed(format!("the first registration ended with {ensured:?}")));
    };
    teller.tell("client", "registers it");
    teller.tell("network", "loses the answer: the client has looked, and not registered it again");
    teller.tell("CareMessenger", format!("has {}", caremessenger::provider(&provider)));
    match ensure(stage, &desk).await? {
        Ensured::Found { provider: found, drift } if found.id == provider.id && drift.is_empty() => {}
        other => return Err(Failure::failed(format!("the second registration ended with {other:?}"))),
    }
    teller.tell("client", "is to register it once more, finds it there as it should be, and makes nothing");
    if stage.portal.visible_to(RESIDENT_ID)? != [provider.id.get()] {
        return Err(Failure::failed("the resident sees something else than one provider"));
    }
    teller.tell("television", "shows it once");
    Ok(provider.id)
}

async fn ensure(stage: &Stage<'_>, desk: &NewAssistanceProvider) -> Result<Ensured, caremessenger_client::Error> {
    stage.care.assistance_providers().ensure(desk.clone()).await
}
