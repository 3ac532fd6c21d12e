//! What is found in each of the cases, and nothing else.
#![cfg(feature = "cases")]

use std::collections::BTreeSet;

use ws101_doctor::cases::{self, Case, Stance};
use ws101_doctor::{Cause, Fault, Finding, Recording, Severity, diagnose};

const KEY: &str = "VR+OReqwhymoQ21dBtoIMQ==";

/// A rule that a case breaks, or that is told of all the same: how bad it is, and a cause.
struct Expected {
    id: &'static str,
    rule: &'static str,
    severity: Severity,
    cause: Option<Cause>,
}

macro_rules! table {
    ($($id:literal $rule:literal $severity:ident $($cause:ident)?;)+) => {
        &[$(Expected { id: $id, rule: $rule, severity: Severity::$severity, cause: table!(@ $($cause)?) }),+]
    };
    (@) => { None };
    (@ $cause:ident) => { Some(Cause::$cause) };
}

const TABLE: &[Expected] = table! {
    "upgrade-missing" "RESPONSE_UPGRADE_MISSING" Error UpgradeMissingInAnswer;
    "upgrade-to-h2c" "RESPONSE_UPGRADE_NOT_WEBSOCKET" Error UpgradeNamesOther;
    "upgrade-list" "RESPONSE_UPGRADE_NOT_WEBSOCKET" Warning UpgradeTwice;
    "connection-missing" "RESPONSE_CONNECTION_MISSING" Error ConnectionMissingInAnswer;
    "http-1.0" "RESPONSE_HTTP_VERSION" Warning StatusLineMisread;
    "lf-alone" "HEAD_BARE_LF" Warning;
    "one-crlf-too-few" "HEAD_INCOMPLETE" Error EmptyLineMissing;
    "status-204" "RESPONSE_NOT_101" Error HttpHandlerAnswered;
    "status-401" "RESPONSE_NOT_101" Error AuthenticationMissing;
    "status-401-with-challenge" "RESPONSE_NOT_101" Error AuthenticationMissing;
    "status-403" "RESPONSE_NOT_101" Error OriginOrPermissionRefused;
    "status-404" "RESPONSE_NOT_101" Error NoSuchPath;
    "status-407" "RESPONSE_NOT_101" Error ProxyAsksForCredentials;
    "status-426" "RESPONSE_NOT_101" Error UpgradeExpected;
    "status-429" "RESPONSE_NOT_101" Error TooManyRequests;
    "status-500" "RESPONSE_NOT_101" Error ServerFailed;
    "status-502" "RESPONSE_NOT_101" Error UpstreamDown;
    "status-503" "RESPONSE_NOT_101" Error UpstreamUnavailable;
    "frame-instead-of-head" "RESPONSE_NOT_HTTP" Error FrameInsteadOfHead;
    "100-then-101" "RESPONSE_INTERIM" Warning InterimResponse;
    "accept-constant" "RESPONSE_ACCEPT_WRONG" Error AcceptOfUnknownKey;
    "accept-of-hex-digest" "RESPONSE_ACCEPT_WRONG" Error AcceptOfHexDigest;
    "accept-of-decoded-key" "RESPONSE_ACCEPT_WRONG" Error AcceptOfDecodedKey;
    "accept-in-lower-case" "RESPONSE_ACCEPT_WRONG" Error AcceptLowerCased;
    "accept-missing" "RESPONSE_ACCEPT_MISSING" Error AcceptMissingInAnswer;
    "accept-twice" "RESPONSE_ACCEPT_DUPLICATE" Error AcceptTwiceInAnswer;
    "subprotocol-not-chosen" "RESPONSE_PROTOCOL_MISSING" Warning SubprotocolUnanswered;
    "subprotocol-not-offered" "RESPONSE_PROTOCOL_NOT_OFFERED" Error SubprotocolOther;
    "subprotocol-list" "RESPONSE_PROTOCOL_NOT_OFFERED" Error SubprotocolList;
    "extensions-malformed" "RESPONSE_EXTENSIONS_INVALID" Error ExtensionsUnreadable;
    "deflate-parameter-unknown" "RESPONSE_DEFLATE_PARAMETER_UNKNOWN" Error DeflateParameterForeign;
    "deflate-client-bits-without-value" "RESPONSE_DEFLATE_PARAMETER_VALUE" Error DeflateOfferEchoed;
    "deflate-server-bits-16" "RESPONSE_DEFLATE_PARAMETER_VALUE" Error DeflateParameterInvalid;
    "deflate-server-bits-08" "RESPONSE_DEFLATE_PARAMETER_VALUE" Warning DeflateParameterInvalid;
    "deflate-parameter-twice" "RESPONSE_DEFLATE_PARAMETER_DUPLICATE" Error DeflateParameterTwice;
    "deflate-flag-with-value" "RESPONSE_DEFLATE_PARAMETER_VALUE" Error DeflateParameterInvalid;
    "masked" "FRAME_MASKED" Warning ServerMasks;
    "rsv1" "FRAME_RESERVED_BITS" Error CompressedUnasked;
    "rsv2" "FRAME_RESERVED_BITS" Error ReservedBitSet;
    "rsv1-on-ping" "FRAME_RESERVED_BITS" Error CompressedControl;
    "opcode-3" "FRAME_RESERVED_OPCODE" Error OpcodeReserved;
    "opcode-7" "FRAME_RESERVED_OPCODE" Error OpcodeReserved;
    "opcode-11" "FRAME_RESERVED_OPCODE" Error OpcodeReserved;
    "ping-fragmented" "FRAME_CONTROL_FRAGMENTED" Error ControlFragmented;
    "ping-of-126-bytes" "FRAME_CONTROL_TOO_LONG" Error ControlTooLong;
    "length-16-not-minimal" "FRAME_LENGTH_NOT_MINIMAL" Error LengthNotShortest;
    "length-64-not-minimal" "FRAME_LENGTH_NOT_MINIMAL" Error LengthNotShortest;
    "length-64-highest-bit" "FRAME_LENGTH_HIGH_BIT" Error LengthByteOrder;
    "length-64-of-2-gib" "FRAME_OVER_2_GIB" Error TooBigForReceiver;
    "length-16-little-endian" "FRAME_LENGTH_WRONG" Error LengthByteOrder;
    "continuation-first" "FRAME_UNEXPECTED_CONTINUATION" Error ContinuationFirst;
    "continuation-first-without-fin" "FRAME_UNEXPECTED_CONTINUATION" Error ContinuationFirst;
    "text-within-message" "FRAME_MESSAGE_UNFINISHED" Error FragmentsRepeatOpcode;
    "binary-within-message" "FRAME_MESSAGE_UNFINISHED" Error FragmentsRepeatOpcode;
    "unframed-json" "UNFRAMED_DATA" Error UnframedJson;
    "unframed-http" "UNFRAMED_DATA" Error UnframedHttp;
    "unframed-html" "UNFRAMED_DATA" Error UnframedHtml;
    "unframed-socket-io" "UNFRAMED_DATA" Error UnframedSocketIo;
    "unframed-lower-case" "UNFRAMED_DATA" Error UnframedText;
    "unframed-after-crlf" "UNFRAMED_DATA" Error UnframedText;
    "unframed-chinese" "UNFRAMED_DATA" Error UnframedText;
    "text-ff-fe" "MESSAGE_INVALID_UTF8" Error BinaryAsText;
    "text-cut-in-character" "MESSAGE_INVALID_UTF8" Error TextCut;
    "text-surrogate" "MESSAGE_INVALID_UTF8" Error TextHasSurrogates;
    "deflate-garbage" "MESSAGE_DEFLATE_INVALID" Error NotRawDeflate;
    "deflate-zlib" "MESSAGE_DEFLATE_INVALID" Error ZlibWrapper;
    "deflate-gzip" "MESSAGE_DEFLATE_INVALID" Error GzipWrapper;
    "deflate-without-rsv1" "MESSAGE_INVALID_UTF8" Error CompressedWithoutRsv1;
    "deflate-rsv1-on-continuation" "FRAME_RESERVED_BITS" Error ReservedBitSet;
    "deflate-rsv1-on-ping" "FRAME_RESERVED_BITS" Error CompressedControl;
    "deflate-refers-back" "MESSAGE_CONTEXT_TAKEN_OVER" Warning ContextTakenOver;
    "close-fragmented" "FRAME_CONTROL_FRAGMENTED" Error ControlFragmented;
    "close-of-one-byte" "CLOSE_BODY_ONE_BYTE" Warning CloseBodyOfOneByte;
    "close-999" "CLOSE_STATUS_NOT_ALLOWED" Warning CloseCodeInvalid;
    "close-1005" "CLOSE_STATUS_NOT_ALLOWED" Warning CloseCodeReserved;
    "close-1006" "CLOSE_STATUS_NOT_ALLOWED" Warning CloseCodeReserved;
    "close-1015" "CLOSE_STATUS_NOT_ALLOWED" Warning CloseCodeReserved;
    "close-1016" "CLOSE_STATUS_NOT_ALLOWED" Warning CloseCodeInvalid;
    "close-1100" "CLOSE_STATUS_NOT_ALLOWED" Warning CloseCodeInvalid;
    "close-2000" "CLOSE_STATUS_NOT_ALLOWED" Warning CloseCodeInvalid;
    "close-2999" "CLOSE_STATUS_NOT_ALLOWED" Warning CloseCodeInvalid;
    "close-65535" "CLOSE_STATUS_NOT_ALLOWED" Warning CloseCodeInvalid;
    "ping-after-close" "FRAME_AFTER_CLOSE" Warning WritesAfterClose;
    "fin-before-head" "RESPONSE_MISSING" Error ClosedBeforeAnswer;
    "reset-before-head" "RESPONSE_MISSING" Error ResetBeforeAnswer;
    "fin-after-head" "CLOSE_MISSING" Note EndedWithoutClose;
    "reset-after-head" "CLOSE_MISSING" Note ConnectionReset;
    "fin-within-frame" "FRAME_CUT" Error FrameTruncated;
    "one-crlf-too-many" "BYTES_BEHIND_HEAD" Error LineBehindHead;
    "one-crlf-too-many-two-messages" "BYTES_BEHIND_HEAD" Error LineBehindHead;
    "nul-after-head" "BYTES_BEHIND_HEAD" Error NulBehindHead;
    "nul-after-head-short-message" "BYTES_BEHIND_HEAD" Error NulBehindHead;
    "nul-after-head-close" "BYTES_BEHIND_HEAD" Error NulBehindHead;
    "status-line-in-lower-case" "RESPONSE_STATUS_LINE_INVALID" Warning StatusLineMisread;
    "status-line-without-blanks" "RESPONSE_STATUS_LINE_INVALID" Error StatusLineMisread;
    "status-line-after-crlf" "BYTES_BEFORE_STATUS_LINE" Warning;
    "reason-missing" "RESPONSE_STATUS_LINE_INVALID" Warning StatusLineMisread;
    "blank-before-colon" "FIELD_BLANK_BEFORE_COLON" Warning;
    "bare-cr-in-value" "HEAD_BARE_CR" Warning;
    "bare-cr-before-accept" "HEAD_BARE_CR" Warning;
    "line-folded" "FIELD_FOLDED" Warning;
    "line-without-colon" "FIELD_WITHOUT_COLON" Warning;
    "version-in-101" "RESPONSE_VERSION_FIELD" Note;
    "upgrade-twice" "RESPONSE_UPGRADE_NOT_WEBSOCKET" Warning UpgradeNamesOther;
    "upgrade-empty" "RESPONSE_UPGRADE_NOT_WEBSOCKET" Error UpgradeNamesOther;
    "connection-close" "RESPONSE_CONNECTION_NOT_UPGRADE" Error ConnectionRewritten;
    "connection-keep-alive" "RESPONSE_CONNECTION_NOT_UPGRADE" Error ConnectionRewritten;
    "content-length-0" "RESPONSE_BODY" Note;
    "content-length-5" "RESPONSE_BODY" Note;
    "transfer-encoding-chunked" "RESPONSE_BODY" Note;
    "status-200" "RESPONSE_NOT_101" Error HttpHandlerAnswered;
    "status-301" "RESPONSE_NOT_101" Error Redirected;
    "status-302" "RESPONSE_NOT_101" Error Redirected;
    "status-400" "RESPONSE_NOT_101" Error UpgradeNotForwarded;
    "status-504" "RESPONSE_NOT_101" Error UpstreamSilent;
    "103-then-101" "RESPONSE_INTERIM" Warning InterimResponse;
    "status-line-alone" "RESPONSE_UPGRADE_MISSING" Error UpgradeMissingInAnswer;
    "status-line-alone" "RESPONSE_CONNECTION_MISSING" Error ConnectionMissingInAnswer;
    "status-line-alone" "RESPONSE_ACCEPT_MISSING" Error AcceptMissingInAnswer;
    "hixie76-answer" "RESPONSE_ACCEPT_MISSING" Error AcceptMissingInAnswer;
    "text-instead-of-head" "RESPONSE_NOT_HTTP" Error NotHttp;
    "tls-alert-instead-of-head" "RESPONSE_NOT_HTTP" Error PlainToTlsServer;
    "http-0.9-page" "RESPONSE_NOT_HTTP" Error NotHttp;
    "accept-of-sample" "RESPONSE_ACCEPT_WRONG" Error AcceptOfSampleKey;
    "accept-with-nibbles-swapped" "RESPONSE_ACCEPT_WRONG" Error AcceptDigestNibbles;
    "accept-without-guid" "RESPONSE_ACCEPT_WRONG" Error AcceptWithoutGuid;
    "accept-with-guid-in-lower-case" "RESPONSE_ACCEPT_WRONG" Error AcceptGuidCase;
    "accept-with-blank-in-guid" "RESPONSE_ACCEPT_WRONG" Error AcceptGuidBlank;
    "accept-with-blank-behind-guid" "RESPONSE_ACCEPT_WRONG" Error AcceptGuidBlank;
    "accept-of-key-with-cr" "RESPONSE_ACCEPT_WRONG" Error AcceptKeyWithLineEnd;
    "accept-of-key-with-blank" "RESPONSE_ACCEPT_WRONG" Error AcceptKeyWithBlank;
    "accept-of-no-key" "RESPONSE_ACCEPT_WRONG" Error AcceptOfNoKey;
    "accept-unpadded" "RESPONSE_ACCEPT_WRONG" Error AcceptWithoutPadding;
    "accept-quoted" "RESPONSE_ACCEPT_WRONG" Error AcceptQuoted;
    "accept-empty" "RESPONSE_ACCEPT_WRONG" Error AcceptMalformed;
    "accept-name-misspelt" "RESPONSE_ACCEPT_MISSING" Error AcceptMissingInAnswer;
    "subprotocol-unasked" "RESPONSE_PROTOCOL_NOT_OFFERED" Warning SubprotocolUnasked;
    "subprotocol-empty" "RESPONSE_PROTOCOL_NOT_OFFERED" Warning SubprotocolUnasked;
    "subprotocol-in-other-case" "RESPONSE_PROTOCOL_NOT_OFFERED" Error SubprotocolOther;
    "subprotocol-twice" "RESPONSE_PROTOCOL_DUPLICATE" Error SubprotocolList;
    "extension-unknown" "RESPONSE_EXTENSION_NOT_OFFERED" Error ExtensionUnasked;
    "extensions-empty" "RESPONSE_EXTENSIONS_INVALID" Warning ExtensionsUnreadable;
    "deflate-twice" "RESPONSE_DEFLATE_DUPLICATE" Error ExtensionTwice;
    "deflate-server-bits-7" "RESPONSE_DEFLATE_PARAMETER_VALUE" Error DeflateParameterInvalid;
    "deflate-server-bits-without-value" "RESPONSE_DEFLATE_PARAMETER_VALUE" Error DeflateParameterInvalid;
    "deflate-in-capitals" "RESPONSE_EXTENSION_NOT_OFFERED" Error ExtensionUnasked;
    "ping-flood" "CLOSE_MISSING" Note EndedWithoutClose;
    "length-32" "FRAME_LENGTH_WRONG" Error LengthOfFourBytes;
    "length-16-little-endian-long" "FRAME_LENGTH_WRONG" Error LengthByteOrder;
    "length-64-little-endian" "FRAME_LENGTH_WRONG" Error LengthByteOrder;
    "length-in-characters" "FRAME_LENGTH_WRONG" Error LengthInCharacters;
    "length-in-characters-short" "FRAME_LENGTH_WRONG" Error LengthInCharacters;
    "length-too-long" "FRAME_LENGTH_WRONG" Error LengthTooLong;
    "huge-frame-announced" "FRAME_CUT" Note FrameTruncated;
    "split-at-125" "MESSAGE_SPLIT_AT_125" Note StrSplit125;
    "masked-with-zeros" "FRAME_MASKED" Warning ServerMasks;
    "masked-close" "FRAME_MASKED" Warning ServerMasks;
    "rsv3" "FRAME_RESERVED_BITS" Error ReservedBitSet;
    "rsv1-compressed" "FRAME_RESERVED_BITS" Error CompressedUnasked;
    "message-never-ends" "MESSAGE_NOT_ENDED" Note;
    "good-then-rsv1" "FRAME_RESERVED_BITS" Error CompressedUnasked;
    "good-then-length-not-minimal" "FRAME_LENGTH_NOT_MINIMAL" Error LengthNotShortest;
    "unframed-502" "UNFRAMED_DATA" Error UnframedHttp;
    "unframed-capital" "UNFRAMED_DATA" Error UnframedText;
    "unframed-small-s" "UNFRAMED_DATA" Error UnframedText;
    "unframed-blank" "UNFRAMED_DATA" Error UnframedText;
    "unframed-long" "UNFRAMED_DATA" Error UnframedText;
    "unframed-zeros" "BYTES_BEHIND_HEAD" Error NulBehindHead;
    "unframed-tls" "UNFRAMED_DATA" Error UnframedTls;
    "text-gbk" "MESSAGE_INVALID_UTF8" Error TextIsGbk;
    "text-latin-1" "MESSAGE_INVALID_UTF8" Error TextIsLatin1;
    "text-utf-16" "MESSAGE_INVALID_UTF8" Error TextIsUtf16;
    "text-overlong" "MESSAGE_INVALID_UTF8" Error TextHasLongForms;
    "text-split-at-125" "MESSAGE_INVALID_UTF8" Error StrSplit125;
    "text-bad-fragment-first" "MESSAGE_INVALID_UTF8" Error BinaryAsText;
    "deflate-tail-kept" "MESSAGE_DEFLATE_INVALID" Warning DeflateTailKept;
    "deflate-empty-payload" "MESSAGE_DEFLATE_EMPTY" Note;
    "deflate-cut" "MESSAGE_DEFLATE_INVALID" Warning NotRawDeflate;
    "deflate-text-not-utf8" "MESSAGE_INVALID_UTF8" Error BinaryAsText;
    "deflate-beyond-window" "MESSAGE_WINDOW_EXCEEDED" Warning WindowTooLarge;
    "deflate-rsv2" "FRAME_RESERVED_BITS" Error ReservedBitSet;
    "close-1004" "CLOSE_STATUS_NOT_ALLOWED" Warning CloseCodeInvalid;
    "close-1010" "CLOSE_STATUS_OF_CLIENT" Note;
    "close-5000" "CLOSE_STATUS_NOT_ALLOWED" Warning CloseCodeInvalid;
    "close-0" "CLOSE_STATUS_NOT_ALLOWED" Warning CloseCodeInvalid;
    "close-reason-not-utf8" "CLOSE_REASON_INVALID_UTF8" Error CloseReasonInOtherEncoding;
    "close-of-126-bytes" "FRAME_CONTROL_TOO_LONG" Error ControlTooLong;
    "text-after-close" "FRAME_AFTER_CLOSE" Warning WritesAfterClose;
    "close-after-close" "FRAME_AFTER_CLOSE" Warning WritesAfterClose;
    "rsv1-after-close" "FRAME_AFTER_CLOSE" Error WritesAfterClose;
    "close-and-reset" "RESET_AFTER_CLOSE" Note ConnectionReset;
    "never-answers" "RESPONSE_MISSING" Error AnswerTookTooLong;
    "fin-within-head" "HEAD_INCOMPLETE" Error HeadUnfinished;
    "fin-with-head" "CLOSE_MISSING" Note EndedWithoutClose;
    "reset-with-head" "CLOSE_MISSING" Note ConnectionReset;
    "fin-after-message" "CLOSE_MISSING" Note EndedWithoutClose;
    "reset-after-message" "CLOSE_MISSING" Note ConnectionReset;
};

