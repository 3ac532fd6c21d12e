"""Reads WebSocket streams with wsproto and says what came of them.

On standard input: records of a byte of flags, a byte of deflate parameters, a length of four bytes and so many bytes of
stream. On standard output, for each record: a length of four bytes, and entries of a letter, a length of four bytes and
so many bytes:

    T text, B binary, I ping, O pong, C close (two bytes of code, 1005 for none, then the reason),
    V violation (two bytes of the status code that answers it)
"""

import struct
import sys

from wsproto.extensions import PerMessageDeflate
from wsproto.frame_protocol import FrameProtocol, Opcode, ParseFailed

CLIENT = 1
DEFLATE = 2


def deflate(bits):
    extension = PerMessageDeflate(
        server_no_context_takeover=bool(bits & 1),
        client_no_context_takeover=bool(bits & 2),
        server_max_window_bits=max(9, 8 + (bits >> 2 & 7)),
        client_max_window_bits=max(9, 8 + (bits >> 5 & 7)),
    )
    extension.finalize("permessage-deflate")
    return extension


def entry(letter, content):
    return letter + struct.pack("!I", len(content)) + content


def read(flags, bits, stream):
    protocol = FrameProtocol(bool(flags & CLIENT), [deflate(bits)] if flags & DEFLATE else [])
    entries = []
    message = []
    protocol.receive_bytes(stream)
    try:
        for frame in protocol.received_frames():
            if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
                message.append(frame.payload)
                if not frame.message_finished:
                    continue
                if frame.opcode is Opcode.TEXT:
                    entries.append(entry(b"T", "".join(message).encode()))
                else:
                    entries.append(entry(b"B", b"".join(bytes(part) for part in message)))
                message = []
            elif frame.opcode is Opcode.PING:
                entries.append(entry(b"I", bytes(frame.payload)))
            elif frame.opcode is Opcode.PONG:
                entries.append(entry(b"O", bytes(frame.payload)))
            else:
                code, reason = frame.payload
                entries.append(entry(b"C", struct.pack("!H", int(code)) + reason.encode()))
    except ParseFailed as failure:
        entries.append(entry(b"V", struct.pack("!H", int(failure.code))))
    return b"".join(entries)


def main():
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while header := source.read(6):
        flags, bits, length = struct.unpack("!BBI", header)
        answer = read(flags, bits, source.read(length))
        sink.write(struct.pack("!I", len(answer)) + answer)
        # The other end sends a batch and then reads: what it waits for must not stay in a buffer.
        if length == 0:
            sink.flush()
    sink.flush()


main()
