//! Where the API is.

use crate::ids::API;
use url::Url;

/// A base URL whose path ends in `rest-api`, whether it was given with it or not.
pub(crate) fn whole(base: &str) -> String {
    let Ok(mut url) = Url::parse(base.trim()) else { return base.to_owned() };
    let path = url.path().trim_end_matches('/').to_owned();
    if path.rsplit('/').next() != Some(API) {
        url.set_path(&format!("{path}/{API}"));
    }
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_api_stands_at_the_end_of_whatever_base_there_is() {
        for (base, url) in [
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000/rest-api"),
            ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/rest-api"),
            ("http://127.0.0.1:8000/rest-api", "http://127.0.0.1:8000/rest-api"),
            ("http://127.0.0.1:8000/rest-api/", "http://127.0.0.1:8000/rest-api/"),
            (" https://proxy.example.com/dialer/ ", "https://proxy.example.com/dialer/rest-api"),
            ("https://proxy.example.com/rest-api/inner", "https://proxy.example.com/rest-api/inner/rest-api"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(whole(base), url);
        }
    }
}
