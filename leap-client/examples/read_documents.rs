//! Reads documents from standard input and says of each what the reader of lists makes of it: for `interop/expat`,
//! which holds the answers against another reader's.
//!
//! A document is preceded by its length in bytes, as a decimal number on a line of its own. Each answer is a line of
//! JSON: `{"refused": ["…"], "summaries": ["…"]}`, with the reasons for refusing the document or its rows, and the
//! summaries of the rows that were read.

use http::{HeaderMap, StatusCode};
use leap_client::{Endpoint, ListRequests, RawResponse};
use serde_json::json;
use std::io::{BufRead, Read, Result, Write, stdin, stdout};

fn main() -> Result<()> {
    let (mut input, mut output) = (stdin().lock(), stdout().lock());
    let mut line = String::new();
    while input.read_line(&mut line)? > 0 {
        let mut document = vec![0; line.trim().parse().map_err(std::io::Error::other)?];
        input.read_exact(&mut document)?;
        let (refused, summaries) = read(document);
        writeln!(output, "{}", json!({ "refused": refused, "summaries": summaries }))?;
        line.clear();
    }
    Ok(())
}

fn read(document: Vec<u8>) -> (Vec<String>, Vec<Option<String>>) {
    match ListRequests::new().decode(&RawResponse::new(StatusCode::OK, HeaderMap::new(), document)) {
        Ok(page) => {
            let refused = page.undecodable.iter().map(|row| row.error.to_string()).collect();
            let summary = |text: leap_client::Personal<String>| text.as_str().to_owned();
            (refused, page.items.into_iter().map(|row| row.summary.map(summary)).collect())
        }
        Err(error) => (vec![error.to_string()], Vec::new()),
    }
}
