use crate::{Failure, variables::Variables};
use std::ffi::OsString;

/// A server that the environment names: by its address, or by an account's name on the vendor's domain.
pub(crate) struct Place {
    variable: &'static str,
    pub(crate) named: Named,
}

pub(crate) enum Named {
    Address(String),
    Account(String),
}

impl Place {
    /// Reads the one of two variables that is set; `None` if neither is.
    pub(crate) fn read<F: Fn(&str) -> Option<OsString>>(
        variables: &Variables<F>,
        address: &'static str,
        account: &'static str,
    ) -> Result<Option<Self>, Failure> {
        match (variables.text(address)?, variables.text(account)?) {
            (None, None) => Ok(None),
            (Some(url), None) => Ok(Some(Self { variable: address, named: Named::Address(url) })),
            (None, Some(name)) => Ok(Some(Self { variable: account, named: Named::Account(name) })),
            (Some(_), Some(_)) => {
                Err(Failure::usage(format!("{address} and {account} are both set: which one is it? Nothing was sent.")))
            }
        }
    }

    /// A value that is needed to talk to the server.
    pub(crate) fn needed<F: Fn(&str) -> Option<OsString>>(
        &self,
        variables: &Variables<F>,
        name: &str,
    ) -> Result<String, Failure> {
        let missing = || Failure::usage(format!("{} is set, but {name} is missing. Nothing was sent.", self.variable));
        variables.text(name)?.ok_or_else(missing)
    }

    /// The variable that names the server.
    pub(crate) fn variable(&self) -> &'static str {
        self.variable
    }

    /// The server as the environment names it.
    pub(crate) fn server(&self) -> String {
        match &self.named {
            Named::Address(url) => url.clone(),
            Named::Account(name) => format!("the server of {name}"),
        }
    }
}
