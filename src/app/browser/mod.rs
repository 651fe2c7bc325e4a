//! Small helpers over the browser. In: nothing of ours but tokens. Out: nodes, listeners, guarded calls. Neighbours:
//! every other folder of `app/`.

pub(crate) mod dom;
pub(crate) mod event_listener;
pub(crate) mod guard;
pub(crate) mod panic;
pub(crate) mod text_ranges;
pub(crate) mod time_zone;
