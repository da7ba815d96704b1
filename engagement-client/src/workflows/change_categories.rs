use super::{Refusal, look::Looks, runs};
use crate::{
    CategoryId, Intervention, InterventionId,
    interventions::{CategorizeIntervention, GetIntervention},
};
use care_client_core::{Endpoint, Error, Outcome, Pipeline};

/// How often categories are written before it is given up against somebody who writes them as well.
const ROUNDS: usize = 3;

/// Changes some categories of an intervention and keeps the others. Made by
/// [`Interventions::add_categories`](crate::Interventions::add_categories) and
/// [`Interventions::remove_categories`](crate::Interventions::remove_categories), to which both kinds of changes can be added;
/// does nothing before it is awaited.
///
/// The service only knows how to put a whole list in place of another (defect [`ENG-19`](crate::defects)). So this reads the
/// list, changes it, writes it, and reads again whether it is there; up to three times if it isn't. If that reading fails, the
/// answer to the writing counts. If nothing is to change, nothing is written. **Between reading and writing, what somebody else
/// adds is lost unseen**: the service has no way to notice that.
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
/// // From the robot to the people, whatever other categories there are.
/// let change = engagement.interventions().add_categories(&id, [agent]).and_remove([bot]).await?;
/// assert!(matches!(change, Recategorized::Changed(now) if now.category_ids == Some(vec![agent.into()])));
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// [`Kind::Request`](crate::Kind::Request) if no category is named, or one both comes and goes; those of
/// [`get`](crate::Interventions::get) before anything is written, otherwise those of
/// [`categorize`](crate::Interventions::categorize). [`Kind::Decode`](crate::Kind::Decode) if the first answer doesn't say what
/// categories there are, and nothing is written then; with [`Refusal::NotTaken`] as source if the answer to the writing doesn't
/// show what was written, and with [`Refusal::Overwritten`] if it does, and no reading afterwards in three rounds.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct ChangeCategories {
    looks: Looks,
    add: Vec<CategoryId>,
    remove: Vec<CategoryId>,
}

/// What [`ChangeCategories`] did.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Recategorized {
    /// The categories were written, and are there.
    Changed(Intervention),
    /// They were so before: nothing was written.
    Unchanged(Intervention),
}

impl ChangeCategories {
    pub(super) fn new(pipeline: Pipeline, id: InterventionId) -> Self {
        Self { looks: Looks { pipeline, id }, add: Vec::new(), remove: Vec::new() }
    }

    /// Adds these categories as well.
    pub fn and_add<I>(mut self, categories: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<CategoryId>,
    {
        self.add.extend(categories.into_iter().map(Into::into));
        self
    }

    /// Takes these categories away as well.
    pub fn and_remove<I>(mut self, categories: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<CategoryId>,
    {
        self.remove.extend(categories.into_iter().map(Into::into));
        self
    }

    async fn run(self) -> Result<Recategorized, Error> {
        self.check().map_err(|error| error.in_operation(CategorizeIntervention::OPERATION))?;
        let before = self.looks.read().await?;
        let mut wanted = match self.changed(&before)? {
            Some(wanted) => wanted,
            None => return Ok(Recategorized::Unchanged(before)),
        };
        let mut round = 0;
        loop {
            round += 1;
            let (taken, failure) = match self.looks.pipeline.call(self.written(wanted)).await {
                Ok(answer) => match self.changed(&answer) {
                    Ok(None) => (Some(answer), not_shown(Refusal::Overwritten)),
                    Ok(Some(_)) | Err(_) => (None, not_shown(Refusal::NotTaken)),
                },
                Err(failure) if failure.outcome() >= Outcome::Unknown => (None, failure),
                Err(failure) => return Err(failure),
            };
            let now = self.looks.read().await.ok();
            wanted = match now.and_then(|now| Some((self.changed(&now).ok()?, now))) {
                Some((None, now)) => return Ok(Recategorized::Changed(now)),
                Some((Some(wanted), _)) if round < ROUNDS => wanted,
                Some(_) => return Err(failure),
                None => return taken.map(Recategorized::Changed).ok_or(failure),
            };
        }
    }

    fn check(&self) -> Result<(), Error> {
        if self.add.is_empty() && self.remove.is_empty() {
            return Err(Error::request("no category is named: nothing is to change"));
        }
        if self.add.iter().any(|category| self.remove.contains(category)) {
            return Err(Error::request("one category is to be added and taken away at once"));
        }
        self.add.iter().chain(&self.remove).try_for_each(|category| category.check("a category"))
    }

    /// The whole list as it should be, unless it is so.
    fn changed(&self, seen: &Intervention) -> Result<Option<Vec<CategoryId>>, Error> {
        let Some(now) = &seen.category_ids else {
            // To write would take away what there may be.
            return Err(Error::decode("the answer doesn't say what categories there are")
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

    fn written(&self, wanted: Vec<CategoryId>) -> CategorizeIntervention {
        let id = self.looks.id.clone();
        // ENG-11: whether that empties the list is seen afterwards.
        if wanted.is_empty() { CategorizeIntervention::clear(id) } else { CategorizeIntervention::new(id, wanted) }
    }
}

/// The error of categories that the service says it wrote.
fn not_shown(why: Refusal) -> Error {
    Error::decode("the categories were written, and don't show")
        .with_source(why)
        .in_operation(CategorizeIntervention::OPERATION)
}

runs! { ChangeCategories => Recategorized }
