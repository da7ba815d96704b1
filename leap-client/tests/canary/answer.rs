use care_testkit::fixtures::Fixtures;

/// The documented answer for one request with a mark in all that is somebody's.
pub(crate) fn detail() -> String {
    let mut document = Fixtures::of(env!("CARGO_MANIFEST_DIR")).text("request-detail.xml");
    let marked = ["summary", "description", "creator", "assignee", "email", "updater", "comment"];
    for name in marked {
        let (start, end) = (format!("<{name}>"), format!("</{name}>"));
        let mut pieces = document.split(&start).map(str::to_owned).collect::<Vec<_>>();
        for piece in &mut pieces[1..] {
            let rest = piece.split_off(piece.find(&end).unwrap());
            *piece = format!("canary {name}@example.com +12025550177{rest}");
        }
        assert!(pieces.len() > 1, "{name}");
        document = pieces.join(&start);
    }
    document
}

/// A list with that request, and with one that has no state.
pub(crate) fn list() -> String {
    let (row, broken) = (detail(), detail().replacen("<state>IN_PROGRESS</state>", "<canary>canary</canary>", 1));
    format!("<support-requests>{row}{}</support-requests>", broken.replace("\"10000001\"", "\"10000002\""))
}
