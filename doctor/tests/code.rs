//! The defective servers of `tests/defective` as pasted code: what stands in a line is named, and nothing else.

use std::path::Path;

use ws101_doctor::{Cause, Severity, recognise_code};

/// The servers whose mistake stands in one line, with what it is; the others' shows in what they do.
const SEEN: &[(&str, &[Cause])] = &[
    ("node/accept_hex_digest.js", &[Cause::AcceptOfHexDigest]),
    ("node/accept_of_decoded_key.js", &[Cause::AcceptOfDecodedKey]),
    ("node/connection_equals_upgrade.js", &[Cause::ConnectionCompared]),
    ("node/match_unchecked.js", &[Cause::MatchUnchecked]),
    ("php/accept_guid_blank_inside.php", &[Cause::AcceptGuidBlank]),
    ("php/accept_guid_lower_case.php", &[Cause::AcceptGuidCase]),
    ("php/accept_guid_trailing_blank.php", &[Cause::AcceptGuidBlank, Cause::AcceptGuidCase]),
    ("php/accept_hex_digest.php", &[Cause::AcceptOfHexDigest]),
    ("php/accept_nibbles_swapped.php", &[Cause::AcceptDigestNibbles]),
    ("php/accept_of_no_key.php", &[Cause::KeyPatternNeverFits]),
    ("php/accept_three_mistakes.php", &[Cause::AcceptDigestNibbles, Cause::AcceptGuidCase]),
    ("php/clients_by_address.php", &[Cause::ClientsByAddress]),
    ("php/key_pattern.php", &[Cause::KeyPatternKeepsBlanks, Cause::KeyPatternCase, Cause::KeyPatternOneBlank]),
    ("php/key_pattern_case.php", &[Cause::KeyPatternCase]),
    ("php/key_pattern_keeps_blanks.php", &[Cause::KeyPatternKeepsBlanks]),
    ("php/key_pattern_one_blank.php", &[Cause::KeyPatternOneBlank]),
    ("php/length_assigned.php", &[Cause::LengthUnused, Cause::LengthAssigned]),
    ("php/length_assigned_and_used.php", &[Cause::LengthAssigned]),
    ("php/nul_behind_head.php", &[Cause::NulBehindHead]),
    ("php/select_overwrites_list.php", &[Cause::SelectOverwritesList]),
    ("php/status_line_lower_case.php", &[Cause::StatusLineMistyped]),
    ("php/status_line_without_blanks.php", &[Cause::StatusLineMistyped]),
    ("php/str_split_125.php", &[Cause::StrSplit125]),
    ("php/terminal_read.php", &[Cause::WaitsForTerminal]),
];

#[test]
fn defective_servers_as_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/defective");
    let mut wrong = Vec::new();
    let mut read = 0;
    for language in ["node", "php"] {
        for entry in std::fs::read_dir(folder.join(language)).expect("the servers are there") {
            let path = entry.expect("an entry").path();
            let name = format!("{language}/{}", path.file_name().unwrap_or_default().to_string_lossy());
            if !path.is_file() {
                continue;
            }
            let code = std::fs::read_to_string(&path).expect("a program is text");
            let findings = recognise_code(&code).into_iter().filter(|finding| finding.severity != Severity::Note);
            let found: Vec<Cause> = findings.map(|finding| finding.cause).collect();
            let expected = SEEN.iter().find(|(seen, _)| *seen == name).map_or(&[][..], |(_, causes)| causes);
            read += 1;
            if found != expected {
                wrong.push(format!("{name}: {found:?}, not {expected:?}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
    assert!(read > SEEN.len(), "{read} servers");
}
