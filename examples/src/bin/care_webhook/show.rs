use caremessenger_client::webhook::{Duplicate, FileJournal};
use examples::{Failure, Teller, caremessenger};
use std::path::Path;

/// Shows which calls a file has, and nothing personal of them.
pub(crate) fn show(path: &Path, teller: &Teller) -> Result<(), Failure> {
    let file = path.display();
    let content =
        FileJournal::read_file(path).map_err(|error| Failure::failed(format!("{file} can't be read: {error}")))?;
    for call in &content.notifications {
        teller.tell("stored", caremessenger::call(call));
    }
    for damaged in &content.damaged {
        teller.tell("damaged", format!("line {} can't be read", damaged.line));
    }
    let calls = &content.notifications;
    let marked = calls.iter().filter(|call| call.duplicate != Duplicate::No).count();
    teller.say(format!(
        "{file} has calls for help: {}, of which {marked} are marked as repetitions. Lines that can't be read: {}.",
        calls.len(),
        content.damaged.len()
    ));
    Ok(())
}
