//! What becomes of one request on its way to the server or back.

use super::{Reply, Route, Sent};
use care_client_core::{RawResponse, TransportError, TransportFailure};
use http::{HeaderValue, header::RETRY_AFTER};
use serde_json::Value;
use std::{fmt, future::pending, sync::Arc, time::Duration};
use tokio::{
    sync::Notify,
    time::{Instant, sleep},
};

/// What becomes of one request on its way to the server or back.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Step {
    /// It is answered by the server.
    Pass,
    /// It is answered with this status and body, and the server never hears of it.
    Answer(u16, &'static str),
    /// It is answered so, and the server never hears of it.
    Reply(RawResponse),
    /// It is answered with this status, `{}` and a `Retry-After` in seconds, and the server never hears of it.
    RetryAfter(u16, u64),
    /// No connection can be made.
    Refused,
    /// The connection breaks before the server hears of it.
    Lost,
    /// The server does it, and the connection breaks before the answer.
    AnswerLost,
    /// The server does it, and the connection breaks in the middle of the answer's body.
    Cut,
    /// Nothing comes until the attempt's limit, and the server never hears of it.
    Silence,
    /// The server's answer comes after a while, if the attempt's limit allows.
    After(Duration),
    /// The server's answer comes with a change: see [`json`](Self::json) and [`text`](Self::text).
    Edited(Edit),
    /// The test is told, and nothing ever comes; the server doesn't hear of it.
    HeldBefore(Signal),
    /// The server does it, the test is told, and the answer never comes.
    HeldAfter(Signal),
}

/// A change of an answer.
#[derive(Clone)]
pub struct Edit(Arc<dyn Fn(&mut RawResponse) + Send + Sync>);

impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Edit(..)")
    }
}

impl Step {
    /// The server's answer comes with a change of its JSON body.
    pub fn json(edit: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        Self::edited(move |answer| {
            let mut body = serde_json::from_slice(&answer.body).unwrap();
            edit(&mut body);
            answer.body = body.to_string().into();
        })
    }

    /// The server's answer comes with a change of its body's text.
    pub fn text(edit: impl Fn(&mut String) + Send + Sync + 'static) -> Self {
        Self::edited(move |answer| {
            let mut body = String::from_utf8(answer.body.to_vec()).unwrap();
            edit(&mut body);
            answer.body = body.into();
        })
    }

    /// The server's answer comes with any change.
    pub fn edited(edit: impl Fn(&mut RawResponse) + Send + Sync + 'static) -> Self {
        Self::Edited(Edit(Arc::new(edit)))
    }

    pub(super) async fn take(
        self,
        route: &Route,
        sent: Sent,
        deadline: Instant,
    ) -> Result<RawResponse, TransportError> {
        let lost = || Err(TransportError::Head(TransportFailure::broken("connection reset")));
        match self {
            Self::Pass => route.answer(sent, deadline).await,
            Self::Answer(status, body) => Ok((status, body).into_raw()),
            Self::Reply(answer) => Ok(answer),
            Self::RetryAfter(status, seconds) => {
                let mut answer = (status, "{}").into_raw();
                answer.headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
                Ok(answer)
            }
            Self::Refused => Err(TransportError::Connect(TransportFailure::broken("connection refused"))),
            Self::Lost => lost(),
            Self::AnswerLost => {
                let _ = route.answer(sent, deadline).await;
                lost()
            }
            Self::Cut => {
                let mut answer = route.answer(sent, deadline).await?;
                answer.body.truncate(answer.body.len() / 2);
                Err(TransportError::Body(Box::new(answer), TransportFailure::broken("connection reset")))
            }
            Self::Silence => pending().await,
            Self::After(wait) => {
                let answer = route.answer(sent, deadline).await;
                sleep(wait).await;
                answer
            }
            Self::Edited(Edit(edit)) => {
                let mut answer = route.answer(sent, deadline).await?;
                edit(&mut answer);
                Ok(answer)
            }
            Self::HeldBefore(signal) => signal.hold().await,
            Self::HeldAfter(signal) => {
                let _ = route.answer(sent, deadline).await;
                signal.hold().await
            }
        }
    }
}

/// Tells a test that a step was reached. Clones are the same signal.
#[derive(Debug, Clone, Default)]
pub struct Signal(Arc<Notify>);

impl Signal {
    /// Waits until the step is reached, or returns at once if it was.
    pub async fn reached(&self) {
        self.0.notified().await;
    }

    /// Tells the test, and never returns.
    pub async fn hold(&self) -> ! {
        self.0.notify_one();
        loop {
            std::future::pending::<()>().await;
        }
    }
}
