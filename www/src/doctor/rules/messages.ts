// Messages: what several frames make, whether they are text, and whether they inflate.

import * as good from './good';
import type { RulePage } from './page';

export const messages = {
  FRAME_UNEXPECTED_CONTINUATION: {
    clause: 'A fragmented message consists of a single frame with the FIN bit clear and an opcode other than 0, followed by zero or more frames with the FIN bit clear and the opcode set to 0, and terminated by a single frame with the FIN bit set and an opcode of 0.',
    why: {
      en: 'Opcode 0 says “more of the message before”. Where none is under way there is nothing to add to, and nothing says whether it is text or binary. Chromium says `Received unexpected continuation frame.` and sends 1002; Firefox fails. Zero bytes that somebody wrote between frames read the same: 00 00 is an empty continuation.',
      zh: '操作码 0 的意思是“接着上一条消息”。没有未完的消息，就没有可接的东西，也无从知道是文本还是二进制。Chromium 报 `Received unexpected continuation frame.` 并发送 1002；Firefox 失败。夹在帧之间的零字节读出来也是这样：00 00 就是一个空的延续帧。',
    },
    example: {
      fromServer: '80 02 68 69',
      note: {
        en: '80 is FIN and opcode 0, and it is the first frame of the connection.',
        zh: '80 是 FIN 加操作码 0，而它是这个连接上的第一帧。',
      },
    },
    ways: {
      php: { code: 'foreach (str_split($data, 4096) as $part) send($part, 0x00);', text: { en: 'All pieces are sent by one line, the first too. Only those behind it have opcode 0, and the last has FIN.', zh: '所有片段都由同一行发送，第一个也不例外。只有后面的才用操作码 0，最后一个还要带 FIN。' } },
      node: { code: 'let first = true;', text: { en: "The line stands at the top of the module, so that the flag is not the connection's own: the first client gets its opcode 1, and all others begin with 0.", zh: '这一行写在模块顶部，标志不是每个连接各有一个：第一个客户端收到操作码 1，其余的一上来就是 0。' } },
      python: { code: 'for opcode, part in parts:', text: { en: 'After a reconnect the same generator goes on where it was, in the middle of a message that the new connection has never seen begin.', zh: '重连之后，同一个生成器从断开处接着产出，而新连接从没见过这条消息的开头。' } },
      go: { code: 'f := Frame{Fin: true, Payload: p}', text: { en: 'The opcode is left out, and the zero value of a byte is the opcode of continuations.', zh: '漏写了操作码，而字节的零值恰好是延续帧的操作码。' } },
      java: { code: 'ctx.write(new TextWebSocketFrame(head));\nctx.write(new ContinuationWebSocketFrame(true, 0, tail));', text: { en: "Netty's short constructor sets FIN: the message has ended before the continuation comes. The first frame needs `new TextWebSocketFrame(false, 0, head)`.", zh: 'Netty 的短构造函数会置 FIN：延续帧到来之前消息已经结束。第一帧要写 `new TextWebSocketFrame(false, 0, head)`。' } },
      rust: { code: 'self.begun = true;\nself.stream.write_all(&frame).await?;', text: { en: 'The state is changed before the frame is out. A `select!` drops the future in between, and the next call continues what never began.', zh: '帧还没发出，状态就改了。`select!` 在中间丢弃了 future，下一次调用接着的是一条从未开始的消息。' } },
    },
    misbehave: 'continuation-first',
  },

  FRAME_MESSAGE_UNFINISHED: {
    clause: 'The fragments of one message MUST NOT be interleaved between the fragments of another message unless an extension has been negotiated that can interpret the interleaving.',
    why: {
      en: 'Frames carry no number of a message, so that only one can be under way in each direction; nothing but control frames may come between its fragments. Chromium says `Received start of new message but previous message is unfinished.` and sends 1002; Firefox fails.',
      zh: '帧里没有消息编号，所以每个方向上同一时间只能有一条未完的消息，分片之间只允许插入控制帧。Chromium 报 `Received start of new message but previous message is unfinished.` 并发送 1002；Firefox 失败。',
    },
    example: {
      fromServer: '01 03 48 65 6c 81 02 6c 6f',
      note: {
        en: '“Hel” has FIN 0, and “lo” comes with opcode 1 again. The second frame should begin with 80.',
        zh: '“Hel”的 FIN 为 0，“lo”却又用了操作码 1。第二帧应以 80 开头。',
      },
    },
    ways: {
      php: { code: 'chr($last ? 0x81 : 0x01)', text: { en: 'FIN is right and the opcode is repeated in each fragment. It stands in the first alone.', zh: 'FIN 是对的，但每个分片都重复了操作码。操作码只写在第一个分片里。' } },
      node: { code: 'for await (const part of stream) socket.write(fragment(part));', text: { en: 'Two such loops run for one socket, and at each `await` the other takes its turn. One message at a time needs a queue.', zh: '同一个 socket 上跑着两个这样的循环，每次 `await` 就轮到另一个。要一条一条发，就得排队。' } },
      python: { code: "except Exception as e:\n    send_text(json.dumps({'error': str(e)}))", text: { en: 'The source fails while its message is half sent, and the error is reported as a new message. End the one under way first, or close.', zh: '消息发到一半数据源出错，于是把错误当作新消息报告。应当先结束未完的那条，或者直接关闭连接。' } },
      go: { code: 'case <-ticker.C:\n    conn.Write(textFrame("heartbeat"))', text: { en: 'The heartbeat is a text message, and the ticker does not know that the other case is between two fragments. A Ping may come there; a text may not.', zh: '心跳是一条文本消息，而定时器并不知道另一个分支正处在两个分片之间。这里可以插 Ping，不能插文本。' } },
      java: { code: 'ctx.write(new TextWebSocketFrame(last, 0, part));', text: { en: 'Each part is a `TextWebSocketFrame`; those behind the first are `ContinuationWebSocketFrame`. Netty writes them as they are given.', zh: '每一段都用了 `TextWebSocketFrame`；第一段之后应当用 `ContinuationWebSocketFrame`。Netty 给什么就写什么。' } },
      rust: { code: 'Message::Frame(Frame::message(part, OpCode::Data(Data::Text), last))', text: { en: 'Raw frames go past what tungstenite knows about messages: the opcode of the later ones has to be `Data::Continue`.', zh: '原始帧绕过了 tungstenite 对消息的管理：后面各帧的操作码要自己写成 `Data::Continue`。' } },
    },
    misbehave: 'text-within-message',
  },

  MESSAGE_TOO_BIG: {
    clause: 'Such an implementation SHOULD impose a limit on frame sizes and the total message size after reassembly from multiple frames.',
    why: {
      en: 'Small fragments add up without an end, and a compressed message can inflate to a thousand times its size. So a receiver counts what the application would get, all fragments together and inflated, and closes with 1009 beyond its limit. The number is its own; a recording does not show it.',
      zh: '小分片可以没完没了地累加，压缩消息解压后可以是原来的上千倍。所以接收方数的是应用最终会拿到的大小，即所有分片合起来并解压之后，超过上限就以 1009 关闭。这个数由接收方自己定，录制里看不出来。',
    },
    example: {
      request: [...good.request, 'Sec-WebSocket-Extensions: permessage-deflate'],
      response: [...good.response, 'Sec-WebSocket-Extensions: permessage-deflate'],
      fromServer: 'c2 7e 04 0a ec c1 31 01 00 00 00 c2 a0 ac eb 5f c2 10 be 40 01 00*1015 7c 06',
      note: {
        en: '1,034 bytes that inflate to 1,048,576. A receiver with a lower limit closes with 1009; the doctor, which has none, reads them as they are.',
        zh: '1,034 个字节，解压后是 1,048,576 个。上限更低的接收方会以 1009 关闭；诊断没有上限，照样读完。',
      },
    },
    ways: {
      php: { text: { en: 'Workerman adds the fragments together and ends the connection beyond `maxPackageSize`, 10 MiB by default. An upload that is cut into small fragments does not get around that; it has to be cut into messages.', zh: 'Workerman 会把分片累加起来，超过 `maxPackageSize`（默认 10 MiB）就断开。把上传内容切成小分片并不能绕过，要切成多条消息。' } },
      node: { code: 'ws.send(JSON.stringify(history));', text: { en: 'A chat sends its whole history to whoever joins. It grows every day, and one day it is over the `maxPayload` of the client, which counts what is inflated.', zh: '聊天室把全部历史发给每个加入者。它一天天变大，总有一天超过客户端的 `maxPayload`，而且按解压后的大小算。' } },
      python: { code: 'await ws.send(parts)', text: { en: 'Given an iterable, `websockets` sends one message in as many fragments. Each of them is small, and `max_size` at the other end counts them all.', zh: '传入可迭代对象时，`websockets` 会把它作为一条消息的多个分片发送。每个都很小，但对端的 `max_size` 是合起来算的。' } },
      go: { code: 'conn.SetReadLimit(512)', text: { en: "The chat among gorilla/websocket's examples has a limit of 512 bytes, and who starts from it keeps it. Whoever sends more is closed with 1009.", zh: 'gorilla/websocket 的聊天示例把上限设为 512 字节，从它改起的程序往往一直留着。谁发得更多，就以 1009 关闭。' } },
      java: { code: 'container.setDefaultMaxTextMessageBufferSize(8192);', text: { en: 'The containers of Jakarta WebSocket put a text together in a buffer, which in Tomcat has 8,192 characters. A longer text ends with 1009; raise it, or take parts in `@OnMessage` with a `boolean last`.', zh: 'Jakarta WebSocket 的容器在缓冲区里拼文本，Tomcat 默认 8,192 个字符。更长的文本以 1009 告终；要么调大，要么在 `@OnMessage` 里用 `boolean last` 分段接收。' } },
      rust: { code: 'ws.max_message_size(64 * 1024)', text: { en: "A route of axum is given a small limit against abuse, and the application's own import of data goes over it later.", zh: '为了防滥用给 axum 的路由设了很小的上限，后来应用自己的数据导入先超了它。' } },
    },
  },

  MESSAGE_INVALID_UTF8: {
    clause: 'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_.',
    why: {
      en: 'Opcode 1 promises UTF-8, because the script is given a string. Chromium says `Could not decode a text frame as UTF-8.` and sends 1002, though the RFC has 1007 for it; Firefox fails. A character may lie in two fragments of one message, but not in two messages. What is not text belongs into opcode 2.',
      zh: '操作码 1 承诺了 UTF-8，因为脚本得到的是字符串。Chromium 报 `Could not decode a text frame as UTF-8.` 并发送 1002，尽管 RFC 为此规定了 1007；Firefox 失败。一个字符可以跨同一条消息的两个分片，但不能跨两条消息。不是文本的内容应当用操作码 2。',
    },
    example: {
      fromServer: '81 04 c4 e3 ba c3',
      note: {
        en: '你好 in GBK. In UTF-8 it is e4 bd a0 e5 a5 bd.',
        zh: 'GBK 编码的“你好”。UTF-8 是 e4 bd a0 e5 a5 bd。',
      },
    },
    ways: {
      php: { code: "$conn->send(file_get_contents('a.png'));", text: { en: 'A string in PHP is bytes, and `send` of Ratchet makes a text frame of it, as Workerman does unless `websocketType` says otherwise. Binary is `new Frame($data, true, Frame::OP_BINARY)`.', zh: 'PHP 的字符串就是字节，Ratchet 的 `send` 会把它作为文本帧发送，Workerman 不改 `websocketType` 时也一样。二进制要写 `new Frame($data, true, Frame::OP_BINARY)`。' } },
      node: { code: "Buffer.from(text, 'latin1')", text: { en: "`'latin1'` (or `'binary'`) makes one byte of each character: é is e9. The length is right then, and the text is not.", zh: "`'latin1'`（或 `'binary'`）把每个字符变成一个字节：é 就是 e9。这样长度对了，文本却错了。" } },
      python: { code: 'text.encode(locale.getpreferredencoding())', text: { en: 'The encoding is that of the machine: UTF-8 where it was written, GBK or cp1252 on the Windows where it runs. `text.encode()` is always UTF-8.', zh: '编码取自机器：开发时是 UTF-8，运行的 Windows 上却是 GBK 或 cp1252。`text.encode()` 总是 UTF-8。' } },
      go: { code: 'conn.WriteMessage(websocket.TextMessage, msg[:1024])', text: { en: 'Slices cut bytes, in the middle of a character too, and a `string` may hold anything. gorilla/websocket leaves it to the caller that text is UTF-8.', zh: '切片按字节切，会切在字符中间，而且 `string` 里什么都能放。文本是不是 UTF-8，gorilla/websocket 交给调用者负责。' } },
      java: { code: 'text.getBytes()', text: { en: "Before Java 18 this is the platform's encoding, GBK on a Chinese Windows. Write `getBytes(StandardCharsets.UTF_8)`.", zh: 'Java 18 之前这里用的是平台编码，中文 Windows 上就是 GBK。应写 `getBytes(StandardCharsets.UTF_8)`。' } },
      rust: { code: 'frame(0x81, &buf[..n])', text: { en: 'What a `read` brought is sent as text, and the read ended within a character. The text type of tungstenite would have asked for UTF-8; `&[u8]` does not.', zh: '`read` 读到多少就作为文本发送多少，而读取恰好停在字符中间。tungstenite 的文本类型会要求 UTF-8，`&[u8]` 不会。' } },
    },
    misbehave: 'text-gbk',
  },

  MESSAGE_DEFLATE_INVALID: {
    clause: 'Decompress the resulting data using DEFLATE.',
    why: {
      en: 'RSV1 promises raw DEFLATE. A zlib stream (78 9c) or a gzip file (1f 8b) has a header before it that an inflater reads as data. Chromium says `Invalid frame header`, though the header is right, and sends 1002; Firefox fails. A payload that merely ends too early passes in both, as a shorter text.',
      zh: 'RSV1 承诺的是原始 DEFLATE。zlib 流（78 9c）或 gzip 文件（1f 8b）前面有自己的头，解压器会把它当成数据。Chromium 报 `Invalid frame header`（其实帧头没错）并发送 1002；Firefox 失败。只是结束得太早的载荷，两者都会放过，得到的文本短了一截。',
    },
    example: {
      request: [...good.request, 'Sec-WebSocket-Extensions: permessage-deflate'],
      response: [...good.response, 'Sec-WebSocket-Extensions: permessage-deflate'],
      fromServer: 'c1 10 78 9c cb 48 cd c9 c9 57 c8 00 91 00 19 91 04 49',
      note: {
        en: '78 9c is the header of zlib, and the last four bytes are its checksum; the DEFLATE between them is right.',
        zh: '78 9c 是 zlib 的头，最后四个字节是校验和；中间的 DEFLATE 倒是对的。',
      },
    },
    ways: {
      php: { code: '$payload = gzencode($text);', text: { en: 'The function is known from `Content-Encoding: gzip`. Here it is `deflate_init(ZLIB_ENCODING_RAW)`, and `deflate_add` with `ZLIB_SYNC_FLUSH`, less its last four bytes.', zh: '这个函数是从 `Content-Encoding: gzip` 那里带来的。这里要用 `deflate_init(ZLIB_ENCODING_RAW)`，再用 `deflate_add` 加 `ZLIB_SYNC_FLUSH`，并去掉末尾四个字节。' } },
      node: { code: 'zlib.deflateSync(data)', text: { en: 'In spite of its name this writes a zlib stream. `deflateRawSync` with `finishFlush: zlib.constants.Z_SYNC_FLUSH` is meant.', zh: '名字叫 deflate，写出来的却是 zlib 流。应当用 `deflateRawSync`，并设 `finishFlush: zlib.constants.Z_SYNC_FLUSH`。' } },
      python: { code: '(c.compress(data) + c.flush())[:-4]', text: { en: '`flush()` finishes the stream, which then does not end in `00 00 ff ff`: four bytes of data are cut off. It is `flush(zlib.Z_SYNC_FLUSH)` that leaves these four.', zh: '`flush()` 会结束整个流，末尾并不是 `00 00 ff ff`，切掉的四个字节是数据。留下这四个字节的是 `flush(zlib.Z_SYNC_FLUSH)`。' } },
      go: { code: 'w.Write(p)\nframe(buf.Bytes())', text: { en: '`flate.Writer` keeps back what it may still compress better, and `Flush` is missing: the payload is cut or empty.', zh: '`flate.Writer` 会留着一部分等待更好的压缩，而这里漏了 `Flush`：载荷不完整，甚至是空的。' } },
      java: { code: 'int n = deflater.deflate(new byte[1024]);', text: { en: 'One call fills one array, and what does not fit stays in the `Deflater`. Call it with `SYNC_FLUSH` until it returns less than it could; and it is raw only as `new Deflater(level, true)`.', zh: '一次调用只填满一个数组，放不下的留在 `Deflater` 里。要带 `SYNC_FLUSH` 反复调用，直到返回值小于数组长度；而且只有 `new Deflater(level, true)` 才是原始格式。' } },
      rust: { code: 'Compress::new(Compression::default(), true)', text: { en: 'The second argument of flate2 is `zlib_header`. With `false` it is raw, as `DeflateEncoder` is and `ZlibEncoder` is not.', zh: 'flate2 的第二个参数是 `zlib_header`。传 `false` 才是原始格式；`DeflateEncoder` 是，`ZlibEncoder` 不是。' } },
    },
    misbehave: 'deflate-zlib',
  },

  MESSAGE_SPLIT_AT_125: {
    clause: 'An unfragmented message consists of a single frame with the FIN bit set (Section 5.2) and an opcode other than 0.',
    why: {
      en: 'A frame with FIN and an opcode other than 0 is a whole message. 125 is the most that the shortest form of the length can say, and the most in a control frame; a message may be longer. Cut there, a text comes as two `message` events in both browsers, and `JSON.parse` fails at each half. Cut within a character, it ends the connection.',
      zh: '带 FIN、操作码不为 0 的帧就是一条完整的消息。125 只是长度最短形式能表示的上限，也是控制帧的上限；消息可以更长。在这里切开，两种浏览器都会触发两次 `message`，每一半都过不了 `JSON.parse`。如果切在字符中间，连接就断了。',
    },
    example: {
      fromServer: '81 7d 61*125 81 01 61',
      note: {
        en: 'A text of 126 letters: 125 in one message, and the last letter in another.',
        zh: '126 个字母的文本：125 个在一条消息里，最后一个成了另一条。',
      },
    },
    ways: {
      php: { code: 'foreach (str_split($text, 125) as $part)\n    $out .= "\\x81" . chr(strlen($part)) . $part;', text: { en: "The line is in many copied servers: it saves the two longer forms of the length. `pack('n', …)` behind chr(126) is the second of them.", zh: "许多抄来的服务器里都有这一段：省得写另外两种长度形式。其实第二种只是在 chr(126) 后面加 `pack('n', …)`。" } },
      node: { code: 'text.match(/.{1,125}/g).forEach(send);', text: { en: 'The pieces are characters, and `.` matches no line end, so that these are lost besides.', zh: '切出来的是字符而不是字节；而且 `.` 不匹配换行，换行还会丢掉。' } },
      python: { code: "sock.sendall(b'\\x81' + bytes([len(part)]) + part)", text: { en: "`bytes([256])` raises a ValueError, and cutting the message made it go away. `struct.pack('!BBH', 0x81, 126, n)` is what was missing.", zh: "`bytes([256])` 会抛 ValueError，切开消息后它就不再出现。真正缺的是 `struct.pack('!BBH', 0x81, 126, n)`。" } },
      go: { code: 'io.CopyBuffer(frames, r, make([]byte, 125))', text: { en: 'An `io.Writer` makes a whole message of each `Write`. Let it send fragments, and the last one on `Close`.', zh: '这个 `io.Writer` 把每次 `Write` 都当成一条完整的消息。应当让它发分片，在 `Close` 时发最后一个。' } },
      java: { code: 'for (int at = 0; at < data.length; at += 125)', text: { en: 'A `byte` ends at 127, and the loop keeps every length below it. `DataOutputStream.writeShort` behind 126 writes the longer ones.', zh: '`byte` 最大 127，这个循环让每个长度都不超过它。更长的用 126 加 `DataOutputStream.writeShort` 来写。' } },
      rust: { code: 'for part in data.chunks(125) {', text: { en: 'With chunks of 125 the cast `part.len() as u8` never loses a bit, so the code looks careful. The message is lost instead.', zh: '每块 125 字节，`part.len() as u8` 就永远不会丢位，代码显得很谨慎，丢的却是消息本身。' } },
    },
    misbehave: 'split-at-125',
  },

  MESSAGE_NOT_ENDED: {
    clause: 'The FIN bit (frame-fin) of the last frame containing the data MUST be set to 1 as defined in Section 5.2.',
    why: {
      en: 'The application is told of a message when its last fragment has come. Without FIN the receiver goes on collecting: Chromium and Firefox show no message and no error, and the script is told 1006 when the connection ends.',
      zh: '最后一个分片到了，应用才会得到消息。没有 FIN，接收方就一直攒着：Chromium 和 Firefox 既没有消息也没有错误，连接结束时脚本只得到 1006。',
    },
    example: {
      fromServer: '01 03 48 65 6c',
      note: {
        en: 'A first fragment, “Hel”, with FIN 0. Nothing follows.',
        zh: '第一个分片“Hel”，FIN 为 0，后面再没有了。',
      },
    },
    ways: {
      php: { code: 'chr(0x1) . chr(strlen($text)) . $text', text: { en: 'The first byte is the opcode alone; with FIN it is `chr(0x81)`. No browser shows a thing, and the server believes that it sent.', zh: '首字节只有操作码；加上 FIN 应是 `chr(0x81)`。浏览器什么都不显示，服务器却以为发出去了。' } },
      node: { code: "stream.on('data', (part) => ws.send(part, { fin: false }));", text: { en: "The `'end'` of the stream is not handled: `ws.send('', { fin: true })` ends the message.", zh: "没有处理流的 `'end'`：要用 `ws.send('', { fin: true })` 结束这条消息。" } },
      python: { code: 'while part := f.read(4096):\n    send(part, fin=len(part) < 4096)', text: { en: 'A file of exactly 4,096 bytes, or of a multiple, has no shorter last part, and the loop ends without FIN.', zh: '文件恰好是 4,096 字节或其整数倍时，没有更短的最后一段，循环结束也没发出 FIN。' } },
      go: { code: 'w, _ := conn.NextWriter(websocket.BinaryMessage)\nio.Copy(w, file)', text: { en: "gorilla/websocket's writer sends the last fragment in `Close`, and that call is missing.", zh: 'gorilla/websocket 的 writer 在 `Close` 时才发最后一个分片，而这里没有调用。' } },
      java: { code: 'Writer out = session.getBasicRemote().getSendWriter();', text: { en: 'As with any `Writer`, an exception before `close()` leaves it open, and the message with it. Use try-with-resources.', zh: '和任何 `Writer` 一样，`close()` 之前抛了异常它就一直开着，消息也就没有结束。应当用 try-with-resources。' } },
      rust: { code: 'let part = source.next().await.transpose()?;', text: { en: 'The `?` leaves the loop when the source fails, between two fragments. The connection stays open and the message, too.', zh: '数据源一出错，`?` 就在两个分片之间跳出循环。连接还开着，消息也一直没有结束。' } },
    },
    misbehave: 'message-never-ends',
  },

  MESSAGE_DEFLATE_EMPTY: {
    clause: "If the compression library being used doesn't generate any data when its buffer is empty, an empty uncompressed DEFLATE block can be built and used for this purpose as follows: 0x00",
    why: {
      en: 'A compressed payload ends in the first byte of an empty block, whose other four are taken off; the receiver appends them again. So even an empty message has that byte, 00. Chromium and Firefox deliver a payload without it as an empty message. An inflater that goes by the book is given four bytes that begin in the middle of a block.',
      zh: '压缩后的载荷以一个空块的首字节结尾，其余四个字节被去掉，由接收方补回来。所以空消息也有这个字节，即 00。没有它的载荷，Chromium 和 Firefox 会当作空消息交付；按规范来的解压器得到的却是从块中间开始的四个字节。',
    },
    example: {
      request: [...good.request, 'Sec-WebSocket-Extensions: permessage-deflate'],
      response: [...good.response, 'Sec-WebSocket-Extensions: permessage-deflate'],
      fromServer: 'c1 00',
      note: {
        en: 'RSV1 is set and the length is 0. The empty message, compressed, is c1 01 00.',
        zh: 'RSV1 为 1，长度为 0。压缩后的空消息应是 c1 01 00。',
      },
    },
    ways: {
      php: { code: 'substr(deflate_add($ctx, $text, ZLIB_SYNC_FLUSH), 0, -4)', text: { en: '`deflate_add` returns an empty string for an empty text, unless it is told to finish; `substr` has nothing to take off, and RSV1 is set.', zh: '对空文本，`deflate_add` 返回空串，除非让它结束整个流；`substr` 没有东西可去，而 RSV1 照样置了位。' } },
      node: { code: 'if (data.length === 0) return frame(0xc1, data);', text: { en: 'Nothing to compress, so the compressor is passed by; but RSV1 is set. Send it as 81 00, uncompressed.', zh: '没什么可压缩的，于是跳过压缩器，却仍然置了 RSV1。应当不压缩，发送 81 00。' } },
      python: { code: "payload.rstrip(b'\\x00\\x00\\xff\\xff')", text: { en: '`rstrip` takes a set of bytes and not a tail: of `00 00 00 ff ff` nothing is left, and longer payloads lose zeros, too. Use `[:-4]` or `removesuffix`.', zh: '`rstrip` 的参数是字节的集合而不是后缀：`00 00 00 ff ff` 一个不剩，更长的载荷也可能多丢零字节。应当用 `[:-4]` 或 `removesuffix`。' } },
      go: { text: { en: 'The frame is written by a wrapper whose `Write` compresses and whose `Close` sets FIN. An empty message never calls `Write`, and `Close` sends RSV1 with nothing behind it.', zh: '帧由一个包装类型来写：`Write` 负责压缩，`Close` 负责 FIN。空消息不会调用 `Write`，`Close` 就发出了 RSV1 为 1 的空帧。' } },
      java: { code: 'while (!deflater.needsInput()) …', text: { en: 'With an empty input `needsInput()` is true from the beginning, and the loop that calls `deflate` does not run once.', zh: '输入为空时 `needsInput()` 一开始就为真，调用 `deflate` 的循环一次也没执行。' } },
      rust: { code: 'let mut out = Vec::with_capacity(data.len());\nz.compress_vec(data, &mut out, FlushCompress::Sync)?;', text: { en: '`compress_vec` writes into the capacity that is there. For an empty message there is none, and nothing is written.', zh: '`compress_vec` 只写进已有的容量。空消息的容量是零，于是什么也没写。' } },
    },
    misbehave: 'deflate-empty-payload',
  },

  MESSAGE_LOOKS_LIKE_UTF16: {
    clause: 'The "Payload data" is text data encoded as UTF-8.',
    why: {
      en: 'A zero byte is a character of UTF-8, so that nobody objects to Latin letters in UTF-16. The script is given a string with U+0000 between the letters: it looks right in a console, is twice as long, and `JSON.parse` and `===` fail. Chinese in UTF-16 is rarely UTF-8, and ends the connection.',
      zh: '零字节在 UTF-8 里是一个合法的字符，所以用 UTF-16 写的拉丁字母谁也不会拒绝。脚本得到的字符串里，字母之间夹着 U+0000：在控制台里看着没问题，长度却是两倍，`JSON.parse` 和 `===` 都会失败。UTF-16 的中文几乎不可能是合法的 UTF-8，连接会直接断开。',
    },
    example: {
      fromServer: '81 0a 48 00 65 00 6c 00 6c 00 6f 00',
      note: {
        en: '“Hello” in ten bytes, and every second one is zero.',
        zh: '“Hello”占了十个字节，每隔一个就是零。',
      },
    },
    ways: {
      php: { code: "mb_convert_encoding($text, 'UTF-16LE')", text: { en: 'A database or a client on Windows wanted UTF-16, and the conversion stayed where messages are sent now.', zh: '某个 Windows 上的数据库或客户端要 UTF-16，这段转换就一直留在了如今发消息的地方。' } },
      node: { code: "Buffer.from(text, 'utf16le')", text: { en: 'A string in JavaScript is UTF-16, and so its bytes were taken to be. Give `ws.send` the string itself.', zh: 'JavaScript 的字符串是 UTF-16，于是以为它的字节也该是。把字符串本身交给 `ws.send` 就行。' } },
      python: { code: "text.encode('utf-16-le')", text: { en: 'It was written for an API of Windows or a device, and the same bytes go into the frame.', zh: '原本是为 Windows API 或某个设备写的，同样的字节被放进了帧里。' } },
      go: { code: 'binary.Write(&buf, binary.LittleEndian, utf16.Encode([]rune(s)))', text: { en: 'A string of Go is UTF-8 already: `[]byte(s)`. The detour is for system calls of Windows.', zh: 'Go 的字符串本来就是 UTF-8：`[]byte(s)` 即可。绕这一圈是给 Windows 系统调用用的。' } },
      java: { code: 'out.writeChars(text);', text: { en: '`DataOutputStream.writeChars` writes two bytes for each `char`, the higher first. `out.write(text.getBytes(UTF_8))` is meant.', zh: '`DataOutputStream.writeChars` 每个 `char` 写两个字节，高位在前。应当用 `out.write(text.getBytes(UTF_8))`。' } },
      rust: { code: 'name.encode_wide().flat_map(u16::to_le_bytes)', text: { en: 'An `OsStr` of Windows is turned into bytes by its own encoding. `to_string_lossy` makes UTF-8 of it.', zh: '把 Windows 的 `OsStr` 按它自己的编码变成了字节。`to_string_lossy` 得到的才是 UTF-8。' } },
    },
  },

  MESSAGE_CONTEXT_TAKEN_OVER: {
    clause: 'If the "agreed parameters" contain the "server_no_context_takeover" extension parameter, the server MUST start compressing each new message with an empty LZ77 sliding window.',
    why: {
      en: 'Without context takeover the other end may forget every message when it is over, which saves it some 32 KiB a connection. A message that refers back to one before it then refers to nothing. Chromium and Firefox keep their window all the same and deliver the message, so that the mistake waits for the first client that does as agreed.',
      zh: '约定不沿用上下文时，对端可以在每条消息结束后忘掉它，每个连接省下大约 32 KiB。此时引用了前一条消息的内容，就引用到了空处。Chromium 和 Firefox 仍然保留窗口并交付消息，所以这个错误要等到第一个照约定办事的客户端才会暴露。',
    },
    example: {
      request: [...good.request, 'Sec-WebSocket-Extensions: permessage-deflate'],
      response: [...good.response, 'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover'],
      fromServer: 'c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00',
      note: {
        en: '“Hello” twice. The second time f2 00 11 00 says “H, and then four bytes as they stood five bytes ago”: in the message before.',
        zh: '两次“Hello”。第二次的 f2 00 11 00 表示“H，然后是五个字节之前的四个字节”，也就是上一条消息里的。',
      },
    },
    ways: {
      php: { code: '$this->ctx ??= deflate_init(ZLIB_ENCODING_RAW);', text: { en: 'The context is made once a connection, and the answer repeats whatever parameters the client offered. Make a new one for each message where the parameter was agreed on.', zh: '上下文每个连接只建一次，而响应把客户端提出的参数照抄回去。约定了这个参数，就要为每条消息新建一个。' } },
      node: { code: 'const deflate = zlib.createDeflateRaw();', text: { en: 'One stream serves the connection, and `deflate.reset()` is not called behind a message. `ws` does it by what was agreed on.', zh: '整个连接共用一个流，消息之后没有调用 `deflate.reset()`。`ws` 会根据协商结果来做。' } },
      python: { code: 'self.compressor = zlib.compressobj(wbits=-15)', text: { en: 'It stands in `__init__`. `flush(zlib.Z_SYNC_FLUSH)` empties the output and not the window; only a new object does.', zh: '它写在 `__init__` 里。`flush(zlib.Z_SYNC_FLUSH)` 清空的是输出而不是窗口；只有新建对象才行。' } },
      go: { code: 'w.Write(p)\nw.Flush()', text: { en: '`Flush` of `flate.Writer` keeps the window for the next message. `w.Reset(&buf)` empties it.', zh: '`flate.Writer` 的 `Flush` 会把窗口留给下一条消息。`w.Reset(&buf)` 才会清空它。' } },
      java: { code: 'deflater.setInput(bytes);', text: { en: '`setInput` gives new data to the old window; `deflater.reset()` has to come before it. A `Deflater` in a pool, besides, refers to the messages of other connections.', zh: '`setInput` 只是给旧窗口喂新数据，前面要先调用 `deflater.reset()`。放在池里的 `Deflater` 还会引用到别的连接的消息。' } },
      rust: { code: 'if params.client_no_context_takeover { compress.reset() }', text: { en: 'On the server it is `server_no_context_takeover` that is about what it compresses. The two names are about who sends.', zh: '在服务器上，与它自己的压缩有关的是 `server_no_context_takeover`。两个名字说的都是发送方。' } },
    },
    misbehave: 'deflate-refers-back',
  },

  MESSAGE_WINDOW_EXCEEDED: {
    clause: 'If the "agreed parameters" contain the "server_max_window_bits" extension parameter with a value of w, the server MUST NOT use an LZ77 sliding window longer than the w-th power of 2 bytes to compress messages to send.',
    why: {
      en: 'The other end reserves as many bytes as were agreed on, which may be all that a small device has. What lies further back is overwritten, and the message does not inflate. With a window of 256 bytes Chromium and Firefox both delivered a message that referred back 290, so that the mistake does not show there.',
      zh: '对端只按约定的大小留内存，小设备也许就只有这么多。更早的内容已被覆盖，消息便解不开。窗口约定为 256 字节时，实测 Chromium 和 Firefox 都交付了一条向前引用 290 字节的消息，所以在浏览器里看不出这个错误。',
    },
    example: {
      request: [...good.request, 'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=8'],
      response: [...good.response, 'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=8'],
      fromServer: 'c1 7e 01 35 00 2c 01 d3 fe 61*300 42 84 10 00',
      note: {
        en: '2⁸ = 256 bytes were agreed on. Behind 300 letters as they are, 42 84 10 refers back 290 bytes.',
        zh: '约定的是 2⁸ = 256 字节。300 个未压缩的字母之后，42 84 10 向前引用了 290 字节。',
      },
    },
    ways: {
      php: { code: "deflate_init(ZLIB_ENCODING_RAW, ['level' => 6])", text: { en: "The option `window` is left at 15, whatever the answer says. It takes the same number: `'window' => $bits`.", zh: "选项 `window` 一直是默认的 15，与响应里写的无关。把同一个数传进去：`'window' => $bits`。" } },
      node: { code: 'zlib.createDeflateRaw({ windowBits: clientMaxWindowBits })', text: { en: "A server compresses by `server_max_window_bits`; the client's number is for inflating what the client sends.", zh: '服务器压缩要看 `server_max_window_bits`；客户端的那个数是用来解压客户端消息的。' } },
      python: { code: 'zlib.compressobj(wbits=-zlib.MAX_WBITS)', text: { en: 'The usual way to write raw DEFLATE has 15 in it. It is `-bits` with what was agreed on.', zh: '写原始 DEFLATE 的惯用法里带着 15。应当是 `-bits`，取协商的值。' } },
      go: { code: 'flate.NewWriter(&buf, flate.DefaultCompression)', text: { en: '`compress/flate` has one window, 32 KiB, and no parameter for it. A server built on it has to decline an offer with `server_max_window_bits` below 15.', zh: '`compress/flate` 只有一种窗口，即 32 KiB，没有参数可调。基于它的服务器必须拒绝 `server_max_window_bits` 小于 15 的提议。' } },
      java: { code: 'new Deflater(level, true)', text: { en: '`java.util.zip` knows a level and a strategy, but no window bits: the code reads the parameter, sends it back, and has nowhere to put it.', zh: '`java.util.zip` 只有级别和策略，没有窗口位数：代码读了参数，答复了参数，却没有地方可用。' } },
      rust: { code: 'Compress::new(Compression::default(), false)', text: { en: 'flate2 takes the bits in `new_with_window_bits`, which only its backends made of zlib have. With the default one, decline the offer.', zh: 'flate2 要用 `new_with_window_bits` 传位数，而只有基于 zlib 的后端才有它。用默认后端时应当拒绝这个提议。' } },
    },
    misbehave: 'deflate-beyond-window',
  },
} satisfies Record<string, RulePage>;
