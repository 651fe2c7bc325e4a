//! Which lines or elements of two lists are versions of each other: those of one name that share words, in order. In:
//! their words. Out: pairs of indices. Neighbours: `text_diff.rs` and `preview_diff.rs` compare the pairs further.

/// Two elements are versions of each other if they share at least this many of a thousand words.
const ENOUGH: usize = 400;
/// The search for pairs does at most this many steps.
const MOST_STEPS: usize = 20_000_000;
/// The table of a search has at most this many cells.
const MOST_FIELDS: usize = 1_000_000;

/// Whether the content of elements with that name is compared; other elements are only equal or not.
fn is_whole(name: &str) -> bool {
    matches!(
        name,
        "svg"
            | "math"
            | "video"
            | "audio"
            | "picture"
            | "select"
            | "textarea"
            | "object"
            | "img"
            | "input"
            | "br"
            | "hr"
    )
}

/// Elements that only contain others, and cells, which are known by their position.
fn is_frame(name: &str) -> bool {
    matches!(name, "td" | "th" | "thead" | "tbody" | "tfoot" | "pre" | "code" | "div" | "caption" | "figcaption")
}

/// What a line or an element is compared by.
pub(super) struct Bag<'t> {
    /// The element's name; lines have none.
    pub(super) name: &'t str,
    /// The numbers of its words in their order.
    pub(super) words: Vec<u32>,
}

impl<'t> Bag<'t> {
    pub(super) fn new(name: &'t str, mut words: Vec<u32>) -> Self {
        words.sort_unstable();
        Self { name, words }
    }
}

/// How similar two are, or 0 where they are not versions of each other. `places` says whether cells and elements like
/// them may be versions without a common word.
fn likeness(old: &Bag<'_>, new: &Bag<'_>, places: bool) -> usize {
    if old.name != new.name || is_whole(old.name) {
        return 0;
    }
    let mut rest = new.words.as_slice();
    let common = old.words.iter().filter(|&&word| {
        let at = rest.iter().position(|&other| other >= word).unwrap_or(rest.len());
        rest = rest.get(at..).unwrap_or(&[]);
        let found = rest.first() == Some(&word);
        if found {
            rest = rest.get(1..).unwrap_or(&[]);
        }
        found
    });
    let (common, all) = (common.count(), old.words.len() + new.words.len());
    let shared = (2_000 * common).checked_div(all).unwrap_or(0);
    if shared >= ENOUGH { shared + 1 } else { usize::from(places && is_frame(old.name)) }
}

/// The pairs, as indices into both lists, in order in both.
pub(super) fn pairs(old: &[Bag<'_>], new: &[Bag<'_>], places: bool) -> Vec<(usize, usize)> {
    let (rows, columns) = (old.len(), new.len());
    let alike = |row: usize, column: usize| -> usize {
        old.get(row).zip(new.get(column)).map_or(0, |(old, new)| likeness(old, new, places))
    };
    let size = |bags: &[Bag<'_>]| bags.iter().map(|bag| bag.words.len() + 1).sum::<usize>();
    let steps = rows.saturating_mul(size(new)).saturating_add(columns.saturating_mul(size(old)));
    if steps > MOST_STEPS || rows.saturating_mul(columns) > MOST_FIELDS {
        return (0..rows.min(columns)).filter(|&at| alike(at, at) > 0).map(|at| (at, at)).collect();
    }
    best(rows, columns, alike)
}

/// Of all ways to pair in order, the one with the greatest similarity.
fn best(rows: usize, columns: usize, alike: impl Fn(usize, usize) -> usize) -> Vec<(usize, usize)> {
    let width = columns + 1;
    // From the end of the lists: the greatest similarity of the rest.
    let mut gain = vec![0usize; (rows + 1) * width];
    let at = |gain: &[usize], row: usize, column: usize| gain.get(row * width + column).copied().unwrap_or(0);
    let mut scores = vec![0usize; rows * columns];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let score = alike(row, column);
            let with = if score > 0 { score + at(&gain, row + 1, column + 1) } else { 0 };
            let most = with.max(at(&gain, row + 1, column)).max(at(&gain, row, column + 1));
            if let (Some(field), Some(known)) =
                (gain.get_mut(row * width + column), scores.get_mut(row * columns + column))
            {
                (*field, *known) = (most, score);
            }
        }
    }
    let (mut row, mut column, mut out) = (0, 0, Vec::new());
    while row < rows && column < columns {
        let score = at(&scores, 0, row * columns + column);
        let here = at(&gain, row, column);
        if score > 0 && here == score + at(&gain, row + 1, column + 1) {
            out.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if here == at(&gain, row + 1, column) {
            row += 1;
        } else {
            column += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_counts_shared_words_of_elements_of_one_name() {
        let alike = |old: (&'static str, &[u32]), new: (&'static str, &[u32]), places| {
            likeness(&Bag::new(old.0, old.1.to_vec()), &Bag::new(new.0, new.1.to_vec()), places)
        };
        assert_eq!(alike(("p", &[1, 2, 3]), ("p", &[3, 2, 1]), false), 1_001);
        assert_eq!(alike(("p", &[1, 1, 2]), ("p", &[1, 3, 4]), false), 0);
        assert_eq!(alike(("p", &[1, 2]), ("p", &[1, 3]), false), 501);
        assert_eq!(alike(("p", &[1]), ("h2", &[1]), false), 0);
        assert_eq!((alike(("td", &[1]), ("td", &[2]), true), alike(("td", &[1]), ("td", &[2]), false)), (1, 0));
        assert_eq!(alike(("img", &[]), ("img", &[]), true), 0);
    }

    #[test]
    fn the_best_pairs_are_in_order() {
        let table = [[0, 900, 0], [0, 0, 500], [700, 0, 0]];
        assert_eq!(best(3, 3, |row, column| table[row][column]), [(0, 1), (1, 2)]);
        assert_eq!(best(2, 2, |_, _| 0), []);
    }
}
