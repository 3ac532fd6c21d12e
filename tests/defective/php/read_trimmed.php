<?php
// What a read brings is trimmed.
// doctor: error SERVER_READ_TRIMMED TRIM_OF_READ
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function take(Client $client, string $bytes): void
    {
        parent::take($client, $client->open ? trim($bytes) : $bytes);
    }
})->run();
