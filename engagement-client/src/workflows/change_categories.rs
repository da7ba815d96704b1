//! Adds and removes single categories on top of an API that only replaces whole lists: read, change, write, verify.

use crate::{
    ids::{CategoryId, InterventionId, ObjectId as _},
    interventions::{CategorizeIntervention, GetIntervention, Intervention},
    workflows::{readback::Readback, result::WorkflowFailure},
};
use care_client_core::{Endpoint, Error, Outcome, Pipeline, workflow::impl_into_future};

/// How many times the list is written if somebody else keeps overwriting it.
const ROUNDS: usize = 3;

/// Adds and removes categories of an intervention and keeps the others. Returned by
/// [`Interventions::add_categories`](crate::Interventions::add_categories) and
/// [`Interventions::remove_categories`](crate::Interventions::remove_categories).
///
/// The service can only replace the whole list (defect [`ENG-19`](crate::defects)). So this reads the list, changes it,
/// writes it, and reads again to verify; if the change isn't there, it starts over, up to three times. If the verifying
/// read fails, the answer to the write counts. If there is nothing to change, nothing is written. **A category that
/// somebody else adds between read and write is lost without notice**: the service has no way to detect that.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
/// #     .access_token(emulator.access_token()).build()?;
/// # let id = emulator.controller().open_new();
/// # let (bot, agent) = ("5d10aa0be4b0a20001c0de01", "5d10aa0be4b0a20001c0de02");
/// # emulator.controller().categorize(&id, [bot])?;
/// use engagement_client::Recategorized;
///
/// // From the bot to the agents; other categories stay.
/// let interventions = engagement.interventions();
/// let change = interventions.add_categories(&id, [agent]).with_removed([bot]).await?;
/// let Recategorized::Changed(now) = change else { return Err("unchanged".into()) };
/// assert_eq!(now.category_ids, Some(vec![agent.into()]));
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// - [`Kind::Request`](crate::Kind::Request) if no category is given, or one is both added and removed.
/// - Those of [`get`](crate::Interventions::get) before anything is written, otherwise those of
///   [`categorize`](crate::Interventions::categorize).
/// - [`Kind::Decode`](crate::Kind::Decode) if the first answer doesn't say which categories there are; nothing is
///   written then.
/// - [`Kind::Decode`](crate::Kind::Decode) with [`WorkflowFailure::CategoriesIgnored`] as source if the answer to a
///   write doesn't show what was written, and with [`WorkflowFailure::CategoriesOverwritten`] if the answers do but no
///   read afterwards does, three times.
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
pub struct ChangeCategories {
    readback: Readback,
    add: Vec<CategoryId>,
    remove: Vec<CategoryId>,
}

/// The result of [`ChangeCategories`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Recategorized {
    /// The categories were written and are confirmed.
    Changed(Intervention),
    /// There was nothing to change, and nothing was written.
    Unchanged(Intervention),
}

impl ChangeCategories {
    pub(super) fn new(pipeline: Pipeline, id: InterventionId) -> Self {
        Self { readback: Readback { pipeline, id }, add: Vec::new(), remove: Vec::new() }
    }

    /// Also adds these categories.
    pub fn with_added<I>(mut self, categories: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<CategoryId>,
    {
        self.add.extend(categories.into_iter().map(Into::into));
        self
    }

    /// Also removes these categories.
    pub fn with_removed<I>(mut self, categories: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<CategoryId>,
    {
        self.remove.extend(categories.into_iter().map(Into::into));
        self
    }

    async fn run(self) -> Result<Recategorized, Error> {
        self.check().map_err(|error| error.in_operation(CategorizeIntervention::OPERATION))?;
        let before = self.readback.read().await.map_err(Error::after_reads)?;
        let mut wanted = match self.changed(&before).map_err(Error::after_reads)? {
            Some(wanted) => wanted,
            None => return Ok(Recategorized::Unchanged(before)),
        };
        let mut round = 0;
        loop {
            round += 1;
            let (written, failure) = match self.readback.pipeline.call(self.write(wanted)).await {
                Ok(answer) => match self.changed(&answer) {
                    Ok(None) => (Some(answer), not_shown(WorkflowFailure::CategoriesOverwritten)),
                    Ok(Some(_)) | Err(_) => (None, not_shown(WorkflowFailure::CategoriesIgnored)),
                },
                Err(failure) if failure.outcome() >= Outcome::Unknown => (None, failure),
                Err(failure) => return Err(failure),
            };
            let now = self.readback.read().await.ok();
            wanted = match now.and_then(|now| Some((self.changed(&now).ok()?, now))) {
                Some((None, now)) => return Ok(Recategorized::Changed(now)),
                Some((Some(wanted), _)) if round < ROUNDS => wanted,
                Some(_) => return Err(failure),
                None => return written.map(Recategorized::Changed).ok_or(failure),
            };
        }
    }

    fn check(&self) -> Result<(), Error> {
        if self.add.is_empty() && self.remove.is_empty() {
            return Err(Error::request("no category given: nothing to change"));
        }
        if self.add.iter().any(|category| self.remove.contains(category)) {
            return Err(Error::request("a category is both added and removed"));
        }
        self.add.iter().chain(&self.remove).try_for_each(|category| category.check("a category"))
    }

    /// The whole list as it should be; `None` if it already is.
    fn changed(&self, seen: &Intervention) -> Result<Option<Vec<CategoryId>>, Error> {
        let Some(now) = &seen.category_ids else {
            // Writing could remove categories that exist.
            return Err(Error::decode("the answer doesn't say which categories the intervention has")
                .in_operation(GetIntervention::OPERATION));
        };
        let missing = self.add.iter().filter(|category| !now.contains(category));
        let mut wanted: Vec<_> = now.iter().filter(|category| !self.remove.contains(category)).cloned().collect();
        let kept = wanted.len();
        for category in missing {
            if !wanted.contains(category) {
                wanted.push(category.clone());
            }
        }
        Ok((kept < now.len() || wanted.len() > kept).then_some(wanted))
    }

    fn write(&self, wanted: Vec<CategoryId>) -> CategorizeIntervention {
        let id = self.readback.id.clone();
        // ENG-11: the read afterwards shows whether that empties the list.
        if wanted.is_empty() { CategorizeIntervention::clear(id) } else { CategorizeIntervention::new(id, wanted) }
    }
}

/// The error if the service answered that it wrote the categories but doesn't show them.
fn not_shown(reason: WorkflowFailure) -> Error {
    Error::decode("the categories were written but the service doesn't show them")
        .with_source(reason)
        .in_operation(CategorizeIntervention::OPERATION)
}

impl_into_future!(ChangeCategories => Recategorized);
