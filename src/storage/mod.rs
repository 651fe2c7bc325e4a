//! Drafts and files behind traits, with memory twins and the browser's versions. Neighbours: `app/effects`.
