<?php
// Every request is answered with 101.
// doctor: warning SERVER_ANSWERS_ANY_GET REQUEST_UNCHECKED
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function refusal(string $head): ?string
    {
        return null;
    }
})->run();
