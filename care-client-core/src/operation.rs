use crate::{
    error::{DecodeError, Error},
    request::RequestParts,
    response::RawResponse,
};
use std::{borrow::Cow, fmt, future::Future, pin::Pin};

/// What repeating an operation would do on the server.
///
/// Every operation declares its safety, and the safety alone decides whether a call is repeated after a failure:
/// never the HTTP method, which vendors use as they like.
///
/// | | after a failure that proves nothing happened | after a failure that proves nothing |
/// |---|---|---|
/// | [`Read`](Safety::Read), [`Idempotent`](Safety::Idempotent) | repeated | repeated |
/// | [`Once`](Safety::Once) | repeated | **not** repeated; the error's outcome is [`Unknown`](crate::Outcome::Unknown) |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Safety {
    /// Changes nothing on the server.
    Read,
    /// Changes something, and leaves the same state behind when it is done twice.
    Idempotent,
    /// Does its work anew each time: a second ambulance, a second message.
    Once,
}

impl fmt::Display for Safety {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Idempotent => "idempotent",
            Self::Once => "once",
        })
    }
}

/// The fixed facts of one operation of a service: a constant that stands beside its endpoint.
///
/// ```
/// use care_client_core::{Operation, Safety};
///
/// const GET: Operation =
///     Operation::new("aura.callouts.get", "/callouts/{calloutId}", Safety::Read, "https://docs.aura.services");
/// assert_eq!(GET.name(), "aura.callouts.get");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    name: &'static str,
    path: &'static str,
    safety: Safety,
    document: &'static str,
}

impl Operation {
    /// Makes the facts of an operation: its dotted name, its path as the vendor writes it (placeholders in braces),
    /// what a repeat would do, and the address of the vendor's page.
    #[must_use]
    pub const fn new(name: &'static str, path: &'static str, safety: Safety, document: &'static str) -> Self {
        Self { name, path, safety, document }
    }

    /// The name used in errors, spans and journals, such as `aura.callouts.create`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The path as a template, such as `/callouts/{calloutId}`: safe to log, since it holds no ids.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// What a repeat would do, unless the call says otherwise.
    #[must_use]
    pub const fn safety(&self) -> Safety {
        self.safety
    }

    /// The address of the vendor's page that documents the operation.
    #[must_use]
    pub const fn document(&self) -> &'static str {
        self.document
    }
}

/// A future on the heap, as object-safe asynchronous traits return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One operation of a service as a plain value: what to send, and how to read the answer. No I/O.
///
/// The service crates implement it for their operations; implement it yourself for an operation that a crate lacks, and send
/// it through the same credentials, errors and rules with [`Pipeline::call`](crate::Pipeline::call).
///
/// ```
/// use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
///
/// struct DeleteNote(u64);
///
/// impl Endpoint for DeleteNote {
///     type Output = ();
///     const OPERATION: &'static Operation =
///         &Operation::new("notes.delete", "/notes/{id}", Safety::Idempotent, "https://notes.example.com/api");
///
///     fn parts(&self) -> Result<RequestParts, Error> {
///         Ok(RequestParts::new(http::Method::DELETE, ["notes".to_owned(), self.0.to_string()]))
///     }
///     fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
///         response.accepted()
///     }
///     // The first attempt may have deleted it before its answer was lost: then "not found" is the wanted state.
///     fn settle(&self, refusal: &RawResponse) -> Option<()> {
///         (refusal.status == http::StatusCode::NOT_FOUND).then_some(())
///     }
/// }
/// ```
pub trait Endpoint: Send + Sync + 'static {
    /// What the operation answers.
    type Output: Send;

    /// Name, path template, safety and vendor page.
    const OPERATION: &'static Operation;

    /// What to send.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request), made with [`Error::request`], if the input can't be sent as it is.
    fn parts(&self) -> Result<RequestParts, Error>;

    /// Reads an answer with a 2xx status.
    ///
    /// # Errors
    ///
    /// [`DecodeError::unreadable`], [`DecodeError::foreign`] or [`DecodeError::refused`]: they decide the error's outcome.
    fn decode(&self, response: &RawResponse) -> Result<Self::Output, DecodeError>;

    /// Asked only when a repeat after an attempt of unknown outcome is refused: does this refusal prove that the wanted
    /// state is there? `None`, the default, says that it proves nothing.
    fn settle(&self, _refusal: &RawResponse) -> Option<Self::Output> {
        None
    }

    /// Asked when the call fails with this answer: what its status means here, and what to do. It stands at the end of the
    /// error's text, so it must hold no value that was sent or received. `None`, the default, adds nothing.
    fn hint(&self, _refusal: &RawResponse) -> Option<Cow<'static, str>> {
        None
    }
}

/// Any request below the client's base, answered as it came: for operations that no crate has yet.
///
/// It counts as [`Safety::Once`] unless the call says otherwise by [`Call::with_safety`](crate::Call::with_safety).
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
