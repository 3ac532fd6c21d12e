//! Lines as people paste them, and what makes them.

use crate::Cause::{self, *};

pub(super) const SAMPLES: &[(&str, Cause)] = &[
    // Chromium
    ("WebSocket connection to 'ws://127.0.0.1:3000/' failed: Invalid frame header", UnframedBytes),
    (
        "app.js:3 WebSocket connection to 'ws://localhost:8080/' failed: Error during WebSocket handshake: Unexpected response code: 400",
        UpgradeNotForwarded,
    ),
    (
        "WebSocket connection to 'wss://example.com/ws' failed: Error during WebSocket handshake: Unexpected response code: 200",
        HttpHandlerAnswered,
    ),
    (
        "WebSocket connection to 'wss://example.com/ws' failed: Error during WebSocket handshake: Unexpected response code: 301",
        Redirected,
    ),
    (
        "WebSocket connection to 'wss://example.com/ws' failed: Error during WebSocket handshake: 'Upgrade' header is missing",
        UpgradeMissingInAnswer,
    ),
    (
        "WebSocket connection to 'ws://a/' failed: Error in connection establishment: net::ERR_CONNECTION_REFUSED",
        NothingListens,
    ),
    (
        "WebSocket connection to 'wss://a/' failed: Error in connection establishment: net::ERR_CERT_AUTHORITY_INVALID",
        CertificateUntrusted,
    ),
    (
        "WebSocket connection to 'wss://a/' failed: Error in connection establishment: net::ERR_SSL_PROTOCOL_ERROR",
        TlsToPlainServer,
    ),
    ("WebSocket connection to 'ws://127.0.0.1:3002/' failed: ", LocalNetworkBlocked),
    ("WebSocket connection to 'ws://127.0.0.1:3002/' failed: WebSocket opening handshake timed out", AnswerTookTooLong),
    (
        "WebSocket connection to 'ws://a/' failed: WebSocket is closed before the connection is established.",
        ClosedWhileConnecting,
    ),
    ("Uncaught DOMException: Failed to execute 'send' on 'WebSocket': Still in CONNECTING state.", SentTooEarly),
    (
        "Uncaught SyntaxError: Failed to construct 'WebSocket': The URL contains a fragment identifier ('a'). Fragment identifiers are not allowed in WebSocket URLs.",
        UrlHasFragment,
    ),
    (
        "SyntaxError: Failed to construct 'WebSocket': The URL's scheme must be either 'http', 'https', 'ws', or 'wss'. 'ftp' is not allowed.",
        UrlSchemeWrong,
    ),
    ("SyntaxError: Failed to construct 'WebSocket': The subprotocol 'a' is duplicated.", SubprotocolArgumentWrong),
    (
        "SecurityError: Failed to construct 'WebSocket': An insecure WebSocket connection may not be initiated from a page loaded over HTTPS.",
        MixedContent,
    ),
    (
        "Connecting to 'ws://127.0.0.1:9/' violates the following Content Security Policy directive: \"connect-src 'self'\". The action has been blocked.",
        PolicyForbids,
    ),
    (
        "WebSocket connection to 'ws://a/' failed: Error during WebSocket handshake: Response must not include 'Sec-WebSocket-Protocol' header if not present in request: chat",
        SubprotocolUnasked,
    ),
    (
        "WebSocket connection to 'ws://a/' failed: Error during WebSocket handshake: Found an unsupported extension 'x-foo' in 'Sec-WebSocket-Extensions' header",
        ExtensionUnasked,
    ),
    (
        "WebSocket connection to 'ws://a/' failed: Error during WebSocket handshake: Received duplicate permessage-deflate response",
        ExtensionTwice,
    ),
    (
        "WebSocket connection to 'ws://a/' failed: One or more reserved bits are on: reserved1 = 1, reserved2 = 1, reserved3 = 0",
        UnframedBytes,
    ),
    (
        "WebSocket connection to 'ws://a/' failed: One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 0",
        CompressedUnasked,
    ),
    // Firefox
    ("Firefox can’t establish a connection to the server at ws://127.0.0.1:3000/.", AnswerNotAccepted),
    ("The connection to ws://127.0.0.1:3000/ was interrupted while the page was loading.", FrameBroken),
    (
        "[Parent 4711: Socket Thread]: D/nsWebSocket WebSocketChannel::ProcessInput: unexpected reserved bits 60",
        UnframedBytes,
    ),
    ("[Parent 4711: Socket Thread]: D/nsWebSocket WebSocketChannel:: unknown op code 3", OpcodeReserved),
    (
        "[Parent 4711: Main Thread]: D/nsWebSocket WebSocketChannel::OnStartRequest: HTTP response header Sec-WebSocket-Accept check failed",
        AcceptMiscomputed,
    ),
    ("D/nsWebSocket WebSocketChannel:: non-minimal-encoded payload length", LengthNotShortest),
    ("D/nsWebSocket WebSocketChannel:: high bit of 64 bit length set", LengthByteOrder),
    ("D/nsWebSocket WebSocketChannel:: bad control frame code 9 length 126", ControlTooLong),
    ("D/nsWebSocket WebSocketChannel:: Client RECEIVING masked frame.", ServerMasks),
    (
        "D/nsWebSocket WebSocketChannel:: Server replied with non-matching subprotocol [mqtt]: aborting",
        SubprotocolOther,
    ),
    // Safari
    (
        "WebSocket connection to 'ws://localhost:3000/' failed: There was a bad response from the server.",
        AnswerNotAccepted,
    ),
    (
        "WebSocket connection to 'wss://localhost/' failed: The operation couldn’t be completed. (OSStatus error -9807.)",
        CertificateUntrusted,
    ),
    ("WebSocket connection to 'ws://localhost:3000/' failed: The network connection was lost.", EndedWithoutClose),
    // Node, ws
    (
        "Error: connect ECONNREFUSED 127.0.0.1:8080\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1607:16)",
        NothingListens,
    ),
    (
        "Error: socket hang up\n    at Socket.socketOnEnd (node:_http_client:524:23) {\n  code: 'ECONNRESET'\n}",
        ClosedBeforeAnswer,
    ),
    ("Error: read ECONNRESET\n    at TCP.onStreamRead", ConnectionReset),
    ("Error: Unexpected server response: 502", UpstreamDown),
    (
        "RangeError: Invalid WebSocket frame: invalid opcode 7\n  code: 'WS_ERR_INVALID_OPCODE',\n  [Symbol(status-code)]: 1002",
        OpcodeReserved,
    ),
    ("RangeError: Invalid WebSocket frame: RSV1 must be clear { code: 'WS_ERR_UNEXPECTED_RSV_1' }", CompressedUnasked),
    ("RangeError: Invalid WebSocket frame: RSV2 and RSV3 must be clear", UnframedBytes),
    ("RangeError: Invalid WebSocket frame: MASK must be set", ClientDoesNotMask),
    (
        "RangeError: Max payload size exceeded { code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', [Symbol(status-code)]: 1009 }",
        TooBigForReceiver,
    ),
    ("Error: Invalid Sec-WebSocket-Accept header", AcceptMiscomputed),
    ("Error: WebSocket is not open: readyState 0 (CONNECTING)", SentTooEarly),
    ("Error: WebSocket was closed before the connection was established", ClosedWhileConnecting),
    ("TypeError: Received network error or non-101 status code.", AnswerNotAccepted),
    (
        "TypeError: Cannot read properties of null (reading '1')\n    at Socket.<anonymous> (server.js:8:60)",
        NotAWebSocketRequest,
    ),
    ("Error: listen EADDRINUSE: address already in use :::8080", AddressInUse),
    (
        "Error: server.handleUpgrade() was called more than once with the same socket, possibly due to a misconfiguration",
        AnsweredAlready,
    ),
    ("{\"code\":1,\"message\":\"Session ID unknown\"}", LongPollingFallback),
    // Python
    ("websockets.exceptions.InvalidStatus: server rejected WebSocket connection: HTTP 403", OriginOrPermissionRefused),
    ("websockets.exceptions.InvalidStatusCode: server rejected WebSocket connection: HTTP 404", NoSuchPath),
    ("websockets.exceptions.InvalidUpgrade: missing Connection header", ConnectionFieldLost),
    ("websockets.exceptions.InvalidMessage: did not receive a valid HTTP response", NotHttp),
    ("websockets.exceptions.ConnectionClosedError: no close frame received or sent", EndedWithoutClose),
    (
        "websockets.exceptions.ConnectionClosedError: sent 1002 (protocol error) invalid opcode: 0x05; no close frame received",
        FrameBroken,
    ),
    (
        "websockets.exceptions.ConnectionClosedError: sent 1009 (message too big) over size limit (2000000 > 1048576 bytes); no close frame received",
        TooBigForReceiver,
    ),
    (
        "websockets.exceptions.ConnectionClosedError: sent 1011 (internal error) keepalive ping timeout; no close frame received",
        PingUnanswered,
    ),
    (
        "websockets.exceptions.ConnectionClosedError: code = 1006 (connection closed abnormally [internal]), no reason",
        EndedWithoutClose,
    ),
    ("websockets.exceptions.ConnectionClosedOK: received 1000 (OK); then sent 1000 (OK)", ClosedNormally),
    (
        "websockets.exceptions.ConnectionClosedError: received 1011 (internal error); then sent 1011 (internal error)",
        PeerFailed,
    ),
    ("websockets.exceptions.PayloadTooBig: frame with 1048577 bytes exceeds limit of 1048576 bytes", TooBigForReceiver),
    ("websockets.exceptions.InvalidHandshake: timed out during opening handshake", AnswerTookTooLong),
    (
        "websocket._exceptions.WebSocketBadStatusException: Handshake status 401 Unauthorized -+-+- {}",
        AuthenticationMissing,
    ),
    (
        "websocket._exceptions.WebSocketConnectionClosedException: Connection to remote host was lost.",
        EndedWithoutClose,
    ),
    (
        "aiohttp.client_exceptions.WSServerHandshakeError: 200, message='Invalid response status', url='ws://localhost:8080/ws'",
        StatusUnexpected,
    ),
    ("WARNING:  Unsupported upgrade request.", LibraryMissing),
    ("starlette.websockets.WebSocketDisconnect(code=1001, reason='')", PageLeft),
    // Go
    ("2026/11/21 20:00:00 dial:websocket: bad handshake", AnswerNotAccepted),
    (
        "upgrade:websocket: the client is not using the websocket protocol: 'upgrade' token not found in 'Connection' header",
        ConnectionFieldLost,
    ),
    (
        "upgrade: websocket: the client is not using the websocket protocol: 'websocket' token not found in 'Upgrade' header",
        NotAWebSocketRequest,
    ),
    ("panic: repeated read on failed websocket connection", ReadAfterFailure),
    ("panic: concurrent write to websocket connection", WritesAtOnce),
    ("read: websocket: close 1006 (abnormal closure): unexpected EOF", EndedWithoutClose),
    ("read: websocket: close 1001 (going away)", PageLeft),
    ("write tcp 127.0.0.1:8080->127.0.0.1:51234: use of closed network connection", UsedAfterClose),
    ("read: websocket: RSV2 set, RSV3 set, bad opcode 11", OpcodeReserved),
    ("websocket: bad MASK", ClientDoesNotMask),
    ("websocket: unexpected reserved bits 0x60", UnframedBytes),
    ("websocket: request origin not allowed by Upgrader.CheckOrigin", OriginOrPermissionRefused),
    ("websocket: response does not implement http.Hijacker", MiddlewareHidesSocket),
    ("failed to WebSocket dial: expected handshake response status code 101 but got 502", UpstreamDown),
    ("failed to get reader: received close frame: status = StatusGoingAway and reason = \"\"", PageLeft),
    ("failed to read: read limited at 32769 bytes", TooBigForReceiver),
    ("websocket.Dial ws://localhost:8080/: bad status", StatusUnexpected),
    ("dial tcp 127.0.0.1:8080: connect: connection refused", NothingListens),
    ("x509: certificate signed by unknown authority", CertificateUntrusted),
    // Rust
    ("Error: WebSocket protocol error: Key mismatch in \"Sec-WebSocket-Accept\" header", AcceptMiscomputed),
    ("Error: WebSocket protocol error: Reserved bits are non-zero", CompressedUnasked),
    ("Error: WebSocket protocol error: Connection reset without closing handshake", EndedWithoutClose),
    ("Error: WebSocket protocol error: SubProtocol error: Server sent no subprotocol", SubprotocolUnanswered),
    ("Error: WebSocket protocol error: Encountered invalid opcode: 5", OpcodeReserved),
    ("Error: WebSocket protocol error: Sending after closing is not allowed", UsedAfterClose),
    ("Error: Space limit exceeded: Message too long: 67108865 > 67108864", TooBigForReceiver),
    ("Error: HTTP error: 404 Not Found", NoSuchPath),
    ("Error: IO error: Connection refused (os error 111)", NothingListens),
    ("`Connection` header did not include 'upgrade'", ConnectionFieldLost),
    // Java, .NET
    (
        "javax.websocket.DeploymentException: The HTTP response from the server [404] did not permit the HTTP upgrade to WebSocket",
        NoSuchPath,
    ),
    ("java.net.http.WebSocketHandshakeException: Unexpected HTTP response status code 403", OriginOrPermissionRefused),
    ("java.net.ProtocolException: Expected HTTP 101 response but was '200 OK'", HttpHandlerAnswered),
    (
        "io.netty.handler.codec.http.websocketx.WebSocketHandshakeException: Invalid handshake response getStatus: 502 Bad Gateway",
        UpstreamDown,
    ),
    (
        "java.net.SocketTimeoutException: sent ping but didn't receive pong within 30000ms (after 3 successful ping/pongs)",
        PingUnanswered,
    ),
    (
        "WebSocketException: Connection to 'http://10.0.2.2:3000/ws' was not upgraded to websocket, HTTP status code: 404",
        NoSuchPath,
    ),
    (
        "System.Net.WebSockets.WebSocketException (0x80004005): The server returned status code '404' when status code '101' was expected.",
        NoSuchPath,
    ),
    (
        "System.Net.WebSockets.WebSocketException: The remote party closed the WebSocket connection without completing the close handshake.",
        EndedWithoutClose,
    ),
    // Proxies
    (
        "2026/11/21 20:00:00 [error] 12#12: *7 upstream prematurely closed connection while reading response header from upstream, client: 127.0.0.1, server: , request: \"GET /ws HTTP/1.1\", upstream: \"http://127.0.0.1:3000/ws\"",
        ClosedBeforeAnswer,
    ),
    (
        "[error] 12#12: *7 upstream timed out (110: Connection timed out) while proxying upgraded connection, client: 127.0.0.1",
        IdleTimeout,
    ),
    (
        "[error] 12#12: *7 upstream timed out (110: Connection timed out) while reading response header from upstream",
        UpstreamSilent,
    ),
    ("[error] 12#12: *7 upstream sent no valid HTTP/1.0 header while reading response header from upstream", NotHttp),
    (
        "[error] 12#12: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1",
        UpstreamDown,
    ),
    ("127.0.0.1 - - [21/Nov/2026:20:00:00 +0000] \"GET /ws HTTP/1.1\" 502 157 \"-\" \"Mozilla/5.0\"", UpstreamDown),
    ("127.0.0.1 - - [21/Nov/2026:20:00:00 +0000] \"GET /ws HTTP/1.1\" 499 0 \"-\" \"Mozilla/5.0\"", ClientLeftFirst),
    ("127.0.0.1 - - [21/Nov/2026:20:00:00 +0000] \"GET /ws HTTP/1.1\" 504 167 \"-\" \"-\"", UpstreamSilent),
    ("127.0.0.1 - - [21/Nov/2026:20:00:00 +0000] \"GET /ws HTTP/1.1\" 400 12 \"-\" \"-\"", UpgradeNotForwarded),
    ("AH01144: No protocol handler was valid for the URL /ws (scheme 'ws').", UpgradeNotForwarded),
    ("Error 522: Connection timed out", CdnCannotReachServer),
    // Tools
    ("error: Unexpected server response: 404", NoSuchPath),
    ("curl: (52) Empty reply from server", ClosedBeforeAnswer),
    ("curl: (22) Refused WebSocket upgrade: 200", HttpHandlerAnswered),
    ("websocat: WebSocketError: Received unexpected status code (403 Forbidden)", OriginOrPermissionRefused),
    // Codes
    ("close code 1006", EndedWithoutClose),
    ("onclose 1009: code=1009 reason=", TooBigForReceiver),
    ("CloseEvent {isTrusted: true, wasClean: true, code: 4001, reason: 'token expired'}", CloseCodeOfApplication),
    ("CloseEvent { code: 1015 }", CertificateUntrusted),
];
