<?php
// Sockets do not block, and nobody looks at how much socket_write took.
// doctor: error SERVER_WRITES_ONCE WRITE_UNCHECKED
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function accept(): void
    {
        parent::accept();
        socket_set_nonblock(end($this->clients)->socket);
    }

    protected function write(Client $client, string $bytes): void
    {
        @socket_write($client->socket, $bytes);
    }
})->run();
