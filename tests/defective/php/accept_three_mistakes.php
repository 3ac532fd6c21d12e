<?php
// The key is not found, the GUID is in lower case, and the nibbles are swapped.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_OF_NO_KEY ACCEPT_GUID_CASE ACCEPT_DIGEST_NIBBLES
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function acceptValue(string $key): string
    {
        return base64_encode(pack('h*', sha1(strtolower(self::GUID))));
    }
})->run();
