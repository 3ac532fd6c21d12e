//! What browsers were measured to say of each case is explained by what the case does; and each case that an
//! explanation names is there, and made this very message.

use ws101_doctor::cases::{self, Browser, Case};
use ws101_doctor::{Cause, explain_message, recognise_code};

/// What the server of each case does that Chromium says something about.
const CHROMIUM: &[(&str, Cause)] = &[
    ("100-then-101", Cause::InterimResponse),
    ("accept-constant", Cause::AcceptMiscomputed),
    ("accept-in-lower-case", Cause::AcceptMiscomputed),
    ("accept-of-decoded-key", Cause::AcceptMiscomputed),
    ("accept-of-hex-digest", Cause::AcceptMiscomputed),
    ("accept-missing", Cause::AcceptMissingInAnswer),
    ("accept-twice", Cause::AcceptTwiceInAnswer),
    ("binary-within-message", Cause::FragmentsRepeatOpcode),
    ("text-within-message", Cause::FragmentsRepeatOpcode),
    ("close-1005", Cause::CloseCodeReserved),
    ("close-1006", Cause::CloseCodeReserved),
    ("close-1015", Cause::CloseCodeReserved),
    ("close-fragmented", Cause::HeaderMalformed),
    ("ping-fragmented", Cause::HeaderMalformed),
    ("ping-of-126-bytes", Cause::HeaderMalformed),
    ("length-16-not-minimal", Cause::HeaderMalformed),
    ("length-64-not-minimal", Cause::HeaderMalformed),
    ("length-64-highest-bit", Cause::HeaderMalformed),
    ("close-of-one-byte", Cause::CloseBodyOfOneByte),
    ("close-while-connecting", Cause::ClosedWhileConnecting),
    ("connection-missing", Cause::ConnectionMissingInAnswer),
    ("continuation-first", Cause::ContinuationFirst),
    ("continuation-first-without-fin", Cause::ContinuationFirst),
    ("deflate-client-bits-without-value", Cause::DeflateOfferEchoed),
    ("deflate-flag-with-value", Cause::DeflateParameterInvalid),
    ("deflate-server-bits-08", Cause::DeflateParameterInvalid),
    ("deflate-server-bits-16", Cause::DeflateParameterInvalid),
    ("deflate-parameter-twice", Cause::DeflateParameterTwice),
    ("deflate-parameter-unknown", Cause::DeflateParameterForeign),
    ("deflate-garbage", Cause::NotRawDeflate),
    ("deflate-gzip", Cause::NotRawDeflate),
    ("deflate-zlib", Cause::NotRawDeflate),
    ("deflate-rsv1-on-continuation", Cause::NotRawDeflate),
    ("deflate-rsv1-on-ping", Cause::CompressedControl),
    ("rsv1-on-ping", Cause::CompressedControl),
    ("rsv1", Cause::CompressedUnasked),
    ("rsv2", Cause::ReservedBitSet),
    ("deflate-without-rsv1", Cause::CompressedWithoutRsv1),
    ("extensions-malformed", Cause::ExtensionsUnreadable),
    ("fin-before-head", Cause::ClosedBeforeAnswer),
    ("reset-before-head", Cause::ResetBeforeAnswer),
    ("frame-instead-of-head", Cause::FrameInsteadOfHead),
    ("one-crlf-too-few", Cause::HeadUnfinished),
    ("masked", Cause::ServerMasks),
    ("opcode-3", Cause::OpcodeReserved),
    ("opcode-7", Cause::OpcodeReserved),
    ("opcode-11", Cause::OpcodeReserved),
    ("ping-after-close", Cause::WritesAfterClose),
    ("send-after-close", Cause::SentTooLate),
    ("status-204", Cause::HttpHandlerAnswered),
    ("status-401", Cause::AuthenticationMissing),
    ("status-401-with-challenge", Cause::AuthenticationMissing),
    ("status-403", Cause::OriginOrPermissionRefused),
    ("status-404", Cause::NoSuchPath),
    ("status-407", Cause::ProxyAsksForCredentials),
    ("status-426", Cause::UpgradeExpected),
    ("status-429", Cause::TooManyRequests),
    ("status-500", Cause::ServerFailed),
    ("status-502", Cause::UpstreamDown),
    ("status-503", Cause::UpstreamUnavailable),
    ("subprotocol-list", Cause::SubprotocolList),
    ("subprotocol-not-chosen", Cause::SubprotocolUnanswered),
    ("subprotocol-not-offered", Cause::SubprotocolOther),
    ("text-cut-in-character", Cause::TextCut),
    ("text-ff-fe", Cause::TextInOtherEncoding),
    ("text-surrogate", Cause::TextInOtherEncoding),
    ("unframed-after-crlf", Cause::UnframedBytes),
    ("unframed-chinese", Cause::UnframedUtf8),
    ("unframed-html", Cause::UnframedBytes),
    ("unframed-http", Cause::UnframedBytes),
    ("unframed-json", Cause::UnframedBytes),
    ("unframed-lower-case", Cause::UnframedBytes),
    ("unframed-socket-io", Cause::UnframedBytes),
    ("upgrade-list", Cause::UpgradeTwice),
    ("upgrade-missing", Cause::UpgradeMissingInAnswer),
    ("upgrade-to-h2c", Cause::UpgradeNamesOther),
];

