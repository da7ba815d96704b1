use std::time::Duration;

/// The longest time that makes sense before a visit.
const LONGEST: Duration = Duration::from_secs(366 * 86_400);

/// Reads a time such as `24h`: a whole number of seconds, minutes, hours or days.
pub(crate) fn span(text: &str) -> Result<Duration, String> {
    let wrong = || "it is no time such as 90s, 30m, 24h or 7d".to_owned();
    let at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
    let (number, unit) = text.split_at(at);
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(wrong()),
    };
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let span = Duration::from_secs(number.saturating_mul(seconds));
    if span <= LONGEST { Ok(span) } else { Err("it is longer than a year".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_number_and_a_unit_and_is_no_longer_than_a_year() {
        for (text, seconds) in [("0s", 0), ("90s", 90), ("30m", 1800), ("24h", 86_400), ("366d", 366 * 86_400)] {
            assert_eq!(span(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "24", "h", "1.5h", "-1h", "1 h", "24H", "1w", "367d", "99999999999999999999s", "²h"] {
            assert!(span(text).is_err(), "{text}");
        }
    }
}