/// Cases that break a rule which a recording of a client that only listens cannot show.
const BY_CLIENT: [&str; 9] = [
    "close-and-hold",
    "silent",
    "close-unanswered",
    "close-answered-by-fin",
    "close-answered-by-text",
    "close-answered-by-empty-text",
    "close-answered-by-reset",
    "tcp-echo",
    "close-answered",
];

/// Rules of endings, after which a browser's event may be an error or not.
const BY_CHANCE: [&str; 2] = ["CLOSE_MISSING", "RESET_AFTER_CLOSE"];

fn expected(id: &str) -> impl Iterator<Item = &'static Expected> {
    TABLE.iter().filter(move |expected| expected.id == id)
}

#[test]
fn each_case_gives_its_finding_and_no_other() {
    for case in cases::all() {
        let mut findings = diagnose(&case.recording(KEY)).findings;
        // Where the client is to do something, the recording lacks it, and the Close with it.
        findings.retain(|finding| case.client.is_none() || finding.rule != "CLOSE_MISSING");
        let found: Vec<(&str, Severity, Option<Cause>)> =
            findings.iter().map(|one| (one.rule, one.severity, one.causes.first().copied())).collect();
        let wanted: Vec<_> = expected(&case.id).map(|one| (one.rule, one.severity, one.cause)).collect();
        let same_but_cause = found.iter().map(|one| (one.0, one.1)).eq(wanted.iter().map(|one| (one.0, one.1)));
        assert!(same_but_cause && has_cause(&findings, &wanted), "{}: {findings:#?}", case.id);
    }
}

