//! What was made of code before. In: code, and what else the result depends on. Out: the result, if it is still there.
//! Neighbours: `languages.rs` asks it, so that only the block under the caret is read again; `code/` for its HTML.

use std::collections::HashMap;
use std::hash::Hash;

/// How many bytes of code one generation holds, at most two are kept.
const GENERATION_BYTES: usize = 1 << 20;

type Generation<K, V> = HashMap<K, HashMap<Box<str>, V>>;

/// Two generations: when the young one is full, the old one goes.
#[derive(Debug)]
pub(crate) struct Cache<K, V> {
    young: Generation<K, V>,
    old: Generation<K, V>,
    bytes: usize,
}

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), bytes: 0 }
    }
}

impl<K: Copy + Eq + Hash, V: Clone> Cache<K, V> {
    pub(crate) fn get(&mut self, key: K, code: &str) -> Option<V> {
        if let Some(known) = self.young.get(&key).and_then(|codes| codes.get(code)) {
            return Some(known.clone());
        }
        let known = self.old.get(&key)?.get(code)?.clone();
        self.put(key, code, known.clone());
        Some(known)
    }

    pub(crate) fn put(&mut self, key: K, code: &str, result: V) {
        // The result takes memory beside the code; a short block takes some in any case.
        self.bytes += code.len() + 64;
        if self.bytes > GENERATION_BYTES {
            self.old = std::mem::take(&mut self.young);
            self.bytes = code.len() + 64;
        }
        self.young.entry(key).or_default().insert(code.into(), result);
    }

    /// Forgets everything: what the results depend on has changed.
    pub(crate) fn clear(&mut self) {
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
