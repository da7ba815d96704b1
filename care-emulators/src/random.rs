//! Bytes that nobody guesses.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// Thirty-two bytes for the thing with this number, others each time.
pub(crate) fn random(number: u64) -> Vec<u8> {
    let random = RandomState::new();
    (0..4_u64).flat_map(|part| random.hash_one((number, part)).to_be_bytes()).collect()
}
