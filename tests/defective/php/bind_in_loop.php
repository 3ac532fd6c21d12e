<?php
// The listening socket is made anew for each client; the second bind fails unseen.
// doctor: error SERVER_SECOND_CLIENT_HANGS SELECT_OVERWRITES_LIST LISTENER_REMADE_IN_LOOP
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    public function run(): void
    {
        for ($port = 0; true; socket_getsockname($this->listener, $address, $port)) {
            @$this->listen($port);
            $this->accept();
            while ($this->clients !== []) {
                $this->read(end($this->clients));
            }
        }
    }
})->run();
