//! One row that can't be read takes nothing away from the others.

use crate::xml::{list, request, rows};

fn row(identifier: &str, more: &str) -> String {
    request(more).replace("identifier=\"1\"", identifier)
}

#[tokio::test]
async fn a_bad_row_is_named_and_its_neighbours_are_read() {
    let good = |id: &str| row(&format!("identifier='{id}'"), "");
    let no_date = "<x/>".to_owned() + &good("CANARY").replace("2011-02-08T22:06:43.000+0000", "CANARY");
    for (bad, at) in [
        (row("identifier='2'", "<account identifier='&nbsp;'/>"), "account/@identifier"),
        (row("identifier='2'", "<summary>CANARY<x>&nbsp;</x>&nbsp;<y></y></summary><z/>"), "summary"),
        (
            row("identifier='2'", "<updates><update><type>CANARY</type></update></updates>"),
            "updates/update[1]/update-time",
        ),
        (row("identifier='2' unacked-since='CANARY'", "<summary>CANARY</summary>"), "@unacked-since"),
        ("<support-request identifier='2'/>".to_owned(), "state"),
        (no_date.replace("'CANARY'", "'2'"), "creation-time"),
    ] {
        let page = list(rows(&format!("{}{bad}<x/>...{}{bad}", good("1"), good("3")))).await.unwrap();
        let ids: Vec<_> = page.items.iter().map(|item| item.identifier.as_str()).collect();
        assert_eq!((ids, page.rows()), (vec!["1", "3"], 4), "{bad}");
        for (undecodable, row) in page.undecodable.iter().zip([1, 3]) {
            assert_eq!((undecodable.index, &*undecodable.id), (row, "2"), "{bad}");
            let place = format!("support-requests/support-request[{}]/{at} (byte ", row + 1);
            let shown = format!("{undecodable:?} {}", undecodable.error);
            assert!(shown.contains(&place) && !shown.contains("CANARY"), "{place}: {shown}");
            assert!(!undecodable.error.is_stranger());
        }
    }
}

#[tokio::test]
async fn a_row_without_an_identifier_has_a_fingerprint_of_its_own() {
    for nameless in ["", "identifier=''", "identifier='&nbsp;CANARY'"] {
        let [a, b] = ["CANARY", "CANARY too"].map(|text| row(nameless, &format!("<summary>{text}</summary>")));
        let page = list(rows(&format!("{a} {b} {a}"))).await.unwrap();
        let ids: Vec<_> = page.undecodable.iter().map(|row| &*row.id).collect();
        assert!(ids.len() == 3 && ids[0] == ids[2] && ids[0] != ids[1], "{ids:?}");
        assert!(ids.iter().all(|id| id.starts_with("row #") && !id.contains("CANARY")), "{ids:?}");
        let again = list(rows(&format!("<x/>{a}"))).await.unwrap();
        assert_eq!(&*again.undecodable[0].id, ids[0]);
    }
}

#[tokio::test]
async fn rows_come_in_the_lists_order() {
    let all: String = (0..100)
        .map(|n| row(&format!("identifier='{n:07}'"), if n % 7 == 3 { "<account ref='x'/>" } else { "" }))
        .collect();
    let page = list(rows(&all)).await.unwrap();
    let order: Vec<_> =
        page.into_iter().map(|row| row.map_or_else(|row| row.id, |item| item.identifier.as_str().into())).collect();
    assert_eq!(order, (0..100).map(|n| format!("{n:07}").into()).collect::<Vec<Box<str>>>());
}
