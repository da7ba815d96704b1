//! What a program may rely on: one module for each promise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod addresses;
mod answers;
mod canary;
mod documented;
mod end_to_end;
mod external_id;
mod feed_acknowledge;
mod feed_delivery;
mod feed_kill;
mod feed_outage;
mod feed_redelivery;
mod fixtures;
mod front_page;
mod lists;
mod operations;
mod post_once;
mod refused;
mod shapes;
mod states;
mod support;
mod sync_servers;
mod sync_window;
mod xml_elements;
mod xml_rejected;
mod xml_values;
mod xml_well_formed;
mod xml_written;
