//! What all emulators have under `/_emulator/`, and what they say at `/`.

use crate::support::{RawRequest, RawResponse, dial};
use care_emulators::{Harness, aura, caremessenger, engagement, leap, newfies};
use serde_json::json;
use std::{ops::Deref, time::Duration};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

type Boxed = Box<dyn Deref<Target = Harness>>;

async fn all() -> [(&'static str, Boxed); 5] {
    [
        ("AURA", Box::new(aura::Emulator::start().await.unwrap())),
        ("LEAP", Box::new(leap::Emulator::start().await.unwrap())),
        ("Engagement", Box::new(engagement::Emulator::start().await.unwrap())),
        ("CareMessenger", Box::new(caremessenger::Emulator::start().await.unwrap())),
        ("Newfies", Box::new(newfies::Emulator::start().await.unwrap())),
    ]
}

/// Sends what `curl -d` sends: a body that claims to be a form.
async fn curl(emulator: &Harness, method: &'static str, path: &str, body: &str) -> RawResponse {
    let request = RawRequest::new(method, format!("/_emulator/{path}")).body(body);
    request.header("content-type: application/x-www-form-urlencoded").send(emulator).await
}

#[tokio::test]
async fn every_emulator_takes_each_fault_by_its_name() {
    const FAULTS: [&str; 15] = [
        r#"{"fault":"close_unread"}"#,
        r#"{"fault":"drop_before_commit"}"#,
        r#"{"fault":"drop_after_commit","method":"post","path":"/callouts"}"#,
        r#"{"fault":"reset"}"#,
        r#"{"fault":"reset_after_commit"}"#,
        r#"{"fault":"truncate_body"}"#,
        r#"{"fault":"reset_body"}"#,
        r#"{"fault":"silence_after_head"}"#,
        r#"{"fault":"garbage"}"#,
        r#"{"fault":"html"}"#,
        r#"{"fault":"status_before_commit","status":503,"retry_after":7}"#,
        r#"{"fault":"status_after_commit","status":500}"#,
        r#"{"fault":"throttle"}"#,
        r#"{"fault":"delay","seconds":0.5}"#,
        r#"{"fault":"delay_after_commit","seconds":1}"#,
    ];
    for (service, emulator) in all().await {
        for (n, fault) in FAULTS.iter().enumerate() {
            let response = curl(&emulator, "POST", "faults", fault).await;
            assert_eq!(response.json(), json!({ "left": n + 1, "down": false }), "{service} {fault}");
        }
        let left = curl(&emulator, "DELETE", "faults", "").await;
        assert_eq!(left.json(), json!({ "left": 0, "down": false }), "{service}");
        assert_eq!(emulator.faults().left(), 0, "{service}");
        for (wrong, said) in [
            (r#"{"fault":"explode"}"#, "drop_after_commit"),
            (r#"{"fault":"delay"}"#, "`seconds`"),
            (r#"{"fault":"delay","seconds":-1}"#, "`seconds`"),
            (r#"{"fault":"status_before_commit","status":7}"#, "`status`"),
            (r#"{"fault":"html","path":"/callouts"}"#, "`method`"),
        ] {
            let response = curl(&emulator, "POST", "faults", wrong).await;
            let message = response.json()["message"].to_string();
            assert!(response.status == 400 && message.contains(said), "{service} {wrong}: {message}");
        }
    }
}

#[tokio::test]
async fn a_fault_planned_by_http_meets_the_request_it_names_and_the_journal_shows_it() {
    for (service, emulator) in all().await {
        let fault = r#"{"fault":"status_before_commit","status":503,"retry_after":7,"method":"GET","path":"/x"}"#;
        curl(&emulator, "POST", "faults", fault).await;
        let other = RawRequest::get("/y").send(&emulator).await;
        let met = RawRequest::get("/x").send(&emulator).await;
        assert_eq!((met.status, met.header("retry-after")), (503, Some("7")), "{service}");
        assert_ne!(other.status, 503, "{service}");
        let journal = curl(&emulator, "GET", "journal", "").await.json();
        assert_eq!(journal["total"], 2, "{service}");
        assert_eq!(journal["requests"][1]["path"], "/x", "{service}");
        assert_eq!(curl(&emulator, "DELETE", "journal", "").await.status, 204, "{service}");
        assert_eq!(emulator.journal().total(), 0, "{service}");
    }
}

#[tokio::test]
async fn the_clock_is_moved_and_stopped() {
    for (service, emulator) in all().await {
        let stopped = curl(&emulator, "POST", "clock/freeze", "").await.json();
        let before = emulator.clock().now();
        assert_eq!(curl(&emulator, "GET", "clock", "").await.json(), stopped, "{service}");
        curl(&emulator, "POST", "clock/advance", r#"{"seconds":60}"#).await;
        assert_eq!((emulator.clock().now() - before).num_seconds(), 60, "{service}");
        assert_eq!(curl(&emulator, "POST", "clock/run", "").await.status, 200, "{service}");
    }
}

#[tokio::test]
async fn one_that_goes_down_for_a_while_says_so_and_comes_up_again() {
    let emulator = leap::Emulator::start().await.unwrap();
    let response = curl(&emulator, "POST", "faults", r#"{"fault":"go_down","seconds":2}"#).await;
    assert_eq!(response.json(), json!({ "down_for_seconds": 2.0 }));
    while !emulator.faults().is_down() {
        tokio::task::yield_now().await;
    }
    assert!(dial(&emulator).await.is_err());
    while emulator.faults().is_down() {
        tokio::task::yield_now().await;
    }
    assert_eq!(curl(&emulator, "GET", "faults", "").await.json(), json!({ "left": 0, "down": false }));
}

#[tokio::test]
async fn of_outages_that_overlap_the_last_to_end_brings_it_up() {
    let emulator = leap::Emulator::start().await.unwrap();
    let faults = emulator.faults();
    let mut long = Box::pin(faults.go_down_for(Duration::from_secs(3600)));
    assert!(futures_util::poll!(&mut long).is_pending());
    faults.go_down_for(Duration::from_millis(1)).await;
    assert!(faults.is_down() && dial(&emulator).await.is_err());
    faults.come_up();
    assert!(dial(&emulator).await.is_ok());
}

#[tokio::test]
async fn an_unknown_act_says_which_ones_there_are() {
    for (service, emulator) in all().await {
        for (method, path) in
            [("GET", "nothing"), ("POST", "journal"), ("POST", "callouts/1/explode"), ("POST", "alarms/1/explode")]
        {
            let response = curl(&emulator, method, path, "").await;
            let message = response.json()["message"].to_string();
            assert_eq!(response.status, 404, "{service} {method} {path}");
            assert!(message.contains("curl http://localhost/_emulator/journal"), "{service}: {message}");
        }
    }
}

#[tokio::test]
async fn every_listed_read_is_answered_and_no_listed_act_is_unknown() {
    for (service, emulator) in all().await {
        let acts = curl(&emulator, "GET", "", "").await.json()["acts"].clone();
        for line in acts.as_array().unwrap() {
            let line = line.as_str().unwrap().to_owned();
            let (options, path) = line.split_once("http://localhost/_emulator/").unwrap();
            let choice = path.split('/').next_back().unwrap().trim_matches(['{', '}']).split('|').next().unwrap();
            let path = match path.rsplit_once('/') {
                Some((before, _)) => format!("{}/{choice}", before.replace("{id}", "1")),
                None => path.to_owned(),
            };
            let body = options.split('\'').nth(1).unwrap_or_default();
            let method = match options {
                options if options.contains("-X DELETE") => "DELETE",
                options if options.contains("-X POST") || options.contains("-d") => "POST",
                _ => "GET",
            };
            let response = curl(&emulator, method, &path, body).await;
            let said = String::from_utf8_lossy(&response.body);
            let carried_out = [200, 204].contains(&response.status);
            let refused = [400, 404, 409].contains(&response.status) && !said.contains("there are:");
            assert!(carried_out || method == "POST" && refused, "{service} {line}: {} {said}", response.status);
        }
    }
}

#[tokio::test]
async fn a_page_of_a_stranger_drives_no_emulator() {
    const REFUSED: [&[&str]; 10] = [
        &["host: evil.example"],
        &["host: 192.168.1.7:7001"],
        &["host: localhost.evil.example"],
        &["host: localhost@evil.example"],
        &["host: 127.0.0.1.evil.example"],
        &["host: localhost", "host: evil.example"],
        &["host: localhost", "origin: http://evil.example"],
        &["host: localhost", "origin: null"],
        &["host: localhost:7001", "origin: http://localhost:8000"],
        &["host: localhost", "origin: https://localhost"],
    ];
    const ADMITTED: [&[&str]; 5] = [
        &["host: localhost:7001"],
        &["host: 127.0.0.1:7001"],
        &["host: [::1]:7001"],
        &["host: 127.9.9.9"],
        &["host: LOCALHOST:7001", "origin: http://localhost:7001"],
    ];
    for (service, emulator) in all().await {
        for (sent, status) in REFUSED.iter().map(|sent| (sent, 403)).chain(ADMITTED.iter().map(|sent| (sent, 200))) {
            for (method, path) in [("POST", "/_emulator/clock/freeze"), ("GET", "/_emulator/journal"), ("GET", "/")] {
                let request = RawRequest::new(method, path).header("accept: text/html");
                let request = sent.iter().fold(request, |request, line| request.header(*line));
                assert_eq!(request.send(&emulator).await.status, status, "{service} {method} {path} {sent:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_browser_and_curl_are_greeted_and_shown_what_was_received() {
    for (service, emulator) in all().await {
        RawRequest::get("/a&b").send(&emulator).await;
        for header in ["accept: text/html,*/*", "user-agent: curl/8.5.0"] {
            let response = RawRequest::get("/").header("host: localhost").header(header).send(&emulator).await;
            let page = String::from_utf8(response.body.clone()).unwrap();
            assert_eq!(response.status, 200, "{service}");
            assert!(page.contains(&format!("<h1>{service} emulator</h1>")), "{page}");
            assert!(page.contains("curl http://localhost/_emulator/journal"), "{page}");
            assert!(page.contains("Requests received: 1") && page.contains("GET /a&amp;b"), "{page}");
            assert!(!page.contains("<script"), "{page}");
            assert!(response.header("content-security-policy").unwrap().contains("default-src 'none'"));
        }
        assert_eq!(emulator.journal().total(), 1, "{service}");
    }
}

#[tokio::test]
async fn the_curl_lines_of_the_readme_run_as_printed() {
    let readme = include_str!("../../README.md");
    let lines: Vec<_> = readme.lines().filter(|line| line.starts_with("curl ")).collect();
    assert!(lines.len() >= 9, "{lines:?}");
    let emulators = all().await;
    for line in lines {
        let port = line.split_once("http://127.0.0.1:700").unwrap().1[..1].parse::<usize>().unwrap();
        let (_, emulator) = &emulators[port - 1];
        let line = line.replace(&format!("http://127.0.0.1:700{port}"), &emulator.url());
        let output = tokio::process::Command::new("sh").args(["-c", &format!("{line} --fail -sS")]).output().await;
        let output = output.unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[tokio::test]
async fn a_body_without_content_type_or_end_is_taken_or_refused_and_never_hangs() {
    let emulator = aura::Emulator::start().await.unwrap();
    let bare = RawRequest::new("POST", "/_emulator/clock/advance").body(r#"{"seconds":1}"#);
    assert_eq!(bare.send(&emulator).await.status, 200);
    let mut stream = dial(&emulator).await.unwrap();
    let head = "POST /_emulator/clock/advance HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99\r\n\r\n{";
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert_eq!(emulator.faults().left(), 0);
}
