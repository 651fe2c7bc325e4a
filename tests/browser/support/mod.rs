//! The harness of the end-to-end tests: a web server, a browser of each engine, our page in it. In: the built page.
//! Out: `Start` and `engines!`, from which a test gets its `Page`. Neighbours: the tests next to this folder, and the
//! benchmark of the keystroke.

pub mod browser;
pub mod devtools;
pub mod django;
pub mod driver;
pub mod element;
pub mod engine;
pub mod input;
pub mod outside;
pub mod page;
pub mod process;
pub mod server;
pub mod slot;
pub mod start;
pub mod text;

pub use element::Element;
pub use engine::Engine;
pub use page::Page;
pub use start::Start;
