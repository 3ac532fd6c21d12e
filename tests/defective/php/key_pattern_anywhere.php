<?php
// The name is found at the end of another name.
// doctor: warning SERVER_KEY_FOUND_ANYWHERE KEY_PATTERN_ANYWHERE
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function key(string $head): string
    {
        return preg_match('/Sec-WebSocket-Key:[ \t]*([^ \t\r]*)/i', $head, $match) ? $match[1] : '';
    }
})->run();
