<?php
// A zero is sent behind the head.
// doctor: error BYTES_BEHIND_HEAD NUL_BEHIND_HEAD
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function response(string $accept): string
    {
        return parent::response($accept) . chr(0);
    }
})->run();
