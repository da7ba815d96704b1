use aura_client::{CalloutClass, Fix, NewCallout, NewCustomer};
use clap::Parser;
use examples::aura;
use std::path::PathBuf;

/// Raises one callout, follows it until it is closed, and goes on with it when it is started again after a kill.
///
/// Without AURA_BASE_URL an emulator in this process plays AURA's server.
#[derive(Debug, Parser)]
#[command(name = "aura_callout", version, after_help = ENVIRONMENT)]
pub(crate) struct Arguments {
    /// The first name of the person who needs help [default: the documented person, who isn't real]
    #[arg(long, requires_all = ["surname", "mobile"])]
    name: Option<String>,
    /// The surname
    #[arg(long, requires = "name")]
    surname: Option<String>,
    /// The phone number, best in international form
    #[arg(long, requires = "name")]
    mobile: Option<String>,
    /// Degrees north [default: the documented position]
    #[arg(long, allow_negative_numbers = true, requires = "longitude")]
    latitude: Option<f64>,
    /// Degrees east
    #[arg(long, allow_negative_numbers = true, requires = "latitude")]
    longitude: Option<f64>,
    /// How far off the position may be, in metres
    #[arg(long, requires = "latitude")]
    accuracy: Option<f64>,
    /// Calls for real help. Without it the callout is a TEST, for which nobody is sent before a controller has verified it
    #[arg(long, requires_all = ["name", "surname", "mobile", "latitude", "longitude"])]
    pub(crate) real: bool,
    /// Where the callout is kept, so that the next start goes on with it
    #[arg(long, value_name = "FILE", default_value = "aura-callout.json")]
    pub(crate) state: PathBuf,
    /// Forgets a callout of which nobody knows whether it was created, and does nothing else
    #[arg(long)]
    pub(crate) forget: bool,
}

const ENVIRONMENT: &str = "\
Environment:
  AURA_BASE_URL       the server to talk to; without it an emulator is started
  AURA_USER_TOKEN     the token of the user, or else:
  AURA_CLIENT_ID      with
  AURA_CLIENT_SECRET  the credentials that AURA gave you; a user is registered with them, and its token kept beside FILE
  AURA_PATH_PREFIX    what stands before every path, if it isn't /panic-api; may be empty
  AURA_POLL_MS        the shortest time between two polls [default: 10000, as AURA recommends]

Exit codes: 0 closed, 1 failed, 2 wrongly started, 3 nobody knows whether the callout exists, 130 ended by Ctrl-C.";

impl Arguments {
    /// The callout that they describe.
    pub(crate) fn callout(&self) -> NewCallout {
        let customer = match (&self.name, &self.surname, &self.mobile) {
            (Some(name), Some(surname), Some(mobile)) => NewCustomer::new(name, surname, mobile),
            _ => aura::customer(),
        };
        let class = if self.real { CalloutClass::Real } else { CalloutClass::Test };
        NewCallout::new(customer, self.position()).classification(class)
    }

    fn position(&self) -> Fix {
        let (Some(latitude), Some(longitude)) = (self.latitude, self.longitude) else { return aura::position() };
        let fix = Fix::new(latitude, longitude);
        self.accuracy.map_or(fix, |metres| fix.accuracy(metres))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::error::ErrorKind;

    fn parse(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(line.split(' '))
    }

    #[test]
    fn a_real_callout_needs_a_real_person_at_a_real_place() {
        let person = "aura_callout --real --name A --surname B --mobile +12025550103";
        for line in ["aura_callout --real", person, &format!("{person} --latitude -26.1"), "aura_callout --name A"] {
            assert_eq!(parse(line).unwrap_err().kind(), ErrorKind::MissingRequiredArgument, "{line}");
        }
        let real = parse(&format!("{person} --latitude -26.1 --longitude 28.05 --accuracy 7")).unwrap();
        let customer = NewCustomer::new("A", "B", "+12025550103");
        let expected =
            NewCallout::new(customer, Fix::new(-26.1, 28.05).accuracy(7.0)).classification(CalloutClass::Real);
        assert_eq!(real.callout(), expected);
    }

    #[test]
    fn without_arguments_it_is_the_documented_callout_as_a_test() {
        let expected = NewCallout::new(aura::customer(), aura::position()).classification(CalloutClass::Test);
        assert_eq!(parse("aura_callout").unwrap().callout(), expected);
    }
}
