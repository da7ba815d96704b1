//! Helpers of several modules.

pub(crate) mod mock_server;
pub(crate) mod scene;
