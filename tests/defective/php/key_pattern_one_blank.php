<?php
// Exactly one blank must stand behind the colon.
// doctor: error SERVER_KEY_NEEDS_BLANK KEY_PATTERN_ONE_BLANK
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function key(string $head): string
    {
        return preg_match('/\nSec-WebSocket-Key: ([^ \t\r]+)/i', $head, $match) ? $match[1] : '';
    }
})->run();
