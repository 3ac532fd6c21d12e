<?php
// The body of a Close comes back as a text.
// doctor: error CLOSE_ANSWERED_AS_DATA OPCODE_IGNORED
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function closed(Client $client, string $payload): void
    {
        $this->message($client, 1, $payload);
    }
})->run();
