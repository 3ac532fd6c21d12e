//! The rules that only a live server can be seen to break. What bytes show as well has the rule that recordings break.

use ws101_core::Rule;

use crate::table::rule_table;
use crate::{Cause, DoctorRule, Severity};

rule_table! {
    /// A rule that a server breaks in what it does.
    pub enum ProbeRule {
        DoesNotAnswer Error { "SERVER_DOES_NOT_ANSWER", "RFC 6455 §4.2.2", "The server takes the TCP connection and never answers a good opening handshake.", "Read until the empty line that ends the request, then answer; look whether something else holds the server up." }
        ClosesUnanswered Error { "SERVER_CLOSES_UNANSWERED", "RFC 6455 §4.2.2", "The server ends the TCP connection instead of answering a good opening handshake.", "Look into the server's log: most often it failed while it read the request. Behind `ws://` there may also be a port that speaks TLS." }

        HeadReadOnce Error { "SERVER_HEAD_READ_ONCE", "RFC 9293 §2.2", "The server takes what one read brings for the whole request.", "Keep what came and read on until it holds CR LF CR LF; TCP carries bytes and knows no pieces." }
        HeadCutAt1024 Error { "SERVER_HEAD_CUT_AT_1024", "RFC 9110 §5.4", "The server does not open a connection whose request is longer than 1,024 bytes.", "Read until CR LF CR LF, with a limit of 8 or 16 KiB: a browser's cookies alone may take four." }
        HeadCutAt2048 Error { "SERVER_HEAD_CUT_AT_2048", "RFC 9110 §5.4", "The server does not open a connection whose request is longer than 2,048 bytes.", "Read until CR LF CR LF, with a limit of 8 or 16 KiB: a browser's cookies alone may take four." }
        HeadCutAt8000 Note { "SERVER_HEAD_CUT_AT_8000", "RFC 9110 §5.4", "The server does not open a connection whose request is longer than 8,000 bytes.", "RFC 9112 §3 asks for 8,000 bytes in the request line alone; take heads of 16 KiB where pages of the same host may have many cookies." }
        CaseSensitiveFields Error { "SERVER_CASE_SENSITIVE_FIELDS", "RFC 9110 §5.1", "The server finds the request's fields only where their names are written as it expects, in upper and lower case.", "Compare names without regard to case: proxies and HTTP libraries write them in lower case." } [KeyPatternCase]
        KeyNeedsBlank Error { "SERVER_KEY_NEEDS_BLANK", "RFC 9112 §5", "The server finds the request's fields only where a blank stands behind the colon.", "Split each line at its first colon, and take blanks and tabs off both ends of the value." } [KeyPatternOneBlank]
        KeyKeepsBlanks Error { "SERVER_KEY_KEEPS_BLANKS", "RFC 9112 §5", "The server takes the blanks around a value for a part of it.", "Take blanks and tabs off both ends of every value before it is used; the key is hashed without them." } [KeyPatternKeepsBlanks]
        KeyFoundAnywhere Warning { "SERVER_KEY_FOUND_ANYWHERE", "RFC 9112 §5", "The server takes another field, whose name ends like that of the key, for the key.", "Compare whole names, from the beginning of the line to the colon." } [KeyPatternAnywhere]
        KeyByPattern Error { "SERVER_KEY_BY_PATTERN", "RFC 9112 §5", "The server searches the whole request for the text of the key's line instead of reading its fields.", "Split the request into lines, each line at its first colon; compare names without regard to case, and trim the values." }
        ConnectionNotAList Error { "SERVER_CONNECTION_NOT_A_LIST", "RFC 6455 §4.2.1", "The server refuses a request whose Connection field names more than Upgrade.", "Split the value at its commas and look for the token `upgrade`, in upper or lower case: Firefox sends `keep-alive, Upgrade`." } [ConnectionCompared]
        UpgradeCaseSensitive Warning { "SERVER_UPGRADE_CASE_SENSITIVE", "RFC 6455 §4.2.1", "The server refuses a request that writes `WebSocket` in its Upgrade field.", "Compare the value without regard to case." }

        AnswersAnyGet Warning { "SERVER_ANSWERS_ANY_GET", "RFC 6455 §4.2.1", "The server answers with 101 whatever it is asked.", "Check method, Host, Upgrade, Connection, key and version, and answer a request that lacks one with 400, another version with 426." } [RequestUnchecked]
        UpgradeUnchecked Warning { "SERVER_UPGRADE_UNCHECKED", "RFC 6455 §4.2.1", "The server answers with 101 to a request that does not ask for WebSocket.", "Answer 101 only where Upgrade names websocket and Connection names Upgrade; else answer as HTTP, with 426 say." }
        KeyUnchecked Warning { "SERVER_KEY_UNCHECKED", "RFC 6455 §4.2.1", "The server answers with 101 to a request whose key is missing or no key.", "Answer 400 unless the key is sixteen bytes in base64." }
        VersionUnchecked Warning { "SERVER_VERSION_UNCHECKED", "RFC 6455 §4.2.2", "The server answers with 101 to a request of another version.", "Answer 426 with `Sec-WebSocket-Version: 13` unless the version is 13." }
        VersionUnnamed Warning { "SERVER_VERSION_UNNAMED", "RFC 6455 §4.2.2", "The server refuses another version and does not say which it speaks.", "Add `Sec-WebSocket-Version: 13` to the refusal; its status is best 426." }
        HostUnchecked Warning { "SERVER_HOST_UNCHECKED", "RFC 6455 §4.2.1", "The server answers with 101 to a request without Host.", "Answer 400 where Host is missing." }
        MethodUnchecked Warning { "SERVER_METHOD_UNCHECKED", "RFC 6455 §4.2.1", "The server answers with 101 to a request that is no GET.", "Answer 405 unless the method is GET." }
        OriginUnchecked Note { "SERVER_ORIGIN_UNCHECKED", "RFC 6455 §10.2", "The server takes connections from pages of any site, with the visitor's cookies.", "Where a connection can do what its visitor may do, compare Origin with your own sites and answer others with 403." }
        RefusesSilently Note { "SERVER_REFUSES_SILENTLY", "RFC 6455 §4.2.1", "The server does not answer a request that it does not take.", "Answer with 400 or 426 and end the connection, so that who asks learns why." }

        SecondClientHangs Error { "SERVER_SECOND_CLIENT_HANGS", "ws101", "A second client gets no answer while a first one is connected.", "Serve all sockets from one loop or each by itself, and keep listening." }
        OneHandshakeForAll Error { "SERVER_ONE_HANDSHAKE_FOR_ALL", "RFC 6455 §4.2", "The server reads the second client's request as a frame: it believes that the handshake is done.", "Keep for each connection whether its handshake is done, not once for the server." } [OneHandshakeFlag]
        ReplacesAClient Error { "SERVER_REPLACES_A_CLIENT", "ws101", "A second client from the same address ends the first one's connection.", "Keep clients by their socket, or by a number of their own: many tabs, and whole offices, share an address." } [ClientsByAddress]
        StopsAtAMessage Error { "SERVER_STOPS_AT_A_MESSAGE", "ws101", "A message from one client stops the server for all others.", "Do nothing in the loop that waits for anything but the sockets." } [WaitsForTerminal]
        TakesOthersAlong Error { "SERVER_TAKES_OTHERS_ALONG", "ws101", "When one client leaves, the others' connections end.", "Forget the socket that ended, and no other." }
        EndsWithAClient Error { "SERVER_ENDS_WITH_A_CLIENT", "ws101", "When a client leaves, the server ends or serves nobody any more.", "Close and forget the socket of which a read brings nothing, and stay in the loop." } [ReturnsAtZeroBytes]
        DiesOfADeparture Error { "SERVER_DIES_OF_A_DEPARTURE", "ws101", "When a client leaves without a closing handshake, the server ends or serves nobody any more.", "Close and forget the socket of which a read brings nothing, and stay in the loop; clients lose their network without a Close." } [ReturnsAtZeroBytes]
        DiesOfAReset Error { "SERVER_DIES_OF_A_RESET", "ws101", "When a client resets its connection, the server ends or serves nobody any more.", "Handle the error of every socket: in Node, each needs a listener for `error`." } [NoErrorListener]
        DiesOfARequest Error { "SERVER_DIES_OF_A_REQUEST", "RFC 6455 §4.2.1", "A request that is no good handshake ends the server, or it serves nobody any more.", "Look whether the field was found before you use it, and answer 400 where it was not." } [MatchUnchecked]
        DiesOfAFrame Error { "SERVER_DIES_OF_A_FRAME", "RFC 6455 §10.4", "A frame ends the server, or it serves nobody any more.", "Check lengths before memory is taken for them, and catch what goes wrong with one connection where it is served." }
        BlockedBySilentClient Error { "SERVER_BLOCKED_BY_SILENT_CLIENT", "ws101", "A client that connects and says nothing keeps the others waiting.", "Read only from sockets that have something, and give each request a time limit." } [ReadsUntilItComes]

        EndsAtAText Note { "SERVER_ENDS_AT_A_TEXT", "ws101", "The server ends the connection when a text message comes, so that less can be asked of it.", "Nothing, if it wants another kind of message; look into its log if not." }
        MessageWrong Error { "SERVER_MESSAGE_WRONG", "RFC 6455 §5.2", "A message of this length comes back wrong or not at all.", "Read and write the length in its three forms: up to 125 in 7 bits, up to 65,535 in 16, above in 64, highest byte first." }
        ReadsLengthAs16Bits Error { "SERVER_READS_LENGTH_AS_16_BITS", "RFC 6455 §5.2", "The server reads every length as one of 16 bits.", "Compare with `==` or `===`: `if ($len = 126)` sets the length and is always true." } [LengthAssigned]
        IgnoresLength Error { "SERVER_IGNORES_LENGTH", "RFC 6455 §5.2", "The server takes all that a read brings for one frame, whatever length its header says.", "Take as many bytes as the header says, keep the rest for the next frame, and wait where too few have come." } [LengthUnused]
        ReadsOneFrameARead Error { "SERVER_READS_ONE_FRAME_A_READ", "RFC 9293 §2.2", "The server reads one frame from what a read brings and drops the rest.", "Keep what a read brings in a buffer, and take frames from it as long as it holds a whole one." } [FrameARead]
        CutsFramesAtReads Error { "SERVER_CUTS_FRAMES_AT_READS", "RFC 9293 §2.2", "The server loses a frame that does not come in one piece.", "Keep what came and wait for the rest: a frame may be cut anywhere, in its header too." } [FrameARead]
        NeedsWholeHeader Error { "SERVER_NEEDS_WHOLE_HEADER", "RFC 9293 §2.2", "The server loses a frame whose header does not come in one piece.", "Look whether a byte is there before you use it, and wait for it if not." } [ByteBeyondRead]
        DropsFramesWithHead Note { "SERVER_DROPS_FRAMES_WITH_HEAD", "RFC 6455 §4.1", "The server loses a frame that a hurried client sends together with its request.", "Nothing, if your clients wait for the answer, as they must; else keep what follows the empty line: in Node it is the third argument of the `upgrade` event." } [BytesBehindHeadDropped]
        WritesOnce Error { "SERVER_WRITES_ONCE", "RFC 9293 §2.2", "A long message is not written whole where its reader is slow.", "Look at how many bytes each write took, and write the rest when the socket takes more." } [WriteUnchecked]
        SplitsMessages Error { "SERVER_SPLITS_MESSAGES", "RFC 6455 §5.4", "The server cuts a long message into several messages.", "Write one frame, or fragments: all but the first with opcode 0, all but the last with FIN 0." }
        TextTrimmed Warning { "SERVER_TEXT_TRIMMED", "RFC 6455 §5.6", "The server takes blanks off the ends of a text.", "Hand a message on as it came; trim it where you use it, if it must be." } [TrimOfMessage]
        ReadTrimmed Error { "SERVER_READ_TRIMMED", "RFC 6455 §5.2", "A frame whose last byte on the wire is a blank or a zero is lost.", "Do not trim what a read brings: masked bytes take any value, and one in 40 frames ends in one of these." } [TrimOfRead]
        EmptyTextLost Note { "SERVER_EMPTY_TEXT_LOST", "RFC 6455 §5.6", "The server answers every text but the empty one.", "Tell an empty message from none at all: a payload of no bytes is one." }
        BinaryWrong Warning { "SERVER_BINARY_WRONG", "RFC 6455 §5.6", "A binary message does not come back as it was sent.", "Answer binary with binary, byte for byte." }
        BinaryAsText Error { "SERVER_BINARY_AS_TEXT", "RFC 6455 §5.6", "A binary message comes back as text.", "Remember the opcode of the message and answer with the same; text must be UTF-8." } [AlwaysText]
        FragmentsWrong Error { "SERVER_FRAGMENTS_WRONG", "RFC 6455 §5.4", "A message in fragments does not come back whole.", "Put payloads together until FIN is 1, and answer control frames in between." }
        IgnoresFin Error { "SERVER_IGNORES_FIN", "RFC 6455 §5.4", "The server takes each fragment of a message for a message of its own.", "Put payloads together until FIN is 1; a continuation has opcode 0." } [FinIgnored]
        IgnoresOpcode Error { "SERVER_IGNORES_OPCODE", "RFC 6455 §5.2", "The server takes every frame for a text message, Ping and Close too.", "Look at the low four bits of the first byte: 1 is text, 2 binary, 8 Close, 9 Ping, 10 Pong, 0 goes on." } [OpcodeIgnored]

        PongNotIgnored Warning { "SERVER_PONG_NOT_IGNORED", "RFC 6455 §5.5.3", "The server answers a Pong that it did not ask for, or fails by it.", "Do nothing for a Pong." }
        CloseOtherCode Note { "SERVER_CLOSE_OTHER_CODE", "RFC 6455 §5.5.1", "The server answers a Close with another status code.", "Send the status code that came; none where none came." }

        TakesAnyFrame Error { "SERVER_CHECKS_NO_FRAME", "RFC 6455 §7.1.7", "The server takes frames that no client may send.", "Check RSV, opcode, MASK, length, order and UTF-8 of every frame; fail the connection with Close 1002, or 1007 for text." }
        TakesUnmasked Error { "SERVER_TAKES_UNMASKED", "RFC 6455 §5.1", "The server takes a frame that is not masked.", "Fail the connection with Close 1002 where the mask bit is 0." } [MaskOptional]
        TakesReservedBits Error { "SERVER_TAKES_RESERVED_BITS", "RFC 6455 §5.2", "The server takes a frame with a reserved bit set.", "Fail the connection with Close 1002 unless an extension that was agreed on uses the bit." }
        TakesReservedOpcode Error { "SERVER_TAKES_RESERVED_OPCODE", "RFC 6455 §5.2", "The server takes a frame with a reserved opcode.", "Fail the connection with Close 1002 unless the opcode is 0, 1, 2, 8, 9 or 10." }
        TakesLongControl Error { "SERVER_TAKES_LONG_CONTROL", "RFC 6455 §5.5", "The server takes a control frame of more than 125 bytes.", "Fail the connection with Close 1002." }
        TakesFragmentedControl Error { "SERVER_TAKES_FRAGMENTED_CONTROL", "RFC 6455 §5.5", "The server takes a control frame with FIN 0.", "Fail the connection with Close 1002." }
        TakesInvalidUtf8 Error { "SERVER_TAKES_INVALID_UTF8", "RFC 6455 §8.1", "The server takes a text message that is not UTF-8.", "Fail the connection with Close 1007; browsers refuse such a text if it is sent on." }
        TakesNestedMessage Error { "SERVER_TAKES_NESTED_MESSAGE", "RFC 6455 §5.4", "The server takes a new message before the last fragment of another.", "Fail the connection with Close 1002 where opcode 1 or 2 comes while a message is under way." }
        TakesStrayContinuation Error { "SERVER_TAKES_STRAY_CONTINUATION", "RFC 6455 §5.4", "The server takes a continuation where no message is under way.", "Fail the connection with Close 1002." }
        TakesLongLength Warning { "SERVER_TAKES_LONG_LENGTH", "RFC 6455 §5.2", "The server takes a length in a longer form than needed.", "Fail the connection with Close 1002 where 16 bits hold less than 126, or 64 bits less than 65,536." }
        TakesBadClose Warning { "SERVER_TAKES_BAD_CLOSE", "RFC 6455 §5.5.1", "The server answers a malformed Close as if it were a good one.", "Fail the connection with Close 1002 where the body is one byte, or the status code is one that is never sent." }
        HangsAtInvalid Warning { "SERVER_HANGS_AT_INVALID", "RFC 6455 §7.1.7", "After a frame that it does not take the server neither fails the connection nor goes on.", "Send Close 1002 and end the TCP connection as soon as the header shows what is wrong." }
        FailsWithOtherCode Note { "SERVER_FAILS_WITH_OTHER_CODE", "RFC 6455 §7.4.1", "The server fails the connection with another status code than the one for this mistake.", "Send 1002 for a broken frame, 1007 for text that is not UTF-8, 1009 for what is too long." }
        FailsWithoutClose Note { "SERVER_FAILS_WITHOUT_CLOSE", "RFC 6455 §7.1.7", "The server ends the TCP connection without saying why.", "Send a Close with 1002 or 1007 first: who tests a client can then see what was wrong." }
    }
}

/// A rule of either table, as it is told of a server.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) rule: Rule,
    pub(super) severity: Severity,
    pub(super) causes: &'static [Cause],
}

impl From<ProbeRule> for Told {
    fn from(rule: ProbeRule) -> Self {
        Self { rule: rule.rule(), severity: rule.severity(), causes: rule.usual_causes() }
    }
}

impl From<DoctorRule> for Told {
    fn from(rule: DoctorRule) -> Self {
        let severity = match rule {
            // A recording may have been ended too early, and a client may have sent two texts; here neither can be.
            DoctorRule::ConnectionKept => Severity::Warning,
            DoctorRule::MessageSplit => Severity::Error,
            _ => rule.severity(),
        };
        Self { rule: rule.rule(), severity, causes: rule.usual_causes() }
    }
}
