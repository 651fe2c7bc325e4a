//! How much work one rendering may do. In: what is about to be done. Out: whether it may. Neighbours: everything that
//! loops or copies asks here, so that no text takes longer than its size allows.

/// How many turns of loops, and how many elements of lists looked at.
pub(super) const MAX_STEPS: usize = 1_000_000;
/// How many bytes filters and loops may write.
const MAX_BYTES: usize = 16 << 20;

/// What is left.
#[derive(Debug)]
pub(super) struct Budget {
    steps: usize,
    bytes: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { steps: MAX_STEPS, bytes: MAX_BYTES }
    }

    /// Takes steps; false where there are not so many left, and from then on.
    pub(super) fn steps(&mut self, count: usize) -> bool {
        take(&mut self.steps, count)
    }

    /// Takes bytes; the same.
    pub(super) fn bytes(&mut self, count: usize) -> bool {
        take(&mut self.bytes, count)
    }

    /// Whether something was refused.
    pub(super) fn exhausted(&self) -> bool {
        self.steps == 0 || self.bytes == 0
    }
}

fn take(left: &mut usize, count: usize) -> bool {
    *left = left.saturating_sub(count);
    *left > 0
}
