//! What helps a writer, without a browser: completion, finding and replacing, the palette's order, sections, pictures,
//! what stands out, and figures.
//! In: texts. Out: spans, edits, entries. Neighbours: `commands/` has the editing commands, `app/writing/` draws all this.

pub mod completion;
pub mod figures;
pub mod find;
pub mod focus;
pub mod outline;
pub mod palette;
pub mod pictures;
pub mod publish_address;
