//! Lists, page by page: [`Walk`](walk::Walk) decides without I/O what to ask for and what to hand out, [`Reader`](reader::Reader)
//! sends its calls, and the streams hand out what comes of it. Lists of numbered pages go by [`Rounds`](rounds::Rounds) instead.

mod ahead;
mod items;
mod known;
mod page;
mod paged;
mod pages;
mod reader;
mod rounds;
mod search;
mod walk;
mod windows;

pub use items::Items;
pub use page::{Page, Rows, Undecodable};
pub use paged::Paged;
pub use pages::Pages;
