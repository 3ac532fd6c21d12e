<?php
// A correct WebSocket server that sends every message back. Each file beside it overrides one thing and gets it wrong.
// doctor: nothing
declare(strict_types=1);

class Client
{
    public string $in = '';
    public bool $open = false;
    public int $opcode = 0;
    public string $message = '';

    public function __construct(public Socket $socket)
    {
    }
}

/** A frame that breaks a rule; its code is the status code of the Close that says so. */
class Violation extends Exception
{
}

class Server
{
    public const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

    protected Socket $listener;
    /** @var array<int|string, Client> */
    protected array $clients = [];

    public function run(): void
    {
        $this->listen();
        while (true) {
            foreach ($this->ready() as $socket) {
                if ($socket === $this->listener) {
                    $this->accept();
                } elseif ($client = $this->clientOf($socket)) {
                    $this->read($client);
                }
            }
        }
    }

    protected function listen(int $port = 0): void
    {
        $this->listener = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
        socket_bind($this->listener, '127.0.0.1', $port);
        socket_listen($this->listener, 64);
        socket_getsockname($this->listener, $address, $port);
        echo "ws://$address:$port/\n";
    }

    /** The sockets that have something. */
    protected function ready(): array
    {
        $read = [$this->listener];
        foreach ($this->clients as $client) {
            $read[] = $client->socket;
        }
        $write = $except = null;
        socket_select($read, $write, $except, null);
        return $read;
    }

    protected function accept(): void
    {
        $client = new Client(socket_accept($this->listener));
        $this->clients[spl_object_id($client->socket)] = $client;
    }

    protected function clientOf(Socket $socket): ?Client
    {
        return $this->clients[spl_object_id($socket)] ?? null;
    }

    protected function read(Client $client): void
    {
        $bytes = @socket_read($client->socket, 65536);
        if ($bytes === false || $bytes === '') {
            $this->drop($client);
            return;
        }
        $this->take($client, $bytes);
    }

    /** Bytes that came. */
    protected function take(Client $client, string $bytes): void
    {
        $client->in .= $bytes;
        if (!$client->open) {
            $this->handshake($client);
        }
        if ($client->open) {
            $this->frames($client);
        }
    }

