//! Values that nobody can guess, and values that `Debug` doesn't print.

use std::{
    collections::hash_map::RandomState,
    fmt,
    hash::BuildHasher,
    ops::{Deref, DerefMut},
};

/// Returns 32 random bytes for the token with this number; different ones on each call.
pub(crate) fn random_bytes(number: u64) -> Vec<u8> {
    let random = RandomState::new();
    (0..4_u64).flat_map(|part| random.hash_one((number, part)).to_be_bytes()).collect()
}

/// A value that `Debug` doesn't print because it holds secrets or personal data.
#[derive(Clone)]
pub(crate) struct Redacted<T>(pub(crate) T);

impl<T> fmt::Debug for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

impl<T> Deref for Redacted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Redacted<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
