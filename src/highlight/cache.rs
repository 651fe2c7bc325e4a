//! What was highlighted before. In: a lexer and code. Out: the result, if it is still there.
//! Neighbours: `languages.rs` asks it, so that only the block under the caret is read again.

use std::collections::HashMap;

use super::languages::{Highlighted, Lexer};

/// How many bytes of code one generation holds, at most two are kept.
const GENERATION_BYTES: usize = 1 << 20;

type Generation = HashMap<Lexer, HashMap<Box<str>, Highlighted>>;

/// Two generations: when the young one is full, the old one goes.
#[derive(Debug, Default)]
pub(super) struct Cache {
    young: Generation,
    old: Generation,
    bytes: usize,
}

impl Cache {
    pub(super) fn get(&mut self, lexer: Lexer, code: &str) -> Option<Highlighted> {
        if let Some(known) = self.young.get(&lexer).and_then(|codes| codes.get(code)) {
            return Some(known.clone());
        }
        let known = self.old.get(&lexer)?.get(code)?.clone();
        self.put(lexer, code, known.clone());
        Some(known)
    }

    pub(super) fn put(&mut self, lexer: Lexer, code: &str, result: Highlighted) {
        // Runs take memory beside the code; a short block takes some in any case.
        self.bytes += code.len() + 64;
        if self.bytes > GENERATION_BYTES {
            self.old = std::mem::take(&mut self.young);
            self.bytes = code.len() + 64;
        }
        self.young.entry(lexer).or_default().insert(code.into(), result);
    }

    /// Forgets everything: the tables have changed.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::{Cache, GENERATION_BYTES};
    use crate::highlight::{Highlighted, Lexer};

    #[test]
    fn what_is_used_stays_and_the_rest_goes() {
        let (Some(ruby), Some(rust)) = (Lexer::new(0), Lexer::new(1)) else { panic!("two lexers") };
        let mut cache = Cache::default();
        cache.put(ruby, "used", Highlighted::OverBudget);
        cache.put(ruby, "not used", Highlighted::OverBudget);
        assert_eq!(cache.get(rust, "used"), None);
        for round in 0..4 {
            cache.put(ruby, &format!("{round}{}", "x".repeat(GENERATION_BYTES / 2)), Highlighted::OverBudget);
            assert_eq!(cache.get(ruby, "used"), Some(Highlighted::OverBudget), "round {round}");
        }
        assert_eq!(cache.get(ruby, "not used"), None);
    }
}
