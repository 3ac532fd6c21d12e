"""Reads WebSocket streams with wsproto and says what came of them.

On standard input: records of a byte of flags, a byte of deflate parameters, a length of four bytes and so many bytes of
stream. On standard output, for each record: a length of four bytes, and entries of a letter, a length of four bytes and
so many bytes:

    T text, B binary, I ping, O pong, C close (two bytes of code, 1005 for none, then the reason),
    V violation (two bytes of the status code that answers it),
    D what wsproto just did with compressed data and should not have: forgot, final, cut or distance
"""

import struct
import sys
import zlib

from wsproto.extensions import PerMessageDeflate
from wsproto.frame_protocol import FrameProtocol, Opcode, ParseFailed

CLIENT = 1
DEFLATE = 2

# An empty block with BFINAL: an inflater that takes it as that was between two blocks.
FINAL_BLOCK = b"\x01\x00\x00\xff\xff"


class Decompressor:
    """zlib's, as wsproto calls it, watched."""

    def __init__(self, inner, defects):
        self.inner = inner
        self.defects = defects

    def decompress(self, data):
        try:
            inflated = self.inner.decompress(data)
        except zlib.error as error:
            if "too far back" in str(error):
                self.defects.append(b"distance")
            raise
        if self.inner.eof:
            self.defects.append(b"final")
        return inflated

    def flush(self):
        # wsproto does so at the end of a message, behind the tail, and goes on with the same object.
        if not self.inner.eof:
            copy = self.inner.copy()
            try:
                extra = copy.decompress(FINAL_BLOCK)
                at_boundary = copy.eof and not extra and not copy.unused_data
            except zlib.error:
                at_boundary = False
            if not at_boundary:
                self.defects.append(b"cut")
        return self.inner.flush()


class Deflate(PerMessageDeflate):
    """wsproto's, watched."""

    def __init__(self, defects, **parameters):
        super().__init__(**parameters)
        self.defects = defects

    def frame_inbound_header(self, proto, opcode, rsv, payload_length):
        result = super().frame_inbound_header(proto, opcode, rsv, payload_length)
        if self._decompressor is not None and not isinstance(self._decompressor, Decompressor):
            self._decompressor = Decompressor(self._decompressor, self.defects)
        return result

    def frame_inbound_complete(self, proto, fin):
        compressed = self._inbound_compressed
        result = super().frame_inbound_complete(proto, fin)
        if compressed and fin and not self._inbound_is_compressible:
            self.defects.append(b"forgot")
        return result


def deflate(bits, defects):
    extension = Deflate(
        defects,
        server_no_context_takeover=bool(bits & 1),
        client_no_context_takeover=bool(bits & 2),
        server_max_window_bits=8 + (bits >> 2 & 7),
        client_max_window_bits=8 + (bits >> 5 & 7),
    )
    extension.finalize("permessage-deflate")
    return extension


def entry(letter, content):
    return letter + struct.pack("!I", len(content)) + content


def read(flags, bits, stream):
    entries = []
    defects = []
    protocol = FrameProtocol(bool(flags & CLIENT), [deflate(bits, defects)] if flags & DEFLATE else [])
    message = []

    def tell(letter, content):
        # What was done on the way to this stands before it.
        entries.extend(entry(b"D", defect) for defect in defects)
        defects.clear()
        entries.append(entry(letter, content))

    protocol.receive_bytes(stream)
    try:
        for frame in protocol.received_frames():
            if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
                message.append(frame.payload)
                if not frame.message_finished:
                    continue
                if frame.opcode is Opcode.TEXT:
                    tell(b"T", "".join(message).encode())
                else:
                    tell(b"B", b"".join(bytes(part) for part in message))
                message = []
            elif frame.opcode is Opcode.PING:
                tell(b"I", bytes(frame.payload))
            elif frame.opcode is Opcode.PONG:
                tell(b"O", bytes(frame.payload))
            else:
                code, reason = frame.payload
                tell(b"C", struct.pack("!H", int(code)) + reason.encode())
    except ParseFailed as failure:
        tell(b"V", struct.pack("!H", int(failure.code)))
    entries.extend(entry(b"D", defect) for defect in defects)
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
