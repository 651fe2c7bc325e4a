//! Jekyll's dialect, from the text to HTML. In: the families of hard texts. Neighbours: `main.rs`.

use crate::Growth;
use crate::families::{FAMILIES, made};

#[test]
fn jekyll() {
    let mut growth = Growth::of("jekyll");
    for &family in FAMILIES {
        growth.add(|bytes| made(family, bytes));
    }
    growth.check();
}
