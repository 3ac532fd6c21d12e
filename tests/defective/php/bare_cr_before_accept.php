<?php
// The accept field stands behind a bare CR, in the middle of another line.
// doctor: warning HEAD_BARE_CR
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function response(string $accept): string
    {
        return str_replace("\r\nSec-", "\r\nWebSocket-Origin: x\rSec-", parent::response($accept));
    }
})->run();
