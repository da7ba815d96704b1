//! Values that aren't shown.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// A value that `Debug` doesn't show, for it holds secrets or what is personal.
#[derive(Clone)]
pub(crate) struct Unseen<T>(pub(crate) T);

impl<T> fmt::Debug for Unseen<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

impl<T> Deref for Unseen<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Unseen<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
