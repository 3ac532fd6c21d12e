<?php
// The request is never answered.
// doctor: error SERVER_DOES_NOT_ANSWER
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function handshake(Client $client): void
    {
    }
})->run();
