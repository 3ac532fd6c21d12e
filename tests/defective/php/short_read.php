<?php
// The second byte is used without looking whether it has come.
// doctor: error SERVER_NEEDS_WHOLE_HEADER BYTE_BEYOND_READ
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function decode(string &$in): ?array
    {
        if ($in !== "" && (ord(@$in[1]) & 128) === 0) {
            throw new Violation("", 1002);
        }
        return parent::decode($in);
    }
})->run();
