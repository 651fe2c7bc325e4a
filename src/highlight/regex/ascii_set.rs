//! A set of ASCII characters as bits. In: bytes. Out: whether one is in it. Neighbours: `class.rs` and `program.rs` ask for
//! each character, so it is two numbers of 64 bits: WebAssembly has no larger ones.

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct AsciiSet([u64; 2]);

impl AsciiSet {
    /// The bytes below 128 for which something holds.
    pub(super) fn of(holds: impl Fn(u8) -> bool) -> Self {
        let half = |from: u8| (0..64u8).filter(|&bit| holds(from + bit)).fold(0, |bits, bit| bits | 1 << bit);
        Self([half(0), half(64)])
    }

    pub(super) fn all() -> Self {
        Self([u64::MAX; 2])
    }

    pub(super) fn or(self, other: Self) -> Self {
        let ([a, b], [c, d]) = (self.0, other.0);
        Self([a | c, b | d])
    }

    /// Of a byte below 128.
    #[inline(always)]
    pub(super) fn has(self, byte: u8) -> bool {
        let [low, high] = self.0;
        let half = if byte < 64 { low } else { high };
        half >> (byte & 63) & 1 == 1
    }
}
