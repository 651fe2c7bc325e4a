//! Jekyll's converter of Sass (jekyll-sass-converter 2.2.0 with sassc 2.4.0) by the crate grass. In: a rendering and the
//! text of a stylesheet, after Liquid. Out: CSS, or where and why Sass stops. Neighbours: `settings.rs` (the section
//! `sass`), `files.rs` (which file an import names), `source.rs` (a text made ready for grass), `limits.rs` (Sass that
//! does not end), `style.rs` (the four styles of output, over `css.rs` and `colors.rs`).
//!
//! No source map is written: grass makes none. `plugins/source_maps.rs` writes the line that names it.

mod colors;
mod css;
mod files;
mod limits;
mod settings;
mod source;
mod style;

use std::path::PathBuf;
use std::rc::Rc;

use grass_compiler::{ErrorKind, InputSyntax, NullLogger, Options, OutputStyle};

use super::rendering::{SassError, SiteRendering};
use files::SassFiles;
use settings::{SassSettings, SassStyle};

impl SassError {
    fn whole(message: &str) -> Self {
        Self { path: None, line: 0, message: message.to_owned() }
    }
}

/// Compiles a stylesheet of a site. `indented` says that it is written without braces.
pub fn convert(rendering: &SiteRendering, text: &str, indented: bool) -> Result<String, SassError> {
    let settings = SassSettings::of(&rendering.site.config);
    let job = SassJob {
        text: text.to_owned(),
        syntax: if indented { InputSyntax::Sass } else { InputSyntax::Scss },
        style: settings.style,
        root: files::root(rendering),
        load_paths: files::load_paths(rendering, &settings.load_paths),
    };
    let css = run(job, &|path| files::read(rendering, path))?;
    Ok(if settings.add_charset && !css.is_ascii() && settings.style == SassStyle::Compressed {
        ["@charset \"UTF-8\";", &css].concat()
    } else {
        css
    })
}

/// A stylesheet that is to be compiled.
struct SassJob {
    text: String,
    syntax: InputSyntax,
    style: SassStyle,
    /// The folder that the stylesheet counts as a file of.
    root: String,
    load_paths: Vec<PathBuf>,
}

impl SassJob {
    /// Compiles it; `read` gives the bytes of a file.
    fn compile(self, read: &dyn Fn(&str) -> Option<Rc<[u8]>>) -> Result<String, SassError> {
        let files = SassFiles::new(self.root, self.load_paths, read);
        let text = files.prepare(&self.text, "", self.syntax);
        let text = text.map_err(|(line, message)| SassError { path: None, line, message })?;
        let options = Options::default()
            .fs(&files)
            .logger(&NullLogger)
            .input_syntax(self.syntax)
            .style(match self.style {
                SassStyle::Compressed => OutputStyle::Compressed,
                SassStyle::Nested | SassStyle::Expanded | SassStyle::Compact => OutputStyle::Expanded,
            })
            .load_paths(files.load_paths())
            .add_custom_fn(limits::STEP, limits::step());
        match limits::bounded(|| grass_compiler::from_string(text, &options)) {
            Ok(css) => Ok(style::write(&css, self.style, &files.fractions())),
            Err(error) => Err(files.refused().unwrap_or_else(|| files.error(error.kind()))),
        }
    }
}

/// Runs a job in a thread of its own, which has a large stack. A panic in grass ends the thread and not the build.
#[cfg(not(target_arch = "wasm32"))]
fn run(job: SassJob, read: &dyn Fn(&str) -> Option<Rc<[u8]>>) -> Result<String, SassError> {
    use std::sync::mpsc;
    use std::thread;

    let (ask, asked) = mpsc::channel::<String>();
    let (answer, answers) = mpsc::channel::<Option<Vec<u8>>>();
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(limits::THREAD_STACK).spawn_scoped(scope, move || {
            job.compile(&|path| {
                ask.send(path.to_owned()).ok()?;
                answers.recv().ok().flatten().map(Into::into)
            })
        });
        let thread = thread.map_err(|error| SassError::whole(&error.to_string()))?;
        // Ends with the thread.
        for path in asked {
            if answer.send(read(&path).map(|bytes| bytes.to_vec())).is_err() {
                break;
            }
        }
        thread.join().unwrap_or_else(|_| Err(SassError::whole("The compiler of Sass failed at this stylesheet.")))
    })
}

/// Runs a job. A panic in grass ends the guarded call that this is part of.
#[cfg(target_arch = "wasm32")]
fn run(job: SassJob, read: &dyn Fn(&str) -> Option<Rc<[u8]>>) -> Result<String, SassError> {
    job.compile(read)
}

impl SassFiles<'_> {
    /// What grass says, at the place in the site's own file.
    fn error(&self, kind: ErrorKind) -> SassError {
        match kind {
            ErrorKind::ParseError { message, loc, .. } => {
                let name = loc.file.name();
                let (path, line) = self.original(name, loc.begin.line);
                SassError { path, line, message: ["Sass stops here: ", &message].concat() }
            }
            _ => SassError::whole("A file that is imported cannot be read."),
        }
    }
}
