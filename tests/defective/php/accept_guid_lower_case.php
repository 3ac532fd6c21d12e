<?php
// The GUID is in lower case.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_GUID_CASE
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function acceptValue(string $key): string
    {
        return base64_encode(sha1($key . strtolower(self::GUID), true));
    }
})->run();
