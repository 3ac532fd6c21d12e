<?php
// The loop is left when a read brings nothing.
// doctor: error SERVER_ENDS_WITH_A_CLIENT RETURNS_AT_ZERO_BYTES
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function drop(Client $client): void
    {
        parent::drop($client);
        exit(0);
    }
})->run();
