use care_emulators::engagement::{AGENT_ID, Emulator, NewAgent};
use examples::Failure;
use std::time::Duration;

/// How many interventions there are.
const ALL: usize = 40;
const CATEGORIES: [&str; 3] = ["5d10aa0be4b0a20001c0de01", "5d10aa0be4b0a20001c0de02", "5d10aa0be4b0a20001c0de03"];
/// The time between two of them.
const STEP: Duration = Duration::from_secs(20);
const DAY: Duration = Duration::from_secs(86_400);

/// Lets the customers and the agents of an emulator have done something in the last while.
pub(crate) fn fill(emulator: &Emulator) -> Result<(), Failure> {
    let room = emulator.controller();
    let agents = [AGENT_ID.to_owned(), room.add_agent(NewAgent::new()), room.add_agent(NewAgent::new())];
    for number in 0..ALL {
        let id = room.open_new();
        room.reassign(&id, &agents[number % agents.len()])?;
        room.categorize(&id, &CATEGORIES[..number % (CATEGORIES.len() + 1)])?;
        room.set_custom_field(&id, "order_number", format!("A-{}", 1000 + number))?;
        emulator.clock().advance(STEP);
        let replies = number % 3;
        for _ in 0..replies {
            room.reply(&id)?;
        }
        if replies == 2 && number % 4 == 0 {
            room.close(&id)?;
        } else if number % 11 == 3 {
            room.defer(&id, emulator.clock().now() + DAY)?;
        }
    }
    Ok(())
}
