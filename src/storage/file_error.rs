//! `FileError`: why a file was not read or written. In: the browser's name of an error. Out: sentences for a writer.
//! Neighbours: `files.rs` returns it, `decode.rs` is one of the reasons.

use super::DecodeError;

/// Why a file was not read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// Its content cannot be opened.
    Decode(DecodeError),
    /// The person or the browser did not allow it.
    Denied,
    /// It was moved, renamed or deleted since it was chosen.
    Gone,
    /// The disk is full.
    Full,
    /// Another program holds it, or it changed while it was read.
    Busy,
    /// Anything else, in the browser's words.
    Other(String),
}

impl FileError {
    /// The error for a `DOMException`'s name and message (the File System Access and File API standards).
    pub fn of_exception(name: &str, message: &str) -> Self {
        match name {
            "NotAllowedError" | "SecurityError" => Self::Denied,
            "NotFoundError" => Self::Gone,
            "QuotaExceededError" => Self::Full,
            "NoModificationAllowedError" | "NotReadableError" | "InvalidStateError" => Self::Busy,
            _ => Self::Other(if message.is_empty() { name } else { message }.trim_end_matches('.').to_owned()),
        }
    }

    /// One or two sentences that say what happened and what to do.
    pub fn message(&self) -> String {
        let sentence = match self {
            Self::Decode(error) => return error.message(),
            Self::Denied => "The browser may not use this file. Allow it when it asks, or save under another name.",
            Self::Gone => "The file is no longer where it was. Save it again under a name of your choice.",
            Self::Full => "The disk is full, so the file was not written. The draft is still here.",
            Self::Busy => "Another program uses the file or has just changed it. Close it there and try again.",
            Self::Other(reason) => return ["The file could not be used: ", reason, "."].concat(),
        };
        sentence.to_owned()
    }
}

impl From<DecodeError> for FileError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_s_exception_becomes_a_sentence() {
        for (name, message, start) in [
            ("NotAllowedError", "x", "The browser may not"),
            ("NotFoundError", "x", "The file is no longer"),
            ("QuotaExceededError", "x", "The disk is full"),
            ("NoModificationAllowedError", "x", "Another program"),
            ("TypeError", "It is odd.", "The file could not be used: It is odd."),
            ("TypeError", "", "The file could not be used: TypeError."),
        ] {
            let message = FileError::of_exception(name, message).message();
            assert!(message.starts_with(start) && message.ends_with('.') && !message.ends_with(".."), "{message}");
        }
    }
}
