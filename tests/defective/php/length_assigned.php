<?php
// The length is assigned where it should be compared.
// doctor: error SERVER_READS_LENGTH_AS_16_BITS LENGTH_ASSIGNED
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function take(Client $client, string $bytes): void
    {
        if (!$client->open) {
            parent::take($client, $bytes);
            return;
        }
        $length = ord($bytes[1]) & 127;
        if ($length = 126) {
            [$key, $data] = [substr($bytes, 4, 4), substr($bytes, 8)];
        } elseif ($length == 127) {
            [$key, $data] = [substr($bytes, 10, 4), substr($bytes, 14)];
        } else {
            [$key, $data] = [substr($bytes, 2, 4), substr($bytes, 6)];
        }
        $this->frame($client, true, ord($bytes[0]) & 15, $this->unmask($data, $key));
    }
})->run();
