//! A callout to be created, and the person in it.

use super::{Classify, Fix};
use crate::ids::{ClassificationId, ResponseTypeId};
use care_client_core::Personal;
use serde::{Deserialize, Serialize};

/// A callout to be created, by [`Callouts::create`](super::Callouts::create) or [`Aura::raise`](crate::Aura::raise).
///
/// Three independent switches:
///
/// | switch | effect |
/// |---|---|
/// | [`classification`](Self::classification) `TEST` | nobody is dispatched before a controller has verified it |
/// | [`response_type`](Self::response_type) Demo | demo vehicles of your own are called |
/// | [`internal_test`](Self::internal_test) | goes with the Demo response type in a demo on production |
///
/// ```
/// use aura_client::{CalloutClass, Fix, NewCallout, NewCustomer};
///
/// let customer = NewCustomer::new("Alex", "Example", "+12025550103").vehicle_colour("Red");
/// let here = Fix::new(-26.100054, 28.051).accuracy(50.0);
/// let new = NewCallout::new(customer, here).classification(CalloutClass::Test);
/// ```
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Creating a Callout" and "Demo on Production
/// Environment", <https://docs.aura.services/integration-guidelines.html>.
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use = "give it to aura.callouts().create(..) or aura.raise(..)"]
pub struct NewCallout {
    pub(super) customer: Option<NewCustomer>,
    pub(super) location: Option<Fix>,
    pub(super) class: Option<ClassificationId>,
    pub(super) response_type: Option<ResponseTypeId>,
    pub(super) internal_test: bool,
    label: Option<Box<str>>,
    /// The only classification that the client lets through.
    pub(super) only: Option<ClassificationId>,
}

/// The body of the request, as the guide's example means it; a key there lacks its quotes (defect AURA-02).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) callout_classification_id: Option<ClassificationId>,
    pub(super) customer: &'a NewCustomer,
    pub(super) callout_location: &'a Fix,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) response_type_id: Option<ResponseTypeId>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) internal_test: bool,
}

impl NewCallout {
    /// Creates a callout for a person at a place, whatever its accuracy: a poor position is better than none (defect
    /// [`AURA-15`](crate::defects)).
    pub fn new(customer: NewCustomer, location: Fix) -> Self {
        Self { customer: Some(customer), location: Some(location), ..Self::default() }
    }

    /// Begins a demonstration on production: sets AURA's Demo response type, whose id AURA tells you, **and**
    /// [`internal_test`](Self::internal_test), as the guide asks for. Set [`customer`](Self::customer) and
    /// [`location`](Self::location) too.
    pub fn demo(response_type: impl Into<ResponseTypeId>) -> Self {
        Self::default().response_type(response_type).internal_test()
    }

    /// Sets the person who needs help.
    pub fn customer(mut self, customer: NewCustomer) -> Self {
        self.customer = Some(customer);
        self
    }

    /// Sets where the person is.
    pub fn location(mut self, fix: Fix) -> Self {
        self.location = Some(fix);
        self
    }

    /// Sets which vehicles are called. Default: AURA's own, which is Security unless AURA arranged another with you.
    /// The ids aren't documented (defect [`AURA-35`](crate::defects)): AURA tells them.
    pub fn response_type(mut self, id: impl Into<ResponseTypeId>) -> Self {
        self.response_type = Some(id.into());
        self
    }

    /// Sets whether it is real or a test. By AURA's id, the callout can be created or raised; by a
    /// [`CalloutClass`](crate::CalloutClass) it becomes a [`ClassifiedCallout`](crate::ClassifiedCallout), which
    /// [`Aura::raise`](crate::Aura::raise) alone takes, since the id has to be looked up. Default: none is sent.
    ///
    /// ```compile_fail,E0277
    /// # fn create(aura: &aura_client::Aura, new: aura_client::NewCallout) {
    /// // By a name, one request can't create it:
    /// aura.callouts().create(new.classification(aura_client::CalloutClass::Test));
    /// # }
    /// ```
    pub fn classification<C: Classify>(self, class: C) -> C::Callout {
        class.classify(self)
    }

    /// Marks it as an internal test. A demo on production needs this and the Demo response type.
    pub fn internal_test(mut self) -> Self {
        self.internal_test = true;
        self
    }

    /// Sets your own label for whose callout it is, such as your user's id. It isn't sent: it is saved in the
    /// [`SessionState`](crate::SessionState), to find the right user's client after a restart.
    pub fn label(mut self, label: impl Into<Box<str>>) -> Self {
        self.label = Some(label.into());
        self
    }

    pub(crate) fn own_label(&self) -> Option<Box<str>> {
        self.label.clone()
    }

    /// Replaces the classification by an id, or removes it.
    pub(crate) fn classified(mut self, id: Option<ClassificationId>) -> Self {
        self.class = id;
        self
    }

    /// Lets only callouts of this classification through.
    pub(crate) fn guarded(mut self, only: Option<ClassificationId>) -> Self {
        self.only = only;
        self
    }
}

/// The person who needs help, as a new callout names them. All of it is personal data, redacted in `Debug`.
///
/// The guide shows these fields and doesn't say which of them are required (defect [`AURA-48`](crate::defects)); the
/// name and the phone number are what a controller needs to reach the person.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Creating a Callout",
/// <https://docs.aura.services/integration-guidelines.html>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewCustomer {
    name: Personal<String>,
    surname: Personal<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<Personal<String>>,
    mobile: Personal<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gender: Option<Personal<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vehicle_make: Option<Personal<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vehicle_model: Option<Personal<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vehicle_colour: Option<Personal<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vehicle_license_plate: Option<Personal<String>>,
}

impl NewCustomer {
    /// Creates a person from first name, surname and phone number, preferably in international form, such as
    /// `+12025550103`.
    pub fn new(name: impl Into<String>, surname: impl Into<String>, mobile: impl Into<String>) -> Self {
        Self {
            name: Personal(name.into()),
            surname: Personal(surname.into()),
            email: None,
            mobile: Personal(mobile.into()),
            gender: None,
            vehicle_make: None,
            vehicle_model: None,
            vehicle_colour: None,
            vehicle_license_plate: None,
        }
    }

    /// Sets the mail address.
    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(Personal(email.into()));
        self
    }

    /// Sets the gender; free text, `Neutral` in the documented example.
    #[must_use]
    pub fn gender(mut self, gender: impl Into<String>) -> Self {
        self.gender = Some(Personal(gender.into()));
        self
    }

    /// Sets the make of the person's vehicle, by which a responder recognises it.
    #[must_use]
    pub fn vehicle_make(mut self, make: impl Into<String>) -> Self {
        self.vehicle_make = Some(Personal(make.into()));
        self
    }

    /// Sets the model of the vehicle.
    #[must_use]
    pub fn vehicle_model(mut self, model: impl Into<String>) -> Self {
        self.vehicle_model = Some(Personal(model.into()));
        self
    }

    /// Sets the colour of the vehicle.
    #[must_use]
    pub fn vehicle_colour(mut self, colour: impl Into<String>) -> Self {
        self.vehicle_colour = Some(Personal(colour.into()));
        self
    }

    /// Sets the licence plate of the vehicle.
    #[must_use]
    pub fn vehicle_license_plate(mut self, plate: impl Into<String>) -> Self {
        self.vehicle_license_plate = Some(Personal(plate.into()));
        self
    }
}
