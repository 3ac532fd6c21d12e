<?php
// Blanks behind the key are taken for a part of it.
// doctor: error SERVER_KEY_KEEPS_BLANKS KEY_PATTERN_KEEPS_BLANKS
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function key(string $head): string
    {
        return preg_match('/\nSec-WebSocket-Key:[ \t]*(.*)\r\n/i', $head, $match) ? $match[1] : '';
    }
})->run();
