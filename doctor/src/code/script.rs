//! What a page's script does with its socket.

use super::lexer::Kind;
use super::{Code, Spot};
use crate::Cause;

pub(super) fn check(code: &Code<'_>) -> Vec<Spot> {
    let mut spots = code.spots(Cause::DocumentCloses, "onclick = \"close()\"|\"close();\"|'close()'|'close();'");
    let data = "%w . data";
    for pattern in [
        format!(". innerHTML|outerHTML +=|= {data}"),
        format!(". innerHTML|outerHTML +=|= ... + {data}"),
        format!(". insertAdjacentHTML ( %s , {data}"),
        format!("document . write|writeln ( {data}"),
        format!(". html|append|prepend ( {data} )"),
        format!(". html|append|prepend ( %s + {data}"),
    ] {
        let of_a_message = |spot: &Spot| {
            let text = code.lower.get(spot.start..spot.end).unwrap_or_default();
            ["event.data", "e.data", "evt.data", "msg.data", "message.data", "ev.data"]
                .iter()
                .any(|data| text.contains(data))
        };
        spots.extend(code.spots(Cause::MessageRunAsHtml, &pattern).into_iter().filter(of_a_message));
    }
    spots.extend(templates(code));
    spots.extend(code.spots(Cause::SubprotocolArgumentWrong, "new WebSocket ( ... , null|'null'|\"null\" )"));
    spots.extend(too_early(code));
    spots.extend(error_data(code));
    spots.extend(doubled_handlers(code));
    spots
}

/// ``innerHTML += `<li>${event.data}</li>` ``
fn templates(code: &Code<'_>) -> Vec<Spot> {
    let fits = code.find(". innerHTML|outerHTML +=|= %s").into_iter();
    let with_data = fits.filter(|fit| {
        let text = code.tokens[fit.last].text;
        text.starts_with('`')
            && ["{event.data}", "{e.data}", "{evt.data}", "{msg.data}"].iter().any(|data| text.contains(data))
    });
    with_data.map(|fit| code.spot(Cause::MessageRunAsHtml, fit)).collect()
}

/// `send` in the same block as `new WebSocket`, in a row with it.
fn too_early(code: &Code<'_>) -> Vec<Spot> {
    let mut spots = Vec::new();
    for fit in code.find("%w = new WebSocket (") {
        let name = code.tokens[fit.first].text;
        let mut depth = 0_i32;
        let mut statement_waits = false;
        for (at, token) in code.tokens.iter().enumerate().skip(fit.last + 1) {
            match token.text {
                "{" | "(" | "[" => depth += 1,
                "}" | ")" | "]" => depth -= 1,
                // Whoever waits for the socket does so in the same block.
                "await" | "yield" => statement_waits = true,
                _ => {}
            }
            // The bracket of the constructor's own arguments is one.
            if depth < -1 || statement_waits {
                break;
            }
            let sends = depth <= -1
                && token.text == name
                && code.tokens.get(at + 1).is_some_and(|token| token.text == ".")
                && code.tokens.get(at + 2).is_some_and(|token| token.text == "send")
                && code.tokens.get(at + 3).is_some_and(|token| token.text == "(");
            let guarded = code.statement(at).iter().any(|token| matches!(token.text, "=>" | "readyState"));
            if sends && !guarded {
                spots.push(Spot { cause: Cause::SentTooEarly, start: token.start, end: code.tokens[at + 2].end() });
                break;
            }
        }
    }
    spots
}

/// `event.data` in a handler of `error`.
fn error_data(code: &Code<'_>) -> Vec<Spot> {
    let patterns = [
        "onerror = function ( %w ) { ... %w . data",
        "onerror = function ( %w ) { %w . data",
        "onerror = ( %w ) => ... %w . data",
        "onerror = %w => ... %w . data",
        "'error'|\"error\" , function ( %w ) { ... %w . data",
        "'error'|\"error\" , ( %w ) => ... %w . data",
        "'error'|\"error\" , %w => ... %w . data",
    ];
    let fits = patterns.iter().flat_map(|pattern| code.find(pattern));
    let same_name = fits.filter(|fit| {
        let tokens = &code.tokens[fit.first..=fit.last];
        let read = tokens[tokens.len() - 3].text;
        // The handler has not ended before.
        let opened = tokens.iter().filter(|token| token.text == "{").count();
        let closed = tokens.iter().filter(|token| token.text == "}").count();
        let names = tokens.iter().take(7).filter(|token| token.kind == Kind::Word && token.text == read).count();
        names > 0 && closed == 0 && opened <= 3
    });
    same_name.map(|fit| code.spot(Cause::ErrorHasNoData, fit)).collect()
}

/// Handlers of other things than the socket in a function that connects.
fn doubled_handlers(code: &Code<'_>) -> Vec<Spot> {
    let connects = [
        "function connect|reconnect|connectWebSocket|initWebSocket|createWebSocket|start ( ) {",
        "connect|reconnect|connectWebSocket|initWebSocket|createWebSocket = ( ) => {",
        "connect|reconnect|connectWebSocket|initWebSocket = function ( ) {",
    ];
    let mut spots = Vec::new();
    for fit in connects.iter().flat_map(|pattern| code.find(pattern)) {
        let mut depth = 1_usize;
        let body = code.tokens[fit.last + 1..].iter().take_while(|token| {
            match token.text {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
            depth > 0
        });
        let length = body.count();
        let within = |at: usize| (fit.last..=fit.last + length).contains(&at);
        let socket = code.find("%w = new WebSocket (").into_iter().find(|made| within(made.first));
        let name = socket.map(|made| code.tokens[made.first].text);
        // It connects again by itself: else it runs once, and so do these lines.
        let again = code.find(&format!(
            "{} ,|)",
            code.tokens[fit.first + usize::from(code.tokens[fit.first].text == "function")].text
        ));
        let Some(name) = name else { continue };
        let reconnects = code.mentions(&["settimeout(connect", "settimeout(reconnect", "onclose"]) || again.len() > 1;
        let added = code.find("%w . addEventListener (").into_iter().chain(code.find(") . addEventListener ("));
        let foreign = added.filter(|added| within(added.first) && code.tokens[added.first].text != name);
        if reconnects {
            spots.extend(foreign.map(|fit| code.spot(Cause::HandlersDouble, fit)));
        }
    }
    spots
}
