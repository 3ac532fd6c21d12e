<?php
// The version is written into the 101, where it does not belong.
// doctor: note RESPONSE_VERSION_FIELD
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function response(string $accept): string
    {
        return str_replace("Upgrade\r\nSec-", "Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-", parent::response($accept));
    }
})->run();
