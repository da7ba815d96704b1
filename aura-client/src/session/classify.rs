use crate::{Aura, CalloutClass, ClassificationList, NewCallout, ids::ClassificationId};
use care_client_core::{Error, RetryPolicy};
use std::{sync::PoisonError, time::Duration};

/// A lookup that hangs must not hold back a call for help for longer than this.
const LOOKUP_LIMIT: Duration = Duration::from_secs(3);

impl Aura {
    /// Puts AURA's id in the place of a classification that is given by name.
    ///
    /// A failed lookup never holds back a real callout: the id is optional, so it goes without. A test that can't be marked as
    /// one is not sent, for it would send a responder to nobody.
    pub(super) async fn classified(&self, new: NewCallout) -> Result<NewCallout, Error> {
        match new.class() {
            None | Some(CalloutClass::Id(_)) => Ok(new),
            // It is refused for what it is, without a request.
            Some(CalloutClass::Real) if self.shared.test_mode.is_some() => Ok(new.classified(None)),
            Some(CalloutClass::Real) => {
                let id = self.class_id(ClassificationList::real).await.ok().flatten();
                Ok(new.classified(id))
            }
            Some(CalloutClass::Test) => {
                if let Some(id) = self.shared.test_mode {
                    return Ok(new.classified(Some(id)));
                }
                const NOT_SENT: &str = "AURA's classification TEST could not be looked up, so the test was not sent: it would have \
                                        called a responder. Try again, or give the id";
                match self.class_id(ClassificationList::test).await {
                    Ok(Some(id)) => Ok(new.classified(Some(id))),
                    Ok(None) => Err(Error::request(NOT_SENT)),
                    Err(why) => Err(Error::request(NOT_SENT).with_source(why)),
                }
            }
        }
    }

    /// Lets the next callout look the classifications up anew.
    pub(super) fn forget_classifications(&self) {
        *self.shared.classifications.lock().unwrap_or_else(PoisonError::into_inner) = ClassificationList::default();
    }

    async fn class_id(
        &self,
        find: fn(&ClassificationList) -> Option<ClassificationId>,
    ) -> Result<Option<ClassificationId>, Error> {
        let kept = || self.shared.classifications.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(id) = find(&kept()) {
            return Ok(Some(id));
        }
        let lookup = self.classifications().list().with_timeout(LOOKUP_LIMIT).with_retry(RetryPolicy::never());
        let list = lookup.await?;
        let id = find(&list);
        *kept() = list;
        Ok(id)
    }
}
