use serde_json::json;
use wiremock::{Request, Respond, ResponseTemplate};

/// Answers with all that it was sent.
#[derive(Clone, Copy)]
pub(crate) enum Echo {
    Message(u16),
    Plain(u16),
    Page(u16),
    /// Success with values of the wrong type.
    WrongType,
    /// Success that ends in the middle.
    Half,
    Redirect,
}

impl Respond for Echo {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let header = request.headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
        let all = format!(
            "{} wants {} of {}",
            header.unwrap_or_default(),
            String::from_utf8_lossy(&request.body),
            request.url
        );
        match *self {
            Self::Message(status) => ResponseTemplate::new(status).set_body_json(json!({"message": all, "error": all})),
            Self::Plain(status) => ResponseTemplate::new(status).set_body_string(all),
            Self::Page(status) => ResponseTemplate::new(status).set_body_raw(format!("<html>{all}"), "text/html"),
            Self::WrongType => ResponseTemplate::new(200)
                .set_body_json(json!({"id": all, "status": {"of": all}, "accessToken": [all], "callout": {"id": all}})),
            Self::Half => {
                ResponseTemplate::new(200).set_body_string(format!("{{\"id\": 570, \"accessToken\": \"{all}"))
            }
            Self::Redirect => {
                ResponseTemplate::new(302).insert_header("location", "https://example.net/canary?key=canary")
            }
        }
    }
}
