//! How code reads the request.

use super::lexer::{Kind, Token};
use super::{Code, Spot};
use crate::Cause;

pub(super) fn check(code: &Code<'_>) -> Vec<Spot> {
    let mut spots = key_patterns(code);
    spots.extend(unchecked_matches(code));
    spots.extend(capitals_in_node(code));
    spots.extend(connection_compared(code));
    spots.extend(one_read(code));
    spots.extend(trimmed(code));
    spots.extend(draft_76(code));
    spots
}

/// Regular expressions that look for the key.
fn key_patterns(code: &Code<'_>) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (number, token) in code.texts() {
        let text = token.text;
        let Some(at) = text.to_ascii_lowercase().find("sec-websocket-key") else { continue };
        let behind = text.get(at + "sec-websocket-key".len()..).unwrap_or_default();
        // Only what has a group is a pattern.
        if !behind.contains('(') || !behind.contains(')') || behind.starts_with(['1', '2']) {
            continue;
        }
        let spot = |cause: Cause| Spot { cause, start: token.start, end: token.end() };
        if behind.starts_with(" :") || behind.contains("(. ") || behind.contains(": \\s(") {
            spots.push(spot(Cause::KeyPatternNeverFits));
            continue;
        }
        match what_the_dot_takes(behind, token) {
            Taken::Value => {}
            _ if is_trimmed(code, number) => {}
            Taken::Blanks => spots.push(spot(Cause::KeyPatternKeepsBlanks)),
            Taken::LineEnd => spots.push(spot(Cause::AcceptKeyWithLineEnd)),
        }
        if !ignores_case(token, code, number) {
            spots.push(spot(Cause::KeyPatternCase));
        }
        if behind.starts_with(": (") {
            spots.push(spot(Cause::KeyPatternOneBlank));
        }
    }
    spots
}

/// Whether the pattern is compared without regard to case.
fn ignores_case(token: &Token<'_>, code: &Code<'_>, number: usize) -> bool {
    let text = token.text.trim_end_matches(['"', '\'']);
    // The flags stand behind the pattern's last slash (or other delimiter), or begin it, or are arguments.
    let flags = text.rfind(['/', '#', '~']).map_or("", |at| &text[at + 1..]);
    let argument = code.tokens[number + 1..].iter().take(8).any(|token| {
        matches!(
            token.text,
            "IGNORECASE" | "I" | "CASE_INSENSITIVE" | "IgnoreCase" | "'i'" | "\"i\"" | "'gi'" | "'mi'" | "'im'"
        )
    });
    flags.len() <= 4 && flags.contains('i') || text.contains("(?i") || argument
}

/// What the group of a pattern takes beside the value.
enum Taken {
    Value,
    /// Blanks before the end of the line.
    Blanks,
    /// The CR, too.
    LineEnd,
}

/// A dot takes everything but LF; in JavaScript it takes no CR, either.
fn what_the_dot_takes(behind: &str, token: &Token<'_>) -> Taken {
    let group = ["(.*)", "(.+)"].into_iter().find(|group| behind.contains(group));
    match group.and_then(|group| behind.split(group).nth(1)) {
        None => Taken::Value,
        Some(after) if after.starts_with("\\s") => Taken::Value,
        Some(after) if after.starts_with("\\r") || token.text.starts_with('/') => Taken::Blanks,
        Some(_) => Taken::LineEnd,
    }
}

/// Whether something is trimmed in this statement or a few lines around it.
fn is_trimmed(code: &Code<'_>, number: usize) -> bool {
    let mut near = code.tokens[number.saturating_sub(12)..].iter().take(72);
    let trims = ["trim", "strip", "rtrim", "trimspace"];
    near.any(|token| token.kind == Kind::Word && trims.contains(&token.text.to_ascii_lowercase().as_str()))
}

/// JavaScript's `.match(…)[1]`, and Python's `re.search(…).group(1)`.
fn unchecked_matches(code: &Code<'_>) -> Vec<Spot> {
    if !code.is_websocket() {
        return Vec::new();
    }
    let patterns = [". match|exec ( %s ) [ 1 ]", ". match ( %w ) [ 1 ]", "re . search|match ( ... ) . group|groups ("];
    let about_key = |spot: &Spot| code.lower.get(spot.start..spot.end).is_some_and(|text| text.contains("key"));
    patterns.iter().flat_map(|pattern| code.spots(Cause::MatchUnchecked, pattern)).filter(about_key).collect()
}

