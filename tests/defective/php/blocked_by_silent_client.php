<?php
// A client that was accepted is read from until its request is whole.
// doctor: error SERVER_BLOCKED_BY_SILENT_CLIENT READS_UNTIL_IT_COMES
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function accept(): void
    {
        parent::accept();
        $client = end($this->clients);
        do {
            $bytes = @socket_read($client->socket, 65536);
            if ($bytes === false || $bytes === "") {
                $this->drop($client);
                return;
            }
            $this->take($client, $bytes);
        } while (!$client->open && isset($this->clients[spl_object_id($client->socket)]));
    }
})->run();
