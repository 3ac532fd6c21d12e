// What a newcomer can try at once. The code is that of no one: it has the usual mistakes.

export const examples = {
  message: "WebSocket connection to 'ws://127.0.0.1:3000/' failed: Invalid frame header",
  accept: `GET /chat HTTP/1.1
Host: server.example.com
Upgrade: websocket
Connection: Upgrade
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
Sec-WebSocket-Version: 13

HTTP/1.1 101 Switching Protocols
Upgrade: websocket
Connection: Upgrade
Sec-WebSocket-Accept: YjM3YTRmMmNjMDYyNGYxNjkwZjY0NjA2Y2YzODU5NDViMmJlYzRlYQ==
`,
  bytes: '81 85 37 fa 21 3d 7f 9f 4d 51 58\n88 02 03 e8',
  code: `<?php
socket_recv($client, $request, 1024, 0);
preg_match('#Sec-WebSocket-Key: (.*)\\r\\n#', $request, $match);
$accept = base64_encode(sha1($match[1] . '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'));
$head = "HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\n"
      . "Connection: Upgrade\\r\\nSec-WebSocket-Accept: $accept\\r\\n\\r\\n";
socket_write($client, $head, strlen($head));
$text = '你好';
socket_write($client, chr(0x81) . chr(mb_strlen($text)) . $text);
`,
} as const;

export type ExampleName = keyof typeof examples;
