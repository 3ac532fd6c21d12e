<?php
// The Origin is not looked at.
// doctor: note SERVER_ORIGIN_UNCHECKED
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function refusal(string $head): ?string
    {
        return parent::refusal(preg_replace('/\r\nOrigin:[^\r]*/i', '', $head));
    }
})->run();
