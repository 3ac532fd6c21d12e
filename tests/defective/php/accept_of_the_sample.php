<?php
// The answer is that of the key in the RFC, whatever the key is.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_OF_SAMPLE_KEY
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function acceptValue(string $key): string
    {
        return 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
    }
})->run();
