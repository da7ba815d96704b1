//! What several modules share.

pub(crate) mod mock_server;
pub(crate) mod scene;
