//! What a token says of itself.

use base64::{Engine, alphabet, engine};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// Reads base64url with and without padding.
const BASE64: engine::GeneralPurpose = engine::GeneralPurpose::new(
    &alphabet::URL_SAFE,
    engine::GeneralPurposeConfig::new().with_decode_padding_mode(engine::DecodePaddingMode::Indifferent),
);

#[derive(Deserialize)]
struct Claims {
    exp: Option<f64>,
}

/// The time in a JWT's `exp` claim; its signature is the server's business. `None` for other tokens, and for a time that no
/// calendar holds, which is as good as never: some tokens live for about 500 years.
pub(super) fn expiry(token: &str) -> Option<DateTime<Utc>> {
    let claims = BASE64.decode(token.split('.').nth(1)?).ok()?;
    let seconds = serde_json::from_slice::<Claims>(&claims).ok()?.exp?;
    // The cast saturates, and what it saturates to lies outside of the calendar.
    DateTime::from_timestamp(seconds.floor() as i64, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jwt(claims: &str) -> String {
        format!("e30.{}.c2ln", BASE64.encode(claims))
    }

    #[test]
    fn five_hundred_years_are_a_date_and_more_than_the_calendar_is_none() {
        assert_eq!(expiry(&jwt(r#"{"exp":17356291200}"#)).unwrap().to_rfc3339(), "2520-01-01T00:00:00+00:00");
        assert_eq!(expiry(&jwt(r#"{"exp":1.5e9}"#)), DateTime::from_timestamp(1_500_000_000, 0));
        for endless in ["9223372036854775807", "1e300", "-1e300", "18446744073709551616"] {
            assert_eq!(expiry(&jwt(&format!(r#"{{"exp":{endless}}}"#))), None, "{endless}");
        }
    }

    #[test]
    fn padding_is_welcome_and_what_is_no_jwt_has_no_expiry() {
        assert!(expiry(&format!("e30.{}.x", "eyJleHAiOjE1MDAwMDAwMDB9Cg==")).is_some());
        for other in ["", "opaque", "a.b.c", "e30.e30.e30", "..."] {
            assert_eq!(expiry(other), None, "{other}");
        }
    }
}
