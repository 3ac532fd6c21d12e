<?php
// The key is decoded before it is hashed.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_OF_DECODED_KEY
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function acceptValue(string $key): string
    {
        return parent::acceptValue(base64_decode($key));
    }
})->run();
