<?php
// The digest is packed with 'h' instead of 'H'.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_DIGEST_NIBBLES
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function acceptValue(string $key): string
    {
        return base64_encode(pack('h*', sha1($key . self::GUID)));
    }
})->run();
