<?php
// The key is hashed with the CR behind it.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_KEY_WITH_LINE_END
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function acceptValue(string $key): string
    {
        return parent::acceptValue("$key\r");
    }
})->run();
