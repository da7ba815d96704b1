use care_client_core::StoreError;
use http::StatusCode;

/// Why a post is not acknowledged.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It is no post.
    Method,
    /// Its path ends in nobody's secret.
    Stranger,
    /// The body has more bytes than this.
    TooLong(usize),
    /// The body ended before it was whole.
    #[cfg_attr(not(feature = "axum"), expect(dead_code, reason = "without an adapter the body is there already"))]
    BrokenOff,
    /// The verifier says no.
    NotVerified,
    /// It could not be stored.
    NotStored(StoreError),
}

impl Refusal {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Stranger => StatusCode::NOT_FOUND,
            Self::TooLong(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotVerified => StatusCode::UNAUTHORIZED,
            Self::BrokenOff | Self::NotStored(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What somebody has to be told of it. Nothing of what strangers do; but a post with a secret may be a call for help.
    pub(super) fn into_failure(self) -> Option<StoreError> {
        match self {
            Self::Method | Self::Stranger => None,
            Self::TooLong(most) => {
                Some(format!("a post with a valid secret has more than {most} bytes: see max_body()").into())
            }
            Self::BrokenOff => Some("the body of a post with a valid secret broke off".into()),
            Self::NotVerified => Some("the verifier refused a post with a valid secret".into()),
            Self::NotStored(error) => Some(error),
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::NotStored(error)
    }
}
