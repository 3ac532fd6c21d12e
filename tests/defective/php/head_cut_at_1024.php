<?php
// Of the request 1,024 bytes are kept.
// doctor: error SERVER_HEAD_CUT_AT_1024 READ_OF_1024
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function handshake(Client $client): void
    {
        if (strlen($client->in) > 1024) {
            $client->in = substr($client->in, 0, 1024) . "\r\n\r\n";
        }
        parent::handshake($client);
    }
})->run();
