<?php
// The pattern that searches for the key never finds it.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_OF_NO_KEY
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function acceptValue(string $key): string
    {
        $found = preg_match('/Sec-WebSocket-Key :(. *)/', $key, $match);
        return parent::acceptValue($found ? $match[1] : '');
    }
})->run();
