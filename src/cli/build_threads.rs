//! The files of a site, written by several threads. In: what is to be written. Out: files, and what is wrong. Neighbours:
//! `build.rs` knows what is to be written, `site_request.rs` opens the site, `destination.rs` takes the files.
//!
//! Each thread has the site for itself, as it was read, and takes the next file that nobody has taken: style sheets of Sass
//! first, which take longest, then all others in Jekyll's order.
//! What a page shows does not depend on who renders it, for `SiteRendering` knows the order; contents that are converted
//! are shared (`site/shared_contents.rs`). Only what `include_cached` keeps depends on the page that asks first: where
//! two threads came to different texts, one thread writes all files again.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::destination::OutputFolder;
use super::site_problems;
use super::site_request::{SiteOnDisk, SiteRequest};
use crate::site::build::{FileOrigin, PlannedFile};
use crate::site::rendering::{SiteItem, SiteRendering};
use crate::site::shared_contents::SharedContents;
use crate::text::Diagnostic;

/// Below so many files for each thread, reading the site once more takes longer than it saves.
const FILES_EACH: usize = 48;
/// More threads than that read the site more often than they save.
const MAX_THREADS: usize = 8;
/// The stack of a thread, in bytes, as that of the first one: only what is used of it takes memory.
const STACK: usize = 8 << 20;

/// What is to be built.
pub(super) struct SiteBuild<'b> {
    pub(super) request: &'b SiteRequest,
    pub(super) destination: &'b OutputFolder,
    pub(super) plan: &'b [PlannedFile],
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct BuildResult {
    /// Paths of files that could not be written, and why.
    pub(super) failures: Vec<(String, String)>,
    /// What is wrong with the pages, in the order of the files.
    pub(super) problems: Vec<(String, Diagnostic)>,
}

/// What one thread has to tell.
struct ThreadResult {
    problems: Vec<(String, Diagnostic)>,
    includes: HashMap<String, String>,
}

/// Which files are taken, and what went wrong.
#[derive(Default)]
struct Progress {
    /// Numbers of files in the plan, in the order in which they are taken; without any, the plan's own.
    order: Vec<usize>,
    next: AtomicUsize,
    failures: Mutex<Vec<(usize, String)>>,
}

impl SiteBuild<'_> {
    /// Writes all files, in `threads` threads or in as many as are worth it. `rendering` is the site as this thread has it.
    pub(super) fn run(&self, disk: &SiteOnDisk, rendering: &SiteRendering, threads: Option<usize>) -> BuildResult {
        let cores = thread::available_parallelism().map_or(1, NonZero::get).min(MAX_THREADS);
        let threads = threads.unwrap_or_else(|| cores.min(self.plan.len() / FILES_EACH).max(1));
        if threads > 1
            && let Some(result) = self.in_threads(disk, rendering, threads)
        {
            return result;
        }
        if threads == 1 {
            return self.alone(disk, rendering);
        }
        match self.request.open() {
            Ok(disk) => self.alone(&disk, &self.request.rendering(&disk, self.request.read(&disk))),
            Err(failure) => BuildResult { failures: vec![(String::new(), failure.0)], ..BuildResult::default() },
        }
    }

    fn alone(&self, disk: &SiteOnDisk, rendering: &SiteRendering) -> BuildResult {
        let progress = Progress::default();
        self.work(disk, rendering, &progress);
        BuildResult { failures: self.failures(progress), problems: site_problems::problems(rendering) }
    }

    /// `None` where the threads did not come to the same.
    fn in_threads(&self, disk: &SiteOnDisk, rendering: &SiteRendering, threads: usize) -> Option<BuildResult> {
        // A style sheet without tags keeps nothing that a page could see.
        let is_first =
            |file: &PlannedFile| matches!(file.from, FileOrigin::Item(item) if rendering.is_plain_sass(item));
        let (first, rest): (Vec<usize>, Vec<usize>) =
            (0..self.plan.len()).partition(|&index| self.plan.get(index).is_some_and(is_first));
        let progress = Progress { order: [first, rest].concat(), ..Progress::default() };
        let contents = Arc::new(SharedContents::default());
        let results: Option<Vec<ThreadResult>> = thread::scope(|scope| {
            let other = || {
                let disk = self.request.open().ok()?;
                let rendering = self.request.rendering(&disk, self.request.read(&disk));
                let paths = |plan: &[PlannedFile]| plan.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
                // The folder may have changed since.
                if paths(&rendering.plan()) != paths(self.plan) {
                    return None;
                }
                Some(self.share_work(&disk, &rendering, &progress, &contents))
            };
            let spawn = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, other);
            let others: Vec<_> = (1..threads).map(spawn).collect();
            let own = self.share_work(disk, rendering, &progress, &contents);
            let others = others.into_iter().map(|thread| thread.ok()?.join().ok()?);
            others.chain([Some(own)]).collect()
        });
        let mut problems: Vec<(String, Diagnostic)> = Vec::new();
        let mut includes: HashMap<String, String> = HashMap::new();
        for result in results? {
            for (key, text) in result.includes {
                if includes.get(&key).is_some_and(|known| *known != text) {
                    return None;
                }
                includes.insert(key, text);
            }
            for problem in result.problems {
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
        }
        site_problems::sort(&mut problems);
        Some(BuildResult { failures: self.failures(progress), problems })
    }

    fn share_work(
        &self,
        disk: &SiteOnDisk,
        rendering: &SiteRendering,
        progress: &Progress,
        contents: &Arc<SharedContents<SiteItem>>,
    ) -> ThreadResult {
        rendering.share(Arc::clone(contents));
        self.work(disk, rendering, progress);
        ThreadResult { problems: site_problems::problems(rendering), includes: rendering.kept_includes() }
    }

    /// Writes the next file that nobody has taken, until there is none.
    fn work(&self, disk: &SiteOnDisk, rendering: &SiteRendering, progress: &Progress) {
        loop {
            let next = progress.next.fetch_add(1, Ordering::Relaxed);
            let index = progress.order.get(next).copied().unwrap_or(next);
            let Some(file) = self.plan.get(index) else { return };
            if let Err(message) = self.write(disk, rendering, file) {
                progress.failures.lock().unwrap_or_else(PoisonError::into_inner).push((index, message));
            }
        }
    }

    fn write(&self, disk: &SiteOnDisk, rendering: &SiteRendering, file: &PlannedFile) -> Result<(), String> {
        match &file.from {
            FileOrigin::Item(item) => {
                let text = rendering.written_text(*item);
                if file.stays { self.destination.write(&file.path, text.as_bytes()) } else { Ok(()) }
            }
            FileOrigin::Copy(from) if file.stays => match disk.locate(&from.path, from.from_theme) {
                Some(from) => self.destination.copy(&file.path, &from),
                // The file is gone since the site was read.
                None => Ok(()),
            },
            FileOrigin::Copy(_) => Ok(()),
        }
    }

    /// The files that could not be written, in Jekyll's order.
    fn failures(&self, progress: Progress) -> Vec<(String, String)> {
        let mut failures = progress.failures.into_inner().unwrap_or_else(PoisonError::into_inner);
        failures.sort();
        let named = |(index, message): (usize, String)| Some((self.plan.get(index)?.path.clone(), message));
        failures.into_iter().filter_map(named).collect()
    }
}
