"""A server on sockets and threads, as RFC 6455 asks."""
import base64
import hashlib
import socket
import struct
import threading

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def read_head(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(4096)
        if not chunk:
            return None, b""
        data += chunk
    head, _, rest = data.partition(b"\r\n\r\n")
    fields = {}
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        fields[name.strip().lower()] = value.strip()
    return fields, rest


def accept(key):
    return base64.b64encode(hashlib.sha1(key + GUID).digest())


def encode(payload, opcode=1):
    first = 0x80 | opcode
    if len(payload) <= 125:
        return bytes([first, len(payload)]) + payload
    if len(payload) <= 65535:
        return bytes([first, 126]) + struct.pack(">H", len(payload)) + payload
    return bytes([first, 127]) + struct.pack("!Q", len(payload)) + payload


def send_text(connection, message):
    payload = message.encode("utf-8")
    connection.sendall(encode(payload))


def serve(connection):
    fields, rest = read_head(connection)
    if not fields or b"sec-websocket-key" not in fields:
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
        connection.close()
        return
    connection.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\n"
        b"Upgrade: websocket\r\n"
        b"Connection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept(fields[b"sec-websocket-key"]) + b"\r\n\r\n"
    )
    stream = connection.makefile("rb")
    while True:
        header = stream.read(2)
        if len(header) < 2:
            break
        opcode, length = header[0] & 0x0F, header[1] & 0x7F
        if length == 126:
            (length,) = struct.unpack(">H", stream.read(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", stream.read(8))
        mask = stream.read(4)
        payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(stream.read(length)))
        if opcode == 8:
            connection.sendall(encode(payload, 8))
            break
        connection.sendall(encode(payload, 10 if opcode == 9 else opcode))
    connection.close()


listener = socket.create_server(("127.0.0.1", 8080))
while True:
    client, address = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
