//! Who may post, and how much: what is decided from a request's head, before its body is read, and how a refusal is
//! answered.

use super::Receiver;
use crate::server::Peer;
use bytes::{Bytes, BytesMut};
use care_client_core::StoreError;
use http::{
    HeaderMap, HeaderValue, Method, Request, Response, StatusCode,
    header::{ALLOW, CONTENT_LENGTH},
    request::Parts,
};
use http_body::Body;
use http_body_util::BodyExt;
use std::{fmt::Display, pin::pin};

/// Why a request is not taken.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It isn't a POST.
    Method,
    /// It shows no valid secret.
    UnknownSender,
    /// The body has more bytes than this.
    TooLong(usize),
    /// The body could not be read to its end, and why.
    BrokenOff(String),
    /// The verifier refused it.
    NotVerified,
    /// It could not be stored.
    NotStored(StoreError),
}

impl Refusal {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::UnknownSender => StatusCode::NOT_FOUND,
            Self::TooLong(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotVerified => StatusCode::UNAUTHORIZED,
            Self::BrokenOff(_) | Self::NotStored(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The failure to report; requests without a valid secret are not reported.
    pub(super) fn into_failure(self) -> Option<StoreError> {
        match self {
            Self::Method | Self::UnknownSender => None,
            Self::TooLong(most) => Some(
                format!("a post with a valid secret has more than {most} bytes and was answered 413: see max_body()")
                    .into(),
            ),
            Self::BrokenOff(why) => Some(format!("the body of a post with a valid secret broke off: {why}").into()),
            Self::NotVerified => Some("the verifier refused a post with a valid secret, which was answered 401".into()),
            Self::NotStored(error) => Some(error),
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::NotStored(error)
    }
}

impl Receiver {
    /// The notifier that a request is for. The secret comes before the length: a refusal of a sender with a valid
    /// secret is reported.
    pub(super) fn admit(&self, head: &Parts, length: Option<u64>) -> Result<Box<str>, Refusal> {
        if head.method != Method::POST {
            return Err(Refusal::Method);
        }
        let shown = self.0.service.secret(head).ok_or(Refusal::UnknownSender)?;
        let notifier = self.0.secrets.notifier(shown).ok_or(Refusal::UnknownSender)?;
        if let Some(peer) = head.extensions.get::<Peer>() {
            peer.has_shown_a_secret();
        }
        if length.is_some_and(|length| length > self.0.max_body as u64) {
            return Err(Refusal::TooLong(self.0.max_body));
        }
        Ok(notifier)
    }

    /// Takes a request whose body is still to come. To be run in a task of its own: a sender that hangs up must not end
    /// it.
    pub(crate) async fn receive<B: Body<Data = Bytes, Error: Display>>(&self, request: Request<B>) -> Response<Bytes> {
        let (head, body) = request.into_parts();
        let notifier = match self.admit(&head, content_length(&head.headers)) {
            Ok(notifier) => notifier,
            Err(refusal) => return self.refuse(refusal, &head),
        };
        match read(body, self.0.max_body).await {
            Ok(body) => self.take_and_answer(notifier, head.headers, body).await,
            Err(refusal) => self.refuse(refusal, &head),
        }
    }

    /// The answer to what isn't taken; reports it if its sender has a valid secret.
    pub(super) fn refuse(&self, refusal: Refusal, head: &Parts) -> Response<Bytes> {
        if matches!(refusal, Refusal::Method)
            && let Some(answer) = self.0.service.handshake(head)
        {
            return answer;
        }
        self.fail(refusal)
    }

    pub(super) fn fail(&self, refusal: Refusal) -> Response<Bytes> {
        let answer = answer(refusal.status());
        if let Some(failure) = refusal.into_failure() {
            self.report(&failure);
        }
        answer
    }
}

/// Reads a body of at most so many bytes. A long body is told from one that broke off.
async fn read<B: Body<Data = Bytes, Error: Display>>(body: B, most: usize) -> Result<Bytes, Refusal> {
    let (mut body, mut read) = (pin!(body), BytesMut::new());
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Refusal::BrokenOff(error.to_string()))?;
        let Ok(chunk) = frame.into_data() else { continue };
        if chunk.len() > most - read.len() {
            return Err(Refusal::TooLong(most));
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read.freeze())
}

/// How long the body is, if its head says so.
fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

pub(super) fn answer(status: StatusCode) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::new());
    *answer.status_mut() = status;
    if status == StatusCode::METHOD_NOT_ALLOWED {
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
    }
    answer
}
