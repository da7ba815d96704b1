//! A text with its encodings taken away, so that what was sent is found in it: percent escapes, entities of HTML and
//! XML, escapes of JSON and of Python's `repr`; and how letters are compared.

/// Layers of encoding that are taken away: a server may escape what it escaped before.
const LAYERS: usize = 3;

/// The text as it is meant, on one line: without encodings, control characters and characters without width, every
/// run of blanks one space.
pub(super) fn decoded(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..LAYERS {
        let next = escapes(&entities(&percent(&text)));
        if next == text {
            break;
        }
        text = next;
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_whitespace() {
            if !plain.ends_with(' ') {
                plain.push(' ');
            }
        } else if !c.is_control() && !has_no_width(c) {
            plain.push(c);
        }
    }
    plain
}

fn has_no_width(c: char) -> bool {
    let ranges = ['\u{200b}'..='\u{200f}', '\u{2028}'..='\u{202e}', '\u{2060}'..='\u{2069}'];
    matches!(c, '\u{ad}' | '\u{feff}') || ranges.iter().any(|range| range.contains(&c))
}

/// A letter as it is compared: small, and without accents.
pub(super) fn folded(c: char) -> impl Iterator<Item = char> {
    // Full-width forms of ASCII.
    let c = match u32::from(c) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
        _ => c,
    };
    c.to_lowercase().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).map(|c| match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ś' | 'š' | 'ş' => 's',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ł' => 'l',
        c => c,
    })
}

/// Bytes as the text that they are in UTF-8, or else in ISO-8859-1.
pub(super) fn text_of(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
}

fn percent(text: &str) -> String {
    let (mut out, mut bytes) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    loop {
        let hex =
            rest.strip_prefix('%').and_then(|rest| rest.get(..2)).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = hex {
            bytes.push(byte);
            rest = &rest[3..];
            continue;
        }
        if !bytes.is_empty() {
            out += &text_of(&bytes);
            bytes.clear();
        }
        let Some(c) = rest.chars().next() else { return out };
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
}

fn entities(text: &str) -> String {
    replaced(text, '&', |rest| {
        let (name, _) = rest.split_once(';').filter(|(name, _)| name.len() <= 10)?;
        Some((entity(name)?, name.len() + 1))
    })
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
        return char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "szlig" => 'ß',
        // Letters with accents: which accent makes no difference when they are compared.
        _ => {
            let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
            let accents = ["uml", "acute", "grave", "circ", "tilde", "ring", "cedil", "slash", "caron"];
            return accents.contains(&&name[1..]).then_some(letter);
        }
    })
}

/// `\u00e9`, `\xe9`, `\"` and the like.
fn escapes(text: &str) -> String {
    replaced(text, '\\', |rest| {
        let c = rest.chars().next()?;
        let hex = |digits: usize| u32::from_str_radix(rest.get(1..1 + digits)?, 16).ok();
        match c {
            'u' => {
                let high = hex(4)?;
                let low = rest.get(5..7).filter(|next| *next == "\\u").and_then(|_| rest.get(7..11));
                let low = low.and_then(|low| u32::from_str_radix(low, 16).ok()).unwrap_or(0);
                let pair = (0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(&low);
                let one = if pair { 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00) } else { high };
                Some((char::from_u32(one).unwrap_or('\u{fffd}'), if pair { 11 } else { 5 }))
            }
            'x' => Some((char::from_u32(hex(2)?)?, 3)),
            'n' | 'r' | 't' => Some((' ', 1)),
            '"' | '\'' | '\\' | '/' => Some((c, 1)),
            _ => None,
        }
    })
}

/// Replaces what follows each `mark` where `read` knows it: by which character, and how many bytes it has.
fn replaced(text: &str, mark: char, read: impl Fn(&str) -> Option<(char, usize)>) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(mark) {
        out += &rest[..at];
        rest = &rest[at + 1..];
        match read(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => out.push(mark),
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_is_taken_away_also_twice() {
        for text in [
            "Zoë & Co",
            "Zo%C3%AB%20%26%20Co",
            "Zo%EB & Co",
            "Zo&euml; &amp; Co",
            "Zo&#235;&#x20;&#38; Co",
            "Zo&amp;#235; &amp;amp; Co",
            "Zo\\u00eb \\u0026 Co",
            "Zo\\xeb & Co",
            "Zo\\\\u00eb\\n&\\tCo",
            " Zo%25C3%25AB\u{200b} & \r\n Co ",
        ] {
            assert_eq!(decoded(text).replace("Zoe", "Zoë"), "Zoë & Co", "{text}");
        }
        assert_eq!(decoded("\\ud83d\\ude00 \\ud83d"), "\u{1f600} \u{fffd}");
        for plain in
            ["50 % of 12", "100%", "%zz", "R&D", "&;", "&unknown;", "a\\b", "\\", "\\u12", "&é;", "%é1", "\\u+123"]
        {
            let _ = decoded(plain);
        }
        assert_eq!(decoded("50 % of R&D; a\\b 100%"), "50 % of R&D; a\\b 100%");
    }

    #[test]
    fn letters_are_compared_without_case_accents_and_width() {
        let fold = |text: &str| text.chars().flat_map(folded).collect::<String>();
        for (a, b) in [("ZOË", "zoe"), ("Łukasz", "lukasz"), ("Zoe\u{308}", "zoë"), ("ＡＢ", "ab"), ("İ", "i")] {
            assert_eq!(fold(a), fold(b), "{a}");
        }
    }
}