/// `request.headers['Sec-WebSocket-Key']`: Node has the names in lower case.
fn capitals_in_node(code: &Code<'_>) -> Vec<Spot> {
    let is_node = code.mentions(&["require(", "createserver", "=>", "const ", "import "])
        && !code.mentions(&["def ", "func ", "$_", "public class", "using system", ":="]);
    if !is_node {
        return Vec::new();
    }
    let fits = code.find(". headers [ %s ]").into_iter();
    let capital = fits.filter(|fit| {
        let name = code.tokens[fit.last - 1].inner();
        let lower = name.to_ascii_lowercase();
        name != lower && (lower.starts_with("sec-websocket") || lower == "upgrade" || lower == "connection")
    });
    capital.map(|fit| code.spot(Cause::AcceptOfPlaceholder, fit)).collect()
}

/// `Connection` compared with one word.
fn connection_compared(code: &Code<'_>) -> Vec<Spot> {
    let compared = "==|===|!=|!== 'Upgrade'|\"Upgrade\"|'upgrade'|\"upgrade\"";
    let fields = [
        "headers|$headers|header|Header|HTTP_HEADERS [ 'connection'|\"connection\" ]",
        "headers|fields|head . connection",
        "headers|fields|head . connection . toLowerCase ( )",
        "headers|header|Header . get ( 'connection'|\"connection\" )",
        "getHeader|get_header ( 'connection'|\"connection\" )",
        "$_SERVER [ 'HTTP_CONNECTION'|\"HTTP_CONNECTION\" ]",
    ];
    fields.iter().flat_map(|field| code.spots(Cause::ConnectionCompared, &format!("{field} {compared}"))).collect()
}

/// One read of a fixed length, in a server that never looks for the end of the head.
fn one_read(code: &Code<'_>) -> Vec<Spot> {
    let reads = [
        (Cause::ReadOf1024, "socket_read|fread ( %w , 1024 )"),
        (Cause::ReadOf1024, ". recv ( 1024 )"),
        (Cause::ReadOf2048, "socket_read|fread ( %w , 2048 )"),
        (Cause::ReadOf2048, ". recv ( 2048 )"),
        (Cause::ReadOfKilobytes, "socket_read|fread ( %w , 4096|8192|512|1000|5000|10000 )"),
        (Cause::ReadOfKilobytes, ". recv ( 4096|8192|512|1000 )"),
    ];
    let looks_for_the_end = code.texts().any(|(_, token)| matches!(token.inner(), "\\r\\n\\r\\n" | "\\n\\n"));
    if looks_for_the_end || !code.mentions(&["sec-websocket", "handshake", "258eafa5"]) {
        return Vec::new();
    }
    reads.iter().flat_map(|(cause, pattern)| code.spots(*cause, pattern)).collect()
}

/// `trim()` over bytes.
fn trimmed(code: &Code<'_>) -> Vec<Spot> {
    if !code.is_handmade() && !code.mentions(&["websocket"]) {
        return Vec::new();
    }
    let patterns = [
        "trim|rtrim ( socket_read|fread|fgets|socket_recv (",
        "trim|rtrim ( @ socket_read|fread (",
        "trim|rtrim ( $buffer|$buf|$bytes|$frame )",
        ". recv ( %n ) . strip|rstrip (",
    ];
    patterns.iter().flat_map(|pattern| code.spots(Cause::TrimOfRead, pattern)).collect()
}

/// The keys of 2010, and how their blanks are counted.
fn draft_76(code: &Code<'_>) -> Vec<Spot> {
    let mut spots = Vec::new();
    let key = code.texts().find(|(_, token)| token.text.to_ascii_lowercase().contains("sec-websocket-key1"));
    let Some((_, key)) = key else { return spots };
    spots.push(Spot { cause: Cause::Draft76, start: key.start, end: key.end() });
    for (_, token) in code.texts() {
        // `/ +/`, `/\s+/`, `/ */`
        let inner = token.text.trim_matches(['\'', '"']);
        if matches!(
            inner,
            "/ +/" | "/ +/g" | "/\\s+/" | "/\\s+/g" | "/[ ]+/" | "/ */" | "# +#" | "\\s+" | " +" | "[ ]+"
        ) {
            spots.push(Spot { cause: Cause::SpacesCountedInRuns, start: token.start, end: token.end() });
        }
    }
    spots
}
