use crate::news::News;
use care_emulators::caremessenger::{Emulator, RESIDENT_ID, SITE_ID, Schedule};
use caremessenger_client::{NewAssistanceProvider, SiteId};
use examples::{Failure, caremessenger};
use std::time::Duration;
use tokio::{sync::mpsc::UnboundedSender, time::sleep};

/// The time between two acts, and before the first repetition.
const STEP: Duration = Duration::from_millis(500);

/// Lets somebody register the receiver with an emulator, and a resident call.
pub(crate) async fn play(name: &'static str, url: String, news: UnboundedSender<News>) {
    // Who hears of it may be gone already.
    if let Err(failure) = call(name, url, &news).await {
        drop(news.send(News::Broken(failure)));
    }
}

async fn call(name: &str, url: String, news: &UnboundedSender<News>) -> Result<(), Failure> {
    let does = |who, what: &str| drop(news.send(News::Does(who, what.to_owned())));
    let emulator = Emulator::builder().schedule(Schedule::default().first_delay(STEP)).start().await?;
    let (care, portal) = (caremessenger::client(&emulator)?, emulator.controller());
    let desk = NewAssistanceProvider::for_site(SiteId(SITE_ID), "Acacia Avenue, duty desk", "Duty desk")
        .email(name, "duty@example.com")
        .webhook(name, url);
    let provider = care.assistance_providers().ensure(desk).await?.provider().id.get();
    does("manager", "registers that URL, and a mail address beside it, for the residents of a site");
    for is_answer_lost in [false, true] {
        sleep(STEP).await;
        if is_answer_lost {
            portal.delivery_faults().lose_answer();
            does("resident", "presses the button again, and the network loses the answer");
        } else {
            does("resident", "presses the button on the television");
        }
        portal.request_assistance(provider, RESIDENT_ID)?;
        portal.settled().await;
    }
    does("resident", "has no more to say");
    Ok(())
}
