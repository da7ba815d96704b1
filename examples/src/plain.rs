/// The text without control characters: what a server sends must not move a terminal's cursor, or begin lines of its own.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_server_can_not_write_over_other_lines() {
        assert_eq!(plain("all is\u{1b}[2Awell\r\n\u{9b}2J"), "all is [2Awell   2J");
    }
}
