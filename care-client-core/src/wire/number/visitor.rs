//! Which numbers there are, what each accepts, and the visitors that read one in any of its forms.

use crate::wire::personal::Personal;
use serde::{
    de::{self, Deserialize, Deserializer, MapAccess, Unexpected, Visitor, value::MapAccessDeserializer},
    ser::{Error as _, Serialize, Serializer},
};
use std::{fmt, marker::PhantomData};

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

/// A number.
pub(super) struct NumberVisitor<T>(pub(super) PhantomData<T>);

impl<'de, T: Number> Visitor<'de> for NumberVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        T::from_u64(value).ok_or_else(|| E::invalid_value(Unexpected::Other("number"), &self))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        T::from_i64(value).ok_or_else(|| E::invalid_value(Unexpected::Other("number"), &self))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        T::from_f64(value).ok_or_else(|| E::invalid_value(Unexpected::Other("number"), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text)
            .or_else(|| T::from_text(text.trim()))
            .ok_or_else(|| E::invalid_value(Unexpected::Other("text"), &self))
    }

    /// With serde_json's feature `arbitrary_precision`, which any crate in a build can turn on for all, numbers come
    /// as maps.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let number = serde_json::Number::deserialize(MapAccessDeserializer::new(map))?;
        match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(value), _, _) => self.visit_u64(value),
            (_, Some(value), _) => self.visit_i64(value),
            (_, _, Some(value)) => self.visit_f64(value),
            _ => Err(de::Error::invalid_value(Unexpected::Other("number"), &self)),
        }
    }
}

/// A number, or none.
pub(super) struct MaybeVisitor<T>(pub(super) PhantomData<T>);

impl<'de, T: Number> Visitor<'de> for MaybeVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_none<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Option<T>, E> {
        NumberVisitor(PhantomData).visit_u64(value).map(Some)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Option<T>, E> {
        NumberVisitor(PhantomData).visit_i64(value).map(Some)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Option<T>, E> {
        NumberVisitor(PhantomData).visit_f64(value).map(Some)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Option<T>, E> {
        match T::from_text(text) {
            Some(number) => Ok(Some(number)),
            None if text.trim().is_empty() => Ok(None),
            None => NumberVisitor(PhantomData).visit_str(text).map(Some),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<T>, A::Error> {
        NumberVisitor(PhantomData).visit_map(map).map(Some)
    }
}
