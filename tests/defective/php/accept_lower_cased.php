<?php
// The value is in lower case.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_LOWER_CASED
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function acceptValue(string $key): string
    {
        return strtolower(parent::acceptValue($key));
    }
})->run();
