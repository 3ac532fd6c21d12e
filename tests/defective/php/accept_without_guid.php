<?php
// The GUID is left out.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_WITHOUT_GUID
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function acceptValue(string $key): string
    {
        return base64_encode(sha1($key, true));
    }
})->run();
