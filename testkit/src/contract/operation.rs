//! A row of the table.

use super::{Answer, Answered, ExpectedRequest, StatusMeaning, exchange::Prepared};
use care_client_core::{BoxFuture, Call, Endpoint, Error, Response, Safety};
use serde_json::Value;
use std::fmt::{self, Debug};
use wiremock::MockServer;

/// One row: a documented operation, in one of its documented forms.
#[must_use = "put it into the table"]
pub struct Operation<C> {
    name: &'static str,
    case: &'static str,
    safety: Safety,
    request: ExpectedRequest,
    answer: Answer,
    reads_answer: bool,
    needs: Option<&'static str>,
    credentials: Option<MountCredentials>,
    documented: Box<dyn Fn(C) -> Prepared>,
    marked: Option<Box<dyn Fn(C) -> Prepared>>,
}

/// Mounts the answers of the operation that gives out credentials.
type MountCredentials = for<'s> fn(&'s MockServer) -> BoxFuture<'s, ()>;

impl<C> Debug for Operation<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation").field("case", &self.case).field("request", &self.request).finish_non_exhaustive()
    }
}

impl<C> Operation<C> {
    fn new(name: &'static str, safety: Safety) -> Self {
        Self {
            name,
            case: name,
            safety,
            request: ExpectedRequest::new(""),
            answer: Answer::empty(200),
            reads_answer: true,
            needs: None,
            credentials: None,
            documented: Box::new(move |_| panic!("{name} has no call")),
            marked: None,
        }
    }

    /// An operation of [`Safety::Read`] with this name.
    pub fn read(name: &'static str) -> Self {
        Self::new(name, Safety::Read)
    }

    /// An operation of [`Safety::Idempotent`] with this name.
    pub fn idempotent(name: &'static str) -> Self {
        Self::new(name, Safety::Idempotent)
    }

    /// An operation of [`Safety::Once`] with this name.
    pub fn once(name: &'static str) -> Self {
        Self::new(name, Safety::Once)
    }

    /// Sets what tells it from other rows of the same operation, such as `get by external id`. Default: the name.
    pub fn case(mut self, case: &'static str) -> Self {
        self.case = case;
        self
    }

    /// Sets method, path and query as they are sent, as in `GET /v1/things/a%2Fb?limit=1`.
    pub fn sends(mut self, line: impl Into<String>) -> Self {
        let line = line.into();
        assert!(line.contains(" /"), "{line} is no line of a request");
        self.request = ExpectedRequest::new(line);
        self
    }

    /// Sets the body that is sent, as JSON whose form doesn't matter. Comes after [`sends`](Self::sends).
    pub fn json(mut self, body: Value) -> Self {
        self.request = self.request.json(body);
        self
    }

    /// Sets the body that is sent, to the letter. Comes after [`sends`](Self::sends).
    pub fn text(mut self, content_type: &str, body: impl Into<String>) -> Self {
        self.request = self.request.text(content_type, body);
        self
    }

    /// Adds a header that it sends. Comes after [`sends`](Self::sends).
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// Sets the documented answer. Default: status 200 without a body.
    pub fn answers(mut self, answer: Answer) -> Self {
        self.answer = answer;
        self
    }

    /// Any answer of the service will do: nothing is read from it that the call needs.
    pub fn ignores_answer(mut self) -> Self {
        self.reads_answer = false;
        self
    }

    /// Sets what the error names where the client has no credentials for it, such as `user_token()`. Default: it needs
    /// none.
    pub fn needs(mut self, setter: &'static str) -> Self {
        self.needs = Some(setter);
        self
    }

    /// Its credentials are fetched and, after a 401, renewed once; `mount` mounts the answers to that.
    pub fn renews_credentials(mut self, mount: MountCredentials) -> Self {
        self.credentials = Some(mount);
        self
    }

    /// Names the defects that this row is the test of. They are read from the source.
    pub fn defects<const N: usize>(self, _ids: [&'static str; N]) -> Self {
        self
    }

    /// Sets the call that sends the documented request.
    pub fn call<E>(mut self, call: impl Fn(C) -> Call<E> + 'static) -> Self
    where
        E: Endpoint,
        E::Output: Debug + 'static,
    {
        self.documented = Box::new(move |client| Prepared::of(call(client)));
        self
    }

    /// The same for what isn't a [`Call`]: a future of the response.
    pub fn responds<T, F>(mut self, call: impl Fn(C) -> F + 'static) -> Self
    where
        T: Debug,
        F: Future<Output = Result<Response<T>, Error>> + Send + 'static,
    {
        self.documented = Box::new(move |client| Prepared::of_future(call(client)));
        self
    }

    /// Sets the same call with a [mark](crate::canary::MARKS) in all that it takes, for the canary tests. Default: the
    /// documented call.
    pub fn marked<E>(mut self, call: impl Fn(C) -> Call<E> + 'static) -> Self
    where
        E: Endpoint,
        E::Output: Debug + 'static,
    {
        self.marked = Some(Box::new(move |client| Prepared::of(call(client))));
        self
    }

    /// The same for what isn't a [`Call`].
    pub fn marked_responds<T, F>(mut self, call: impl Fn(C) -> F + 'static) -> Self
    where
        T: Debug,
        F: Future<Output = Result<Response<T>, Error>> + Send + 'static,
    {
        self.marked = Some(Box::new(move |client| Prepared::of_future(call(client))));
        self
    }

    /// The operation's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The last part of the operation's name.
    pub fn verb(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or_default()
    }

    /// What tells it from other rows.
    pub fn case_name(&self) -> &'static str {
        self.case
    }

    /// What a repeat would do.
    pub fn safety(&self) -> Safety {
        self.safety
    }

    /// The HTTP method.
    pub fn method(&self) -> &str {
        self.request.line().split(' ').next().unwrap_or_default()
    }

    /// The path as it is sent.
    pub fn path(&self) -> &str {
        self.request.line().split([' ', '?']).nth(1).unwrap_or_default()
    }

    /// The documented answer.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// Whether the call needs what stands in the answer.
    pub fn reads_answer(&self) -> bool {
        self.reads_answer
    }

    /// Whether its request has a body.
    pub fn has_body(&self) -> bool {
        self.request.has_body()
    }

    /// What the usual error statuses mean for it.
    pub fn meaning(&self) -> StatusMeaning {
        StatusMeaning { operation: self.name, safety: self.safety, renewable: self.credentials.is_some() }
    }

    /// Sends the documented call.
    ///
    /// # Errors
    ///
    /// The call's.
    pub async fn run(&self, client: C) -> Result<Answered, Error> {
        (self.documented)(client).sent.await
    }

    pub(super) fn prepared(&self, client: C) -> Prepared {
        (self.documented)(client)
    }

    pub(super) fn prepared_with_marks(&self, client: C) -> Prepared {
        self.marked.as_ref().unwrap_or(&self.documented)(client)
    }

    /// The documented request.
    pub fn expected(&self) -> ExpectedRequest {
        self.request.clone()
    }

    pub(super) fn missing_credentials(&self) -> Option<&'static str> {
        self.needs
    }

    pub(super) async fn mount_credentials(&self, server: &MockServer) {
        if let Some(mount) = self.credentials {
            mount(server).await;
        }
    }
}
