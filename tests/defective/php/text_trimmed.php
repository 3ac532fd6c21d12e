<?php
// Messages are trimmed.
// doctor: warning SERVER_TEXT_TRIMMED TRIM_OF_MESSAGE
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function message(Client $client, int $opcode, string $message): void
    {
        parent::message($client, $opcode, $opcode === 1 ? trim($message) : $message);
    }
})->run();
