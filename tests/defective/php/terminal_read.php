<?php
// For each message an answer is read from the terminal.
// doctor: error SERVER_STOPS_AT_A_MESSAGE WAITS_FOR_TERMINAL
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function message(Client $client, int $opcode, string $message): void
    {
        $this->send($client, 1, (string) fgets(STDIN));
    }
})->run();
