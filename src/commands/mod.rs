//! Editing commands: a snapshot of text and selection in, an edit out. Neighbours: `text/`; `app/` carries edits out.
