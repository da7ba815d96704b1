//! How a callout is classified. By an id it can be created at once; by a name only by what looks the id up first. The
//! types say which, so that a callout with a name is never handed to the operation that can't send it.

use super::NewCallout;
use crate::{classifications::CalloutClass, ids::ClassificationId};

/// A callout that is classified by a name, for [`Aura::raise`](crate::Aura::raise), which looks AURA's id up. Made by
/// [`NewCallout::classification`]; set everything else before.
///
/// ```
/// use aura_client::{CalloutClass, Fix, NewCallout, NewCustomer};
///
/// let customer = NewCustomer::new("Alex", "Example", "+12025550103");
/// let new = NewCallout::new(customer, Fix::new(-26.100054, 28.051)).label("user 5");
/// let test = new.classification(CalloutClass::Test); // for aura.raise(..)
/// assert_eq!(test.class(), Some(CalloutClass::Test));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use = "give it to aura.raise(..)"]
pub struct ClassifiedCallout {
    pub(crate) new: NewCallout,
    class: Option<CalloutClass>,
}

impl ClassifiedCallout {
    /// The name that it is classified by; `None` if by an id, or not at all.
    #[must_use]
    pub fn class(&self) -> Option<CalloutClass> {
        self.class
    }
}

impl From<NewCallout> for ClassifiedCallout {
    fn from(new: NewCallout) -> Self {
        Self { new, class: None }
    }
}

/// How a callout can be classified, for [`NewCallout::classification`]: by an id of AURA's, or by a [`CalloutClass`].
pub trait Classify: sealed::Sealed {
    /// The callout that is classified so.
    type Callout;

    #[doc(hidden)]
    fn classify(self, new: NewCallout) -> Self::Callout;
}

impl Classify for ClassificationId {
    type Callout = NewCallout;

    fn classify(self, new: NewCallout) -> NewCallout {
        new.classified(Some(self))
    }
}

impl Classify for u64 {
    type Callout = NewCallout;

    fn classify(self, new: NewCallout) -> NewCallout {
        new.classified(Some(self.into()))
    }
}

impl Classify for CalloutClass {
    type Callout = ClassifiedCallout;

    fn classify(self, new: NewCallout) -> ClassifiedCallout {
        ClassifiedCallout { new: new.classified(None), class: Some(self) }
    }
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for crate::ids::ClassificationId {}
    impl Sealed for u64 {}
    impl Sealed for crate::classifications::CalloutClass {}
}
