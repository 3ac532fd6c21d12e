<?php
// The pattern of most tutorials: case-sensitive, one blank, anywhere, and blanks are kept.
// doctor: error SERVER_KEY_BY_PATTERN KEY_PATTERN_CASE KEY_PATTERN_ONE_BLANK KEY_PATTERN_KEEPS_BLANKS KEY_PATTERN_ANYWHERE
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function key(string $head): string
    {
        return preg_match('/Sec-WebSocket-Key: (.*)\r\n/', $head, $match) ? $match[1] : '';
    }
})->run();
