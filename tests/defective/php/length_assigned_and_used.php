<?php
// The length is assigned where it should be compared, and then read from the next two bytes.
// doctor: error SERVER_READS_LENGTH_AS_16_BITS LENGTH_ASSIGNED
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function decode(string &$in): ?array
    {
        if (strlen($in) < 8) {
            return null;
        }
        $length = ord($in[1]) & 127;
        if ($length = 126) {
            $length = unpack("n", $in, 2)[1];
        }
        if (strlen($in) < 8 + $length) {
            return null;
        }
        $payload = $this->unmask(substr($in, 8, $length), substr($in, 4, 4));
        [$first, $in] = [ord($in[0]), substr($in, 8 + $length)];
        return [($first & 0x80) !== 0, $first & 0x0f, $payload];
    }
})->run();
