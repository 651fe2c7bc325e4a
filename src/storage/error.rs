//! `StorageError`: why a draft was not kept or not found. In: nothing. Out: sentences for a writer.
//! Neighbours: every store returns it, `saver.rs` decides by it whether to try again.

use super::Draft;

/// Why a store did not do what it was asked.
#[derive(Clone, Debug, PartialEq)]
pub enum StorageError {
    /// The browser's space for this site is used up; what was stored before is still there.
    Full,
    /// The browser gives this site no storage, or does not answer.
    Blocked,
    /// The record is damaged; its text, where at least that can be read, is brought along.
    Corrupt {
        /// The text, with `\n` alone.
        rescued: Option<String>,
    },
    /// Another tab stored something else since; nothing was written.
    Conflict {
        /// What is stored now.
        theirs: Box<Draft>,
    },
    /// There is no such draft.
    Missing,
    /// A newer version of the page changed the store; this page has to be loaded again.
    Outdated,
    /// Anything else, in the browser's words.
    Other(String),
}

impl StorageError {
    /// One or two sentences that say what happened and what to do.
    pub fn message(&self) -> String {
        let sentence = match self {
            Self::Full => {
                "The browser's storage is full, so the last changes are not kept as a draft. \
                 Save the post to a file, then throw old drafts away."
            }
            Self::Blocked => {
                "The browser does not let this page keep drafts (a private window, or storage is switched off). \
                 Save the post to a file before you close the tab."
            }
            Self::Corrupt { rescued: Some(_) } => "This draft is damaged. Its text could be read; the rest is lost.",
            Self::Corrupt { rescued: None } => "This draft is damaged and cannot be read.",
            Self::Conflict { .. } => {
                "This draft was changed in another tab. Nothing was overwritten: choose which version to keep."
            }
            Self::Missing => "This draft is no longer stored here.",
            Self::Outdated => {
                "A newer version of this page has been opened, so this tab can no longer keep drafts. \
                 Save the post to a file, then reload the page."
            }
            Self::Other(reason) => return ["The browser could not keep the draft: ", reason, "."].concat(),
        };
        sentence.to_owned()
    }

    /// Whether a later try may succeed without a decision of the writer.
    pub fn passes(&self) -> bool {
        matches!(self, Self::Full | Self::Blocked | Self::Other(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_told_in_a_sentence() {
        let theirs = Box::new(Draft::new(crate::storage::DraftId(1), 0.0));
        let errors = [
            StorageError::Full,
            StorageError::Blocked,
            StorageError::Corrupt { rescued: None },
            StorageError::Corrupt { rescued: Some("a".into()) },
            StorageError::Conflict { theirs },
            StorageError::Missing,
            StorageError::Outdated,
            StorageError::Other("UnknownError".into()),
        ];
        let mut messages: Vec<String> = errors.iter().map(StorageError::message).collect();
        assert!(messages.iter().all(|m| m.ends_with('.') && m.len() > 20 && !m.contains("  ")), "{messages:?}");
        messages.sort();
        messages.dedup();
        assert_eq!(messages.len(), errors.len());
    }
}
