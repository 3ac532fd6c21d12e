//! What each mistake in a server's code leads to on the wire, and how to mend it.

use ws101_core::Rule;

use crate::{Cause, Fault, Severity};

/// What to say of a cause that stands in somebody's code.
pub(super) struct Advice {
    pub(super) severity: Severity,
    pub(super) fault: Fault,
    pub(super) rule: Option<Rule>,
    pub(super) consequence: &'static str,
    pub(super) fix: &'static str,
}

/// `Cause { severity, fault, rule or none, consequence, fix }`.
macro_rules! advice {
    ($($cause:ident { $severity:ident, $fault:ident, $($rule:ident)::+, $consequence:literal, $fix:literal })+) => {
        /// What to say of `cause`; `None` where no code is recognised by it.
        pub(super) const fn of(cause: Cause) -> Option<Advice> {
            Some(match cause {
                $(Cause::$cause => Advice {
                    severity: Severity::$severity,
                    fault: Fault::$fault,
                    rule: crate::cause::rule_or_none!($($rule)::+),
                    consequence: $consequence,
                    fix: $fix,
                },)+
                _ => return None,
            })
        }

        /// Every cause that code is recognised by.
        pub(super) const CAUSES: &[Cause] = &[$(Cause::$cause),+];
    };
}

advice! {
    AcceptGuidTypo { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Write `258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, letter for letter." }
    AcceptGuidCase { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Write `258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, letter for letter." }
    AcceptGuidBlank { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Write `258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, letter for letter." }
    AcceptGuidLineEnd { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Write `258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, letter for letter." }
    AcceptGuidWithoutDashes { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Write `258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, letter for letter." }
    AcceptGuidWithBraces { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Write `258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, letter for letter." }
    AcceptOfHexDigest { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Encode the digest's bytes: `sha1($text, true)` in PHP, `.digest('base64')` in Node, `.digest()` in Python, `Sum` in Go." }
    AcceptNotInBase64 { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Encode the digest's twenty bytes in base64." }
    AcceptDigestAsText { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Let the digest give base64 itself (`.digest('base64')`), or keep its bytes as bytes." }
    AcceptDigestNibbles { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Write `pack('H*', …)`, or better `sha1($text, true)`." }
    AcceptOfDecodedKey { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Hash the key as it was written in the request." }
    AcceptOfUtf16 { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Use ASCII or UTF-8 to turn the text into bytes." }
    AcceptOtherHash { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Use SHA-1." }
    AcceptLowerCased { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Leave the value as base64 gives it." }
    AcceptUrlSafe { Error, Server, HandshakeViolation::AcceptWrong, "Half of all handshakes fail: those whose value would hold a `+` or `/`.", "Use the standard alphabet of base64." }
    AcceptWithoutPadding { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Use base64 with padding: the value ends in `=`." }
    AcceptOfSampleKey { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Compute the value from the key of each request." }
    AcceptOfPlaceholder { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Node has all names of fields in lower case: `request.headers['sec-websocket-key']`." }
    AcceptKeyWithLineEnd { Error, Server, HandshakeViolation::AcceptWrong, "Every client refuses the handshake; Chromium says `Incorrect 'Sec-WebSocket-Accept' header value`.", "Take the blanks and line ends off the key: match `([^\\r\\n]+)`, or trim it." }
    KeyPatternCase { Warning, Server, HandshakeViolation::KeyMissing, "Browsers send it so; behind proxies and with other clients (`sec-websocket-key: x`) no key is found, and the answer is wrong.", "Compare names without regard to case and take any number of blanks: `/^Sec-WebSocket-Key:\\s*(\\S+)/im`." }
    KeyPatternOneBlank { Warning, Server, HandshakeViolation::KeyMissing, "Browsers send one blank; a client that sends none, or two, gets a wrong answer.", "Compare names without regard to case and take any number of blanks: `/^Sec-WebSocket-Key:\\s*(\\S+)/im`." }
    KeyPatternKeepsBlanks { Warning, Server, HandshakeViolation::AcceptWrong, "A blank behind the key, which HTTP allows, is hashed with it: the accept is wrong.", "Match `(\\S+)`, or trim what was matched." }
    KeyPatternNeverFits { Error, Server, HandshakeViolation::KeyMissing, "No key is found, and the answer is the same wrong one for all: `Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=`.", "Match `/^Sec-WebSocket-Key:\\s*(\\S+)/im`." }
    MatchUnchecked { Warning, Server, none, "A request without the field, any browser tab or scanner, throws and ends the process: every client gets 1006.", "Look at the match first, and answer 400 where there is none." }
    ReadOf1024 { Warning, Server, HandshakeViolation::HeadIncomplete, "Cookies push the key out of reach, so that the accept is wrong; the rest is then read as a frame. A head that comes in two pieces fails, too.", "Read until CR LF CR LF has come, and keep what follows for the frames." }
    ReadOf2048 { Warning, Server, HandshakeViolation::HeadIncomplete, "Cookies push the key out of reach, so that the accept is wrong; the rest is then read as a frame. A head that comes in two pieces fails, too.", "Read until CR LF CR LF has come, and keep what follows for the frames." }
    ReadOfKilobytes { Warning, Server, HandshakeViolation::HeadIncomplete, "Cookies push the key out of reach, so that the accept is wrong; the rest is then read as a frame. A head that comes in two pieces fails, too.", "Read until CR LF CR LF has come, and keep what follows for the frames." }
    TrimOfRead { Warning, Server, none, "Bytes at the end of a frame that look like blanks (09, 0a, 0d, 20, 00) are lost: a message ends early or never.", "Trim the values of fields, never the bytes that were read." }
    StatusLineMistyped { Error, Server, HandshakeViolation::StatusLine, "Chromium takes some forms (`http/1.1 101`), Firefox refuses: it can’t establish a connection.", "Write `HTTP/1.1 101 Switching Protocols`." }
    FieldNameMistyped { Error, Server, HandshakeViolation::AcceptMissing, "The field is not seen: Chromium says that it is missing.", "Write the name letter for letter: `Sec-WebSocket-Accept`." }
    BlankBeforeColon { Error, Server, HandshakeViolation::BlankBeforeColon, "Chromium opens, Firefox can’t establish a connection.", "Write the colon right after the name." }
    BlankAtLineEnd { Note, Server, none, "Both browsers open; clients that compare the value as it stands do not.", "Take the blank out." }
    BareCrInHead { Warning, Server, HandshakeViolation::BareCr, "Browsers open where the CR stands in a field that they do not need; where the accept stands behind it, Firefox can’t establish a connection.", "Write `\\r\\n` at the end of each line, and no CR elsewhere." }
    ConnectionCompared { Error, Server, HandshakeViolation::ConnectionNotUpgrade, "Firefox sends `keep-alive, Upgrade` and is refused; Chromium sends `Upgrade`.", "Split the value at its commas, and look for `upgrade` in any case." }
    WriteUnchecked { Note, Server, none, "It may write less than all: the client waits for the rest of the frame, and reads the next one as that. Where it fails, a client that is gone stays in the list.", "Look at how many bytes were written, and write the rest." }
    ByteBeyondRead { Warning, Server, none, "A read that brings one byte alone gives a warning and length 0: the rest of the frame is then read as the next.", "Gather what was read, and decode when the header is complete." }
    LengthUnused { Warning, Server, none, "Two frames in one read become one with noise at its end; a frame that is longer than a read is cut.", "Take as many bytes as the length says, and keep what follows for the next frame." }
    LineEndsInLf { Warning, Server, HandshakeViolation::BareLf, "Chromium and Firefox open; strict clients refuse.", "Write `\\r\\n` at the end of each line." }
    NulBehindHead { Error, Server, DoctorRule::BytesBehindHead, "The byte becomes the first of a frame: the socket opens, and the first message breaks it (Chromium: `A server must not mask any frames that it sends to the client.`).", "Take it out: the head ends with `\\r\\n\\r\\n`." }
    LineBehindHead { Error, Server, DoctorRule::BytesBehindHead, "CR and LF become the first bytes of a frame: Chromium says `Invalid frame header` at once, Firefox is interrupted with the second message.", "End the head with `\\r\\n\\r\\n` and nothing more." }
    VersionInAnswer { Note, Server, DoctorRule::ResponseVersionField, "Both browsers open.", "Leave the field out of the 101." }
    SubprotocolUnasked { Error, Server, HandshakeViolation::ResponseProtocolNotOffered, "A client that offered no subprotocol refuses: Chromium says `Response must not include 'Sec-WebSocket-Protocol' header`.", "Answer with one of the names that the request offered, or leave the field out." }
    Draft76 { Note, Server, none, "A browser's request has none of these fields: what is computed from them is wrong.", "Answer Sec-WebSocket-Key with Sec-WebSocket-Accept, as RFC 6455 says." }
    SpacesCountedInRuns { Error, Server, none, "The number is divided by too little, and the sixteen bytes of the answer are wrong.", "Count each blank by itself; the number must divide without rest." }
    TextCut { Error, Server, Violation::InvalidUtf8, "126 ASCII bytes arrive as two messages, silently; 42 times 你 is cut within a character: Chromium `Could not decode a text frame as UTF-8.`, close 1002.", "Send one frame a message, with the 16-bit length above 125 bytes." }
    StrSplit125 { Error, Server, DoctorRule::MessageSplit, "126 ASCII bytes arrive as two messages, silently; 42 times 你 is cut within a character: Chromium `Could not decode a text frame as UTF-8.`, close 1002.", "Send one frame a message, with the 16-bit length above 125 bytes." }
    LengthAssigned { Error, Server, Violation::LengthNotMinimal, "Every frame is read as one with a 16-bit length: the masked `Hello` of RFC 6455 §5.7 becomes `ll'`.", "Write `==`." }
    LengthByteOrder { Error, Server, Violation::LengthHighBit, "From 126 bytes on the length is read with its bytes swapped: the client waits for bytes that never come, without a message.", "Write it highest byte first: `pack('n')` and `pack('J')` in PHP, `>H` in Python, `writeUInt16BE` in Node, `binary.BigEndian` in Go." }
    LengthInCharacters { Error, Server, DoctorRule::LengthWrong, "The first text that is not ASCII is cut, and what is left of it is read as the next frame.", "Encode the text as UTF-8 first, and take the length of that." }
    LongMessagesForgotten { Error, Server, Violation::LengthNotMinimal, "Messages from 126 bytes on break: 126 and 127 announce a longer length field, and above 127 the mask bit is set (Chromium: `A server must not mask any frames`).", "Write lengths from 126 to 65535 as `126` and 16 bits, longer ones as `127` and 64 bits." }
    OpcodeIgnored { Warning, Server, none, "A ping comes back as text, and a Close is echoed as a message: the client gets 1006 instead of a clean close.", "Look at `first & 0x0f`: answer 9 with 10 and 8 with 8, and join 0 to what came before." }
    SelectOverwritesList { Error, Server, none, "After the first handshake the listening socket is gone from the list: the second client hangs in CONNECTING.", "Copy the list first: `$read = $this->sockets; socket_select($read, …)`." }
    OneHandshakeFlag { Error, Server, HandshakeViolation::StatusLine, "The second client's request is decoded as a frame, and it gets a frame where its head is due: Chromium `net::ERR_INVALID_HTTP_RESPONSE`.", "Keep the flag for each client." }
    ReturnsAtZeroBytes { Error, Server, none, "Any departure ends the connections of all: 1006.", "Close and remove this client, and go on with the loop (`continue`)." }
    ClientsByAddress { Warning, Server, none, "A second tab from one address replaces the first, which gets nothing more: silent 1006.", "Keep them by the socket, or by an id that you count up." }
    WaitsForTerminal { Warning, Server, none, "All clients wait meanwhile; one that connects gets no answer at all.", "Read the terminal elsewhere, or not at all." }
    ListenerRemadeInLoop { Error, Server, none, "It fails the second time, and `socket_listen` takes a port at random.", "Bind and listen once, before the loop." }
    NoErrorListener { Warning, Server, none, "A client's reset (ECONNRESET) ends the process, and with it all connections.", "Add `socket.on('error', …)` to each socket." }
    CloseCodeReserved { Error, Server, Violation::CloseStatusNotAllowed, "Chromium: `Received a broken close frame containing a reserved status code.`; a browser's own `close` throws.", "Close with 1000, 1001, 1008, 1011 or 3000 to 4999." }
    DocumentCloses { Warning, Client, none, "The button does nothing: no Close frame is sent.", "Give the function another name, or write `socket.close()`." }
    MessageRunAsHtml { Warning, Client, none, "Whoever can send a message runs code in the page of all who get it.", "Use `textContent`, or append a text node." }
    SentTooEarly { Error, Client, none, "Throws InvalidStateError: the socket is still in CONNECTING.", "Send in the `open` handler." }
    ErrorHasNoData { Note, Client, none, "It shows `undefined`: browsers tell a script nothing of why.", "Read `code` and `reason` of the `close` event that follows." }
    HandlersDouble { Warning, Client, none, "After each reconnection everything is sent once more.", "Add them once, outside the function that connects." }
    SubprotocolArgumentWrong { Warning, Client, HandshakeViolation::RequestProtocol, "The request offers a subprotocol with the name `null`, which no server chooses: Chromium fails the handshake.", "Leave the argument out." }
}
