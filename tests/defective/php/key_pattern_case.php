<?php
// The name of the field is searched for in this case alone.
// doctor: error SERVER_CASE_SENSITIVE_FIELDS KEY_PATTERN_CASE
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function key(string $head): string
    {
        return preg_match('/\nSec-WebSocket-Key:[ \t]*([^ \t\r]*)/', $head, $match) ? $match[1] : '';
    }
})->run();
