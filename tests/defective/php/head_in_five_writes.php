<?php
// The head is sent in five writes, which is legal.
// doctor: nothing
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function write(Client $client, string $bytes): void
    {
        foreach (str_starts_with($bytes, "HTTP/") ? preg_split("/(?<=\n)/", $bytes) : [$bytes] as $piece) {
            parent::write($client, $piece);
        }
    }
})->run();
