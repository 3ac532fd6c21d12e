<?php
// Blanks behind values, fields of drafts, another reason, names in lower case: all legal.
// doctor: nothing
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function response(string $accept): string
    {
        return "HTTP/1.1 101 Web Socket Protocol Handshake\r\nupgrade: WebSocket \r\nconnection: Upgrade \r\n"
            . "WebSocket-Origin: null\r\nWebSocket-Location: ws://localhost/\r\nsec-websocket-accept: $accept\r\n\r\n";
    }
})->run();
