<?php
// The request is what one read of 1,024 bytes brings; what follows is read as frames.
// doctor: error SERVER_HEAD_READ_ONCE READ_OF_1024
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function read(Client $client): void
    {
        if ($client->open) {
            parent::read($client);
            return;
        }
        $head = (string) @socket_read($client->socket, 1024);
        $complete = str_contains($head, "\r\n\r\n") ? $head : "$head\r\n\r\n";
        $head === "" ? $this->drop($client) : $this->take($client, $complete);
    }
})->run();
