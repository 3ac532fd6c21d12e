<?php
// The status line is in lower case.
// doctor: warning RESPONSE_STATUS_LINE_INVALID STATUS_LINE_MISREAD
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function response(string $accept): string
    {
        return str_replace('HTTP/1.1 101', 'http/1.1 101', parent::response($accept));
    }
})->run();
