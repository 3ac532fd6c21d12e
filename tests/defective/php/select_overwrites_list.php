<?php
// The list of all sockets is handed to socket_select, which leaves in it what is ready.
// doctor: error SERVER_SECOND_CLIENT_HANGS SELECT_OVERWRITES_LIST LISTENER_REMADE_IN_LOOP
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    private ?array $sockets = null;

    protected function ready(): array
    {
        $this->sockets ??= [$this->listener];
        $write = $except = null;
        socket_select($this->sockets, $write, $except, null);
        return $this->sockets;
    }

    protected function accept(): void
    {
        parent::accept();
        $this->sockets[] = end($this->clients)->socket;
    }

    protected function drop(Client $client): void
    {
        parent::drop($client);
        $this->sockets = array_filter($this->sockets, fn (Socket $socket) => $socket !== $client->socket);
    }
})->run();
