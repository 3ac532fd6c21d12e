<?php
// The mask bit is not looked at: a key is always read.
// doctor: error SERVER_TAKES_UNMASKED MASK_IGNORED
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function decode(string &$in): ?array
    {
        $masked = $in;
        if (strlen($in) > 1) {
            $masked[1] = chr(ord($in[1]) | 128);
        }
        $frame = parent::decode($masked);
        if ($frame !== null) {
            $in = $masked;
        }
        return $frame;
    }
})->run();
