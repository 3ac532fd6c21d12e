<?php
// The length is assigned where it should be compared.
// doctor: error SERVER_READS_LENGTH_AS_16_BITS LENGTH_ASSIGNED
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function decode(string &$in): ?array
    {
        if (strlen($in) < 2) {
            return null;
        }
        $length = ord($in[1]) & 127;
        if ($length = 126) {
            [$key, $data] = [substr($in, 4, 4), substr($in, 8)];
        } elseif ($length == 127) {
            [$key, $data] = [substr($in, 10, 4), substr($in, 14)];
        } else {
            [$key, $data] = [substr($in, 2, 4), substr($in, 6)];
        }
        [$first, $in] = [ord($in[0]), ''];
        return [($first & 0x80) !== 0, $first & 0x0f, $this->unmask($data, $key)];
    }
})->run();