/// Whether the cause is among those that are told.
fn has_cause(findings: &[Finding], wanted: &[(&str, Severity, Option<Cause>)]) -> bool {
    findings.iter().zip(wanted).all(|(finding, (_, _, cause))| {
        cause.map_or(finding.causes.is_empty(), |cause| finding.causes.contains(&cause))
    })
}

#[test]
fn a_case_that_breaks_a_rule_is_in_the_table_and_one_that_does_not_is_good() {
    let known: BTreeSet<&str> = cases::all().iter().map(|case| case.id.as_str()).collect();
    for Expected { id, .. } in TABLE {
        assert!(known.contains(id), "there is no case {id}");
    }
    for Case { id, stance, .. } in cases::all() {
        let in_table = expected(id).next().is_some() || BY_CLIENT.contains(&id.as_str());
        assert!(*stance != Stance::Breaks || in_table, "{id} breaks a rule, and the table does not say which");
    }
}

#[test]
fn a_timeline_gives_the_same_as_the_streams() {
    for case in cases::all() {
        let rules = |recording: Recording| -> Vec<&'static str> {
            // How the connection ended is known with the time alone.
            let severe = |one: &Finding| one.severity > Severity::Note && one.rule != "FRAME_CUT";
            diagnose(&recording).findings.iter().filter(|one| severe(one)).map(|finding| finding.rule).collect()
        };
        assert_eq!(rules(Recording::of_timeline(case.timeline(KEY))), rules(case.streams(KEY).into()), "{}", case.id);
    }
}

