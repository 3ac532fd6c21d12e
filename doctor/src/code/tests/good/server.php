<?php
// A server on bare sockets, as RFC 6455 asks.
final class Server
{
    private const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
    private array $sockets = [];
    private array $buffers = [];
    private array $open = [];

    public function run(string $host, int $port): void
    {
        $listener = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
        socket_set_option($listener, SOL_SOCKET, SO_REUSEADDR, 1);
        socket_bind($listener, $host, $port);
        socket_listen($listener, 20);
        $this->sockets[0] = $listener;
        while (true) {
            $read = $this->sockets;
            $write = $except = null;
            if (socket_select($read, $write, $except, null) === false) {
                continue;
            }
            foreach ($read as $socket) {
                if ($socket === $listener) {
                    $client = socket_accept($listener);
                    if ($client === false) {
                        continue;
                    }
                    $id = spl_object_id($client);
                    $this->sockets[$id] = $client;
                    $this->buffers[$id] = '';
                    $this->open[$id] = false;
                    continue;
                }
                $id = spl_object_id($socket);
                $bytes = socket_recv($socket, $data, 8192, 0);
                if ($bytes === 0 || $bytes === false) {
                    $this->drop($id);
                    continue;
                }
                $this->buffers[$id] .= $data;
                if (!$this->open[$id]) {
                    $this->handshake($id);
                }
                while ($this->open[$id] ?? false) {
                    if (!$this->frame($id)) {
                        break;
                    }
                }
            }
        }
    }

    private function handshake(int $id): void
    {
        $end = strpos($this->buffers[$id], "\r\n\r\n");
        if ($end === false) {
            return;
        }
        $head = substr($this->buffers[$id], 0, $end);
        $this->buffers[$id] = substr($this->buffers[$id], $end + 4);
        if (!preg_match('/^Sec-WebSocket-Key:[ \t]*(\S+)/im', $head, $match)) {
            $this->write($id, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            $this->drop($id);
            return;
        }
        $accept = base64_encode(sha1(trim($match[1]) . self::GUID, true));
        $this->write($id, "HTTP/1.1 101 Switching Protocols\r\n"
            . "Upgrade: websocket\r\n"
            . "Connection: Upgrade\r\n"
            . "Sec-WebSocket-Accept: $accept\r\n\r\n");
        $this->open[$id] = true;
    }

    private function frame(int $id): bool
    {
        $buffer = $this->buffers[$id];
        if (strlen($buffer) < 2) {
            return false;
        }
        $opcode = ord($buffer[0]) & 15;
        $length = ord($buffer[1]) & 127;
        $start = 2;
        if ($length == 126) {
            if (strlen($buffer) < 4) {
                return false;
            }
            $length = unpack('n', substr($buffer, 2, 2))[1];
            $start = 4;
        } elseif ($length === 127) {
            if (strlen($buffer) < 10) {
                return false;
            }
            $length = unpack('J', substr($buffer, 2, 8))[1];
            $start = 10;
        }
        if (strlen($buffer) < $start + 4 + $length) {
            return false;
        }
        $mask = substr($buffer, $start, 4);
        $payload = substr($buffer, $start + 4, $length);
        for ($i = 0; $i < $length; $i++) {
            $payload[$i] = $payload[$i] ^ $mask[$i % 4];
        }
        $this->buffers[$id] = substr($buffer, $start + 4 + $length);
        if ($opcode === 8) {
            $this->write($id, $this->encode($payload, 0x88));
            $this->drop($id);
        } elseif ($opcode === 9) {
            $this->write($id, $this->encode($payload, 0x8a));
        } elseif ($opcode === 1) {
            $this->write($id, $this->encode($payload, 0x81));
        }
        return true;
    }

    private function encode(string $payload, int $first): string
    {
        $length = strlen($payload);
        if ($length <= 125) {
            return chr($first) . chr($length) . $payload;
        }
        if ($length <= 65535) {
            return pack('CCn', $first, 126, $length) . $payload;
        }
        return pack('CCJ', $first, 127, $length) . $payload;
    }

    private function write(int $id, string $bytes): void
    {
        while ($bytes !== '') {
            $written = socket_write($this->sockets[$id], $bytes);
            if ($written === false) {
                $this->drop($id);
                return;
            }
            $bytes = substr($bytes, $written);
        }
    }

    private function drop(int $id): void
    {
        socket_close($this->sockets[$id]);
        unset($this->sockets[$id], $this->buffers[$id], $this->open[$id]);
    }
}
