<?php
// Clients are kept under their address.
// doctor: error SERVER_REPLACES_A_CLIENT CLIENTS_BY_ADDRESS
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function accept(): void
    {
        $client = new Client(socket_accept($this->listener));
        socket_getpeername($client->socket, $ip);
        $this->clients[$ip] = $client;
    }

    protected function clientOf(Socket $socket): ?Client
    {
        socket_getpeername($socket, $ip);
        return $this->clients[$ip] ?? null;
    }

    protected function drop(Client $client): void
    {
        $client->open = false;
        $this->clients = array_filter($this->clients, fn (Client $other) => $other !== $client);
        @socket_close($client->socket);
    }
})->run();
