//! An endpoint: one operation of a service as a plain value. Calls, retries and errors are built on it, and know no
//! service.

use crate::{
    error::{DecodeError, Error},
    operation::{Operation, Safety},
    request::RequestParts,
    response::RawResponse,
};
use std::{borrow::Cow, future::Future, pin::Pin};

/// A future on the heap, as object-safe asynchronous traits return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One operation of a service as a plain value: what to send, and how to read the answer. No I/O.
///
/// The service crates implement it for their operations; implement it yourself for an operation that a crate lacks,
/// and send it through the same credentials, errors and rules with [`Pipeline::call`](crate::Pipeline::call).
///
/// ```
/// use care_client_core::{
///     DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety,
/// };
///
/// struct DeleteNote(u64);
///
/// impl Endpoint for DeleteNote {
///     type Output = ();
///     const OPERATION: &'static Operation = &Operation::new(
///         "notes.delete",
///         "/notes/{id}",
///         Safety::Idempotent,
///         "https://notes.example.com/api",
///     );
///
///     fn parts(&self) -> Result<RequestParts, Error> {
///         Ok(RequestParts::delete(["notes".to_owned(), self.0.to_string()]))
///     }
///     fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
///         response.accepted()
///     }
///     // The first attempt may have deleted it before its answer was lost.
///     fn settle(&self, refusal: &RawResponse) -> Option<()> {
///         (refusal.status == http::StatusCode::NOT_FOUND).then_some(())
///     }
/// }
/// ```
pub trait Endpoint: Send + Sync + 'static {
    /// The value that is read from the answer.
    type Output: Send;

    /// Name, path template, safety and vendor page.
    const OPERATION: &'static Operation;

    /// Returns what to send.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request), made with [`Error::request`], if the input can't be sent as it is.
    fn parts(&self) -> Result<RequestParts, Error>;

    /// Reads an answer with a 2xx status.
    ///
    /// # Errors
    ///
    /// [`DecodeError::unreadable`], [`DecodeError::foreign`] or [`DecodeError::refused`]: they decide the error's
    /// outcome.
    fn decode(&self, response: &RawResponse) -> Result<Self::Output, DecodeError>;

    /// Called only when a repeat after an attempt of unknown outcome is refused: returns the output if this refusal
    /// proves that the wanted state is reached. Default: `None`, it proves nothing.
    fn settle(&self, _refusal: &RawResponse) -> Option<Self::Output> {
        None
    }

    /// Called when the call fails with this answer: returns what its status means here and what to do. It is shown at
    /// the end of the error's text, so it must hold no value that was sent or received. Default: `None`.
    fn hint(&self, _refusal: &RawResponse) -> Option<Cow<'static, str>> {
        None
    }
}

/// Any request below the client's base, with the answer as it came: for operations that no crate has yet.
///
/// It counts as [`Safety::Once`] unless [`Call::with_safety`](crate::Call::with_safety) says otherwise.
impl Endpoint for RequestParts {
    type Output = RawResponse;

    const OPERATION: &'static Operation = &Operation::new("raw", "", Safety::Once, "");

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(self.clone())
    }

    fn decode(&self, response: &RawResponse) -> Result<RawResponse, DecodeError> {
        Ok(response.clone())
    }
}
