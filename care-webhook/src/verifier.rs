use bytes::Bytes;
use http::HeaderMap;

/// Checks who posted beyond the secret in the URL: a header that your proxy adds, or a signature, should CareMessenger ever have one
/// (defect [`CARE-29`](crate::defects)).
///
/// A function is one:
///
/// ```
/// # let sink = care_webhook::MemorySink::new();
/// use care_webhook::Receiver;
/// use http::HeaderMap;
///
/// let receiver = Receiver::builder(sink)
///     .notifier("duty desk", "3f9d2c51b7e04a68")
///     .verifier(|headers: &HeaderMap, _body: &[u8]| headers.contains_key("x-from-our-proxy"))
///     .build()?;
/// # Ok::<(), caremessenger_client::Error>(())
/// ```
pub trait Verifier: Send + Sync {
    /// Whether the post is CareMessenger's, by its headers and the bytes of its body. If it isn't, the answer is 401 and nothing is
    /// stored: a mistake here loses calls for help. One that panics is answered 503.
    fn verify(&self, headers: &HeaderMap, body: &Bytes) -> bool;
}

impl<F: Fn(&HeaderMap, &[u8]) -> bool + Send + Sync> Verifier for F {
    fn verify(&self, headers: &HeaderMap, body: &Bytes) -> bool {
        self(headers, body)
    }
}
