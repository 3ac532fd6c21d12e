//! What is found in each of the cases, and nothing else.
#![cfg(feature = "cases")]

use std::collections::BTreeSet;

use ws101_doctor::cases::{self, Case, Stance};
use ws101_doctor::{Cause, Fault, Finding, Recording, Severity, diagnose};

const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

/// A case whose server breaks one rule, or does what is told of all the same: how bad it is, and the likeliest cause.
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
};

/// Cases that break a rule which a recording of a client that only listens cannot show.
const BY_TIME: [&str; 3] = ["close-and-hold", "close-unanswered", "close-answered-by-fin"];

fn expected(id: &str) -> Option<&'static Expected> {
    TABLE.iter().find(|expected| expected.id == id)
}

#[test]
fn each_case_gives_its_finding_and_no_other() {
    for case in cases::all() {
        let findings = diagnose(&case.recording(KEY)).findings;
        let found: Vec<(&str, Severity, Option<Cause>)> =
            findings.iter().map(|one| (one.rule, one.severity, one.causes.first().copied())).collect();
        let wanted: Vec<_> = expected(&case.id).iter().map(|one| (one.rule, one.severity, one.cause)).collect();
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
        let in_table = expected(id).is_some() || BY_TIME.contains(&id.as_str());
        assert!(*stance != Stance::Breaks || in_table, "{id} breaks a rule, and the table does not say which");
    }
}

#[test]
fn a_timeline_gives_the_same_as_the_streams() {
    for case in cases::all() {
        let rules = |recording: Recording| -> Vec<&'static str> {
            let severe = |finding: &Finding| finding.severity > Severity::Note;
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
