<?php
// The status line is in lower case.
// doctor: TBD
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function response(string $accept): string
    {
        return str_replace('HTTP/1.1 101', 'http/1.1 101', parent::response($accept));
    }
})->run();
