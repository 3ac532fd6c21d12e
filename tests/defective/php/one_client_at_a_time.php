<?php
// A client is served to its end before the next is accepted.
// doctor: error SERVER_SECOND_CLIENT_HANGS ONE_CLIENT_AT_A_TIME
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function accept(): void
    {
        parent::accept();
        while ($this->clients !== []) {
            $this->read(end($this->clients));
        }
    }
})->run();
