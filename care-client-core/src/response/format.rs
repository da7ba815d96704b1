//! What a service's answers look like, to tell them from those of a gateway or proxy that stands in front of it.

use super::look::{Look, look};

/// The format of a service's answers, for [`PipelineBuilder::answers`](crate::PipelineBuilder::answers).
///
/// | format | services | media types of their own answers | never their own |
/// |---|---|---|---|
/// | `Json` | AURA, CareMessenger, Engage, Newfies | `…/json`, `…+json`, `text/plain`, none | HTML, XML, UTF-16 |
/// | `Xml` | LEAP | `…/xml`, `…+xml` but for XHTML, `text/plain`, none | HTML, JSON |
///
/// No document of AURA or LEAP shows a media type, so one that is missing proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum AnswerFormat {
    /// JSON in UTF-8.
    #[default]
    Json,
    /// XML.
    Xml,
}

impl AnswerFormat {
    /// Whether the service's own answers can have this media type, in small letters and without parameters.
    pub(crate) fn has(self, media_type: Option<String>) -> bool {
        let Some(media_type) = media_type else { return true };
        let is_of = |name: &str| {
            media_type == "text/plain" || media_type.strip_suffix(name).is_some_and(|rest| rest.ends_with(['/', '+']))
        };
        match self {
            Self::Json => is_of("json"),
            Self::Xml => is_of("xml") && media_type != "application/xhtml+xml",
        }
    }

    /// Whether somebody else than the service has written an answer of this media type with this body.
    pub(crate) fn is_foreign(self, media_type: Option<String>, body: &[u8]) -> bool {
        if !self.has(media_type) {
            return true;
        }
        match (self, look(body)) {
            (_, Look::Html | Look::Compressed) | (Self::Json, Look::Markup | Look::Wide) | (Self::Xml, Look::Json) => {
                true
            }
            (_, Look::Empty | Look::Text) | (Self::Json, Look::Json) | (Self::Xml, Look::Markup | Look::Wide) => false,
        }
    }
}
