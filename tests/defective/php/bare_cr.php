<?php
// A CR without LF stands in a field.
// doctor: warning HEAD_BARE_CR
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function response(string $accept): string
    {
        return str_replace("Upgrade\r\nSec-", "Upgrade\r\nWebSocket-Origin: x\rprimary\r\nSec-", parent::response($accept));
    }
})->run();
