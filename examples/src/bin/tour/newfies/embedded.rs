//! The whole story, on an emulator.

use super::{called, scheduled, stage::Stage};
use crate::tally;
use examples::{Failure, Teller};

pub(super) async fn tell(teller: &Teller) -> Result<(), Failure> {
    teller.say("Newfies: a doctor's patient is reminded of a visit by telephone, and confirms it by a key");
    let stage = Stage::set(teller).await?;
    let scheduled = scheduled::play(&stage).await?;
    called::play(&stage, &scheduled).await?;

    teller.title("What it came to for Newfies");
    let calls = stage.dialer.call_requests().len();
    if calls != 2 {
        return Err(Failure::failed(format!("the patient was called {calls} times instead of 2")));
    }
    teller.say("  The patient was called twice, once in vain, and got 1 SMS.");
    let journal = stage.emulator.journal();
    let reads = journal.requests().iter().filter(|request| request.method == "GET").count();
    let writes = [
        ("calendar setting", "POST", "/calendar-setting/", 1),
        ("calendar user", "POST", "/calendar-user/", 1),
        ("calendar", "POST", "/calendar/", 1),
        ("event", "POST", "/event/", 1),
        ("alarms", "POST", "/alarm/", scheduled.alarms.len()),
    ];
    tally::check(teller, &journal, &writes, &[("readings", reads)])
}
