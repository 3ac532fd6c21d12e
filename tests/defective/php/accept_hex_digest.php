<?php
// The digits of the digest are encoded instead of its bytes.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_OF_HEX_DIGEST
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function acceptValue(string $key): string
    {
        return base64_encode(sha1($key . self::GUID));
    }
})->run();
