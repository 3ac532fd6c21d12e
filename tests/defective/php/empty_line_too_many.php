<?php
// "Two blank lines at the end": one CR LF too many.
// doctor: error BYTES_BEHIND_HEAD LINE_BEHIND_HEAD
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function response(string $accept): string
    {
        return parent::response($accept) . "\r\n";
    }
})->run();
