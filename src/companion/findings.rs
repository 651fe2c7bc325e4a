//! What the checks found, from the module to the page; the site's time zone, the other way. In: values. Out: bytes, and
//! from bytes the same again. Neighbours: `wire.rs`; `checks/` find, `app/effects/companion.rs` asks.

use super::template::{read_diagnostics, write_diagnostics};
use super::wire::{Reader, Writer};
use crate::post::zone::Zone;
use crate::text::{Diagnostic, Edit, Fix};

/// Diagnostics and their fixes.
pub fn encode_findings(findings: &[Diagnostic]) -> Vec<u8> {
    let mut out = Writer::default();
    write_diagnostics(&mut out, findings);
    for fix in findings.iter().map(|found| &found.fix) {
        out.size(usize::from(fix.is_some()));
        if let Some(Fix { label, edit }) = fix {
            out.text(label);
            out.span(edit.span);
            out.text(&edit.text);
            out.span(edit.selection);
        }
    }
    out.bytes
}

/// What `encode_findings` wrote.
pub fn decode_findings(bytes: &[u8]) -> Option<Vec<Diagnostic>> {
    let mut reader = Reader { bytes };
    let mut findings = read_diagnostics(&mut reader)?;
    for found in &mut findings {
        if reader.size()? == 1 {
            let label = reader.text()?.to_owned();
            let span = reader.span()?;
            let text = reader.text()?.to_owned();
            found.fix = Some(Fix { label, edit: Edit { span, text, selection: reader.span()? } });
        }
    }
    Some(findings)
}

/// A time zone.
pub fn encode_zone(zone: &Zone) -> Vec<u8> {
    let mut out = Writer::default();
    let (first, changes) = zone.parts();
    out.text(zone.name());
    out.number(i64::from(first).cast_unsigned());
    out.size(changes.len());
    for (at, offset) in changes {
        out.number(at.cast_unsigned());
        out.number(i64::from(*offset).cast_unsigned());
    }
    out.bytes
}

/// What `encode_zone` wrote.
pub fn decode_zone(bytes: &[u8]) -> Option<Zone> {
    let mut reader = Reader { bytes };
    let name = reader.text()?.to_owned();
    let minutes = |number: u64| i32::try_from(number.cast_signed()).ok();
    let first = minutes(reader.number()?)?;
    let mut changes = Vec::new();
    for _ in 0..reader.count()? {
        changes.push((reader.number()?.cast_signed(), minutes(reader.number()?)?));
    }
    Some(Zone::from_transitions(&name, first, changes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Severity, Span};

    #[test]
    fn findings_come_back_with_their_fixes() {
        let plain = Diagnostic::new("title-missing", Severity::Note, Span::new(0, 3), "No title");
        let edit = Edit { span: Span::new(4, 9), text: "é".to_owned(), selection: Span::at(6) };
        let fixed = Diagnostic { fix: Some(Fix { label: "Mend".to_owned(), edit }), ..plain.clone() };
        let findings = vec![plain.clone(), fixed, plain];
        assert_eq!(decode_findings(&encode_findings(&findings)), Some(findings));
    }

    #[test]
    fn a_zone_comes_back() {
        for zone in [
            Zone::default(),
            Zone::fixed("EST5", -300),
            Zone::from_transitions("Europe/Paris", 60, vec![(-1, -90), (1_396_141_200, 120), (1_414_285_200, 60)]),
        ] {
            assert_eq!(decode_zone(&encode_zone(&zone)), Some(zone));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(0u8..9, 0..40)) {
            let _ = (decode_findings(&bytes), decode_zone(&bytes));
        }
    }
}
