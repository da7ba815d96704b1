//! The examples as the vendor's page prints them, and as later versions may print them, mean what the fixtures mean.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod mocked;

use care_testkit::{SocketlessTransport, reply};
use leap_client::{Error, Kind, Leap, ListRequests, Options, Outcome, Page, RequestKey, SupportRequest};
use mocked::fixture;
use std::{fs, path::Path};

const LISTS: [&str; 3] = ["list-all.xml", "list-by-topic.xml", "list-by-topic-in-state.xml"];

fn answering(document: String) -> Leap {
    let transport = SocketlessTransport::script(move |_| reply(200, "application/xml", document.clone()));
    let options = Options::new().transport(transport);
    Leap::builder().company("acme").basic_auth("crm", "hush").options(options).build().unwrap()
}

async fn list(document: impl Into<String>) -> Result<Page<SupportRequest>, Error> {
    answering(document.into()).requests().list(ListRequests::new()).await
}

async fn get(document: impl Into<String>) -> Result<SupportRequest, Error> {
    answering(document.into()).requests().get(RequestKey::id("10000001")).await
}

/// One line with a blank between elements, as on the page.
fn one_line(document: &str) -> String {
    document.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn an_ellipsis_between_the_requests_of_a_list_is_no_request() {
    // LEAP-02
    for file in LISTS {
        let clean = list(fixture(file)).await.unwrap();
        let line = one_line(&fixture(file));
        let end = "</support-request> </support-requests>";
        let printed = line.replace(end, "</support-request> ... </support-requests>");
        assert!(line.contains(end) && printed != line);
        assert_eq!(list(printed).await.unwrap(), clean, "{file}");
        let twice = line.replace("</support-request> ", "</support-request> ... <!-- and so on --> &#8230; ");
        assert_eq!(list(twice).await.unwrap(), clean, "{file}");
    }
}

#[tokio::test]
async fn a_missing_quote_is_an_error_that_names_the_element_and_no_shorter_list() {
    // LEAP-01: as printed, an attribute runs on into the next element. Nothing is repaired.
    let detail = fixture("request-detail.xml");
    let printed = one_line(&detail).replace("extid=\"1\"/>", "extid=\"1/>").replace("extid=\"2\"/>", "extid=\"2/>");
    let broken = [one_line(&detail).replace("extid=\"2\"/>", "extid=\"2/>"), printed];
    for document in broken {
        let error = get(document.clone()).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed), "{error}");
        let says =
            ["the quotes of an attribute's value aren't closed", "a tag or another piece of markup isn't closed"];
        assert!(says.into_iter().any(|text| error.to_string().contains(text)), "{error}");
        let rows = format!("<support-requests>{detail}{document}</support-requests>");
        let error = list(rows).await.unwrap_err();
        assert!(error.to_string().contains("support-requests/support-request[2]"), "{error}");
    }
}

#[tokio::test]
async fn layout_says_nothing_and_line_breaks_in_texts_say_what_they_say() {
    // LEAP-04
    for file in LISTS {
        assert_eq!(list(one_line(&fixture(file))).await.unwrap(), list(fixture(file)).await.unwrap(), "{file}");
    }
    let detail = fixture("request-detail.xml");
    assert_eq!(get(one_line(&detail)).await.unwrap(), get(detail.clone()).await.unwrap());
    for (sent, read) in [
        ("time.\nCould", "time.\nCould"),
        ("time.\r\n\r\n Could", "time.\n\n Could"),
        ("time.&#10;Could", "time.\nCould"),
    ] {
        let request = get(detail.replace("time.Could", sent)).await.unwrap();
        assert!(request.description.unwrap().contains(read), "{sent:?}");
    }
}

#[tokio::test]
async fn new_elements_and_attributes_between_the_known_ones_change_nothing() {
    // LEAP-28, LEAP-03: whatever is announced later, wherever it stands, in whatever namespace.
    let clean = get(fixture("request-detail.xml")).await.unwrap();
    for new in [
        "<priority>HIGH</priority>",
        "<rating stars=\"5\"/>",
        "<survey><state>NEW</state><updates><update/></updates></survey>",
        "<x:state xmlns:x=\"urn:later\">NEW</x:state>",
        "later",
    ] {
        let grown: String = fixture("request-detail.xml")
            .lines()
            .map(|line| if line.starts_with("</") { format!("{new}{line}\n") } else { format!("{line}\n") })
            .map(|line| line.replace("  <update", &format!("{new}<update")).replace("  <s", &format!("{new}<s")))
            .map(|line| line.replacen("<topic ", "<topic later=\"1\" ", 1))
            .collect();
        assert!(grown.matches(new).count() > 4, "{grown}");
        assert_eq!(get(grown).await.unwrap(), clean, "{new}");
    }
}

#[tokio::test]
async fn a_list_grows_by_new_elements_too() {
    // LEAP-28
    for file in LISTS {
        let clean = list(fixture(file)).await.unwrap();
        let grown = fixture(file).replace("  <support-request ", "  <total>1</total><support-request later=\"1\" ");
        assert!(grown.contains("<total>"));
        assert_eq!(list(grown).await.unwrap(), clean, "{file}");
    }
}

#[test]
fn no_misspelt_word_of_the_page_is_in_a_name_or_a_text_of_this_crate() {
    // LEAP-17
    fn texts(directory: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                texts(&path, found);
            } else {
                found.push((path.display().to_string(), fs::read_to_string(path).unwrap()));
            }
        }
    }
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = vec![("README.md".to_owned(), fs::read_to_string(home.join("README.md")).unwrap())];
    texts(&home.join("src"), &mut all);
    assert!(all.iter().any(|(_, text)| text.contains("acknowlegements")), "the catalogue quotes it");
    for (path, text) in all.iter().filter(|(path, _)| !path.contains("defects")) {
        // The one misspelt word that must be sent.
        let text = text.to_lowercase().replace("acknowlegdeupdates", "");
        assert!(!text.contains("acknowleg") && !text.contains("one a request"), "{path}");
    }
}