/// The line as Chromium's console shows it.
fn line(message: &str) -> String {
    format!("WebSocket connection to 'ws://127.0.0.1:8101/misbehave' failed: {message}")
}

fn causes(text: &str) -> Vec<Cause> {
    explain_message(text).iter().map(|explanation| explanation.cause).collect()
}

fn measured(browser: Browser) -> impl Iterator<Item = (&'static Case, String)> {
    cases::all().iter().filter_map(move |case| {
        let observed = match browser {
            Browser::Chromium => case.measured.chromium.as_ref(),
            Browser::Firefox => case.measured.firefox.as_ref(),
        };
        Some((case, observed?.message.clone()?))
    })
}

/// Among the first three, and first where only one thing makes the message.
#[test]
fn what_made_each_of_chromiums_messages_is_found() {
    let mut wrong = Vec::new();
    let mut judged = 0;
    for (case, message) in measured(Browser::Chromium) {
        let found = causes(&line(&message));
        let Some((_, cause)) = CHROMIUM.iter().find(|(id, _)| *id == case.id) else {
            // A case that is newer than this table: known, at least.
            if found.is_empty() {
                wrong.push(format!("{}: {message:?} is not known\n", case.id));
            }
            continue;
        };
        judged += 1;
        let alone = CHROMIUM
            .iter()
            .filter(|(id, _)| {
                cases::find(id).and_then(|case| case.measured.chromium.as_ref()?.message.clone())
                    == Some(message.clone())
            })
            .all(|(_, other)| other == cause);
        let among = if alone && !message.starts_with("One or more reserved bits") && !message.contains("INVALID_HTTP") {
            1
        } else {
            3
        };
        if !found.iter().take(among).any(|found| found == cause) {
            wrong.push(format!("{}: {message:?} is {found:?}, and not {cause:?}\n", case.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
    assert_eq!(judged, CHROMIUM.len(), "a case of the table made no message");
}

/// Firefox has two sentences: each says on which side of `open` the cause is, and how to learn more.
#[test]
fn firefoxs_sentences_say_what_they_can() {
    let mut judged = 0;
    for (case, message) in measured(Browser::Firefox) {
        let url = "ws://127.0.0.1:8101/misbehave";
        let explanations = explain_message(&message.replace("{url}", url));
        let found: Vec<Cause> = explanations.iter().map(|explanation| explanation.cause).collect();
        let cause = match case.id.as_str() {
            "close-while-connecting" => Cause::ClosedWhileConnecting,
            "reset-after-head" => Cause::ConnectionReset,
            _ if message.starts_with("The connection") => Cause::FrameBroken,
            _ => Cause::AnswerNotAccepted,
        };
        assert!(found.iter().take(3).any(|found| *found == cause), "{}: {found:?}", case.id);
        assert!(explanations[0].next.is_some_and(|next| next.contains("MOZ_LOG")), "{}", case.id);
        judged += 1;
    }
    assert!(judged > 50, "{judged}");
}

/// An explanation sends nobody to a case that is not there; and where the line is Chromium's, the case makes that line.
#[test]
fn the_cases_that_are_named_make_the_message() {
    let mut named = 0;
    for (case, message) in measured(Browser::Chromium) {
        for explanation in explain_message(&line(&message)) {
            let Some(id) = explanation.case else { continue };
            let other = cases::find(id).unwrap_or_else(|| panic!("{id} is no case ({:?})", explanation.cause));
            // Further down the list stand causes that make this message in some circumstances only.
            if CHROMIUM.iter().any(|(id, cause)| *id == case.id && *cause == explanation.cause) {
                let said = other.measured.chromium.as_ref().and_then(|measured| measured.message.as_deref());
                // But for a number, or a value that the server chose.
                let kind = |message: &str| message.chars().filter(|c| !c.is_ascii_digit()).take(70).collect::<String>();
                assert_eq!(said.map(kind), Some(kind(&message)), "{} names {id}", explanation.cause.name());
                named += 1;
            }
        }
    }
    assert!(named > 50, "{named}");
}

/// As programs and the page read them.
#[test]
fn explanations_and_findings_as_json() {
    let explanations = explain_message("Unexpected server response: 404");
    let json = serde_json::to_value(&explanations[0]).unwrap();
    assert_eq!(json["cause"], "NO_SUCH_PATH");
    assert_eq!((&json["rule"], &json["case"]), (&"RESPONSE_NOT_101".into(), &"status-404".into()));
    assert_eq!(
        (&json["evidence"], &json["fault"], &json["source"]),
        (&"status 404".into(), &"server".into(), &"ws".into())
    );
    assert!(json["sentence"].is_string() && json["fix"].is_string() && json["next"].is_string());
    let json = serde_json::to_value(&recognise_code("\nif ($len = 126) {")[0]).unwrap();
    assert_eq!((&json["cause"], &json["line"], &json["endLine"]), (&"LENGTH_ASSIGNED".into(), &2.into(), &2.into()));
    assert_eq!(json["severity"], "error");
}