    protected function handshake(Client $client): void
    {
        $end = strpos($client->in, "\r\n\r\n");
        if ($end === false) {
            return;
        }
        $head = substr($client->in, 0, $end + 4);
        $client->in = substr($client->in, $end + 4);
        $refusal = $this->refusal($head);
        if ($refusal !== null) {
            $this->write($client, "HTTP/1.1 $refusal\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            $this->drop($client);
            return;
        }
        $this->write($client, $this->response($this->acceptValue($this->key($head))));
        $client->open = true;
    }

    /** What is wrong with a request; null if nothing is. */
    protected function refusal(string $head): ?string
    {
        $fields = $this->fields($head);
        $tokens = fn (string $name) => array_map('trim', explode(',', strtolower($fields[$name] ?? '')));
        $origin = $fields['origin'] ?? null;
        return match (true) {
            !str_starts_with($head, 'GET ') => '405 Method Not Allowed',
            !isset($fields['host']) => '400 Bad Request',
            !in_array('websocket', $tokens('upgrade'), true) => '426 Upgrade Required',
            !in_array('upgrade', $tokens('connection'), true) => '400 Bad Request',
            ($fields['sec-websocket-version'] ?? '') !== '13' => "426 Upgrade Required\r\nSec-WebSocket-Version: 13",
            strlen((string) base64_decode($this->key($head), true)) !== 16 => '400 Bad Request',
            $origin !== null && $origin !== 'http://' . $fields['host'] => '403 Forbidden',
            default => null,
        };
    }

    /** The fields of a head, by their names in lower case. */
    protected function fields(string $head): array
    {
        $fields = [];
        foreach (array_slice(explode("\r\n", $head), 1) as $line) {
            if (str_contains($line, ':')) {
                [$name, $value] = explode(':', $line, 2);
                $fields[strtolower($name)] = trim($value, " \t");
            }
        }
        return $fields;
    }

    protected function key(string $head): string
    {
        return $this->fields($head)['sec-websocket-key'] ?? '';
    }

    protected function acceptValue(string $key): string
    {
        return base64_encode(sha1($key . self::GUID, true));
    }

    protected function response(string $accept): string
    {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            . "Sec-WebSocket-Accept: $accept\r\n\r\n";
    }

    protected function frames(Client $client): void
    {
        try {
            while ($client->open && ($frame = $this->decode($client->in)) !== null) {
                $this->frame($client, ...$frame);
            }
        } catch (Violation $violation) {
            $this->send($client, 8, pack('n', $violation->getCode()));
            $this->drop($client);
        }
    }

    /** The first frame of what came, which it takes away; null if it is not all there. */
    protected function decode(string &$in): ?array
    {
        if (strlen($in) < 2) {
            return null;
        }
        [$first, $second] = [ord($in[0]), ord($in[1])];
        [$fin, $opcode, $length] = [($first & 0x80) !== 0, $first & 0x0f, $second & 0x7f];
        $known = in_array($opcode, [0, 1, 2, 8, 9, 10], true);
        if (($first & 0x70) !== 0 || !$known || ($second & 0x80) === 0 || $opcode >= 8 && (!$fin || $length > 125)) {
            throw new Violation('', 1002);
        }
        $start = match ($length) { 126 => 4, 127 => 10, default => 2 };
        if (strlen($in) < $start + 4) {
            return null;
        }
        if ($start > 2) {
            $least = $start === 4 ? 126 : 65536;
            $length = unpack($start === 4 ? 'n' : 'J', $in, 2)[1];
            if ($length < $least) {
                throw new Violation('', 1002);
            }
        }
        if ($length > 1 << 24) {
            throw new Violation('', 1009);
        }
        if (strlen($in) < $start + 4 + $length) {
            return null;
        }
        $key = substr($in, $start, 4);
        $payload = $this->unmask(substr($in, $start + 4, $length), $key);
        $in = substr($in, $start + 4 + $length);
        return [$fin, $opcode, $payload];
    }

    protected function unmask(string $payload, string $key): string
    {
        return $payload ^ str_repeat($key, intdiv(strlen($payload), 4) + 1);
    }

    protected function frame(Client $client, bool $fin, int $opcode, string $payload): void
    {
        if ($opcode >= 8) {
            $this->control($client, $opcode, $payload);
            return;
        }
        if (($opcode === 0) === ($client->opcode === 0)) {
            throw new Violation('', 1002);
        }
        $client->opcode = $opcode ?: $client->opcode;
        $client->message .= $payload;
        if ($fin) {
            [$opcode, $message] = [$client->opcode, $client->message];
            [$client->opcode, $client->message] = [0, ''];
            if ($opcode === 1 && !is_utf8($message)) {
                throw new Violation('', 1007);
            }
            $this->message($client, $opcode, $message);
        }
    }

    protected function control(Client $client, int $opcode, string $payload): void
    {
        if ($opcode === 9) {
            $this->send($client, 10, $payload);
        } elseif ($opcode === 8) {
            $this->closed($client, $payload);
        }
    }

    protected function closed(Client $client, string $payload): void
    {
        if ($payload !== '') {
            $code = strlen($payload) > 1 ? unpack('n', $payload)[1] : 0;
            $good = $code >= 1000 && $code <= 1014 && !in_array($code, [1004, 1005, 1006], true)
                || $code >= 3000 && $code <= 4999;
            if (!$good) {
                throw new Violation('', 1002);
            }
            if (!is_utf8(substr($payload, 2))) {
                throw new Violation('', 1007);
            }
        }
        $this->send($client, 8, substr($payload, 0, 2));
        $this->drop($client);
    }

    protected function message(Client $client, int $opcode, string $message): void
    {
        $this->send($client, $opcode, $message);
    }

    protected function send(Client $client, int $opcode, string $payload): void
    {
        $this->write($client, $this->encode($opcode, $payload));
    }

    protected function encode(int $opcode, string $payload): string
    {
        $length = strlen($payload);
        return chr(0x80 | $opcode) . match (true) {
            $length < 126 => chr($length),
            $length < 65536 => chr(126) . pack('n', $length),
            default => chr(127) . pack('J', $length),
        } . $payload;
    }

    protected function write(Client $client, string $bytes): void
    {
        while ($bytes !== '') {
            $written = @socket_write($client->socket, $bytes);
            if ($written === false) {
                $this->drop($client);
                return;
            }
            $bytes = substr($bytes, $written);
        }
    }

    protected function drop(Client $client): void
    {
        $client->open = false;
        unset($this->clients[spl_object_id($client->socket)]);
        @socket_close($client->socket);
    }
}

/** Whether it is UTF-8; not every PHP has mbstring. */
function is_utf8(string $text): bool
{
    return preg_match('//u', $text) === 1;
}

if (realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    (new Server())->run();
}
