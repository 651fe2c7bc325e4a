//! Prints the page's static HTML, for the build. In: nothing. Out: HTML on standard output. Neighbours:
//! `app/prerender.rs` makes it, `scripts/finish.mjs` runs this.

fn main() -> std::io::Result<()> {
    println!("{}", apercu::app::prerender()?);
    Ok(())
}
