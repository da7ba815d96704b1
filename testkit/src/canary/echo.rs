use serde_json::json;
use wiremock::{Request, Respond, ResponseTemplate};

/// Answers with all that it was sent: the header with the credentials, the body and the address.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Echo {
    /// A status with a JSON object that has it as `message` and as `error`.
    Message(u16),
    /// A status with plain text.
    Plain(u16),
    /// A status with a page of HTML.
    Page(u16),
    /// A status with this content type and an answer of the service's own form.
    Own(u16, &'static str, fn(&str) -> String),
    /// A redirect whose target has a canary.
    Redirect,
}

impl Echo {
    /// Each of the forms that any service may answer in, with the statuses that clients treat differently.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let statuses = [400, 401, 403, 404, 409, 429, 500, 503];
        let refusals = statuses.into_iter().flat_map(|n| [Self::Message(n), Self::Plain(n), Self::Page(n)]);
        refusals.chain([Self::Redirect, Self::Page(200)]).collect()
    }
}

impl Respond for Echo {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let header = request.headers.get("authorization").map(|value| value.to_str().unwrap());
        let body = String::from_utf8_lossy(&request.body);
        let all = format!("{} wants {body} of {}", header.unwrap_or_default(), request.url);
        match *self {
            Self::Message(status) => ResponseTemplate::new(status).set_body_json(json!({"message": all, "error": all})),
            Self::Plain(status) => ResponseTemplate::new(status).set_body_string(all),
            Self::Page(status) => ResponseTemplate::new(status).set_body_raw(format!("<html>{all}"), "text/html"),
            Self::Own(status, content_type, form) => {
                ResponseTemplate::new(status).set_body_raw(form(&all), content_type)
            }
            Self::Redirect => {
                ResponseTemplate::new(302).insert_header("location", "https://example.net/canary?key=canary")
            }
        }
    }
}
