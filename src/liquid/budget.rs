//! The budget of one rendering. In: the steps and bytes of the next piece of work. Out: whether it is allowed.
//! Neighbours: all code that loops or copies asks here, so that the time is limited for every text.

/// How many rounds of loops, and how many elements of lists that are read.
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
    /// That of one body, so many times.
    pub(super) fn of(scale: usize) -> Self {
        Self { steps: MAX_STEPS.saturating_mul(scale), bytes: MAX_BYTES.saturating_mul(scale) }
    }

    /// Takes steps. False if fewer are left; then every later request is refused, too.
    pub(super) fn steps(&mut self, count: usize) -> bool {
        take(&mut self.steps, count)
    }

    /// Takes bytes; false as for steps.
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
