<?php
// The length only tells where the key is; the payload is all that follows.
// doctor: error SERVER_IGNORES_LENGTH LENGTH_UNUSED
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function decode(string &$in): ?array
    {
        if (strlen($in) < 6) {
            return null;
        }
        // Everything else is checked as it should be.
        $checked = $in;
        parent::decode($checked);
        $start = match (ord($in[1]) & 127) { 126 => 4, 127 => 10, default => 2 };
        $payload = $this->unmask(substr($in, $start + 4), substr($in, $start, 4));
        [$first, $in] = [ord($in[0]), ""];
        return [($first & 0x80) !== 0, $first & 0x0f, $payload];
    }
})->run();
