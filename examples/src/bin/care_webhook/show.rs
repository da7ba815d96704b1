use caremessenger_client::webhook::{Duplicate, JournalEntry, JournalReader};
use examples::{Failure, Teller, caremessenger};
use std::path::Path;

/// Shows which calls a file has, and nothing personal of them.
pub(crate) fn show(path: &Path, teller: &Teller) -> Result<(), Failure> {
    let file = path.display();
    let unreadable = |error| Failure::failed(format!("{file} can't be read: {error}"));
    let (mut calls, mut marked, mut damaged) = (0, 0, 0);
    for entry in JournalReader::open(path).map_err(unreadable)? {
        match entry.map_err(unreadable)? {
            JournalEntry::Notification(call) => {
                teller.tell("stored", caremessenger::call(&call));
                calls += 1;
                marked += usize::from(call.duplicate != Duplicate::No);
            }
            JournalEntry::Damaged(damage) => {
                teller.tell("damaged", format!("line {} can't be read", damage.line));
                damaged += 1;
            }
            _ => {}
        }
    }
    teller.say(format!(
        "{file} has calls for help: {calls}, of which {marked} are marked as repetitions. Lines that can't be read: {damaged}."
    ));
    Ok(())
}
