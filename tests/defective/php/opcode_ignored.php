<?php
// Every frame is taken for a text.
// doctor: error SERVER_IGNORES_OPCODE OPCODE_IGNORED
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function frame(Client $client, bool $fin, int $opcode, string $payload): void
    {
        $this->message($client, 1, $payload);
    }
})->run();