#[test]
fn what_a_gateway_answers_is_the_fault_of_something_between() {
    for case in cases::all().iter().filter(|case| case.id.starts_with("status-")) {
        let findings = diagnose(&case.recording(KEY)).findings;
        let between = ["status-407", "status-502", "status-503", "status-504"].contains(&case.id.as_str());
        assert_eq!(findings[0].fault == Fault::Between, between, "{}", case.id);
    }
}

#[test]
fn severities_are_those_that_were_measured() {
    let mut wrong = Vec::new();
    for case in cases::all().iter().chain(cases::variations()) {
        let (Some(chromium), Some(firefox)) = (&case.measured.chromium, &case.measured.firefox) else { continue };
        let works = [chromium, firefox].map(|one| {
            let opened = one.events.iter().any(|event| event.starts_with("open "));
            opened && !one.events.iter().any(|event| event == "error")
        });
        let findings = diagnose(&case.recording(KEY)).findings;
        let Some(worst) = findings.iter().map(|finding| finding.severity).max() else { continue };
        // What ends a connection without a word is no error event, and worth one of ours.
        let silent = [chromium, firefox]
            .iter()
            .all(|one| one.events.iter().any(|event| event.starts_with("close code=1006 clean=false")));
        if worst == Severity::Error && works.contains(&true) && !silent {
            wrong.push(format!("{}: an error, and a browser takes it", case.id));
        } else if worst == Severity::Warning && !works.contains(&true) {
            wrong.push(format!("{}: a warning, and no browser takes it", case.id));
        } else if worst == Severity::Note && works.contains(&false) && !BY_CHANCE.contains(&findings[0].rule) {
            wrong.push(format!("{}: a note, and a browser fails by it", case.id));
        }
    }
    assert_eq!(wrong, [""; 0]);
}
