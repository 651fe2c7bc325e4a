//! `SourceMap`: maps offsets of a text that was made from pieces of another text to that text and back. In: pieces in
//! the order in which they were written. Out: offsets. Neighbours: `liquid/` makes one while it renders; `app/` finds
//! the source of a block.

use super::Span;

/// A piece of the rendered text: it reaches from `rendered` to where the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MappedRange {
    /// Its first byte in the rendered text.
    rendered: usize,
    /// What it came from.
    source: Span,
    /// Whether it is a copy of the source; otherwise it was produced by what stands at `source`.
    verbatim: bool,
}

/// Maps between a source and a text rendered from it; offsets are bytes. Both directions are monotone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    ranges: Vec<MappedRange>,
    source_len: usize,
    rendered_len: usize,
    /// The end of the source that the ranges cover.
    reached: usize,
    identity: bool,
}

impl SourceMap {
    /// The map of a text of `len` bytes that was left as it is.
    pub fn identity(len: usize) -> Self {
        Self { source_len: len, rendered_len: len, identity: true, ..Self::default() }
    }

    /// A map without pieces, of a source of `source_len` bytes.
    pub fn new(source_len: usize) -> Self {
        Self { source_len, ..Self::default() }
    }

    /// The map as numbers: lengths of source and rendered text, and for each piece its place in the rendered text, its
    /// source's start and length, and 1 where it is verbatim.
    pub fn encode(&self) -> Vec<usize> {
        let mut numbers = vec![self.source_len, self.rendered_len, usize::from(self.identity), self.reached];
        for segment in &self.ranges {
            let source = segment.source;
            numbers.extend([segment.rendered, source.start, source.len(), usize::from(segment.verbatim)]);
        }
        numbers
    }

    /// What `encode` wrote; `None` for other numbers.
    pub fn decode(numbers: &[usize]) -> Option<Self> {
        let (&[source_len, rendered_len, identity, reached], rest) = numbers.split_first_chunk()?;
        let mut ranges: Vec<MappedRange> = Vec::with_capacity(rest.len() / 4);
        for piece in rest.chunks(4) {
            let &[rendered, start, len, verbatim] = piece else { return None };
            let source = Span::new(start, start.checked_add(len)?);
            let before = ranges.last().map_or((0, 0), |last| (last.rendered, last.source.start));
            if source.end > source_len || rendered > rendered_len || before.0 > rendered || before.1 > start {
                return None;
            }
            ranges.push(MappedRange { rendered, source, verbatim: verbatim == 1 });
        }
        Some(Self { ranges, source_len, rendered_len, reached, identity: identity == 1 })
    }

    /// Whether the rendered text is the source.
    pub fn is_identity(&self) -> bool {
        self.identity
    }

    /// Adds the source's bytes at `source`, as they are.
    pub fn push_verbatim(&mut self, source: Span) {
        self.push(source, source.len(), true);
    }

    /// Adds `len` bytes that were produced by what stands at `source`.
    pub fn push_made(&mut self, source: Span, len: usize) {
        self.push(source, len, false);
    }

    fn push(&mut self, source: Span, len: usize, verbatim: bool) {
        if len == 0 {
            return;
        }
        // Text that is written again (the body of a loop) counts as produced at the current end of the source, so that
        // source offsets never decrease.
        let again = source.start < self.reached;
        let source = if again { Span::at(self.reached) } else { source };
        let verbatim = verbatim && !again;
        self.reached = self.reached.max(source.end);
        let rendered = self.rendered_len;
        self.rendered_len += len;
        match self.ranges.last_mut() {
            Some(last) if verbatim && last.verbatim && last.source.end == source.start => last.source.end = source.end,
            Some(last) if !verbatim && !last.verbatim && last.source == source => {}
            _ => self.ranges.push(MappedRange { rendered, source, verbatim }),
        }
    }

    /// Adds what `other` maps, whose source at `from` stands at `to` in this one.
    pub(crate) fn push_moved(&mut self, other: &Self, from: usize, to: usize) {
        for (rendered, source, verbatim) in other.pieces_from(0) {
            let start = (source.start + to).saturating_sub(from);
            self.push(Span::new(start, start + source.len()), rendered.len(), verbatim);
        }
    }

