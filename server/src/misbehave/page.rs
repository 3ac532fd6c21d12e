//! The cases for people: a page without script, whose style the policy allows.

use maud::{DOCTYPE, Markup, html};
use ws101_doctor::Ended;
use ws101_doctor::cases::{Act, Browser, Case, ClientAction, OnClose, Stance};

use crate::misbehave::{KEY, ROOT, STYLE};

/// These cases, on a page that was asked for at `host`.
pub(super) fn list(cases: &[&Case], host: &str) -> String {
    let title = match cases {
        [case] => format!("{} – ws101 misbehaves", case.id),
        _ => "ws101 misbehaves".to_owned(),
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href=(STYLE);
                link rel="icon" type="image/svg+xml" href="/favicon.svg";
            }
            body {
                main {
                    @match cases {
                        [case] => {
                            p { a href={ (ROOT) "/" } { "All cases" } }
                            h1 { (case.id) }
                            (about(case, host))
                            (bytes(case))
                        }
                        _ => (all(cases, host)),
                    }
                }
            }
        }
    };
    page.into_string()
}

fn all(cases: &[&Case], host: &str) -> Markup {
    let (variations, described): (Vec<&Case>, Vec<&Case>) =
        cases.iter().copied().partition(|case| case.stance == Stance::Unsaid);
    let themes: Vec<&[&Case]> = described.chunk_by(|a, b| a.theme == b.theme).collect();
    html! {
        h1 { "Servers that misbehave" }
        p {
            "Each address below answers a WebSocket client with one mistake, or with one oddity that is allowed, byte for \
             byte and with its end of the TCP connection. Point a client of yours at it, and compare what it does with \
             what the RFC says and with what browsers did."
        }
        p { "Ask for this list with " code { "Accept: application/json" } " to have it for programs, bytes included." }
        p { "Browsers were measured headless, on one machine: " (versions()) "." }
        nav aria-label="Themes" {
            ul {
                @for theme in &themes {
                    li { a href={ "#" (theme[0].theme.name) } { (theme[0].theme.title) } " (" (theme.len()) ")" }
                }
                li { a href="#variations" { "Variations" } " (" (variations.len()) ")" }
            }
        }
        @for theme in &themes {
            section id=(theme[0].theme.name) {
                h2 { (theme[0].theme.title) }
                @for case in *theme {
                    article id=(case.id) {
                        h3 { a href=(case.target()) { (case.id) } }
                        (about(case, host))
                    }
                }
            }
        }
        section id="variations" {
            h2 { "Variations" }
            p { "More bytes of the same kinds, without words: a page each says what browsers did." }
            @for theme in variations.chunk_by(|a, b| a.theme == b.theme) {
                details {
                    summary { (theme[0].theme.title) " (" (theme.len()) ")" }
                    ul {
                        @for case in theme {
                            li { a href=(case.target()) { (case.id) } " " code { (shortened(&case.title)) } }
                        }
                    }
                }
            }
        }
    }
}

fn versions() -> String {
    let measured = Browser::ALL.map(|browser| {
        let measured = browser.measurements();
        format!("{} {} ({})", measured.browser, measured.version, measured.date)
    });
    measured.join(", ")
}

fn about(case: &Case, host: &str) -> Markup {
    html! {
        p { @if case.stance == Stance::Unsaid { code { (shortened(&case.title)) } } @else { (case.title) } }
        p {
            label { "Address " input readonly size="60" value={ "ws://" (host) (case.target()) }; }
            " " a href={ "/#/doctor?v=1&case=" (case.id) } { "Play it to this browser" }
        }
        @if !case.offers.is_empty() {
            p { "The client is to offer the subprotocols " code { (case.offers.join(", ")) } "." }
        }
        @if let Some(action) = case.client { p { (done_by_client(action)) } }
        @if let Some(reaction) = on_close(case.on_close) { p { (reaction) } }
        @if case.echoes { p { "Whatever the client sends after its request comes back as it came, mask and all." } }
        @if let Some(verb) = verb(case.stance) {
            blockquote {
                p { (verb) q { (case.clause.says) } }
                footer { cite { (case.clause.section) } }
            }
        }
        table {
            thead { tr { th scope="col" { "Browser" } th scope="col" { "The script sees" } th scope="col" { "The console says" } th scope="col" { "Close sent" } } }
            tbody {
                @for browser in Browser::ALL { (did(browser, case)) }
            }
        }
    }
}

