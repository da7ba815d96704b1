//! Which numbers there are, and what each accepts.

use serde::ser::{Error as _, Serialize, Serializer};

use crate::Personal;

/// A number that may come as text: `f64`, `u64`, `i64`, `u32`, or one of them as [`Personal`].
pub trait Number: Sized + sealed::Sealed {
    #[doc(hidden)]
    const EXPECTED: &'static str;
    #[doc(hidden)]
    fn from_u64(value: u64) -> Option<Self>;
    #[doc(hidden)]
    fn from_i64(value: i64) -> Option<Self>;
    #[doc(hidden)]
    fn from_f64(value: f64) -> Option<Self>;
    #[doc(hidden)]
    fn from_text(text: &str) -> Option<Self>;
    #[doc(hidden)]
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

mod sealed {
    pub trait Sealed {}
}

/// The largest number up to which every integer has a fraction form of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn whole(value: f64) -> Option<i64> {
    // The cast is exact: the value is integral and far inside i64.
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}

macro_rules! whole_number {
    ($($type:ty = $expected:literal),*) => {$(
        impl sealed::Sealed for $type {}
        impl Number for $type {
            const EXPECTED: &'static str = $expected;
            fn from_u64(value: u64) -> Option<Self> {
                Self::try_from(value).ok()
            }
            fn from_i64(value: i64) -> Option<Self> {
                Self::try_from(value).ok()
            }
            fn from_f64(value: f64) -> Option<Self> {
                whole(value).and_then(Self::from_i64)
            }
            fn from_text(text: &str) -> Option<Self> {
                text.parse().ok().or_else(|| text.parse().ok().and_then(Self::from_f64))
            }
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        }
    )*};
}

whole_number! {
    u64 = "a whole number from 0, or text that is one",
    u32 = "a whole number from 0 to 4294967295, or text that is one",
    i64 = "a whole number, or text that is one"
}

impl sealed::Sealed for f64 {}
impl Number for f64 {
    const EXPECTED: &'static str = "a finite number, or text that is one";
    fn from_u64(value: u64) -> Option<Self> {
        Some(value as f64)
    }
    fn from_i64(value: i64) -> Option<Self> {
        Some(value as f64)
    }
    fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then_some(value)
    }
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok().and_then(Self::from_f64)
    }
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_finite() {
            serializer.serialize_f64(*self)
        } else {
            Err(S::Error::custom("a number that is not finite"))
        }
    }
}

impl<T: Number> sealed::Sealed for Personal<T> {}
impl<T: Number> Number for Personal<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    fn from_u64(value: u64) -> Option<Self> {
        T::from_u64(value).map(Self)
    }
    fn from_i64(value: i64) -> Option<Self> {
        T::from_i64(value).map(Self)
    }
    fn from_f64(value: f64) -> Option<Self> {
        T::from_f64(value).map(Self)
    }
    fn from_text(text: &str) -> Option<Self> {
        T::from_text(text).map(Self)
    }
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}
