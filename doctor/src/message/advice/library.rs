//! What to do about what libraries ask of a program.

use super::advice;

advice! {
    NotAWebSocketRequest { Client, HandshakeViolation::UpgradeMissing, none, "Use a WebSocket client; have proxies pass Upgrade and Connection on; let health checks ask another path.", "Look at who asks: the User-Agent and the path of the request." }
    ConnectionFieldLost { Between, HandshakeViolation::ConnectionNotUpgrade, none, "Have the proxy pass `Connection: Upgrade` on (nginx: `proxy_set_header Connection \"upgrade\"`).", "Connect past the proxy: if that works, it is the proxy." }
    KeyBroken { Client, HandshakeViolation::KeyInvalid, none, "Send sixteen random bytes in base64, 24 characters.", "Paste the request here." }
    VersionNotTaken { Client, HandshakeViolation::VersionUnsupported, none, "Send `Sec-WebSocket-Version: 13`.", "Paste the request here." }
    MethodNotGet { Client, HandshakeViolation::MethodNotGet, none, "Send GET.", "Look at who asks: a fetch with POST reached the path." }
    RequestUnreadable { Client, HandshakeViolation::RequestLine, none, "Connect with ws: to a plain port, with wss: to one that speaks TLS.", "Look at the first byte: `16` is a TLS client." }
    HttpVersionOld { Between, HandshakeViolation::RequestVersion, none, "In nginx: `proxy_http_version 1.1`.", "Connect past the proxy." }
    MiddlewareHidesSocket { Server, none, none, "Leave the WebSocket route out of the middleware, or let its wrapper pass the hijacking on.", "Serve the route without middleware: if that works, add one after the other." }
    AnsweredAlready { Server, none, none, "Upgrade first, and write nothing before; answer each request once.", "Search for a second handler of the same upgrade." }
    LibraryMissing { Server, none, none, "Install it: `pip install 'uvicorn[standard]'`, or `websockets`.", "Read the line that follows in the log." }
    ClientSpokeFirst { Client, none, none, "Send after the 101 only.", "See whether a health check or another protocol writes to the port." }
    ErrorUnhandled { Server, none, none, "Listen for `error` on each socket; a client's reset must not end the server.", "See whether the process is still there." }
    ReadAfterFailure { Client, none, none, "Leave the loop at the first error.", "Look for a loop that says `continue` on an error." }
    SubprotocolNotAgreed { Client, HandshakeViolation::ResponseProtocolNotOffered, "subprotocol-not-offered", "Offer one that the server speaks, or have the server take the offered one.", "Compare Sec-WebSocket-Protocol in request and response." }
    DeflateFailed { Server, Violation::CompressedDataInvalid, "deflate-garbage", "Switch compression off at one end to see whether it is that; then keep to the agreed window and context takeover.", "Connect once without permessage-deflate." }
    WriteTooSlow { Client, none, none, "Look at how much waits (`bufferedAmount`, `drain`), and send less; drop clients that do not read.", "See whether the other end still reads." }
    LongPollingFallback { Client, none, none, "Use the matching client and server; give all requests of one client to one process.", "Look at the URL: `/socket.io/?EIO=4&transport=websocket` needs a Socket.IO server." }
}
