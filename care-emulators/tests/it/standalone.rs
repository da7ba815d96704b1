//! The program `care-emulators`.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
};

/// The program, ended when the test is.
struct Program(Child);

impl Program {
    fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_care-emulators"));
        command
            .env_remove("AURA_EMULATOR_PORT")
            .env_remove("LEAP_EMULATOR_PORT")
            .env_remove("ENGAGEMENT_EMULATOR_PORT")
            .env_remove("CAREMESSENGER_EMULATOR_PORT")
            .env_remove("NEWFIES_EMULATOR_PORT")
            .args(arguments)
            .envs(environment.iter().copied());
        Self(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// The first lines that it prints, until one that begins like this.
    fn lines_until(&mut self, last: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for line in BufReader::new(self.0.stdout.as_mut().unwrap()).lines() {
            lines.push(line.unwrap());
            if lines.last().is_some_and(|line| line.starts_with(last)) {
                return lines;
            }
        }
        lines
    }

    /// Its exit code, and its error output.
    fn end(&mut self) -> (Option<i32>, String) {
        let status = self.0.wait().unwrap();
        let mut errors = String::new();
        self.0.stderr.as_mut().unwrap().read_to_string(&mut errors).unwrap();
        (status.code(), errors)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn fact<'a>(lines: &'a [String], what: &str) -> &'a str {
    let line = lines.iter().find_map(|line| line.strip_prefix(what));
    line.map(str::trim).unwrap_or_else(|| panic!("no {what} in {lines:?}"))
}

fn post(address: &str, path: &str, body: &str) -> String {
    let mut line = TcpStream::connect(address).unwrap();
    write!(
        line,
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut response = String::new();
    line.read_to_string(&mut response).unwrap();
    response
}

#[test]
fn it_prints_how_to_reach_it_serves_and_ends_with_ctrl_c() {
    let ports = [
        ("AURA_EMULATOR_PORT", "0"),
        ("LEAP_EMULATOR_PORT", "0"),
        ("ENGAGEMENT_EMULATOR_PORT", "0"),
        ("CAREMESSENGER_EMULATOR_PORT", "0"),
        ("NEWFIES_EMULATOR_PORT", "0"),
    ];
    let mut program = Program::start(&["--autoplay-ms", "1"], &ports);
    let lines = program.lines_until("newfies advance");
    let address = fact(&lines, "aura url").strip_prefix("http://").unwrap();
    let body = format!(
        r#"{{"clientId":"{}","clientSecret":"{}"}}"#,
        fact(&lines, "aura client id"),
        fact(&lines, "aura client secret")
    );
    let path = format!("{}/oauth/token", fact(&lines, "aura path prefix"));
    let response = post(address, &path, &body);
    assert!(response.starts_with("HTTP/1.1 200") && response.contains("accessToken"), "{response}");
    assert_eq!(fact(&lines, "aura callouts"), format!("GET http://{address}/_emulator/callouts"));
    assert!(fact(&lines, "aura act").contains("/{id}/{acknowledge|verify|"), "{lines:?}");

    let address = fact(&lines, "leap url").strip_prefix("http://").unwrap();
    assert_eq!(fact(&lines, "leap base url"), format!("http://{address}/api/v1/"));
    let credentials = (fact(&lines, "leap username"), fact(&lines, "leap password"));
    assert_eq!(credentials, ("external-system", "emulator-password"));
    let (how, body) = fact(&lines, "leap raise").split_once(" {").unwrap();
    let path = how.strip_prefix(&format!("POST http://{address}")).unwrap();
    let response = post(address, path, &format!("{{{body}"));
    assert!(response.starts_with("HTTP/1.1 200") && response.contains("\"state\":\"NEW\""), "{response}");

    let address = fact(&lines, "engagement url").strip_prefix("http://").unwrap();
    assert_eq!(fact(&lines, "engagement base url"), format!("http://{address}/1.0"));
    assert_eq!(fact(&lines, "engagement access token"), "emulator-access-token");
    let (how, _) = fact(&lines, "engagement open").split_once(" {").unwrap();
    let path = how.strip_prefix(&format!("POST http://{address}")).unwrap();
    let response = post(address, path, "{}");
    let (_, id) = response.split_once("\"id\":\"").unwrap();
    let acted = fact(&lines, "engagement act").replace("{id}", &id[..24]);
    assert!(
        acted.ends_with("/{reply|comment|close|cancel|begin-close|begin-cancel|finish|abandon|reopen|touch|remove}")
    );
    let response = post(address, &format!("{path}/{}/reply", &id[..24]), "");
    assert!(response.starts_with("HTTP/1.1 200") && response.contains("\"replies\":1"), "{response}");

    let base_url = fact(&lines, "caremessenger base url");
    let address = base_url.strip_prefix("http://").unwrap();
    let (username, password) = (fact(&lines, "caremessenger username"), fact(&lines, "caremessenger password"));
    let response =
        post(address, "/api-token-auth/", &format!(r#"{{"username":"{username}","password":"{password}"}}"#));
    assert!(response.starts_with("HTTP/1.1 200") && response.contains("\"token\""), "{response}");
    let (how, body) = fact(&lines, "caremessenger ask for help").split_once(" {").unwrap();
    let path = how.strip_prefix(&format!("POST {base_url}")).unwrap();
    let response = post(address, path, &format!("{{{body}"));
    assert!(response.starts_with("HTTP/1.1 404") && response.contains("no provider 10"), "{response}");

    let address = fact(&lines, "newfies url").strip_prefix("http://").unwrap();
    assert_eq!(fact(&lines, "newfies base url"), format!("http://{address}/rest-api/"));
    let credentials = (fact(&lines, "newfies username"), fact(&lines, "newfies password"));
    assert_eq!(credentials, ("manager", "emulator-password"));
    assert_eq!(fact(&lines, "newfies token").len(), 40);
    assert_eq!(fact(&lines, "newfies survey"), format!("http://{address}/rest-api/sealed-survey/1/"));
    assert!(fact(&lines, "newfies act").contains("/{id}/{ring|answer|"), "{lines:?}");
    let (how, body) = fact(&lines, "newfies advance").split_once(" {").unwrap();
    let path = how.strip_prefix(&format!("POST http://{address}")).unwrap();
    let response = post(address, path, &format!("{{{body}"));
    assert!(response.starts_with("HTTP/1.1 200") && response.ends_with("[]"), "{response}");

    #[cfg(unix)]
    {
        let sent = Command::new("kill").args(["-INT", &program.0.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert_eq!(program.end(), (Some(0), String::new()));
    }
}

#[cfg(unix)]
#[test]
fn each_signal_that_asks_it_to_stop_ends_it_in_order() {
    let ports = ["AURA", "LEAP", "ENGAGEMENT", "CAREMESSENGER", "NEWFIES"].map(|name| format!("{name}_EMULATOR_PORT"));
    let ports = ports.each_ref().map(|name| (name.as_str(), "0"));
    for signal in ["-TERM", "-INT"] {
        let mut program = Program::start(&[], &ports);
        program.lines_until("newfies advance");
        assert!(Command::new("kill").args([signal, &program.0.id().to_string()]).status().unwrap().success());
        assert_eq!(program.end(), (Some(0), String::new()), "{signal}");
    }
}

#[test]
fn a_taken_port_is_named_with_the_options_that_change_it() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let cases = [
        ("--port", "AURA_EMULATOR_PORT"),
        ("--leap-port", "LEAP_EMULATOR_PORT"),
        ("--engagement-port", "ENGAGEMENT_EMULATOR_PORT"),
        ("--caremessenger-port", "CAREMESSENGER_EMULATOR_PORT"),
        ("--newfies-port", "NEWFIES_EMULATOR_PORT"),
    ];
    for (option, variable) in cases {
        let others = cases.iter().filter(|(other, _)| *other != option).flat_map(|(other, _)| [*other, "0"]);
        let arguments: Vec<&str> = [option, &port].into_iter().chain(others).collect();
        let (code, errors) = Program::start(&arguments, &[]).end();
        assert_eq!(code, Some(1));
        for part in [&*port, "taken", option, variable] {
            assert!(errors.contains(part), "{part} is not in {errors}");
        }
    }
}

#[test]
fn other_machines_are_not_served() {
    let (code, errors) = Program::start(&["--host", "0.0.0.0"], &[]).end();
    assert_eq!(code, Some(2));
    assert!(errors.contains("loopback"), "{errors}");
}