/// What the server does, step by step, for the RFC's example of a key.
fn bytes(case: &Case) -> Markup {
    html! {
        h2 { "What the server does" }
        p { "For a client whose " code { "Sec-WebSocket-Key" } " is " code { (KEY) } ":" }
        ol {
            @for act in case.acts(KEY) {
                li {
                    @match act {
                        Act::Wait(time) => { "waits " (time.as_millis()) " ms" },
                        Act::Write(bytes) => { "writes " (bytes.len()) " bytes:" pre { code { (shown(&bytes)) } } },
                        Act::End(Ended::Fin) => "ends the TCP connection in order",
                        Act::End(Ended::Rst) => "resets the TCP connection",
                    }
                }
            }
        }
    }
}

/// The first bytes, as text where all of them are text, else in hex.
fn shown(bytes: &[u8]) -> String {
    const MOST: usize = 600;
    let (first, more) = bytes.split_at(bytes.len().min(MOST));
    let is_text = |byte: &u8| matches!(byte, b' '..=b'~' | b'\r' | b'\n');
    let first = if first.iter().all(is_text) {
        first.escape_ascii().to_string().replace("\\n", "\\n\n")
    } else {
        first.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
    };
    if more.is_empty() { first } else { format!("{first}… and {} more", more.len()) }
}

const fn verb(stance: Stance) -> Option<&'static str> {
    match stance {
        Stance::Allows => Some("It is allowed: "),
        Stance::Breaks => Some("It breaks a rule: "),
        Stance::Unsaid => None,
    }
}

fn did(browser: Browser, case: &Case) -> Markup {
    html! {
        tr {
            th scope="row" {
                (browser.title())
                @if case.races.contains(&browser) { " (or otherwise: it depends on moments)" }
            }
            @if let Some(measured) = case.measured.by(browser) {
                td { ol { @for event in &measured.events { li { code { (shortened(event)) } } } } }
                td { @if let Some(message) = &measured.message { (message.replace("{url}", "…")) } @else { "nothing" } }
                td {
                    @match &measured.close_sent {
                        None => "none",
                        Some(sent) => {
                            @if let Some(code) = sent.code { (code) " " } @else { "without body" }
                            (sent.reason)
                        }
                    }
                }
            } @else {
                td colspan="3" {
                    @if case.hangs.contains(&browser) { "the browser stops working altogether" } @else { "not measured yet" }
                }
            }
        }
    }
}

/// Long texts are cut: nobody reads 65,536 times the same letter.
fn shortened(event: &str) -> String {
    const MOST: usize = 120;
    if event.chars().count() <= MOST {
        return event.to_owned();
    }
    let start: String = event.chars().take(MOST).collect();
    format!("{start}… ({} characters)", event.chars().count())
}

const fn done_by_client(action: ClientAction) -> &'static str {
    match action {
        ClientAction::Close => "The client's script closes with 1000 and the reason “done” when it opens.",
        ClientAction::CloseWithoutCode => "The client's script closes without a code when it opens.",
        ClientAction::SendAfterClose => "When it opens, the client's script closes, and sends “late” then.",
        ClientAction::CloseWhileConnecting => "The client's script closes as soon as it is made.",
        ClientAction::SendWhileConnecting => "The client's script sends “early” as soon as it is made.",
        ClientAction::SendText => "When it opens, the client's script sends “hello” and closes.",
        ClientAction::SendBig => "When it opens, the client's script sends 100,000 bytes and closes.",
        ClientAction::SendAndListen => "When it opens, the client's script sends “hello”, and then only listens.",
    }
}

const fn on_close(on_close: OnClose) -> Option<&'static str> {
    match on_close {
        OnClose::Fin => None,
        OnClose::Close1000 => Some("The client's Close is answered with a Close 1000 and the end of the connection."),
        OnClose::Text => Some("The client's Close comes back as a text frame."),
        OnClose::Rst => Some("The client's Close is answered with a reset."),
        OnClose::Nothing => Some("The client's Close is not answered."),
    }
}
