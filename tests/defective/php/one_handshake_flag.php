<?php
// Whether the handshake is done is known once for all clients.
// doctor: error SERVER_ONE_HANDSHAKE_FOR_ALL ONE_HANDSHAKE_FLAG
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    private bool $handshake = false;

    protected function take(Client $client, string $bytes): void
    {
        $client->open = $this->handshake;
        parent::take($client, $bytes);
        $this->handshake = $this->handshake || $client->open;
    }
})->run();
