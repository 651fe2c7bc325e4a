//! The tab that lists the checks, each with a switch. In: codes of the diagnostics, and of the checks that are off.
//! Out: tokens. Neighbours: `checks/` has their titles, `app/panel/events.rs` reads the switches.

use super::Tab;
use super::body::Body;
use crate::checks::{CHECKS, Check};
use crate::markdown::token::Token;

/// The panel with this tab. `diagnosed` has the code of each diagnostic, `off` the codes of the checks that do not run.
pub fn checks(diagnosed: &[String], off: &[String]) -> Vec<Token<'static>> {
    let mut body = Body::of(Tab::Checks);
    body.hint(
        "What these find stands in the list of problems. A check that is switched off stays off, in this browser.",
    );
    body.open("ul", &[("class", "checks")]);
    for &Check { code, title, .. } in CHECKS {
        let checked = if off.iter().any(|off| off == code) { "" } else { "checked" };
        body.open("li", &[]);
        body.open("label", &[]);
        body.element("input", &[("type", "checkbox"), ("data-kind", "check"), ("data-key", code), (checked, "")], "");
        body.element("span", &[], title);
        body.close(1);
        let count = diagnosed.iter().filter(|diagnosed| *diagnosed == code).count();
        if count > 0 {
            body.element("span", &[("class", "found")], &count.to_string());
        }
        body.close(1);
    }
    body.close(1);
    body.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::token::to_html;

    #[test]
    fn every_check_has_a_switch_and_a_count_of_what_it_found() {
        let codes = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect::<Vec<_>>();
        let diagnosed = codes(&["image-no-alt", "title-missing", "image-no-alt"]);
        let html = to_html(&checks(&diagnosed, &codes(&["image-no-alt"])));
        assert_eq!(html.matches("data-kind=\"check\"").count(), CHECKS.len());
        assert_eq!(html.matches("checked=\"\"").count(), CHECKS.len() - 1);
        assert!(html.contains("data-key=\"image-no-alt\" />"), "{html}");
        assert!(html.contains("<span class=\"found\">2</span>"), "{html}");
    }
}
