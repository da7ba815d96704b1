//! The emulators, by raw HTTP: no client stands between a test and what an emulator sends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod aura {
    mod access;
    mod callouts;
    mod documents;
}
mod caremessenger {
    mod access;
    mod deliveries;
    mod documents;
    mod lists;
    mod providers;
}
mod control;
mod engagement {
    mod access;
    mod close;
    mod documents;
    mod interventions;
    mod lists;
}
mod faults;
mod journal;
mod layers;
mod leap {
    mod access;
    mod acknowledge;
    mod documents;
    mod lists;
    mod requests;
}
mod newfies {
    mod access;
    mod actions;
    mod alarms;
    mod documents;
    mod people;
    mod rows;
}
mod standalone;
mod support;
