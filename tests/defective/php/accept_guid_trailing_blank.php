<?php
// The GUID is half in lower case, and a blank follows it.
// doctor: error RESPONSE_ACCEPT_WRONG TBD
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function acceptValue(string $key): string
    {
        return base64_encode(sha1($key . '258EAFA5-E914-47da-95ca-c5ab0dc85b11 ', true));
    }
})->run();
