//! `Retry-After`: how long the server asks to wait before the next request.

use chrono::{DateTime, NaiveDateTime, Utc};
use http::{
    HeaderMap,
    header::{DATE, HeaderName, RETRY_AFTER},
};
use std::time::Duration;

/// The wait that `Retry-After` asks for: a number of seconds, or a date in any of the three forms of HTTP
/// (RFC 9110, sections 5.6.7 and 10.2.3).
///
/// A date is counted from the answer's own `Date`, so that a wrong clock on either side doesn't matter; without one,
/// from the local clock. A date that has passed means no wait.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits that fit no number still mean a very long time.
        return Some(Duration::from_secs(text.parse().unwrap_or(u32::MAX.into())));
    }
    let until = http_date(text)?;
    let now = header_date(headers, &DATE).unwrap_or_else(Utc::now);
    Some((until - now).to_std().unwrap_or(Duration::ZERO))
}

fn header_date(headers: &HeaderMap, name: &HeaderName) -> Option<DateTime<Utc>> {
    http_date(headers.get(name)?.to_str().ok()?)
}

fn http_date(text: &str) -> Option<DateTime<Utc>> {
    let naive = |format| NaiveDateTime::parse_from_str(text, format).ok();
    let date = DateTime::parse_from_rfc2822(text).ok().map(|date| date.naive_utc());
    date.or_else(|| naive("%A, %d-%b-%y %H:%M:%S GMT"))
        .or_else(|| naive("%a %b %e %H:%M:%S %Y"))
        .map(|date| date.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn asked(value: &'static str, date: Option<&'static str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_static(date));
        }
        retry_after(&headers)
    }

    #[test]
    fn seconds_are_read() {
        assert_eq!(asked("0", None), Some(Duration::ZERO));
        assert_eq!(asked(" 120 ", None), Some(Duration::from_secs(120)));
        assert_eq!(asked("99999999999999999999999", None), Some(Duration::from_secs(u32::MAX.into())));
    }

    #[test]
    fn all_three_forms_of_a_date_are_counted_from_the_servers_own_clock() {
        let now = Some("Sun, 06 Nov 1994 08:49:07 GMT");
        for date in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(asked(date, now), Some(Duration::from_secs(30)), "{date}");
        }
    }

    #[test]
    fn a_date_that_has_passed_means_no_wait_and_nonsense_means_nothing() {
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:37 GMT", None), Some(Duration::ZERO));
        for nonsense in ["soon", "", "-1", "1.5", "Sun, 99 Nov 1994 08:49:37 GMT"] {
            assert_eq!(asked(nonsense, None), None, "{nonsense}");
        }
    }
}
