//! What to do about the end of the connection.

use super::advice;

advice! {
    EndedWithoutClose { Server, DoctorRule::CloseMissing, "fin-after-head", "Close with a Close frame, and wait for the answer; read the server's log of that moment.", "Say who closed: record it with `ws101 tap` (FIN or reset, from whom, how long after the last frame)." }
    IdleTimeout { Between, none, "fin-after-head", "Send a Ping every 20 to 30 s, or raise the timeout (`proxy_read_timeout`).", "Look at the time since the last frame: 30, 60, 100 or 300 s to the second is a timeout." }
    ConnectionReset { Between, none, "reset-after-head", "Expect it: connect again. Where it is regular, look at who sends the RST.", "Record both ends: see who sent the RST, and how long after the last frame." }
    FrameTruncated { Server, DoctorRule::FrameCut, "fin-within-frame", "Count the length in bytes, and write all of it before closing (a short `write` sends only a part).", "Compare the announced length with what came." }
    CloseUnanswered { Server, DoctorRule::CloseUnanswered, "close-unanswered", "Answer a Close with a Close before ending the connection.", "Look at what the server does with opcode 8." }
    PeerGone { Between, none, none, "Stop sending when the connection is closed, and handle the error.", "Look at the event before: it says when and how the connection ended." }
    PingUnanswered { Server, DoctorRule::PingUnanswered, none, "Keep the loop free (no long computation, no blocking call), keep reading, and answer Pings; or give it more time.", "Look at what the other end computed in the seconds before." }
    ReadBlocked { Client, none, none, "Raise the deadline at each Pong or message, or send Pings.", "Look at when the deadline was set last." }
    UsedAfterClose { Client, none, none, "Leave the loop at the first error of read or write, and do not use the connection again.", "Look at the first error before this line: that is the cause." }
    WritesAtOnce { Client, none, none, "Read in one place, and write in one place or under one lock.", "Look for a heartbeat that writes beside the handler." }
    PageLeft { Client, none, none, "Expect it, and connect again where that makes sense.", "Look at what the user did at that time." }
    ClosedNormally { Client, none, "close-1000", "Nothing is broken; where it comes too soon, look for the call that closes.", "Search both ends for `close(`." }
    ClosedWithoutCode { Client, none, "close-without-body", "Close with a code and a reason, so that the other end knows why.", "Search both ends for `close()` without arguments." }
    PeerFoundViolation { Client, none, none, "Judge the bytes that this end sent: record them with `ws101 tap`.", "Read the reason that came with the code; then judge the bytes of the end that got this code." }
    PeerRefusedType { Client, none, "close-1003", "Send the type that it takes.", "See whether text is sent where binary is expected." }
    PeerFoundBadText { Client, Violation::InvalidUtf8, "close-1007", "Encode text as UTF-8, or send binary.", "Look at the last text message that was sent." }
    PeerRefusedByPolicy { Client, none, "close-1008", "Read the reason; see to the token, the rate or the rights.", "Read the reason that came with the code, and the other end's log." }
    ExtensionDemanded { Client, none, none, "Have the server accept the extension, or do not insist.", "Compare Sec-WebSocket-Extensions in request and response." }
    PeerFailed { Server, none, "close-1011", "Read the other end's log of that moment, and mend what it shows.", "Read the server's log at that time." }
    ServiceRestarts { Server, none, "close-1012", "Connect again after a wait that is a little random.", none }
    TryLater { Server, none, none, "Connect again after a wait that grows.", none }
    GatewayGotNonsense { Between, none, "close-1014", "Look at the server behind the gateway.", "Connect past the gateway." }
    CloseCodeOfApplication { Client, none, "close-3000", "Look the code up in the documentation of the service.", "Read the reason that came with the code." }
    CloseCodeNobodyMaySend { Server, Violation::CloseStatusNotAllowed, "close-2999", "Send 1000 to 1003, 1007 to 1014 or 3000 to 4999.", "Search the server for the code; `e8 03` is 1000 with its bytes swapped." }
}
