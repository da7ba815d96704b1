/// A text of the server's without control characters, without `sent` values and without anything that looks like a mail
/// address, a phone number, a coordinate or a token, cut to `longest` characters.
pub(super) fn hidden(text: &str, sent: &[String], longest: usize) -> String {
    let text = without_sent(text, sent, longest);
    let mut words = text.split_inclusive(' ').peekable();
    let mut shown = String::new();
    while let Some(word) = words.next() {
        // A phone number can be several words.
        let mut group = vec![word];
        while is_of_a_number(word) && words.peek().is_some_and(|next| is_of_a_number(next)) {
            group.extend(words.next());
        }
        let whole = group.concat();
        if group.len() > 1 && digits(&whole) < 7 {
            shown.extend(group.into_iter().map(without_personal));
        } else {
            shown += &without_personal(&whole);
        }
    }
    shown.trim().to_owned()
}

/// Replaces before it cuts: half of a secret is too much already.
fn without_sent(text: &str, sent: &[String], longest: usize) -> String {
    let (mut shown, mut length, mut rest) = (String::new(), 0, text.trim());
    while let Some(c) = rest.chars().next()
        && length < longest
    {
        if let Some(value) = sent.iter().find(|value| rest.starts_with(value.as_str())) {
            shown += "[sent]";
            length += "[sent]".len();
            rest = &rest[value.len()..];
            continue;
        }
        if c.is_whitespace() {
            shown.push(' ');
        } else if !c.is_control() {
            shown.push(c);
        }
        length += 1;
        rest = &rest[c.len_utf8()..];
    }
    shown
}

fn without_personal(word: &str) -> String {
    let bare = word.trim_end();
    let long_and_mixed = bare.len() >= 20 && digits(bare) > 0 && bare.chars().any(|c| c.is_ascii_alphabetic());
    if bare.contains('@') || digits(bare) >= 7 || long_and_mixed || has_fraction(bare) {
        format!("[hidden]{}", &word[bare.len()..])
    } else {
        word.to_owned()
    }
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

fn is_of_a_number(word: &str) -> bool {
    digits(word) > 0 && word.trim().bytes().all(|byte| byte.is_ascii_digit() || b"+-()./".contains(&byte))
}

/// Three decimals are a hundred metres.
fn has_fraction(word: &str) -> bool {
    let fractions = word.split('.').skip(1);
    fractions.into_iter().any(|part| part.bytes().take_while(u8::is_ascii_digit).count() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        hidden(text, &["canary".to_owned(), "one\ntwo".to_owned()], 40)
    }

    #[test]
    fn what_was_sent_goes_as_a_whole_wherever_it_stands() {
        assert_eq!(shown("no canary, nor xcanaryx"), "no [sent], nor x[sent]x");
        assert_eq!(shown("one\ntwo\u{7}\tthree"), "[sent] three");
        // At the cut, and behind what a replacement made room for.
        assert_eq!(shown(&format!("{}canary", "x".repeat(39))), format!("{}[sent]", "x".repeat(39)));
        assert!(!shown(&"canary".repeat(9)).contains("can"));
    }

    #[test]
    fn what_looks_personal_is_hidden() {
        for (text, safe) in [
            ("mail alex@example.com now", "mail [hidden] now"),
            ("call +1 202 555 0100 now", "call [hidden] now"),
            ("call (202) 555-0100", "call [hidden]"),
            ("call +12025550100", "call [hidden]"),
            ("at -26.2041, 28.0473", "at [hidden] [hidden]"),
            ("at (-26.204,28.047)", "at [hidden]"),
            ("got eyJhbGciOiJIUzI1NiJ9abcdef", "got [hidden]"),
        ] {
            assert_eq!(shown(text), safe);
        }
    }

    #[test]
    fn what_is_not_personal_is_shown() {
        for text in ["callout 570 is closed", "between 1 and 100 / 200", "use v1.2 of it", "1 2 3 go", "50 % of 12.5"] {
            assert_eq!(shown(text), text);
        }
    }
}
