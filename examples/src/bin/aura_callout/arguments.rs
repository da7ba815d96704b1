//! The command line: whom to help, where, and where the callout is kept.

use aura_client::{CalloutClass, ClassifiedCallout, Fix, NewCallout, NewCustomer};
use clap::Parser;
use examples::{
    aura::{self, AuraVariables},
    environment,
};
use std::path::PathBuf;

/// Raises one callout and follows it until it is closed. After a kill, the next start resumes it.
///
/// Without AURA_BASE_URL, the program starts an emulator of AURA's server.
#[derive(Debug, Parser)]
#[command(name = "aura_callout", version, after_help = after_help())]
pub(crate) struct Arguments {
    /// The first name of the person who needs help [default: the fictitious person of AURA's guide]
    #[arg(long, requires_all = ["surname", "mobile"])]
    name: Option<String>,
    /// The surname
    #[arg(long, requires = "name")]
    surname: Option<String>,
    /// The phone number, preferably in international form
    #[arg(long, requires = "name")]
    mobile: Option<String>,
    /// The latitude in degrees [default: the position of AURA's guide]
    #[arg(long, allow_negative_numbers = true, requires = "longitude")]
    latitude: Option<f64>,
    /// The longitude in degrees
    #[arg(long, allow_negative_numbers = true, requires = "latitude")]
    longitude: Option<f64>,
    /// The accuracy of the position in metres
    #[arg(long, requires = "latitude")]
    accuracy: Option<f64>,
    /// Calls for real help. By default the callout is a TEST: nobody is sent until a controller has verified it
    #[arg(long, requires_all = ["name", "surname", "mobile", "latitude", "longitude"])]
    pub(crate) real: bool,
    /// The file that keeps the callout, so that the next start can resume it
    #[arg(long, value_name = "FILE", default_value = "aura-callout.json")]
    pub(crate) state: PathBuf,
    /// Only discards a callout whose outcome is unknown
    #[arg(long)]
    pub(crate) forget: bool,
}

fn after_help() -> String {
    format!(
        "Environment:\n{}\nThe token of a user who is registered with the credentials is kept beside FILE.\n\n\
         Exit codes: 0 closed, 1 failed, 2 usage error, 3 unknown whether the callout exists, 130 interrupted.",
        environment::help::<AuraVariables>(&[])
    )
}

impl Arguments {
    /// The callout to raise.
    pub(crate) fn callout(&self) -> ClassifiedCallout {
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
    fn a_real_callout_requires_a_person_and_a_position() {
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
    fn the_default_is_the_documented_callout_as_a_test() {
        let expected = NewCallout::new(aura::customer(), aura::position()).classification(CalloutClass::Test);
        assert_eq!(parse("aura_callout").unwrap().callout(), expected);
    }
}
