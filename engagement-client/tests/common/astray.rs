use super::{Step, secs};

pub(crate) const HTML: &str = "<!doctype html><html/>";

/// What can go astray with a request that must be sent once, so that no answer tells what came of it; and whether the service
/// has dealt with it.
pub(crate) fn astray() -> Vec<(Step, bool)> {
    vec![
        (Step::Lost, false),
        (Step::Silence, false),
        (Step::Answer(500, ""), false),
        (Step::Answer(503, "{}"), false),
        (Step::RetryAfter(503, 1), false),
        (Step::Answer(200, HTML), false),
        (Step::Answer(302, ""), false),
        (Step::AnswerLost, true),
        (Step::Cut, true),
        (Step::After(secs(20)), true),
        (Step::edited(|answer| answer.body = HTML.into()), true),
        (Step::edited(|answer| answer.body = "\u{0}garbage".into()), true),
        (Step::edited(|answer| answer.body = "{}".into()), true),
        (Step::edited(|answer| answer.status = 500.try_into().unwrap()), true),
        (Step::edited(|answer| answer.status = 502.try_into().unwrap()), true),
        (Step::edited(|answer| answer.status = 503.try_into().unwrap()), true),
        (Step::edited(|answer| answer.status = 504.try_into().unwrap()), true),
    ]
}

/// A look that shows nothing.
pub(crate) fn blind() -> Vec<Step> {
    vec![Step::Answer(403, "{}"), Step::Answer(400, "{}"), Step::Answer(200, HTML), Step::Answer(200, "{}")]
}
