//! What usually leads to a broken rule, in words that are said once.

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// Declares the causes, each with its name and its sentence.
macro_rules! causes {
    ($($(#[$meta:meta])* $variant:ident { $name:literal, $sentence:literal })+) => {
        /// Something that leads to a broken rule: a usual mistake, or what the bytes prove to have happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Cause {
            $($(#[$meta])* #[doc = $sentence] $variant),+
        }

        impl Cause {
            /// Every cause, in the order in which they are declared.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// A stable name for programs.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What happened, in a sentence.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence),+ }
            }
        }
    };
}

causes! {
    // Of a wrong `Sec-WebSocket-Accept`: `accept`.
    AcceptOfDecodedKey { "ACCEPT_OF_DECODED_KEY", "The server decoded the key from base64 before it hashed it; the key is hashed as it was written." }
    AcceptOfNoKey { "ACCEPT_OF_NO_KEY", "The server did not find the key and hashed the GUID alone." }
    AcceptOfPlaceholder { "ACCEPT_OF_PLACEHOLDER", "The server did not find the key and hashed the word that its language writes for nothing, such as `undefined` or `null`." }
    AcceptOfSampleKey { "ACCEPT_OF_SAMPLE_KEY", "The server answers the key of the RFC's example, whatever key the request has." }
    AcceptKeyWithLineEnd { "ACCEPT_KEY_WITH_LINE_END", "The server hashed the key together with the CR or LF at the end of its line." }
    AcceptKeyWithBlank { "ACCEPT_KEY_WITH_BLANK", "The server hashed the key together with a blank before or behind it." }
    AcceptKeyWithQuotes { "ACCEPT_KEY_WITH_QUOTES", "The server hashed the key together with quotation marks or brackets that it put around it." }
    AcceptKeyWithName { "ACCEPT_KEY_WITH_NAME", "The server hashed the whole line, the field's name and its colon too, and not the key alone." }
    AcceptKeyWithNul { "ACCEPT_KEY_WITH_NUL", "The server hashed the key together with the zero byte that ends a C string." }
    AcceptKeyCut { "ACCEPT_KEY_CUT", "The server lost characters of the key, at its beginning or its end, before it hashed it." }
    AcceptKeyCase { "ACCEPT_KEY_CASE", "The server changed the case of the key before it hashed it; base64 tells upper case from lower." }
    AcceptKeyUnescaped { "ACCEPT_KEY_UNESCAPED", "The server read the key as a part of a URL: `+` became a blank, or characters became `%` and digits." }
    AcceptKeyEncoded { "ACCEPT_KEY_ENCODED", "The server encoded the key once more before it hashed it; the key is hashed as it was written." }
    AcceptWithoutGuid { "ACCEPT_WITHOUT_GUID", "The server hashed the key alone, without the GUID." }
    AcceptGuidCase { "ACCEPT_GUID_CASE", "The GUID in the server's code has lower-case letters; it is in upper case." }
    AcceptGuidTypo { "ACCEPT_GUID_TYPO", "The GUID in the server's code is mistyped: a character is wrong, missing, added or swapped with the next." }
    AcceptGuidBlank { "ACCEPT_GUID_BLANK", "The GUID in the server's code has a blank in it, before it or behind it." }
    AcceptGuidLineEnd { "ACCEPT_GUID_LINE_END", "The server hashed a line end, or a zero byte that ends a C string, behind the GUID." }
    AcceptGuidWithoutDashes { "ACCEPT_GUID_WITHOUT_DASHES", "The GUID in the server's code lacks its dashes." }
    AcceptGuidWithBraces { "ACCEPT_GUID_WITH_BRACES", "The GUID in the server's code has braces or quotation marks around it." }
    AcceptGuidAsBytes { "ACCEPT_GUID_AS_BYTES", "The server hashed the sixteen bytes that the GUID stands for; its 36 characters are what is hashed." }
    AcceptGuidTwice { "ACCEPT_GUID_TWICE", "The server appended the GUID twice." }
    AcceptGuidFirst { "ACCEPT_GUID_FIRST", "The server hashed the GUID and then the key; the key comes first." }
    AcceptSeparated { "ACCEPT_SEPARATED", "The server put something between the key and the GUID; nothing stands there." }
    AcceptOfUtf16 { "ACCEPT_OF_UTF16", "The server hashed the characters as UTF-16, two bytes each; they are one byte each." }
    AcceptOfOtherCase { "ACCEPT_OF_OTHER_CASE", "The server changed the case of key and GUID before it hashed them." }
    AcceptOfEncodedText { "ACCEPT_OF_ENCODED_TEXT", "The server encoded key and GUID before it hashed them; what is hashed is the text itself." }
    AcceptHashedTwice { "ACCEPT_HASHED_TWICE", "The server hashed twice." }
    AcceptHmac { "ACCEPT_HMAC", "The server made an HMAC with key and GUID; a plain SHA-1 of the two is asked for." }
    AcceptOtherHash { "ACCEPT_OTHER_HASH", "The server used another hash function than SHA-1." }
    AcceptOfHexDigest { "ACCEPT_OF_HEX_DIGEST", "The server encoded the hex digits of the digest in base64; the digest's twenty bytes are to be encoded." }
    AcceptDigestAsText { "ACCEPT_DIGEST_AS_TEXT", "The server turned the digest's bytes into text, and encoded that text's bytes in base64." }
    AcceptDigestNibbles { "ACCEPT_DIGEST_NIBBLES", "The server swapped the two digits of each byte when it read the digest from hex (in PHP, `pack` with `h*` for `H*`)." }
    AcceptDigestByteOrder { "ACCEPT_DIGEST_BYTE_ORDER", "The server wrote the digest's words in the wrong byte order; SHA-1 gives the highest byte first." }
    AcceptDigestLength { "ACCEPT_DIGEST_LENGTH", "The server encoded too few or too many of the digest's bytes: it took the digest for a string that a zero byte ends, or gave the wrong length." }
    AcceptNotInBase64 { "ACCEPT_NOT_IN_BASE64", "The server sent the digest in hex or as bare bytes, not in base64." }
    AcceptEncodedTwice { "ACCEPT_ENCODED_TWICE", "The server encoded the digest in base64 twice." }
    AcceptLowerCased { "ACCEPT_LOWER_CASED", "The server, or something between, put the value into lower case; base64 tells upper case from lower." }
    AcceptUpperCased { "ACCEPT_UPPER_CASED", "The server, or something between, put the value into upper case; base64 tells upper case from lower." }
    AcceptWithoutPadding { "ACCEPT_WITHOUT_PADDING", "The server left out the `=` at the end of the value." }
    AcceptUrlSafe { "ACCEPT_URL_SAFE", "The server used the alphabet of base64 for URLs, with `-` and `_` for `+` and `/`." }
    AcceptQuoted { "ACCEPT_QUOTED", "The server sent the value as a program writes a string: with quotation marks, or as Python's `b'…'`." }
    AcceptEscaped { "ACCEPT_ESCAPED", "The server sent the value as a part of a URL: with `%` and digits, or with a blank where a `+` was." }
    AcceptEchoesKey { "ACCEPT_ECHOES_KEY", "The server sent the key back as it came, without hashing it." }
    AcceptOfAnotherKey { "ACCEPT_OF_ANOTHER_KEY", "The value is the right answer to another key: the server answered another request, or something between made a handshake of its own and passed on only half of it." }
    AcceptOfUnknownKey { "ACCEPT_OF_UNKNOWN_KEY", "The value has the right form, twenty bytes in base64, and no known mistake makes it from this key: either it answers another key, so that something between made a handshake of its own, or the server hashed something else." }
    AcceptMalformed { "ACCEPT_MALFORMED", "The value has not even the right form, which is 28 characters of base64 that stand for twenty bytes: the server did not compute it from a SHA-1." }
    // Of a line of a console or a log, about the answer that is no 101: `message`.
    HttpHandlerAnswered { "HTTP_HANDLER_ANSWERED", "The request reached an ordinary HTTP handler, a static file server or a page's fallback, which answered it like any other." }
    Redirected { "REDIRECTED", "The server redirects: to another path (often a `/` more or less), to HTTPS or to a login; WebSocket clients do not follow." }
    UpgradeNotForwarded { "UPGRADE_NOT_FORWARDED", "A proxy did not pass Upgrade and Connection on, so that the server saw a plain HTTP request." }
    HandshakeRequestRefused { "HANDSHAKE_REQUEST_REFUSED", "The server did not like the request: a field is missing, or it has one that this server does not take." }
    AuthenticationMissing { "AUTHENTICATION_MISSING", "The server wants to know who asks; a page's script cannot send an Authorization field with a WebSocket." }
    OriginOrPermissionRefused { "ORIGIN_OR_PERMISSION_REFUSED", "The server refuses this Origin, this user or this address." }
    NoSuchPath { "NO_SUCH_PATH", "Nothing answers at this path." }
    MethodRefused { "METHOD_REFUSED", "The path is known, but not for GET, so that it is another route that answers." }
    ProxyAsksForCredentials { "PROXY_ASKS_FOR_CREDENTIALS", "Something on the way asks for credentials as a proxy does." }
    UpgradeExpected { "UPGRADE_EXPECTED", "The server speaks WebSocket here but saw no upgrade, or not version 13." }
    TooManyRequests { "TOO_MANY_REQUESTS", "The server, or something before it, limits how often or how many may connect." }
    ServerFailed { "SERVER_FAILED", "The server failed while it handled the request: an exception in the code around the handshake." }
    UpstreamDown { "UPSTREAM_DOWN", "A proxy could not reach the server behind it, or got no HTTP from it." }
    UpstreamUnavailable { "UPSTREAM_UNAVAILABLE", "Nothing behind the proxy is ready: the server starts, is overloaded, or failed its health check." }
    UpstreamSilent { "UPSTREAM_SILENT", "The server behind the proxy took the connection and did not answer in time." }
    HeadRefusedAsTooLong { "HEAD_REFUSED_AS_TOO_LONG", "The request's head is longer than the server takes: cookies, most often." }
    InterimResponse { "INTERIM_RESPONSE", "The server sent an interim answer (1xx, often `100 Continue`) before the 101: Chromium takes it for the answer, Firefox does not mind." }
    UpgradeNotImplemented { "UPGRADE_NOT_IMPLEMENTED", "The server does not know how to upgrade this request." }
    ClientLeftFirst { "CLIENT_LEFT_FIRST", "The client went away before the server behind the proxy had answered." }
    CdnCannotReachServer { "CDN_CANNOT_REACH_SERVER", "The content delivery network could not reach the server behind it, or not by TLS." }
    StatusUnexpected { "STATUS_UNEXPECTED", "The answer has another status code than 101." }
    AnswerNotAccepted { "ANSWER_NOT_ACCEPTED", "The server answered, but not with a 101 that this browser accepts: another status, or a field that is missing or wrong." }
    // Of a line of a console or a log, about the fields of the 101: `message`.
    FieldsLeftOut { "FIELDS_LEFT_OUT", "The answer is written by hand and lacks a field that every handshake needs." }
    FieldsStripped { "FIELDS_STRIPPED", "Something between took the fields off that hold for one hop only." }
    UpgradeMissingInAnswer { "UPGRADE_MISSING_IN_ANSWER", "The server's 101 has no Upgrade field." }
    UpgradeNamesOther { "UPGRADE_NAMES_OTHER", "The server upgrades to something else, or the word is misspelt." }
    UpgradeTwice { "UPGRADE_TWICE", "Upgrade stands there twice, or is a list: application and proxy, or library, both write it." }
    ConnectionMissingInAnswer { "CONNECTION_MISSING_IN_ANSWER", "The server's 101 has no Connection field." }
    ConnectionRewritten { "CONNECTION_REWRITTEN", "The Connection field does not name Upgrade: a proxy made `keep-alive` or `close` of it, or the server wrote that." }
    AcceptMissingInAnswer { "ACCEPT_MISSING_IN_ANSWER", "The server's 101 has no Sec-WebSocket-Accept: an old server of the drafts, or the field's name is misspelt." }
    AcceptTwiceInAnswer { "ACCEPT_TWICE_IN_ANSWER", "Sec-WebSocket-Accept stands there twice: a library answers the handshake, and so does the application." }
    AcceptMiscomputed { "ACCEPT_MISCOMPUTED", "The server computed Sec-WebSocket-Accept wrongly: from another key, another GUID, or by another encoding." }
    SubprotocolUnasked { "SUBPROTOCOL_UNASKED", "The server names a subprotocol though the client offered none (an empty field counts, too)." }
    SubprotocolOther { "SUBPROTOCOL_OTHER", "The server names a subprotocol that the client did not offer, or in other letters (`Chat` for `chat`)." }
    SubprotocolList { "SUBPROTOCOL_LIST", "The server sends the client's whole list back, or the field twice; one name is to be chosen." }
    SubprotocolUnanswered { "SUBPROTOCOL_UNANSWERED", "The client offered subprotocols and the server chose none: the RFC allows that, browsers other than Firefox fail." }
    ExtensionUnasked { "EXTENSION_UNASKED", "The server names an extension that the client did not offer." }
    ExtensionsUnreadable { "EXTENSIONS_UNREADABLE", "The server's Sec-WebSocket-Extensions is empty or does not parse." }
    ExtensionTwice { "EXTENSION_TWICE", "The server accepts permessage-deflate twice: it sends all offers back." }
    DeflateOfferEchoed { "DEFLATE_OFFER_ECHOED", "The server sends the offer of compression back as it came; `client_max_window_bits` needs a value in an answer." }
    DeflateParameterForeign { "DEFLATE_PARAMETER_FOREIGN", "The server gives permessage-deflate a parameter that it does not have." }
    DeflateParameterInvalid { "DEFLATE_PARAMETER_INVALID", "A parameter of permessage-deflate has a value that it may not have: bits other than 8 to 15, a leading zero, a value where none belongs." }
    DeflateParameterTwice { "DEFLATE_PARAMETER_TWICE", "The server gives permessage-deflate the same parameter twice." }
    StatusLineMisread { "STATUS_LINE_MISREAD", "The first line of the answer is not a status line of HTTP/1.1: lower case, missing blanks, HTTP/1.0." }
    NotHttp { "NOT_HTTP", "What answers does not speak HTTP: another protocol's port, or TLS where none was asked for." }
    FrameInsteadOfHead { "FRAME_INSTEAD_OF_HEAD", "The server sent a frame, or bare text, before it had answered the handshake." }
    HeadUnfinished { "HEAD_UNFINISHED", "The connection ended within the head: the empty line at its end is missing, or the server died while it wrote." }
    // Of a line of a console or a log, about the way to the server: `message`.
    NothingListens { "NOTHING_LISTENS", "Nothing listens at this address and port." }
    NameUnknown { "NAME_UNKNOWN", "The host name cannot be resolved." }
    PortBlocked { "PORT_BLOCKED", "Browsers refuse this port, because other protocols live there." }
    TlsToPlainServer { "TLS_TO_PLAIN_SERVER", "The client spoke TLS (wss:) to a port that does not." }
    PlainToTlsServer { "PLAIN_TO_TLS_SERVER", "The client spoke plain HTTP (ws:) to a port that expects TLS, and it hung up." }
    CertificateUntrusted { "CERTIFICATE_UNTRUSTED", "The server's certificate is self-signed, expired or for another name." }
    TlsFailed { "TLS_FAILED", "The TLS handshake failed." }
    NetworkGone { "NETWORK_GONE", "There is no way to the address: no network, a firewall that drops, a route that is missing." }
    ClosedBeforeAnswer { "CLOSED_BEFORE_ANSWER", "The server took the connection and ended it without a byte: it crashed on the request, or does not take such clients." }
    ResetBeforeAnswer { "RESET_BEFORE_ANSWER", "The connection was reset before an answer came: the server crashed or closed with data unread, or a firewall stepped in." }
    AnswerTookTooLong { "ANSWER_TOOK_TOO_LONG", "The server took the connection and never answered." }
    EarlierHandshakeBlocks { "EARLIER_HANDSHAKE_BLOCKS", "An earlier connection to the same address and port is still in its handshake, and a client waits for that before it starts the next." }
    TunnelRefused { "TUNNEL_REFUSED", "The proxy that the client is set to use refused to connect to the server." }
    NetworkChanged { "NETWORK_CHANGED", "The network changed or the machine slept, and the browser dropped its connections." }
    LocalNetworkBlocked { "LOCAL_NETWORK_BLOCKED", "The browser did not let a public page connect to this machine or the local network (Local Network Access); the server sees nothing." }
    BlockedByExtension { "BLOCKED_BY_EXTENSION", "An extension of the browser, or a filter, blocked the address." }
    TooManySockets { "TOO_MANY_SOCKETS", "The page, or the browser, has too many sockets open or waiting." }
    Http2WithoutConnect { "HTTP2_WITHOUT_CONNECT", "The connection runs over HTTP/2, and the server does not take WebSocket there (extended CONNECT)." }
    AddressInUse { "ADDRESS_IN_USE", "Another process already listens on this port." }
    FileDescriptorsGone { "FILE_DESCRIPTORS_GONE", "The process has as many files and sockets open as it may." }
    // Of a line of a console or a log, about the page's script: `message`.
    ClosedWhileConnecting { "CLOSED_WHILE_CONNECTING", "The page's script called `close()` before the connection was open, or the page was left." }
    MountedTwice { "MOUNTED_TWICE", "In development, React's `StrictMode` mounts each component twice: the first socket is closed by the effect's clean-up while it connects." }
    SentTooEarly { "SENT_TOO_EARLY", "The script calls `send` while the socket is still connecting." }
    SentTooLate { "SENT_TOO_LATE", "The script calls `send` on a socket that is closing or closed; the browser drops the data." }
    UrlHasFragment { "URL_HAS_FRAGMENT", "The URL has a fragment (`#…`), which a WebSocket URL must not have." }
    UrlSchemeWrong { "URL_SCHEME_WRONG", "The URL's scheme is not one that a WebSocket has." }
    UrlUnreadable { "URL_UNREADABLE", "The URL does not parse." }
    SubprotocolArgumentWrong { "SUBPROTOCOL_ARGUMENT_WRONG", "The second argument of `new WebSocket` names a subprotocol twice, an empty one, or one with characters that it may not have (a blank, a token with `/` or `=`)." }
    MixedContent { "MIXED_CONTENT", "A page of https: may not open an insecure ws: connection to another host." }
    PolicyForbids { "POLICY_FORBIDS", "The page's Content-Security-Policy does not allow the address." }
    CloseArgumentWrong { "CLOSE_ARGUMENT_WRONG", "The script calls `close` with a code that it may not use, or a reason over 123 bytes." }
    NotAConstructor { "NOT_A_CONSTRUCTOR", "The script calls `WebSocket` without `new`, or in a place that has none (Node before 22, a server-side render)." }
    DataUnexpected { "DATA_UNEXPECTED", "The script reads a message as something that it is not: binary as text, or text that is not JSON." }
    // Of a line of a console or a log, about the frames: `message`.
    UnframedBytes { "UNFRAMED_BYTES", "The server wrote text (or JSON, HTML, an HTTP answer) straight to the socket, without frames." }
    UnframedUtf8 { "UNFRAMED_UTF8", "The server wrote text that is not ASCII, Chinese say, straight to the socket; its second byte reads as a mask bit." }
    HeaderMalformed { "HEADER_MALFORMED", "The frame's header breaks a rule: the length is not in its shortest form or in the wrong byte order, or a control frame is fragmented or over 125 bytes." }
    LengthNotShortest { "LENGTH_NOT_SHORTEST", "The payload length is not in its shortest form." }
    LengthByteOrder { "LENGTH_BYTE_ORDER", "The payload length is written lowest byte first." }
    ControlFragmented { "CONTROL_FRAGMENTED", "A Close, Ping or Pong has FIN 0." }
    ControlTooLong { "CONTROL_TOO_LONG", "A Close, Ping or Pong has more than 125 bytes." }
    NotRawDeflate { "NOT_RAW_DEFLATE", "Compression is agreed on, and the payload is not what it takes: a zlib or gzip wrapper, cut data, or RSV1 on a continuation." }
    CompressedUnasked { "COMPRESSED_UNASKED", "The server compresses messages though compression was not agreed on." }
    CompressedControl { "COMPRESSED_CONTROL", "RSV1 is set on a control frame, which is never compressed." }
    ReservedBitSet { "RESERVED_BIT_SET", "The server sets a reserved bit that nothing gave a meaning." }
    LostSync { "LOST_SYNC", "An earlier frame's length was wrong, so that bytes of a message are read as a header." }
    LengthInCharacters { "LENGTH_IN_CHARACTERS", "The length counts characters and not bytes, so that everything behind the first text that is not ASCII is read wrongly." }
    ServerMasks { "SERVER_MASKS", "The server masks its frames, as only clients do; Firefox lets it pass." }
    EchoedWithMask { "ECHOED_WITH_MASK", "The server sends the client's bytes back as they came, mask and all." }
    ByteBehindHead { "BYTE_BEHIND_HEAD", "A byte too many stands between the head and the first frame (PHP's `chr(0)`, one CR LF too many), so that the header is read one off." }
    OpcodeReserved { "OPCODE_RESERVED", "The frame has an opcode that has no meaning." }
    ContinuationFirst { "CONTINUATION_FIRST", "A frame of opcode 0 comes where no message is under way: every piece is sent as a continuation, or zero bytes were written unframed." }
    FragmentsRepeatOpcode { "FRAGMENTS_REPEAT_OPCODE", "The fragments after the first have the message's opcode again, in place of 0." }
    WritersInterleave { "WRITERS_INTERLEAVE", "Two writers send at once, and one's message begins within the other's." }
    TextInOtherEncoding { "TEXT_IN_OTHER_ENCODING", "A text message is not UTF-8: binary data, GBK or Latin-1, or half a surrogate pair." }
    TextCut { "TEXT_CUT", "A text message ends within a character: cut at a number of bytes (`str_split($s, 125)`), or its length counts characters." }
    CompressedWithoutRsv1 { "COMPRESSED_WITHOUT_RSV1", "The payload is compressed, but RSV1 does not say so." }
    CloseBodyOfOneByte { "CLOSE_BODY_OF_ONE_BYTE", "The Close frame has a body of one byte." }
    CloseCodeReserved { "CLOSE_CODE_RESERVED", "The Close frame carries 1005, 1006 or 1015, which only stand for what happened." }
    CloseCodeInvalid { "CLOSE_CODE_INVALID", "The Close frame carries a code that nobody may send." }
    CloseReasonInOtherEncoding { "CLOSE_REASON_IN_OTHER_ENCODING", "The reason of the Close frame is not UTF-8, or is cut within a character." }
    WritesAfterClose { "WRITES_AFTER_CLOSE", "The server sends on after its Close frame." }
    ClientDoesNotMask { "CLIENT_DOES_NOT_MASK", "A client's frame is not masked: a proxy or a home-made client writes frames as a server does." }
    NotAFrame { "NOT_A_FRAME", "What came is no frame: HTTP, text or bytes of another protocol on an open connection." }
    FrameBroken { "FRAME_BROKEN", "A frame broke a rule, and this browser does not say which." }
    TooBigForReceiver { "TOO_BIG_FOR_RECEIVER", "A message, or a frame, is bigger than the receiver takes." }
    TooManyFragments { "TOO_MANY_FRAGMENTS", "A message comes in more fragments than the receiver takes." }
    // Of a line of a console or a log, about the end of the connection: `message`.
    EndedWithoutClose { "ENDED_WITHOUT_CLOSE", "The connection ended without a Close frame: a process died or was killed, or only the socket was closed." }
    IdleTimeout { "IDLE_TIMEOUT", "A proxy or load balancer ended a connection on which nothing was sent for a while: 60 s by default in nginx." }
    ConnectionReset { "CONNECTION_RESET", "The connection was reset: a process was killed, a machine or a NAT forgot it, or the socket was closed with data unread." }
    FrameTruncated { "FRAME_TRUNCATED", "The connection ended within a frame: fewer bytes came than its header announced." }
    CloseUnanswered { "CLOSE_UNANSWERED", "This end sent a Close and the other never answered it, or only hung up." }
    PeerGone { "PEER_GONE", "The other end was not there any more when something was written." }
    PingUnanswered { "PING_UNANSWERED", "No Pong came in time: the other end is gone, its event loop is blocked, or nobody reads there." }
    ReadBlocked { "READ_BLOCKED", "The reader waited longer than its deadline." }
    UsedAfterClose { "USED_AFTER_CLOSE", "The program uses a connection that is already closed." }
    WritesAtOnce { "WRITES_AT_ONCE", "Two threads or tasks write, or read, at the same time." }
    PageLeft { "PAGE_LEFT", "The page was left or reloaded, or the process at the other end goes down." }
    ClosedNormally { "CLOSED_NORMALLY", "The connection was closed in order." }
    ClosedWithoutCode { "CLOSED_WITHOUT_CODE", "A Close frame without a code came: nothing is broken, and nothing is said." }
    PeerFoundViolation { "PEER_FOUND_VIOLATION", "The other end saw a broken rule of the protocol and closed with 1002." }
    PeerRefusedType { "PEER_REFUSED_TYPE", "The other end does not take this type of message (text or binary)." }
    PeerFoundBadText { "PEER_FOUND_BAD_TEXT", "The other end got a text message that is not UTF-8, or data that does not inflate." }
    PeerRefusedByPolicy { "PEER_REFUSED_BY_POLICY", "The other end closed by a policy of its own: authentication, a rate limit, an origin." }
    ExtensionDemanded { "EXTENSION_DEMANDED", "The client needed an extension that the server did not take." }
    PeerFailed { "PEER_FAILED", "The other end failed: an exception in its handler." }
    ServiceRestarts { "SERVICE_RESTARTS", "The service restarts." }
    TryLater { "TRY_LATER", "The service is overloaded and wants the client to come later." }
    GatewayGotNonsense { "GATEWAY_GOT_NONSENSE", "A gateway got an invalid answer from the server behind it." }
    CloseCodeOfApplication { "CLOSE_CODE_OF_APPLICATION", "The application at the other end chose this code: 3000 to 3999 belong to libraries, 4000 to 4999 to applications." }
    CloseCodeNobodyMaySend { "CLOSE_CODE_NOBODY_MAY_SEND", "This code may not be sent; browsers let most such codes pass." }
    // Of a line of a console or a log, about what libraries ask of a program: `message`.
    NotAWebSocketRequest { "NOT_A_WEB_SOCKET_REQUEST", "A plain HTTP request reached the WebSocket server: a browser's tab, a health check, or a client behind a proxy that drops Upgrade." }
    ConnectionFieldLost { "CONNECTION_FIELD_LOST", "The request's Connection field does not name Upgrade: a proxy rewrote it." }
    KeyBroken { "KEY_BROKEN", "The request's Sec-WebSocket-Key is missing or not sixteen bytes in base64." }
    VersionNotTaken { "VERSION_NOT_TAKEN", "The request's Sec-WebSocket-Version is missing or not 13." }
    MethodNotGet { "METHOD_NOT_GET", "The handshake's request is not a GET." }
    RequestUnreadable { "REQUEST_UNREADABLE", "The request is not HTTP: TLS or another protocol reached a plain port." }
    HttpVersionOld { "HTTP_VERSION_OLD", "The request came with HTTP/1.0, as proxies send it that are not told otherwise." }
    MiddlewareHidesSocket { "MIDDLEWARE_HIDES_SOCKET", "Something around the handler hides the connection: a middleware that wraps the response, compression, HTTP/2." }
    AnsweredAlready { "ANSWERED_ALREADY", "The program already answered the request, or took the connection over, before the upgrade." }
    LibraryMissing { "LIBRARY_MISSING", "The server runs without a library for WebSocket." }
    ClientSpokeFirst { "CLIENT_SPOKE_FIRST", "The client sent data before the handshake was done." }
    ErrorUnhandled { "ERROR_UNHANDLED", "The program does not handle the error, and ends by it." }
    ReadAfterFailure { "READ_AFTER_FAILURE", "The program goes on reading after an error." }
    SubprotocolNotAgreed { "SUBPROTOCOL_NOT_AGREED", "Client and server found no subprotocol that both speak." }
    DeflateFailed { "DEFLATE_FAILED", "A compressed message could not be inflated, or the other end's parameters do not fit." }
    WriteTooSlow { "WRITE_TOO_SLOW", "The other end reads slower than this end writes." }
    LongPollingFallback { "LONG_POLLING_FALLBACK", "A Socket.IO or `SockJS` client is at work, whose protocol lies on top: it needs its own server, and sticky sessions behind a balancer." }
    // Of a recording: `judge`.
    EchoesBytes { "ECHOES_BYTES", "The server sends back the bytes that it receives, as a TCP echo does." }
    EmptyLineMissing { "EMPTY_LINE_MISSING", "The head lacks the empty line at its end: one CR LF too few was written." }
    HeadEndsEarly { "HEAD_ENDS_EARLY", "An empty line within the head ends it; the fields behind it are no part of it." }
    NulBehindHead { "NUL_BEHIND_HEAD", "A zero byte is written behind the head, as PHP's `$head . chr(0)` does." }
    LineBehindHead { "LINE_BEHIND_HEAD", "The head ends with more than one empty line: one CR LF too many was written." }
    UnframedJson { "UNFRAMED_JSON", "JSON is written straight to the socket, without a frame around it." }
    UnframedHtml { "UNFRAMED_HTML", "HTML is written to the socket: the page for an error, most often, of a proxy or a framework." }
    UnframedHttp { "UNFRAMED_HTTP", "Another HTTP message is written to the socket, which speaks WebSocket by now: a second handler answers the same request." }
    UnframedSocketIo { "UNFRAMED_SOCKET_IO", "Packets of Socket.IO or Engine.IO are written without frames, as for long polling." }
    UnframedSockJs { "UNFRAMED_SOCK_JS", "Frames of `SockJS` (`o`, `h`, `a[…]`, `c[…]`) are written without frames of WebSocket, as for its streaming transports." }
    UnframedText { "UNFRAMED_TEXT", "Text is written straight to the socket, without a frame around it." }
    UnframedTls { "UNFRAMED_TLS", "A TLS record is written into a connection that is not encrypted." }
    FramesOfHixie76 { "FRAMES_OF_HIXIE76", "The frames are those of the draft of 2010: a zero byte, text, and the byte ff." }
    LengthFormMissing { "LENGTH_FORM_MISSING", "126 or 127 is written as the length itself; these two numbers say that the length follows, in two or eight bytes." }
    LengthOfFourBytes { "LENGTH_OF_FOUR_BYTES", "The length behind 127 is written in four bytes; there it has eight." }
    LengthInMaskBit { "LENGTH_IN_MASK_BIT", "A length over 127 is written into the second byte, whose highest bit says that the payload is masked." }
    LengthCut { "LENGTH_CUT", "Only the lowest bits of the length are written." }
    LengthTooShort { "LENGTH_TOO_SHORT", "The header announces fewer bytes than the payload has; the text goes on behind it." }
    LengthTooLong { "LENGTH_TOO_LONG", "The header announces more bytes than the payload has, so that the beginning of the next frame is taken for payload." }
    ZlibWrapper { "ZLIB_WRAPPER", "The payload is a zlib stream, with its header and checksum; raw DEFLATE is asked for (`deflateRaw`, window bits below zero)." }
    GzipWrapper { "GZIP_WRAPPER", "The payload is a gzip file, with its header and checksum; raw DEFLATE is asked for (`deflateRaw`, window bits below zero)." }
    DeflateTailKept { "DEFLATE_TAIL_KEPT", "The four bytes `00 00 ff ff` in which a flush ends are still there; they are to be taken off." }
    MarkedNotCompressed { "MARKED_NOT_COMPRESSED", "RSV1 says that the message is compressed, and it is plain." }
    TextIsGbk { "TEXT_IS_GBK", "The text is encoded as GBK (GB 2312), not as UTF-8." }
    TextIsLatin1 { "TEXT_IS_LATIN1", "The text is encoded as Latin-1 (Windows-1252), not as UTF-8." }
    TextIsUtf16 { "TEXT_IS_UTF16", "The text is encoded as UTF-16, not as UTF-8." }
    TextHasSurrogates { "TEXT_HAS_SURROGATES", "Half of a surrogate pair is encoded as if it were a character: the text was cut, or converted, between two units of UTF-16." }
    TextHasLongForms { "TEXT_HAS_LONG_FORMS", "Characters are encoded in more bytes than they need, as Java's `writeUTF` does with the zero character." }
    TextSplitWithinCharacter { "TEXT_SPLIT_WITHIN_CHARACTER", "The text was cut into messages at a number of bytes, within a character." }
    BinaryAsText { "BINARY_AS_TEXT", "Binary data is sent as text." }
    CloseCodeByteOrder { "CLOSE_CODE_BYTE_ORDER", "The two bytes of the status code are swapped; the highest comes first." }
    CloseCodeAsText { "CLOSE_CODE_AS_TEXT", "The status code is written in digits; it is a number of two bytes." }
    ContextTakenOver { "CONTEXT_TAKEN_OVER", "The compressor is not reset between messages, though that was agreed on." }
    WindowTooLarge { "WINDOW_TOO_LARGE", "The compressor was made with a larger window than was agreed on." }
    PongWithoutPayload { "PONG_WITHOUT_PAYLOAD", "Pongs are sent without the payload of the Ping that they answer." }
    ProxyInTheWay { "PROXY_IN_THE_WAY", "A proxy, a load balancer or a content delivery network answered, and not the server behind it." }

    // What servers do that only `probing` can show.
    KeyPatternCase { "KEY_PATTERN_CASE", "The key is searched for by a pattern that tells upper from lower case, as `/Sec-WebSocket-Key: (.*)\\r\\n/` does." }
    KeyPatternOneBlank { "KEY_PATTERN_ONE_BLANK", "The key is searched for by a pattern that wants exactly one blank behind the colon." }
    KeyPatternKeepsBlanks { "KEY_PATTERN_KEEPS_BLANKS", "The key is searched for by a pattern that takes everything up to the end of the line, `(.*)`, blanks too." }
    KeyPatternAnywhere { "KEY_PATTERN_ANYWHERE", "The key is searched for by a pattern that matches in the middle of a line." }
    RequestUnchecked { "REQUEST_UNCHECKED", "The code computes an accept value and answers, without looking at anything else in the request." }
    ReadOf1024 { "READ_OF_1024", "The request is read by one call that takes 1,024 bytes at most, as `socket_read($socket, 1024)` does." }
    ReadOf2048 { "READ_OF_2048", "The request is read by one call that takes 2,048 bytes at most." }
    ReadOfKilobytes { "READ_OF_KILOBYTES", "The request is read by one call that takes some thousand bytes at most." }
    ReadOnce { "READ_ONCE", "The request is taken from the first read or the first `data` event alone." }
    SelectOverwritesList { "SELECT_OVERWRITES_LIST", "The list of all sockets is given to `socket_select`, which leaves in it only those that are ready: the listener is lost." }
    ListenerRemadeInLoop { "LISTENER_REMADE_IN_LOOP", "The listening socket is made anew in the loop; the second `socket_bind` fails unseen, and the new one listens on a random port." }
    OneClientAtATime { "ONE_CLIENT_AT_A_TIME", "The server accepts a client, serves it to its end, and only then accepts the next." }
    OneHandshakeFlag { "ONE_HANDSHAKE_FLAG", "One variable of the server says whether the handshake is done, for all clients together." }
    ClientsByAddress { "CLIENTS_BY_ADDRESS", "Clients are kept under their IP address, as in `$clients[$ip] = $socket`." }
    WaitsForTerminal { "WAITS_FOR_TERMINAL", "For each message the server waits for something else: a line from the terminal, a slow query, a `sleep`." }
    ReturnsAtZeroBytes { "RETURNS_AT_ZERO_BYTES", "The loop is left where a read brings nothing, as in `if ($bytes == 0) return;`, or an error there is not caught." }
    NoErrorListener { "NO_ERROR_LISTENER", "A socket has no listener for `error`: in Node a reset then ends the process." }
    MatchUnchecked { "MATCH_UNCHECKED", "The result of a search is used without looking whether there was one, as in `head.match(…)[1]`." }
    ReadsUntilItComes { "READS_UNTIL_IT_COMES", "After a client is accepted its request is read by a call that waits for it, in the loop that serves all." }
    LengthAssigned { "LENGTH_ASSIGNED", "The length is assigned where it should be compared: `if ($len = 126)`." }
    LengthUnused { "LENGTH_UNUSED", "The length is read only to find the masking-key; the payload is all that follows." }
    FrameARead { "FRAME_A_READ", "What one read or one `data` event brings is decoded as if it were exactly one frame." }
    ByteBeyondRead { "BYTE_BEYOND_READ", "The second byte is used without looking whether it has come, as in `$buffer[1]`." }
    HeadMustEndRead { "HEAD_MUST_END_READ", "The request is answered only if what was read ends in its empty line." }
    BytesBehindHeadDropped { "BYTES_BEHIND_HEAD_DROPPED", "What was read together with the request is thrown away once the request is answered." }
    StrSplit125 { "STR_SPLIT_125", "The payload is cut by `str_split($s, 125)`, and each piece is sent as a message of its own." }
    TrimOfMessage { "TRIM_OF_MESSAGE", "The payload passes through `trim()`." }
    TrimOfRead { "TRIM_OF_READ", "What the socket brings passes through `trim()` before the frame is decoded." }
    AlwaysText { "ALWAYS_TEXT", "Every answer is written with first byte 0x81." }
    FinIgnored { "FIN_IGNORED", "The code never looks at the highest bit of a frame's first byte." }
    OpcodeIgnored { "OPCODE_IGNORED", "The code never looks at the opcode." }
    MaskOptional { "MASK_OPTIONAL", "A frame whose mask bit is 0 is taken as it is." }
    MaskIgnored { "MASK_IGNORED", "The code never looks at the highest bit of a frame's second byte." }

    // In a server's code: `code`.
    KeyPatternNeverFits { "KEY_PATTERN_NEVER_FITS", "The pattern that finds the key has a blank where no request has one, and never matches." }
    StatusLineMistyped { "STATUS_LINE_MISTYPED", "The status line is mistyped." }
    FieldNameMistyped { "FIELD_NAME_MISTYPED", "The name of a field of the handshake is mistyped." }
    BlankBeforeColon { "BLANK_BEFORE_COLON", "A blank stands between a field's name and its colon." }
    BlankAtLineEnd { "BLANK_AT_LINE_END", "A blank stands at the end of a field's line." }
    BareCrInHead { "BARE_CR_IN_HEAD", "A CR without LF stands in the head." }
    ConnectionCompared { "CONNECTION_COMPARED", "The Connection field is compared with `Upgrade` as a whole; it is a list of words." }
    WriteUnchecked { "WRITE_UNCHECKED", "The result of `socket_write` is not looked at." }
    LineEndsInLf { "LINE_ENDS_IN_LF", "The head's lines end in LF alone." }
    VersionInAnswer { "VERSION_IN_ANSWER", "The 101 has Sec-WebSocket-Version, which belongs into a refusal (426)." }
    Draft76 { "DRAFT76", "The code speaks the draft of 2010, whose requests have Sec-WebSocket-Key1 and Key2; no browser has sent these since 2011." }
    SpacesCountedInRuns { "SPACES_COUNTED_IN_RUNS", "The blanks in a key of the draft of 2010 are counted as runs, and not one by one." }
    LongMessagesForgotten { "LONG_MESSAGES_FORGOTTEN", "The length is written into one byte, whatever it is." }
    DocumentCloses { "DOCUMENT_CLOSES", "In an attribute such as `onclick`, `close()` is `document.close()`." }
    MessageRunAsHtml { "MESSAGE_RUN_AS_HTML", "What the peer sends is written into the page as HTML." }
    ErrorHasNoData { "ERROR_HAS_NO_DATA", "The handler of `error` reads `data`, which that event does not have." }
    HandlersDouble { "HANDLERS_DOUBLE", "Handlers of other things than the socket are added each time it connects." }
}

/// A rule for the tables about causes, the core's or the doctor's own: the path of its variant, or `none`.
macro_rules! rule_or_none {
    (none) => {
        None
    };
    (HandshakeViolation::$variant:ident) => {
        Some(ws101_core::handshake::HandshakeViolation::$variant.rule())
    };
    (Violation::$variant:ident) => {
        Some(ws101_core::Violation::$variant.rule())
    };
    (DoctorRule::$variant:ident) => {
        Some(crate::DoctorRule::$variant.rule())
    };
}

pub(crate) use rule_or_none;

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Cause", 2)?;
        object.serialize_field("cause", self.name())?;
        object.serialize_field("sentence", self.sentence())?;
        object.end()
    }
}
