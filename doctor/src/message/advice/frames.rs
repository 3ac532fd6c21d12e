//! What to do about the frames.

use super::advice;

advice! {
    UnframedBytes { Server, DoctorRule::UnframedData, "unframed-json", "Send everything through the library's own `send`; by hand, a frame's header goes before each message.", "Look at the server's first bytes after the head: `81` begins a text frame, a letter or `{` does not." }
    UnframedUtf8 { Server, DoctorRule::UnframedData, "unframed-chinese", "Send everything through the library's own `send`.", "Look at the server's first bytes after the head: `81` begins a text frame, `e4`–`e9` begin Chinese text." }
    HeaderMalformed { Server, Violation::LengthNotMinimal, "length-16-not-minimal", "Write lengths up to 125 in 7 bits, to 65535 in 16, above in 64, highest byte first; keep Close, Ping and Pong whole and short.", "Send messages of 5, 125, 126, 65535 and 65536 bytes: the first that fails names the form." }
    LengthNotShortest { Server, Violation::LengthNotMinimal, "length-16-not-minimal", "Use 7 bits up to 125, 16 bits up to 65535, and 64 bits above.", "Send messages of 5, 125, 126 and 65536 bytes: see which fail." }
    LengthByteOrder { Server, Violation::LengthHighBit, "length-64-highest-bit", "Write the length in network byte order, highest byte first.", "Send a message of 200 bytes: if nothing arrives, the length is reversed." }
    ControlFragmented { Server, Violation::FragmentedControlFrame, "ping-fragmented", "Send each control frame in one frame.", "Look at the first byte of the frame: `88`, `89` and `8a` are right." }
    ControlTooLong { Server, Violation::ControlFrameTooLong, "ping-of-126-bytes", "Send at most 125 bytes in a control frame; cut the reason of a Close to 123.", "Look for a long reason that is passed to `close`." }
    NotRawDeflate { Server, Violation::CompressedDataInvalid, "deflate-zlib", "Compress with raw DEFLATE and no header, flush, take the last `00 00 ff ff` off, and set RSV1 on the first frame of a message only.", "See whether the response has permessage-deflate, and connect once without: if that works, it is the compression." }
    CompressedUnasked { Server, Violation::ReservedBits, "rsv1", "Compress only where the response says permessage-deflate; have a proxy pass Sec-WebSocket-Extensions on both ways, or on neither.", "See whether Sec-WebSocket-Extensions stands in the response as the client got it." }
    CompressedControl { Server, Violation::ReservedBits, "rsv1-on-ping", "Set RSV1 on the first frame of a compressed message only.", "See whether it fails at the first Ping." }
    ReservedBitSet { Server, Violation::ReservedBits, "rsv2", "Send 0 in RSV1, RSV2 and RSV3.", "Look at the first byte of the frame in hex." }
    LostSync { Server, DoctorRule::LengthWrong, "opcode-3", "Count the bytes of the payload, not the characters; write header and payload under one lock.", "See whether it fails right after a message that is long, or not ASCII." }
    LengthInCharacters { Server, DoctorRule::LengthWrong, "text-cut-in-character", "Encode the text as UTF-8 first, and take the length of that.", "Send `hello` and then 你好: if only the second fails, it is this." }
    ServerMasks { Server, Violation::MaskedFrame, "masked", "Send 0 in the mask bit and no key.", "Look at the second byte of the frame: `80` and above is masked." }
    EchoedWithMask { Server, Violation::MaskedFrame, "masked", "Read the frame, take its mask off, and write a new one.", "See whether the server is a plain TCP echo, or copies its read buffer." }
    ByteBehindHead { Server, DoctorRule::BytesBehindHead, "unframed-after-crlf", "End the head with CR LF CR LF and nothing more.", "Look at the bytes behind the head's empty line: they should be `81` or `82`." }
    OpcodeReserved { Server, Violation::ReservedOpcode, "opcode-3", "Send 0, 1, 2, 8, 9 or 10.", "Look at the first byte of the frame in hex; where it is no header at all, an earlier length was wrong." }
    ContinuationFirst { Server, Violation::UnexpectedContinuation, "continuation-first", "Give the first frame of a message opcode 1 or 2.", "Look at the first frame of the message in hex: `00` or `80` is a continuation." }
    FragmentsRepeatOpcode { Server, Violation::MessageUnfinished, "text-within-message", "Send the fragments after the first with opcode 0.", "Send a message that is longer than the fragment size: if only such fail, it is this." }
    WritersInterleave { Server, Violation::MessageUnfinished, "text-within-message", "Send from one place, or under one lock a message.", "See whether it fails under load only." }
    TextInOtherEncoding { Server, Violation::InvalidUtf8, "text-ff-fe", "Encode text as UTF-8, or send the message as binary.", "Look at the payload's first bytes that are over `7f`: `c4 e3` is GBK for 你, `e4 bd a0` UTF-8." }
    TextCut { Server, Violation::InvalidUtf8, "text-cut-in-character", "Split messages into fragments and not into messages, and count bytes.", "Send 42 times 你: if that fails and `hello` does not, it is this." }
    CompressedWithoutRsv1 { Server, Violation::InvalidUtf8, "deflate-without-rsv1", "Set RSV1 on the first frame of each compressed message.", "See whether the response has permessage-deflate; the payload then begins with bytes over `7f` mostly." }
    CloseBodyOfOneByte { Server, Violation::CloseBodyTooShort, "close-of-one-byte", "Send no body, or two bytes of code and then the reason.", "Look for the code: it is written as one byte, or as text." }
    CloseCodeReserved { Server, Violation::CloseStatusNotAllowed, "close-1006", "Close with 1000, 1001, 1008, 1011 or 3000 to 4999; do not pass on the code of another connection.", "Search the server for the code: it is often copied from a `close` event." }
    CloseCodeInvalid { Server, Violation::CloseStatusNotAllowed, "close-999", "Send 1000 to 1003, 1007 to 1014 or 3000 to 4999, highest byte first.", "Look at the two bytes: `e8 03` is 1000 with its bytes swapped." }
    CloseReasonInOtherEncoding { Server, Violation::CloseReasonInvalidUtf8, none, "Encode the reason as UTF-8, and cut it between characters.", "Look at how the reason is cut to 123 bytes." }
    WritesAfterClose { Server, DoctorRule::FrameAfterClose, "ping-after-close", "Let the Close be the last frame: stop heartbeats and writers first.", "Look for a timer that still pings." }
    ClientDoesNotMask { Client, Violation::UnmaskedFrame, none, "Mask every frame that a client sends, each with a new key.", "See who the client is: browsers always mask." }
    NotAFrame { Client, Violation::ReservedBits, none, "Send frames only once the handshake is done; see that nothing writes to the socket beside the library.", "Record the bytes with `ws101 tap` and paste them here." }
    FrameBroken { Server, none, none, "Judge the bytes: record them with `ws101 tap` and paste them here.", "Open the same page in Chromium, which names the rule, or start Firefox with `MOZ_LOG=nsWebSocket:5`." }
    TooBigForReceiver { Server, Violation::MessageTooBig, "close-1009", "Send less at a time, or raise the receiver's limit (`maxPayload`, `max_size`, `SetReadLimit`, …).", "Compare the size of the message with the limit of the library that complains; limits hold for what is inflated." }
    TooManyFragments { Server, none, none, "Send bigger fragments.", "Count the frames of one message." }
}
