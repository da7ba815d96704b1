//! Queries and forms: `name=value&name=value`.

/// Decodes `text`; `None` if a `%` isn't followed by two hexadecimal digits or the result is no UTF-8.
pub(crate) fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| decoded(name).zip(decoded(value)))
        .collect()
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn names_and_values_are_decoded() {
        let owned = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(pairs("a=1%2B2&b=x+y&%c3%A9=%26"), Some(owned(&[("a", "1+2"), ("b", "x y"), ("é", "&")])));
        assert_eq!(pairs("a&&b="), Some(owned(&[("a", ""), ("b", "")])));
        for wrong in ["a=%", "a=%1", "a=%zz", "%ff=1"] {
            assert_eq!(pairs(wrong), None, "{wrong}");
        }
    }
}
