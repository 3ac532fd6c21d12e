//! What a run says of itself: a table of the suite's groups, and every case that is not right.

use std::fmt::Write as _;

use crate::autobahn::cases::{GROUPS, group};
use crate::autobahn::judge::{Judgement, Why};
use crate::autobahn::run::Run;

impl Run {
    /// Whether every case is right and every program ended well.
    pub(crate) fn is_success(&self) -> bool {
        self.judgement.wrong.is_empty() && self.troubles.is_empty() && !self.judgement.right.is_empty()
    }

    /// The run in one line.
    pub(crate) fn headline(&self) -> String {
        let Judgement { right, wrong, .. } = &self.judgement;
        let (right, wrong) = (right.len(), wrong.len());
        let (peer, role, profile, seconds) = (self.peer.name(), self.role.name(), self.profile, self.seconds);
        format!("{peer}, as {role}, profile {profile}: {right} right, {wrong} wrong in {seconds:.0} s")
    }

    /// The groups, the cases that are not right with what the suite said, and where its reports are.
    pub(crate) fn summary(&self) -> String {
        let mut text = format!("{}\n\n{}", self.headline(), table(&self.judgement));
        let (missing, said): (Vec<_>, Vec<_>) =
            self.judgement.wrong.iter().partition(|wrong| wrong.why == Why::Missing);
        for wrong in said {
            let _ = write!(text, "\n{wrong}");
        }
        if !missing.is_empty() {
            let ids: Vec<&str> = missing.iter().map(|wrong| wrong.case.as_str()).collect();
            let _ = write!(text, "\nplanned, but not reported: {}", ids.join(" "));
        }
        for trouble in &self.troubles {
            let _ = write!(text, "\n{trouble}");
        }
        let reports = self.folder.join("shard-*").join("index.html");
        let _ = write!(text, "\nThe suite's reports: {}\n", reports.display());
        text
    }
}

fn table(judgement: &Judgement) -> String {
    let mut text = format!("{:<34}{:>6}{:>7}\n", "group", "right", "wrong");
    for (number, title) in GROUPS {
        let right = judgement.right.iter().filter(|case| group(case) == number).count();
        let wrong = judgement.wrong.iter().filter(|wrong| group(&wrong.case) == number).count();
        if right + wrong > 0 {
            let _ = writeln!(text, "{number:>2} {title:<31}{right:>6}{wrong:>7}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use crate::autobahn::cases::Profile;
    use crate::autobahn::judge::{Judgement, Why, Wrong};
    use crate::autobahn::peer::Peer;
    use crate::autobahn::run::{Role, Run};

    fn run(right: &[&str], wrong: &[&str]) -> Run {
        let wrong = wrong.iter().map(|&case| Wrong { case: case.to_owned(), why: Why::Missing }).collect();
        let right = right.iter().map(|&case| case.to_owned()).collect();
        let judgement = Judgement { right, wrong, ..Judgement::default() };
        let (troubles, folder) = (Vec::new(), PathBuf::from("reports"));
        let (peer, role) = (Peer::Node, Role::Server);
        Run { peer, role, profile: Profile::Ci, judgement, troubles, folder, seconds: 1.0 }
    }

    #[test]
    fn the_summary_counts_by_group_and_names_what_is_wrong() {
        let summary = run(&["1.1.1", "1.1.2", "10.1.1"], &["1.2.1", "1.2.2"]).summary();
        assert!(summary.starts_with("node, as server, profile ci: 3 right, 2 wrong in 1 s\n"), "{summary}");
        let line = |number: &str| {
            let mut lines = summary.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
            lines.find(|words| words.first() == Some(&number)).unwrap()
        };
        assert_eq!(line("1"), ["1", "framing", "2", "2"]);
        assert_eq!(line("10").last(), Some(&"0"));
        assert!(summary.contains("\nplanned, but not reported: 1.2.1 1.2.2\n"), "{summary}");
        assert!(!summary.contains("UTF-8"), "{summary}");
    }

    #[test]
    fn a_run_succeeds_only_if_something_is_right_and_nothing_wrong() {
        assert!(run(&["1.1.1"], &[]).is_success());
        assert!(!run(&["1.1.1"], &["1.1.2"]).is_success());
        assert!(!run(&[], &[]).is_success());
        assert!(!Run { troubles: vec!["crashed".to_owned()], ..run(&["1.1.1"], &[]) }.is_success());
    }
}