    /// Where the source of the whole text starts, if it is one piece and a copy of that.
    pub(crate) fn start_of_copy(&self) -> Option<usize> {
        match self.ranges.as_slice() {
            [range] if range.verbatim => Some(range.source.start),
            _ => None,
        }
    }

    /// The pieces from the one with the byte `start` of the rendered text on, in order: bytes of the rendered text, bytes of the source, and whether they are the same bytes.
    pub(crate) fn pieces_from(&self, start: usize) -> impl Iterator<Item = (Span, Span, bool)> + '_ {
        let first = self.ranges.partition_point(|range| range.rendered <= start).saturating_sub(1);
        let ranges = self.ranges.get(first..).unwrap_or(&[]);
        let ends = ranges.iter().skip(1).map(|next| next.rendered).chain([self.rendered_len]);
        ranges
            .iter()
            .zip(ends)
            .map(|(segment, end)| (Span::new(segment.rendered, end), segment.source, segment.verbatim))
    }

    /// The byte of the source that byte `rendered` came from. Produced text maps to the beginning of what produced it;
    /// offsets from the end on map to the end.
    pub fn to_source(&self, rendered: usize) -> usize {
        if rendered >= self.rendered_len {
            return self.source_len;
        }
        if self.identity {
            return rendered;
        }
        let after = self.ranges.partition_point(|segment| segment.rendered <= rendered);
        match after.checked_sub(1).and_then(|index| self.ranges.get(index)) {
            Some(segment) if segment.verbatim => segment.source.start + (rendered - segment.rendered),
            Some(segment) => segment.source.start,
            None => 0,
        }
    }

    /// The byte of the rendered text that byte `source` became. Source that produced nothing maps to where its text
    /// would be.
    pub fn to_rendered(&self, source: usize) -> usize {
        if source >= self.source_len {
            return self.rendered_len;
        }
        if self.identity {
            return source;
        }
        let after = self.ranges.partition_point(|segment| segment.source.start <= source);
        match after.checked_sub(1).and_then(|index| self.ranges.get(index)) {
            Some(segment) if segment.verbatim => {
                segment.rendered + (source - segment.source.start).min(segment.source.len())
            }
            Some(segment) => segment.rendered,
            None => 0,
        }
    }

    /// The source of a span of the rendered text.
    pub fn span_to_source(&self, rendered: Span) -> Span {
        Span::new(self.to_source(rendered.start), self.to_source(rendered.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_lead_back_and_forth() {
        // "ab{{x}}cd" became "abVALUEcd".
        let mut map = SourceMap::new(9);
        map.push_verbatim(Span::new(0, 2));
        map.push_made(Span::new(2, 7), 5);
        map.push_verbatim(Span::new(7, 9));
        let back: Vec<usize> = (0..=9).map(|at| map.to_source(at)).collect();
        assert_eq!(back, [0, 1, 2, 2, 2, 2, 2, 7, 8, 9]);
        let forth: Vec<usize> = (0..=9).map(|at| map.to_rendered(at)).collect();
        assert_eq!(forth, [0, 1, 2, 2, 2, 2, 2, 7, 8, 9]);
    }

    #[test]
    fn what_left_no_trace_and_what_is_written_twice_stay_in_order() {
        // "x{%c%}y" became "xyy".
        let mut map = SourceMap::new(7);
        map.push_verbatim(Span::new(0, 1));
        map.push_verbatim(Span::new(6, 7));
        map.push_verbatim(Span::new(6, 7));
        assert_eq!([0, 1, 2, 3].map(|at| map.to_source(at)), [0, 6, 7, 7]);
        assert_eq!([0, 1, 3, 6, 7].map(|at| map.to_rendered(at)), [0, 1, 1, 1, 3]);
    }

    #[test]
    fn an_untouched_text_maps_to_itself() {
        let map = SourceMap::identity(3);
        assert_eq!([0, 2, 3, 9].map(|at| (map.to_source(at), map.to_rendered(at))), [(0, 0), (2, 2), (3, 3), (3, 3)]);
    }
}
