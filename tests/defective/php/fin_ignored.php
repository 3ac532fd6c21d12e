<?php
// Each fragment is taken for a message.
// doctor: error SERVER_IGNORES_FIN FIN_IGNORED
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function frame(Client $client, bool $fin, int $opcode, string $payload): void
    {
        parent::frame($client, true, $opcode ?: 1, $payload);
    }
})->run();
