//! What links lead to and this crate has no operations on: they are made in the web interface.

macro_rules! only_linked {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        ///
        /// This crate has no operations on it: it stands in [`Link`](crate::Link)s only, and is made in the web interface.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {}
    )+};
}

only_linked! {
    /// A voice file.
    AudioFile;
    /// One call that the dialler makes or made.
    CallRequest;
    /// A way to a telephone network.
    Gateway;
    /// The form of the mails that alarms send.
    MailTemplate;
    /// An IVR application that can't change any more, as calls need it.
    SealedSurvey;
    /// A way to send SMS.
    SmsGateway;
    /// The form of the SMS that alarms send.
    SmsTemplate;
    /// A user of the web interface.
    User;
}
