<?php
// A message is cut into pieces of 125 bytes, each a message of its own.
// doctor: error MESSAGE_SPLIT_AT_125 STR_SPLIT_125
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function message(Client $client, int $opcode, string $message): void
    {
        foreach (str_split($message, 125) ?: [""] as $piece) {
            $this->send($client, $opcode, $piece);
        }
    }
})->run();
