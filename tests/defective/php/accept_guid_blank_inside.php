<?php
// A blank stands in the GUID.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_GUID_BLANK
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function acceptValue(string $key): string
    {
        return base64_encode(sha1($key . '258EAFA5- E914-47DA-95CA-C5AB0DC85B11', true));
    }
})->run();
