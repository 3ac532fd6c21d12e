import { request, response } from './good';
import type { RulePage } from './page';
import { client, hello, helloBack, opened, server } from './server-moments';

const stream = 'TCP provides a reliable, in-order, byte-stream service to applications. The application byte-stream is conveyed over the network via TCP segments, with each TCP segment sent as an Internet Protocol (IP) datagram.';
const fragmented = 'A fragmented message consists of a single frame with the FIN bit clear and an opcode other than 0, followed by zero or more frames with the FIN bit clear and the opcode set to 0, and terminated by a single frame with the FIN bit set and an opcode of 0.';

const firstAndSecond = '81 85 b7 fa a1 bd d1 93 d3 ce c3 81 86 b7 fa a1 bd c4 9f c2 d2 d9 9e';

/** So many times `xxxx`, as a client masks it. */
const masked = (times: number) => 'cf82d9c5'.repeat(times);

export const serverFrames = {
  SERVER_ENDS_AT_A_TEXT: {
    clause: '',
    why: {
      en: 'This need not be wrong: a server may want JSON, a login first, or binary messages alone, and closing with 1003 or 1008 is its right. It is told because nothing more can then be asked of it about messages, and because an exception in a handler looks just the same.',
      zh: '这未必是错：服务器可能只要 JSON，可能要求先登录，也可能只收二进制消息，用 1003 或 1008 关闭是它的权利。之所以提出来，一是之后没法再问它关于消息的事，二是处理函数里的异常看起来完全一样。',
    },
    example: {
      timeline: [...opened, client(100, hello), server(101, '88 02 03 eb'), { at: 102, from: 'server', ended: 'fin' }],
      note: { en: 'To the text `Hello` the server answers Close with 1003 (03 eb) and ends the connection.', zh: '对文本 `Hello`，服务器答复状态码 1003（03 eb）的 Close，并结束连接。' },
    },
    ways: {
      php: { code: '$data = json_decode($msg, flags: JSON_THROW_ON_ERROR);', text: { en: 'An uncaught `JsonException`. In Ratchet it arrives in `onError`, whose examples all say `$conn->close()`; log `$e->getMessage()` there.', zh: '没有捕获的 `JsonException`。在 Ratchet 里它会到 `onError`，而那里的例子都写着 `$conn->close()`；在那里记下 `$e->getMessage()`。' } },
      node: { code: "ws.on('message', (m) => handle(JSON.parse(m)));", text: { en: '`JSON.parse` throws in the listener, and then the whole process ends, not this connection alone. `try`, and `ws.close(1003)` or an answer that says what was wrong.', zh: '`JSON.parse` 在监听器里抛异常，结束的是整个进程，不只是这个连接。用 `try`，再 `ws.close(1003)`，或答复说明错在哪里。' } },
      python: { code: 'async for message in websocket:\n    event = json.loads(message)', text: { en: 'An exception that leaves the handler closes with 1011 in `websockets`, and is in the log of `websockets.server`.', zh: '在 `websockets` 里，异常跑出处理函数就会以 1011 关闭，详情在 `websockets.server` 的日志里。' } },
      go: { code: 'if err := conn.ReadJSON(&msg); err != nil { return }', text: { en: 'The handler returns and its `defer conn.Close()` ends the connection, without a Close frame in gorilla. `wsjson.Read` of coder/websocket closes with 1007.', zh: '处理函数返回，`defer conn.Close()` 结束连接，gorilla 里连 Close 帧都没有。coder/websocket 的 `wsjson.Read` 会以 1007 关闭。' } },
      java: { code: 'session.close(CloseStatus.NOT_ACCEPTABLE);', text: { en: "Spring's `BinaryWebSocketHandler` answers every text so, with 1003, unless you override `handleTextMessage`. An exception in a Spring handler closes with 1011.", zh: 'Spring 的 `BinaryWebSocketHandler` 对每条文本都这样答复 1003，除非重写 `handleTextMessage`。Spring 处理器里的异常会以 1011 关闭。' } },
      rust: { code: 'let cmd: Command = serde_json::from_str(&text)?;', text: { en: 'The `?` ends the task, and the stream is dropped without a Close. Match on the result and send a `CloseFrame` with a code and a reason.', zh: '`?` 结束任务，流被丢弃，没有 Close。应对结果做 match，发送带状态码和原因的 `CloseFrame`。' } },
    },
  },
  SERVER_MESSAGE_WRONG: {
    clause: 'The length of the "Payload data", in bytes: if 0-125, that is the payload length. If 126, the following 2 bytes interpreted as a 16-bit unsigned integer are the payload length. If 127, the following 8 bytes interpreted as a 64-bit unsigned integer (the most significant bit MUST be 0) are the payload length. Multibyte length quantities are expressed in network byte order.',
    why: {
      en: 'Short messages work and long ones do not: the chat runs until somebody pastes a paragraph. The lengths at which it breaks tell where to look: 126 is the second form, 65,536 the third, and a break at 126 bytes of Chinese alone comes of counting characters.',
      zh: '短消息正常，长消息不行：聊天一直好好的，直到有人贴进一大段文字。在哪个长度出错就说明该看哪里：126 是第二种形式，65,536 是第三种，只有 126 字节的中文出错则是因为按字符计数。',
    },
    example: {
      timeline: [...opened, client(100, `81 fd b7 fa a1 bd ${masked(31)} cf`), server(101, '81 7d 78*125'), client(200, `81 fe 00 7e b7 fa a1 bd ${masked(31)} cf82`), { at: 3000, from: 'client', ended: 'fin' }],
      note: { en: '125 times `x` come back at once. 126 times `x`, one byte more and the first with a length in two bytes (00 7e), never do.', zh: '125 个 `x` 立刻回来了。126 个 `x` 只多一个字节，却是第一个用两字节长度（00 7e）的，再也没有回来。' },
    },
    ways: {
      php: { code: '$length = ord($data[1]) & 127;\n$masks = substr($data, 2, 4);', text: { en: 'No branch for 126 and 127. On the way out it is `chr(strlen($text))`, which `chr` takes modulo 256. `pack("n", …)` and `pack("J", …)` write the two long forms.', zh: '没有 126 和 127 的分支。写出时则是 `chr(strlen($text))`，`chr` 会对 256 取模。两种长形式用 `pack("n", …)` 和 `pack("J", …)` 写。' } },
      node: { code: 'if (len === 127) len = buf.readUInt32BE(2);', text: { en: 'The upper half of the eight bytes is read, which is 0 for all real messages: `readUInt32BE(6)`, or `Number(buf.readBigUInt64BE(2))`. Writing `str.length` for bytes fails with Chinese: `Buffer.byteLength(str)`.', zh: '读的是八个字节的高半部分，实际消息里总是 0：应为 `readUInt32BE(6)` 或 `Number(buf.readBigUInt64BE(2))`。用 `str.length` 当字节数，遇到中文就错：用 `Buffer.byteLength(str)`。' } },
      python: { code: "length = struct.unpack('H', data[2:4])[0]", text: { en: "Without `>` or `!` the order is the machine's, lowest byte first. `len(text)` of a `str` counts characters; encode first, then `len(data)`.", zh: '没有 `>` 或 `!`，字节序就是本机的，低位在前。对 `str` 用 `len(text)` 数的是字符；先编码，再 `len(data)`。' } },
      go: { code: 'if length == 126 { binary.Read(r, binary.LittleEndian, &n) }', text: { en: "`LittleEndian` where the network's order is `BigEndian`; or a `uint16` into which the third form is read as well. gorilla's `SetReadLimit` closes with 1009 above its limit: that is no such mistake.", zh: '网络字节序是 `BigEndian`，却写了 `LittleEndian`；或者用 `uint16` 去装第三种形式。gorilla 的 `SetReadLimit` 超限时以 1009 关闭，那不算这个错误。' } },
      java: { code: 'int length = (b[2] << 8) | b[3];', text: { en: 'Bytes are signed: from 128 on `b[3]` is negative and its ones fill the number. `(b[2] & 0xff) << 8 | (b[3] & 0xff)`. Also `text.length()` counts UTF-16 units.', zh: '字节是有符号的：`b[3]` 从 128 起是负数，符号位会填满整个数。应为 `(b[2] & 0xff) << 8 | (b[3] & 0xff)`。另外 `text.length()` 数的是 UTF-16 单元。' } },
      rust: { code: 'frame.push(payload.len() as u8);', text: { en: "`as u8` cuts without a word: 300 becomes 44, and 200 sets the mask bit. `u16::from_be_bytes` and `to_be_bytes` for the second form; clippy's `cast_possible_truncation` points at the cast.", zh: '`as u8` 不声不响地截断：300 变成 44，200 会置上掩码位。第二种形式用 `u16::from_be_bytes` 和 `to_be_bytes`；clippy 的 `cast_possible_truncation` 能指出这种转换。' } },
    },
  },
  SERVER_READS_LENGTH_AS_16_BITS: {
    clause: 'If 126, the following 2 bytes interpreted as a 16-bit unsigned integer are the payload length.',
    why: {
      en: 'Every frame is read as if its length had two bytes more. The masking-key is then taken from two bytes too far on, so that short texts come out as two or three odd characters; texts from 126 bytes on are right, which makes it look like a mistake of encoding.',
      zh: '每一帧都被当成长度多占两个字节来读。掩码密钥于是从后移两个字节的位置取，短文本变成两三个怪字符；126 字节以上的文本反而正确，看起来就像编码问题。',
    },
    example: {
      timeline: [...opened, client(100, hello), server(101, '81 03 6c 6c 27')],
      note: { en: "`Hello` comes back as `ll'`: the key was read as a1 bd ff 9f instead of b7 fa a1 bd, and three bytes were left for the payload.", zh: "`Hello` 回来变成 `ll'`：密钥读成了 a1 bd ff 9f，而不是 b7 fa a1 bd，留给载荷的只剩三个字节。" },
    },
    ways: {
      php: { code: 'if ($len = 126) { $masks = substr($data, 4, 4); }', text: { en: 'One `=`: it assigns 126 and is true. Write `===`, or the constant first, `126 === $len`, which fails to parse with one `=`.', zh: '只写了一个 `=`：把 126 赋了值，条件恒为真。写 `===`，或把常量放前面 `126 === $len`，少写等号就无法解析。' } },
      node: { code: 'if (length = 126) offset = 4;', text: { en: 'JavaScript lets it pass as PHP does, unless `length` is a `const`: then it throws. ESLint reports it as `no-cond-assign`, which is among its recommended rules.', zh: 'JavaScript 和 PHP 一样放行，除非 `length` 是 `const`，那会抛异常。ESLint 推荐规则里的 `no-cond-assign` 会报出来。' } },
      python: { code: 'if length == 126 or 127:', text: { en: 'Read as `(length == 126) or 127`, and 127 is true. `in (126, 127)` is meant, and then each by itself.', zh: '会读成 `(length == 126) or 127`，而 127 为真。本意是 `in (126, 127)`，而且两者还要分开处理。' } },
      go: { code: 'var h struct { First, Second byte; Length uint16; Key [4]byte }\nbinary.Read(r, binary.BigEndian, &h)', text: { en: 'A struct for the header, after the figure of the RFC, whose two bytes of extended length are there only for 126. Read two bytes first and decide then.', zh: '照着 RFC 的图画了一个头部结构体，而图里那两个字节的扩展长度只有 126 时才有。先读两个字节，再决定。' } },
      java: { code: 'int first = in.read(), second = in.read();\nint length = in.readUnsignedShort();', text: { en: 'A `readUnsignedShort`, or `getShort()` of a `ByteBuffer`, without an `if` about the second byte around it. `if (length = 126)` itself does not compile in Java.', zh: '`readUnsignedShort` 或 `ByteBuffer` 的 `getShort()` 外面没有针对第二个字节的 `if`。`if (length = 126)` 本身在 Java 里无法编译。' } },
      rust: { code: 'match length {\n    TWO_BYTES => read_u16(buf),\n    _ => length as usize,\n}', text: { en: 'If the constant `TWO_BYTES` is not in scope, the name is a new variable that matches everything. The compiler warns of an unreachable pattern below it.', zh: '如果常量 `TWO_BYTES` 不在作用域内，它就成了匹配一切的新变量。编译器会警告下面的模式不可达。' } },
    },
  },
  SERVER_IGNORES_LENGTH: {
    clause: 'Arbitrary "Application data", taking up the remainder of the frame after any "Extension data". The length of the "Application data" is equal to the payload length minus the length of the "Extension data".',
    why: {
      en: 'The length is what tells where a frame ends. Who unmasks all that a read brought gets one message with noise behind it whenever two frames arrive together, which fast typing, a busy network or a proxy sees to. On a quiet loopback it never shows.',
      zh: '一帧到哪里结束，全靠长度。把一次读到的内容全部去掩码，两帧一起到达时就得到一条后面带乱码的消息；打字快、网络忙或经过代理都会这样。在安静的本机上永远看不出来。',
    },
    example: {
      timeline: [...opened, client(100, firstAndSecond), server(101, '81 11 66 69 72 73 74 7b 27 0a 4d 5b 1c 79 28 38 73 64 29')],
      note: { en: 'Two messages, `first` and `second`, in one write. One comes back, of 17 bytes: `first`, and then the second frame, header and key and all, unmasked with the wrong bytes of the first key.', zh: '`first` 和 `second` 两条消息在一次写入里发出。回来的只有一条，17 字节：`first`，后面是第二帧连同头部和密钥，用第一个密钥错位的字节去了掩码。' },
    },
    ways: {
      php: { code: '$data = substr($payload, 6);\nfor ($i = 0; $i < strlen($data); ++$i) { $text .= $data[$i] ^ $masks[$i % 4]; }', text: { en: 'The `unmask` function of most tutorials: the length only chooses where the key stands. `substr($payload, 6, $length)`, and what follows is kept for the next frame.', zh: '大多数教程里的 `unmask` 函数：长度只用来决定密钥的位置。应为 `substr($payload, 6, $length)`，后面的内容留给下一帧。' } },
      node: { code: 'const data = buf.slice(6).map((b, i) => b ^ mask[i % 4]);', text: { en: '`slice(6)` without an end. `subarray(6, 6 + length)`, in a loop that goes on behind it.', zh: '`slice(6)` 没有终点。应为 `subarray(6, 6 + length)`，并在循环里接着处理后面的。' } },
      python: { code: 'decoded = [data[i] ^ masks[(i - 6) % 4] for i in range(6, len(data))]', text: { en: '`range(6, len(data))` goes to the end of what `recv` brought. It is the much-copied answer to “how to decode a frame”, which was given for one frame alone.', zh: '`range(6, len(data))` 一直到 `recv` 带来的内容末尾。这是“怎样解码一帧”的经典回答，原本只针对单独一帧。' } },
      go: { code: 'for i, b := range buf[6:n] { out = append(out, b^mask[i%4]) }', text: { en: '`n` is what `Read` brought, not what the header says. With a `bufio.Reader` and `io.ReadFull` of `length` bytes the question does not come up.', zh: '`n` 是 `Read` 读到的字节数，不是头部声明的长度。用 `bufio.Reader` 加 `io.ReadFull` 读 `length` 个字节，就没有这个问题。' } },
      java: { code: 'for (int i = 6; i < read; i++) text[i - 6] = (byte) (buf[i] ^ buf[2 + (i - 6) % 4]);', text: { en: 'In handlers around one `in.read(buf)`. `DataInputStream.readFully(payload, 0, length)` takes exactly one payload.', zh: '围绕一次 `in.read(buf)` 写的处理程序。`DataInputStream.readFully(payload, 0, length)` 正好取一个载荷。' } },
      rust: { code: 'for (i, byte) in buf[6..n].iter_mut().enumerate() { *byte ^= key[i % 4]; }', text: { en: 'A slice up to `n`, the result of `read`. With `BytesMut`, `split_to(6 + length)` takes the frame and leaves the rest.', zh: '切到 `read` 的结果 `n` 为止。用 `BytesMut` 的 `split_to(6 + length)` 取走一帧，其余留下。' } },
    },
  },
  SERVER_READS_ONE_FRAME_A_READ: {
    clause: stream,
    why: {
      en: 'What two writes sent, one read may bring. The first frame is answered, the second thrown away without a trace: messages are missing now and then, most of all those that a page sends one after another at its start.',
      zh: '两次写入的内容，可能一次就读到。第一帧得到处理，第二帧不留痕迹地丢掉：消息时不时少一条，尤其是网页刚打开时连着发的那几条。',
    },
    example: {
      timeline: [...opened, client(100, firstAndSecond), server(101, '81 05 66 69 72 73 74')],
      note: { en: 'Two frames in one write, with no fault in either. Only `first` comes back, however long one waits.', zh: '一次写入里有两帧，都没有问题。回来的只有 `first`，等多久都一样。' },
    },
    ways: {
      php: { code: '$data = socket_read($socket, 2048);\n$text = unmask($data);', text: { en: 'One `unmask` for each `socket_read`. Keep a buffer for each client, and take frames from it in a `while` loop until it holds no whole one.', zh: '每次 `socket_read` 只 `unmask` 一次。给每个客户端留一个缓冲区，用 `while` 循环不断取帧，直到不足一帧为止。' } },
      node: { code: "socket.on('data', (buf) => onMessage(decode(buf)));", text: { en: 'One `decode` for each `data` event: an event is a piece of the stream and no message. Node joins small writes readily, so this shows early.', zh: '每个 `data` 事件只 `decode` 一次：事件是流的一段，不是一条消息。小的写入很容易合在一起，所以很快就会暴露。' } },
      python: { code: 'def data_received(self, data):\n    self.handle(parse_frame(data))', text: { en: '`data_received` of `asyncio.Protocol` has no boundaries either. Append to `self.buffer`, parse in a `while`; or use streams, where `readexactly` leaves the rest.', zh: '`asyncio.Protocol` 的 `data_received` 也没有边界。追加到 `self.buffer`，用 `while` 解析；或改用 streams，`readexactly` 会把其余的留下。' } },
      go: { code: 'n, err := conn.Read(buf)\nframe := parse(buf[:n])', text: { en: 'Read into a fixed buffer, parsed once. `r := bufio.NewReader(conn)` once for each connection, and all reads through it.', zh: '读进固定缓冲区，只解析一次。每个连接建一次 `r := bufio.NewReader(conn)`，所有读取都通过它。' } },
      java: { code: 'channel.read(buffer);\nbuffer.flip();\nhandle(decode(buffer));\nbuffer.clear();', text: { en: '`clear()` throws away what stands behind the first frame; `compact()` keeps it. In Netty it is a handler on `ByteBuf` where a `ByteToMessageDecoder` was meant.', zh: '`clear()` 会丢掉第一帧后面的内容，`compact()` 才保留。在 Netty 里，则是直接处理 `ByteBuf`，而该用 `ByteToMessageDecoder`。' } },
      rust: { code: 'let n = stream.read(&mut buf).await?;\nlet frame = Frame::parse(&buf[..n])?;', text: { en: '`buf` is overwritten by the next `read`. A `tokio_util::codec::Decoder` is called again and again while it returns `Some`.', zh: '下一次 `read` 会覆盖 `buf`。`tokio_util::codec::Decoder` 只要还返回 `Some` 就会被反复调用。' } },
    },
  },
  SERVER_CUTS_FRAMES_AT_READS: {
    clause: stream,
    why: {
      en: 'A frame may arrive in pieces, cut anywhere: at 1,460 bytes of a segment, at 16 KiB of a TLS record, between header and payload. A server that judges the first piece drops it, and takes the second for a new frame, whose first byte is anything. From there on the connection is lost.',
      zh: '一帧可能分几段到达，断在任何地方：1,460 字节的报文段、16 KiB 的 TLS 记录、头部与载荷之间。只看第一段的服务器会丢掉它，再把第二段当成新的帧，首字节是什么都有可能。从此这条连接就乱了。',
    },
    example: {
      timeline: [...opened, client(100, '81 85 b7 fa a1 bd ff 9f'), client(200, 'cd d1 d8'), { at: 3000, from: 'client', ended: 'fin' }],
      note: { en: 'The frame of `Hello`, cut two bytes into its payload, with 100 ms between the pieces. Nothing comes back.', zh: '`Hello` 这一帧在载荷的第二个字节后断开，两段相隔 100 毫秒。什么也没有回来。' },
    },
    ways: {
      php: { code: "if (strlen($data) < $length + 6) { return ''; }", text: { en: 'The check is there, but `$data` is a local variable and is gone with the `return`. It must be a buffer of the client, to which the next read is appended.', zh: '检查是有的，但 `$data` 是局部变量，`return` 之后就没了。它必须是客户端的缓冲区，下一次读到的内容接在后面。' } },
      node: { code: "socket.on('data', (buf) => { if (buf.length < need) return; … });", text: { en: 'The piece is dropped by `return`. `this.input = Buffer.concat([this.input, buf])` before anything is looked at.', zh: '`return` 把这一段丢了。先 `this.input = Buffer.concat([this.input, buf])`，再看别的。' } },
      python: { code: 'payload = conn.recv(length)', text: { en: '`recv(n)` gives up to n bytes. It works for short messages, so it is long trusted. `readexactly` in asyncio; in `socket`, a loop or `conn.recv(length, socket.MSG_WAITALL)`.', zh: '`recv(n)` 最多返回 n 个字节。短消息没问题，所以很久都没人怀疑。asyncio 用 `readexactly`；`socket` 用循环，或 `conn.recv(length, socket.MSG_WAITALL)`。' } },
      go: { code: 'payload := make([]byte, length)\nconn.Read(payload)', text: { en: '`Read` may bring less, and its `n` is not looked at: the rest of the payload is zeros. `io.ReadFull(r, payload)`.', zh: '`Read` 可能读得更少，`n` 又没看：载荷剩下的部分全是零。用 `io.ReadFull(r, payload)`。' } },
      java: { code: 'byte[] payload = new byte[length];\nin.read(payload);', text: { en: 'As in Go, the rest stays zero. `in.readNBytes(payload, 0, length)`, or `DataInputStream.readFully`, which also tells of an end that comes too soon.', zh: '和 Go 一样，剩下的都是零。用 `in.readNBytes(payload, 0, length)` 或 `DataInputStream.readFully`，后者还能报出提前结束。' } },
      rust: { code: 'tokio::select! { r = stream.read_exact(&mut header) => …, m = rx.recv() => … }', text: { en: '`read` for `read_exact`, which clippy reports as `unused_io_amount`; or `read_exact` in a `select!`: if the other branch wins, the bytes that it had read are lost.', zh: '把 `read_exact` 写成了 `read`，clippy 会报 `unused_io_amount`；或在 `select!` 里用 `read_exact`：另一个分支先完成时，已读的字节就丢了。' } },
    },
  },
  SERVER_NEEDS_WHOLE_HEADER: {
    clause: stream,
    why: {
      en: "Two bytes seem too few to be torn apart, so this last case is forgotten where the payload is put together well. A segment that ends right after a frame's first byte is rare; when it comes, a healthy connection is closed with 1002, or the frame is read as empty.",
      zh: '两个字节似乎少得不会被拆开，所以载荷拼得很好的代码也常漏掉这最后一种情况。报文段恰好断在一帧的首字节之后很少见；一旦遇上，好端端的连接会被 1002 关闭，或者这一帧被读成空的。',
    },
    example: {
      timeline: [...opened, client(100, '81'), server(101, '88 02 03 ea'), { at: 102, from: 'server', ended: 'fin' }, client(200, '85 b7 fa a1 bd ff 9f cd d1 d8')],
      note: { en: 'The first byte of the frame comes alone. Within a millisecond the server answers Close 1002, “not masked”, for a second byte that it had not seen yet.', zh: '帧的首字节单独到达。不到一毫秒，服务器就以 1002 关闭，理由是“没有掩码”，而第二个字节它还没见到。' },
    },
    ways: {
      php: { code: '$length = ord($buffer[1]) & 127;', text: { en: '`$buffer[1]` of one byte is a warning, “Uninitialized string offset 1”, and `ord("")` is 0: an unmasked frame of length 0. `strlen($buffer) < 2` first.', zh: '只有一个字节时，`$buffer[1]` 发出警告“Uninitialized string offset 1”，`ord("")` 是 0：成了长度为 0、没有掩码的帧。先看 `strlen($buffer) < 2`。' } },
      node: { code: 'const masked = buf[1] & 0x80;', text: { en: '`buf[1]` is `undefined`, and `undefined & 0x80` is 0, without an error. `readUInt8(1)` would throw a `RangeError` instead, which is no better without a check.', zh: '`buf[1]` 是 `undefined`，而 `undefined & 0x80` 是 0，不会报错。换成 `readUInt8(1)` 会抛 `RangeError`，不检查也好不到哪去。' } },
      python: { code: 'b1, b2 = conn.recv(2)', text: { en: '`ValueError: not enough values to unpack (expected 2, got 1)`, which ends the thread. `readexactly(2)` waits for both.', zh: '`ValueError: not enough values to unpack (expected 2, got 1)`，线程就此结束。`readexactly(2)` 会等两个字节都到。' } },
      go: { code: 'conn.Read(header[:2])\nlength := header[1] & 0x7f', text: { en: 'If one byte came, `header[1]` is the one of the frame before, still in the buffer: the length is plausible and wrong. `io.ReadFull(r, header[:2])`.', zh: '只来了一个字节时，`header[1]` 还是上一帧留在缓冲区里的：长度看着合理，其实是错的。用 `io.ReadFull(r, header[:2])`。' } },
      java: { code: 'byte first = buffer.get();\nbyte second = buffer.get();', text: { en: '`BufferUnderflowException`; or, where it is caught, the first byte has been taken and is not put back. `buffer.mark()` before and `buffer.reset()` after.', zh: '抛出 `BufferUnderflowException`；即使捕获了，首字节也已取走，没有放回。先 `buffer.mark()`，不够再 `buffer.reset()`。' } },
      rust: { code: 'let (first, second) = (buf[0], buf[1]);', text: { en: 'Of a slice `&buf[..n]` this panics, of a whole array it reads what was there before. `let [first, second, rest @ ..] = bytes else { return Ok(None) };` asks and takes in one.', zh: '对切片 `&buf[..n]` 会 panic，对整个数组则读到旧内容。`let [first, second, rest @ ..] = bytes else { return Ok(None) };` 判断和取值一步完成。' } },
    },
  },
  SERVER_DROPS_FRAMES_WITH_HEAD: {
    clause: "Once the client's opening handshake has been sent, the client MUST wait for a response from the server before sending any further data.",
    why: {
      en: "A good client waits, so this is a note. Browsers never send first. But clients of one's own, for devices say, save a round trip by sending request and first frame together; and a proxy that holds the request back may hand over both at once.",
      zh: '规矩的客户端会等待，所以这只是提示。浏览器绝不会先发。但自己写的客户端（比如设备上的）为了省一个往返，会把请求和第一帧一起发出；扣住请求的代理也可能把两者一并交过来。',
    },
    example: {
      timeline: [
        { at: 0, from: 'client', head: request, hex: hello },
        { at: 2, from: 'server', head: response },
        client(1000, '81 84 b7 fa a1 bd d6 9d c0 d4'),
        server(1001, '81 04 61 67 61 69'),
      ],
      note: { en: "`Hello` stands right behind the request's empty line and is never answered. A second message, after the 101, is.", zh: '`Hello` 紧跟在请求的空行之后，始终没有答复。101 之后的第二条消息则有。' },
    },
    ways: {
      php: { code: "$this->handshake($client, $buffer);\n$buffer = '';", text: { en: 'The buffer is emptied after the handshake, instead of keeping `substr($buffer, $end + 4)`. Code that waits until the buffer ends in `\\r\\n\\r\\n` even hangs.', zh: '握手后清空了缓冲区，而应保留 `substr($buffer, $end + 4)`。要等缓冲区以 `\\r\\n\\r\\n` 结尾的代码，甚至会一直挂着。' } },
      node: { code: "server.on('upgrade', (req, socket) => { … });", text: { en: 'The third argument, `head`, is left out: in it is what came behind the request. `wss.handleUpgrade(req, socket, head, …)` passes it on, `socket.unshift(head)` puts it back.', zh: '漏了第三个参数 `head`：请求后面的内容就在里面。`wss.handleUpgrade(req, socket, head, …)` 会传下去，`socket.unshift(head)` 会放回去。' } },
      python: { code: 'head, _, _ = data.partition(b"\\r\\n\\r\\n")', text: { en: 'The third part of `partition` is the beginning of the frames, and it is named `_`. A `makefile` for the head, dropped afterwards, takes along what it had read ahead.', zh: '`partition` 的第三部分就是帧的开头，却起名叫 `_`。用 `makefile` 读完头部就丢弃，它预读的内容也跟着没了。' } },
      go: { code: 'conn, _, err := w.(http.Hijacker).Hijack()', text: { en: 'The second result is the `bufio.ReadWriter` that has read ahead. Read through it: `bufrw.Reader.Buffered()` says how much it holds.', zh: '第二个返回值是已经预读的 `bufio.ReadWriter`。要通过它来读：`bufrw.Reader.Buffered()` 会告诉你里面有多少。' } },
      java: { code: 'Scanner s = new Scanner(in, "UTF-8");\nString data = s.useDelimiter("\\\\r\\\\n\\\\r\\\\n").next();', text: { en: 'A `Scanner` or `BufferedReader` reads ahead into a buffer of its own; whoever goes on with `in` misses those bytes, and what was decoded as UTF-8 cannot be turned back.', zh: '`Scanner` 或 `BufferedReader` 会预读进自己的缓冲区；接着用 `in` 读的人就漏掉了那些字节，而按 UTF-8 解码过的内容也还原不回来。' } },
      rust: { code: 'let Status::Complete(_) = req.parse(&buf)? else { continue };', text: { en: 'The number in `Complete` says where the frames begin in `buf`. With hyper, `upgraded.downcast()` gives `Parts`, whose `read_buf` belongs to them.', zh: '`Complete` 里的数字说明帧从 `buf` 的哪里开始。用 hyper 时，`upgraded.downcast()` 得到 `Parts`，其中的 `read_buf` 属于帧。' } },
    },
  },
  SERVER_WRITES_ONCE: {
    clause: stream,
    why: {
      en: "A write takes what has room in the system's buffer, some 100 KB or a few megabytes, and says how much that was. If the rest is forgotten the reader waits for the end of a payload, and takes the next frames for it. It hits large messages, and readers on slow lines.",
      zh: '一次写入只接收系统缓冲区放得下的部分，也许一百多 KB，也许几 MB，并返回实际写了多少。忘了其余部分，读的一方就一直等载荷结束，把后面的帧都当成它。受影响的是大消息和网速慢的读者。',
    },
    example: {
      timeline: [...opened, client(100, `81 fe 01 2c b7 fa a1 bd ${masked(75)}`), server(101, '81 7e 01 2c 78*180'), { at: 5000, from: 'server', ended: 'fin' }],
      also: ['FRAME_CUT'],
      note: { en: '`ws101 doctor` sends 5 MiB and reads late; 300 bytes stand for them here. The header announces all of them, 180 come, and then nothing but the end.', zh: '`ws101 doctor` 实际发送 5 MiB 并故意晚读，这里用 300 字节代替。头部声明了全部长度，只来了 180 字节，然后就是结束。' },
    },
    ways: {
      php: { code: 'socket_set_nonblock($client);\nsocket_write($client, $frame, strlen($frame));', text: { en: '`socket_write` and `fwrite` give the number of bytes written, and on sockets that do not block it is often less. Keep the rest and write it when `socket_select` names the socket as writable.', zh: '`socket_write` 和 `fwrite` 返回实际写出的字节数，非阻塞套接字上常常更少。留下其余部分，等 `socket_select` 报告可写时再写。' } },
      node: { code: 'socket.write(frame);\nsocket.destroy();', text: { en: 'Node keeps what cannot go out yet, so it is lost only where the socket is destroyed behind the write, or the process ends: `socket.end(frame)`. `write` that gives `false` asks you to wait for `drain`.', zh: 'Node 会保留暂时发不出去的内容，只有写完就 destroy 套接字或进程退出才会丢：用 `socket.end(frame)`。`write` 返回 `false` 是请你等 `drain`。' } },
      python: { code: 'conn.send(frame)', text: { en: '`send` gives the number of bytes that it took; `sendall` takes all. On a socket that does not block, `sendall` raises `BlockingIOError` in the middle, and nobody knows how much went out.', zh: '`send` 返回接收的字节数，`sendall` 才会全部写完。套接字非阻塞时，`sendall` 会在中途抛 `BlockingIOError`，写了多少谁也不知道。' } },
      go: { code: 'conn.SetWriteDeadline(time.Now().Add(time.Second))\nconn.Write(frame)', text: { en: "Go's `Write` writes all, or gives an error: a deadline stops it in the middle, and the next `Write` goes on with another frame. After a failed write the connection is to be closed.", zh: 'Go 的 `Write` 要么全部写完，要么返回错误：截止时间会让它停在中间，下一次 `Write` 又接着写另一帧。写失败之后应关闭连接。' } },
      java: { code: 'channel.write(ByteBuffer.wrap(frame));', text: { en: 'In NIO one `write` is one attempt: `while (buffer.hasRemaining())`, or better register `OP_WRITE` and go on later. `OutputStream.write` writes all.', zh: 'NIO 里一次 `write` 只是一次尝试：用 `while (buffer.hasRemaining())`，最好注册 `OP_WRITE` 之后再写。`OutputStream.write` 会全部写完。' } },
      rust: { code: 'stream.write(&frame).await?;', text: { en: '`write` for `write_all`; clippy reports it as `unused_io_amount`. A `write_all` that loses in `select!`, or is dropped by a timeout, has written a part as well.', zh: '把 `write_all` 写成了 `write`，clippy 会报 `unused_io_amount`。`write_all` 在 `select!` 里落败或被超时取消，同样只写了一部分。' } },
    },
  },
  SERVER_SPLITS_MESSAGES: {
    clause: fragmented,
    why: {
      en: 'Each piece is a message of its own to the page: `onmessage` comes several times, `JSON.parse` fails on the first, and a cut within a Chinese character makes text that is no UTF-8, which ends the connection. A message may be as long as one likes, in one frame or in fragments.',
      zh: '对网页来说，每一段都是一条独立的消息：`onmessage` 触发好几次，`JSON.parse` 在第一段就失败；如果切在一个汉字中间，文本就不是 UTF-8，连接随之结束。一条消息想多长都行，可以放在一帧里，也可以分片。',
    },
    example: {
      timeline: [...opened, client(100, `81 fe 04 4c b7 fa a1 bd ${masked(275)}`), server(101, '81 7e 04 00 78*1024 81 4c 78*76')],
      note: { en: 'A text of 1,100 bytes comes back as two messages, of 1,024 and 76. Both frames begin with 81: text, and FIN set.', zh: '1,100 字节的文本回来变成两条消息，1,024 和 76 字节。两帧都以 81 开头：文本，FIN 置位。' },
    },
    ways: {
      php: { code: 'foreach (str_split($text, 1024) as $part) { $this->send($client, $part); }', text: { en: 'Cut so that each piece fits a buffer. `$this->send` makes a whole frame with 0x81 each time; fragments begin with 0x01, then 0x00, and 0x80 for the last.', zh: '为了每段放得下缓冲区而切开。`$this->send` 每次都生成一个 0x81 的完整帧；分片应以 0x01 开头，中间 0x00，最后 0x80。' } },
      node: { code: "fs.createReadStream(path).on('data', (chunk) => ws.send(chunk));", text: { en: 'Each chunk of a stream becomes a message. `ws.send(chunk, { fin: false })` makes fragments; piping into `createWebSocketStream` does not, it sends a message for each write as well.', zh: '流的每一块都成了一条消息。`ws.send(chunk, { fin: false })` 才是分片；接到 `createWebSocketStream` 上也不行，它同样每次写入发一条消息。' } },
      python: { code: 'while chunk := f.read(4096):\n    await websocket.send(chunk)', text: { en: 'One `send` is one message. Given an iterable, `websockets` sends one message in fragments: `await websocket.send(iter(lambda: f.read(4096), b""))`.', zh: '一次 `send` 就是一条消息。传入可迭代对象时，`websockets` 会把它作为一条分片消息发出：`await websocket.send(iter(lambda: f.read(4096), b""))`。' } },
      go: { code: 'func (c wsConn) Write(p []byte) (int, error) { return len(p), c.WriteMessage(websocket.TextMessage, p) }', text: { en: 'A wrapper that makes a message of each `Write`; `io.Copy` calls it for every 32 KiB, `json.NewEncoder` as it likes. `NextWriter` makes one message until it is closed.', zh: '把每次 `Write` 都变成一条消息的包装；`io.Copy` 每 32 KiB 调一次。`NextWriter` 到关闭为止都算一条消息。' } },
      java: { code: 'for (String part : parts) session.getBasicRemote().sendText(part);', text: { en: '`sendText(part, isLast)` of Jakarta makes fragments, and so does `new TextMessage(part, isLast)` in Spring; without the flag each is whole. `substring` also cuts surrogate pairs in two.', zh: 'Jakarta 的 `sendText(part, isLast)` 和 Spring 的 `new TextMessage(part, isLast)` 才是分片；不带这个参数，每段都是完整的消息。`substring` 还会把代理对切成两半。' } },
      rust: { code: 'for chunk in data.chunks(1024) { ws.send(Message::binary(chunk.to_vec())).await?; }', text: { en: "A `Message` is a whole one, however short. Send the whole `data`: tungstenite writes a frame of any length, and the reader's limits decide what is too long.", zh: '`Message` 再短也是完整的一条。把 `data` 整个发出：tungstenite 可以写任意长度的帧，多长算太长由接收方的上限决定。' } },
    },
  },
  SERVER_TEXT_TRIMMED: {
    clause: 'Data frames carry application-layer and/or extension-layer data.',
    why: {
      en: 'The protocol carries a message byte for byte, and a blank at its end is a part of it. An editor that sends each key loses its line breaks and indents, a signature over the text does not fit any more, and a message of blanks alone comes out empty.',
      zh: '协议逐字节地传送消息，末尾的空白也是消息的一部分。逐键发送的编辑器会丢掉换行和缩进，对文本做的签名对不上，只有空白的消息变成空的。',
    },
    example: {
      timeline: [...opened, client(100, '81 89 b7 fa a1 bd 97 da e9 d8 db 96 ce b7 97'), server(101, helloBack)],
      note: { en: 'Nine bytes were sent: two blanks, `Hello`, a line feed and a blank. Five come back.', zh: '发出九个字节：两个空格、`Hello`、一个换行和一个空格。回来五个。' },
    },
    ways: {
      php: { code: '$text = trim($this->unmask($data));', text: { en: 'Tutorials trim so that `quit` from a Telnet client is recognised. Trim where you compare: `if (trim($text) === "quit")`. `strip_tags` and `filter_var` change more than blanks.', zh: '教程里 trim 是为了认出 Telnet 客户端发来的 `quit`。在比较的地方才 trim：`if (trim($text) === "quit")`。`strip_tags` 和 `filter_var` 改动的不止空白。' } },
      node: { code: 'const text = data.toString().trim();', text: { en: "A habit from lines of a terminal. JavaScript's `trim` also takes U+FEFF and the ideographic blank U+3000, with which Chinese paragraphs begin.", zh: '处理终端输入留下的习惯。JavaScript 的 `trim` 还会去掉 U+FEFF 和全角空格 U+3000，而中文段落常以全角空格开头。' } },
      python: { code: 'message = (await websocket.recv()).strip()', text: { en: '`strip()` without an argument takes every Unicode blank, among them U+3000 and U+00A0. `str.splitlines()` loses the last line break as well.', zh: '不带参数的 `strip()` 会去掉所有 Unicode 空白，包括 U+3000 和 U+00A0。`str.splitlines()` 也会丢掉最后的换行。' } },
      go: { code: 'message = bytes.TrimSpace(bytes.Replace(message, newline, space, -1))', text: { en: 'The line of a well-known chat example, which shows one-line messages and wants them so; it travels into programs where line breaks matter.', zh: '一个有名的聊天例子里的写法，那里只显示单行消息，是有意为之；但它被带进了换行很重要的程序。' } },
      java: { code: 'broadcast(message.trim());', text: { en: '`trim()` takes all characters up to U+0020, control characters too; `strip()` goes by Unicode. Reading a payload through `BufferedReader.readLine` loses its end of line.', zh: '`trim()` 去掉 U+0020 及以下的所有字符，包括控制字符；`strip()` 按 Unicode 判断。用 `BufferedReader.readLine` 读载荷会丢掉行尾。' } },
      rust: { code: 'let text = msg.to_text()?.trim().to_owned();', text: { en: '`trim` before the text is matched against commands, and the trimmed one is sent on. `text.lines()` is the same for messages of several lines.', zh: '为了与命令比较而 `trim`，结果把去掉空白的发了出去。多行消息用 `text.lines()` 也是一样。' } },
    },
  },
  SERVER_READ_TRIMMED: {
    clause: 'All frames sent from the client to the server are masked by a 32-bit value that is contained within the frame.',
    why: {
      en: "Masked bytes are as good as random, so the last one of a frame is a blank, a line end, a tab or a zero once in some forty frames. Trimmed away, it makes the frame one byte short: the server waits, takes the next frame's first byte for it, and loses its place. It looks like a network that drops a message now and then.",
      zh: '掩码后的字节与随机数无异，大约每四十帧就有一帧的最后一个字节是空格、换行、制表符或零。被 trim 掉之后，这一帧就短了一个字节：服务器等着，把下一帧的首字节补上，从此错位。看起来就像网络时不时丢一条消息。',
    },
    example: {
      timeline: [...opened, client(100, '81 85 37 fa 21 3d 7f 9f 4d 51 20'), { at: 3000, from: 'client', ended: 'fin' }],
      note: { en: "The frame's last byte on the wire is 20, a blank. The server takes it off and waits for the fifth byte of the payload. With another masking-key the same text is answered.", zh: '这一帧在线上的最后一个字节是 20，即空格。服务器把它去掉，又去等载荷的第五个字节。换一个掩码密钥，同样的文本就有答复。' },
    },
    ways: {
      php: { code: '$buffer = trim(socket_read($socket, 2048));', text: { en: '`trim` takes blank, tab, LF, CR, the zero and 0x0B off both ends: six of 256 values. It comes from servers that speak lines, and has no place before the frame is decoded.', zh: '`trim` 会从两端去掉空格、制表符、LF、CR、零和 0x0B：256 个值里的六个。它来自按行通信的服务器，在帧解码之前不该出现。' } },
      node: { code: "socket.setEncoding('utf8');\nsocket.on('data', (text) => parse(text.trim()));", text: { en: 'The encoding alone ruins frames: bytes that are no UTF-8 become U+FFFD. `trim` comes on top. Leave `setEncoding` out, and work on the `Buffer`.', zh: '单是设编码就会毁掉帧：不是 UTF-8 的字节变成 U+FFFD，`trim` 更是雪上加霜。不要 `setEncoding`，直接处理 `Buffer`。' } },
      python: { code: 'self.data = self.request.recv(1024).strip()', text: { en: 'The example of the `socketserver` documentation, which echoes lines. `bytes.strip()` takes blanks off bytes, and of text there is none here yet.', zh: '`socketserver` 文档里的例子，那是回显文本行的。`bytes.strip()` 会去掉空白字节，而这里还根本没有文本。' } },
      go: { code: 'data := bytes.TrimRight(buf, "\\x00")', text: { en: 'Taking the zeros off a buffer that was not filled, instead of `buf[:n]`: a masked zero at the end goes with them. `bufio.Scanner` cuts at each 0x0A.', zh: '没有用 `buf[:n]`，而是把没填满的缓冲区末尾的零去掉：掩码后恰好为零的末字节也跟着没了。`bufio.Scanner` 则会在每个 0x0A 处切断。' } },
      java: { code: 'String data = new String(buf).trim();', text: { en: '`trim()` is there to take off the zeros of an array that was not filled; it takes any byte up to 0x20, and `new String` has already changed all above 0x7F.', zh: '用 `trim()` 是为了去掉没填满的数组里的零；它会去掉 0x20 及以下的任何字节，而 `new String` 早已改动了 0x7F 以上的字节。' } },
      rust: { code: 'let data = String::from_utf8_lossy(&buf).trim_matches(char::from(0)).to_string();', text: { en: 'Seen where the count that `read` returned is thrown away. `&buf[..n]` needs no trimming, and frames are no `String`.', zh: '丢掉了 `read` 返回的字节数才会这样写。用 `&buf[..n]` 就不用 trim，而且帧也不是 `String`。' } },
    },
  },
  SERVER_EMPTY_TEXT_LOST: {
    clause: 'The "Payload data" is text data encoded as UTF-8.',
    why: {
      en: 'A text without bytes is a valid message, and `onmessage` comes for it with `""`. Protocols use it for “still here” or “field emptied”. A server that takes it for nothing, or for the end, leaves whoever waits for an answer waiting.',
      zh: '没有字节的文本也是有效的消息，`onmessage` 会带着 `""` 触发。有些协议用它表示“还在”或“字段已清空”。把它当作什么也没有、甚至当作结束的服务器，会让等答复的人一直等下去。',
    },
    example: {
      timeline: [...opened, client(100, '81 80 b7 fa a1 bd'), client(2000, hello), server(2001, helloBack)],
      note: { en: 'An empty text is a header and a masking-key. For two seconds nothing comes; `Hello` is answered at once.', zh: '空文本就是头部加掩码密钥。两秒内什么也没来；`Hello` 则立刻得到答复。' },
    },
    ways: {
      php: { code: 'if ($text) { $this->send($client, $text); }', text: { en: 'In PHP `"0"` is false as well, so the text `0` is lost too; `empty($text)` is the same. `if ($text !== null)`, with `null` for “no message yet”.', zh: '在 PHP 里 `"0"` 也是假，所以文本 `0` 也会丢；`empty($text)` 同样如此。用 `if ($text !== null)`，以 `null` 表示“还没有消息”。' } },
      node: { code: 'if (!message) return;', text: { en: 'As a string the empty message is falsy; as a `Buffer` it is not, so the same line behaves differently behind `toString()`. Ask for `undefined`.', zh: '作为字符串，空消息是假值；作为 `Buffer` 却不是，所以同一行代码在 `toString()` 前后表现不同。应判断 `undefined`。' } },
      python: { code: 'message = await ws.recv()\nif not message:\n    break', text: { en: 'Carried over from `socket.recv`, where `b""` is the end. `websockets` raises `ConnectionClosed` at the end, and `""` is a message.', zh: '沿用了 `socket.recv` 的习惯，那里 `b""` 表示结束。`websockets` 结束时抛 `ConnectionClosed`，`""` 就是一条消息。' } },
      go: { code: 'if len(msg) == 0 { continue }', text: { en: 'Written against nil after an error, without looking at `err`. In code by hand, `io.ReadFull` of no bytes returns at once, and a `Read` of none gives 0: neither is the end.', zh: '本意是防止出错后的 nil，却没看 `err`。手写代码里，`io.ReadFull` 读零个字节会立即返回，`Read` 零个字节返回 0：都不是结束。' } },
      java: { code: 'if (message == null || message.isEmpty()) return;', text: { en: 'A guard from web forms. In frame loops it is `if (in.read(buf, 0, length) <= 0) break;`, since `read` of 0 bytes gives 0.', zh: '处理网页表单留下的防御写法。在读帧的循环里则是 `if (in.read(buf, 0, length) <= 0) break;`，因为读 0 个字节返回的就是 0。' } },
      rust: { code: 'if stream.read(&mut payload).await? == 0 { break; }', text: { en: 'A `read` into an empty buffer gives `Ok(0)`, which is also how the end looks. `read_exact` tells the two apart.', zh: '读进空缓冲区得到 `Ok(0)`，和结束时一模一样。`read_exact` 能区分两者。' } },
    },
  },
  SERVER_BINARY_WRONG: {
    clause: 'The "Payload data" is arbitrary binary data whose interpretation is solely up to the application layer.',
    why: {
      en: 'Binary messages carry images, sound and protobuf, where each byte counts. A server that passes them through a string changes all that is no valid text, often without an error: the picture does not open, and the length may even be right.',
      zh: '二进制消息承载图片、声音和 protobuf，每个字节都算数。把它们过一遍字符串的服务器，会改动所有不是合法文本的内容，常常还不报错：图片打不开，长度却可能是对的。',
    },
    example: {
      timeline: [...opened, client(100, '82 84 b7 fa a1 bd 48 04 a1 3d'), server(101, '82 08 66 66 66 65 30 30 38 30')],
      note: { en: 'Sent are the four bytes ff fe 00 80. Back come eight: the digits `fffe0080`, as text in a binary frame.', zh: '发出的是四个字节 ff fe 00 80。回来八个：二进制帧里装着文字 `fffe0080`。' },
    },
    ways: {
      php: { code: '$text = htmlspecialchars($payload);', text: { en: 'Functions for text are run over every message: `htmlspecialchars`, `mb_convert_encoding`, `json_encode`, which fails and gives `false`. Look at the opcode first.', zh: '对每条消息都跑一遍文本函数：`htmlspecialchars`、`mb_convert_encoding`，以及会失败并返回 `false` 的 `json_encode`。先看操作码。' } },
      node: { code: "ws.on('message', (data) => ws.send(Buffer.from(data.toString())));", text: { en: '`toString()` turns each byte that is no UTF-8 into U+FFFD, three bytes. Since version 8 `ws` gives a `Buffer` and `isBinary` for both kinds: hand on both.', zh: '`toString()` 把不是 UTF-8 的字节都变成三字节的 U+FFFD。`ws` 从 8 版起对两种消息都给出 `Buffer` 和 `isBinary`：两者都要传下去。' } },
      python: { code: "payload = data.decode('utf-8', 'ignore').encode()", text: { en: '`errors="ignore"` drops bytes, `"replace"` exchanges them. `str(data)` writes `b\'\\xff…\'`, quotes and all. Keep `bytes` as `bytes`.', zh: '`errors="ignore"` 丢字节，`"replace"` 换字节。`str(data)` 写出的是 `b\'\\xff…\'`，连引号都在。`bytes` 就一直用 `bytes`。' } },
      go: { code: 'for _, r := range string(msg) { out = append(out, string(r)...) }', text: { en: 'A `string` in Go holds any bytes, so converting does no harm; ranging over it does, and `json.Marshal`, which writes U+FFFD, does too. A `[]byte` in JSON becomes base64.', zh: 'Go 的 `string` 可以装任意字节，转换没有问题；对它 `range`，或用会写出 U+FFFD 的 `json.Marshal`，就有问题。`[]byte` 进 JSON 会变成 base64。' } },
      java: { code: 'String s = new String(bytes, StandardCharsets.UTF_8);\nsend(s.getBytes(StandardCharsets.UTF_8));', text: { en: 'There and back through a `String` loses all that is no UTF-8. `buffer.array()` of a `ByteBuffer` is the whole array behind it, which may be longer than the message.', zh: '经 `String` 来回一趟，不是 UTF-8 的内容全丢。`ByteBuffer` 的 `buffer.array()` 是背后的整个数组，可能比消息长。' } },
      rust: { code: 'let text = String::from_utf8_lossy(&bytes).into_owned();', text: { en: '`from_utf8_lossy` says it in its name. A `format!("{bytes:?}")` sends `[255, 254, 0, 128]`. `Message::Binary(bytes)` hands them on.', zh: '`from_utf8_lossy` 名字里就写着“有损”。`format!("{bytes:?}")` 发出的是 `[255, 254, 0, 128]`。用 `Message::Binary(bytes)` 原样传下去。' } },
    },
  },
  SERVER_BINARY_AS_TEXT: {
    clause: 'The "Payload data" is text data encoded as UTF-8. Note that a particular text frame might include a partial UTF-8 sequence; however, the whole message MUST contain valid UTF-8.',
    why: {
      en: 'The opcode says how a message is to be read. Binary under opcode 1 that happens to be ASCII arrives as a string instead of a Blob; other binary is no UTF-8 and ends the connection: `Could not decode a text frame as UTF-8.` in Chromium, and in Firefox that it was interrupted.',
      zh: '消息怎么读由操作码决定。二进制内容用了操作码 1，碰巧是 ASCII 时，到达的是字符串而不是 Blob；其他内容不是 UTF-8，连接就此结束：Chromium 显示 `Could not decode a text frame as UTF-8.`，Firefox 则说连接中断。',
    },
    example: {
      timeline: [...opened, client(100, '82 84 b7 fa a1 bd 48 04 a1 3d'), server(101, '81 04 ff fe 00 80')],
      also: ['MESSAGE_INVALID_UTF8'],
      note: { en: "The client's frame begins with 82, the server's with 81. The four bytes are right; as text they are none.", zh: '客户端的帧以 82 开头，服务器的以 81 开头。四个字节都对，但作为文本不成立。' },
    },
    ways: {
      php: { code: '$b1 = 0x80 | (0x1 & 0x0f);', text: { en: 'The `mask` or `encode` function of the tutorials writes 0x81 whatever it is given. In Ratchet a string is sent as text; binary is `new Frame($data, true, Frame::OP_BINARY)`.', zh: '教程里的 `mask` 或 `encode` 函数不管给什么都写 0x81。Ratchet 把字符串当文本发；二进制要用 `new Frame($data, true, Frame::OP_BINARY)`。' } },
      node: { code: "ws.on('message', (data, isBinary) => ws.send(data, { binary: false }));", text: { en: 'Meant against the reverse, that `ws` 8 sends texts back as binary because `data` is a `Buffer`. `{ binary: isBinary }` is right for both.', zh: '本意是解决相反的问题：`ws` 8 里 `data` 是 `Buffer`，文本发回去会变成二进制。`{ binary: isBinary }` 对两者都对。' } },
      python: { code: "frame = b'\\x81' + bytes([len(payload)]) + payload", text: { en: 'In servers by hand. `websockets` goes by the type, `str` or `bytes`; data decoded as Latin-1 to get a `str` becomes valid, and twice as long.', zh: '出现在手写的服务器里。`websockets` 按类型区分 `str` 和 `bytes`；为了得到 `str` 而按 Latin-1 解码，结果合法，但长了一倍。' } },
      go: { code: 'c.WriteMessage(websocket.TextMessage, message)', text: { en: '`mt, message, err := c.ReadMessage()` gives the type; `_` for `mt` throws it away. `WriteMessage(mt, message)`.', zh: '`mt, message, err := c.ReadMessage()` 给出了类型，把 `mt` 写成 `_` 就丢了。应为 `WriteMessage(mt, message)`。' } },
      java: { code: 'ctx.writeAndFlush(new TextWebSocketFrame(frame.content().retain()));', text: { en: 'A Netty handler for `WebSocketFrame` that answers any with text. `frame.retain()` sends the same kind back; in Java-WebSocket override `onMessage(WebSocket, ByteBuffer)` as well.', zh: 'Netty 处理器接收 `WebSocketFrame`，不管哪种都用文本答复。`frame.retain()` 会按原类型发回；Java-WebSocket 里还要重写 `onMessage(WebSocket, ByteBuffer)`。' } },
      rust: { code: 'let text = unsafe { String::from_utf8_unchecked(msg.into_data().to_vec()) };', text: { en: '`into_data` gives the bytes of either kind. The unchecked conversion is undefined behaviour besides; the checked one fails, and rightly. `match msg` by its variants.', zh: '`into_data` 对两种消息都给出字节。不检查的转换还是未定义行为；检查的会失败，而且理应失败。按变体 `match msg`。' } },
    },
  },
  SERVER_FRAGMENTS_WRONG: {
    clause: 'Clients and servers MUST support receiving both fragmented and unfragmented messages.',
    why: {
      en: "A message may come in fragments, with Pings between them. A page's script cannot ask for them, and what it sends while one tests is short and comes in one frame; client libraries that stream, and proxies that pass frames on, do send fragments. What is lost is a part of the message, without any error.",
      zh: '一条消息可以分片到达，中间还可以夹着 Ping。网页脚本没法要求分片，测试时发的消息又短，一帧就装下；但流式发送的客户端库和转发帧的代理确实会发分片。丢掉的是消息的一部分，没有任何报错。',
    },
    example: {
      timeline: [...opened, client(100, '01 82 b7 fa a1 bd ff 9f'), client(125, '00 81 b7 fa a1 bd db'), client(150, '80 82 b7 fa a1 bd db 95'), server(151, '81 02 6c 6f')],
      note: { en: '`He`, `l` and `lo` in three fragments: 01 begins, 00 goes on, 80 ends. Only the last comes back.', zh: '`He`、`l`、`lo` 三个分片：01 开始，00 继续，80 结束。回来的只有最后一个。' },
    },
    ways: {
      php: { code: 'case 0: $this->message = $payload; break;', text: { en: '`=` for `.=`. Others keep the fragments in one property of the server, so that two clients mix; it belongs to the connection.', zh: '`.=` 写成了 `=`。还有的把分片放在服务器的一个属性里，两个客户端就混在一起；它应属于连接。' } },
      node: { code: 'this.fragments += payload.toString();', text: { en: 'A character may be cut between two fragments, and `toString()` of each half gives U+FFFD twice. Gather `Buffer`s, `Buffer.concat`, and decode once.', zh: '一个字符可能被切在两个分片之间，两半各自 `toString()` 都会变成 U+FFFD。先收集 `Buffer`，`Buffer.concat` 之后只解码一次。' } },
      python: { code: 'if opcode == 0x9:\n    self.send_pong(payload)\n    self.buffer = b""', text: { en: 'The state is cleared after every frame, control frames too, and a Ping between two fragments wipes the first. Only FIN on a data frame ends a message.', zh: '每一帧之后都清空状态，控制帧也不例外，两个分片之间的 Ping 就把前一个抹掉了。只有数据帧上的 FIN 才结束消息。' } },
      go: { code: 'case 0x0: continue // not supported', text: { en: "A continuation that is passed over, with a promise to do it later. gorilla's and coder/websocket's `ReadMessage` and `Read` put fragments together.", zh: '延续帧被跳过，注释里说以后再做。gorilla 的 `ReadMessage` 和 coder/websocket 的 `Read` 会拼好分片。' } },
      java: { code: 'if (frame instanceof TextWebSocketFrame text) { handle(text.text()); }', text: { en: 'In Netty, `ContinuationWebSocketFrame` is a class of its own: put a `WebSocketFrameAggregator` in front. Spring hands on parts where `supportsPartialMessages()` is true: `isLast()`.', zh: '在 Netty 里，`ContinuationWebSocketFrame` 是单独的类：前面加 `WebSocketFrameAggregator`。Spring 的 `supportsPartialMessages()` 为真时会逐段交付：看 `isLast()`。' } },
      rust: { code: 'let text = String::from_utf8(frame.payload)?;', text: { en: 'Checked fragment by fragment, UTF-8 fails at a character that is cut. `Message::Frame` of tungstenite is never read; its messages come whole.', zh: '逐个分片检查 UTF-8，遇到被切开的字符就失败。tungstenite 读出来的不会是 `Message::Frame`，消息都是完整的。' } },
    },
  },
  SERVER_IGNORES_FIN: {
    clause: fragmented,
    why: {
      en: 'The highest bit of the first byte says whether a message ends here. Without it each fragment is a message: a JSON text arrives as three pieces that are none, and a cut within a character makes two messages that are no UTF-8.',
      zh: '首字节的最高位说明消息是否到此为止。不看它，每个分片都成了一条消息：一段 JSON 变成三段不成立的碎片，切在字符中间则变成两条不是 UTF-8 的消息。',
    },
    example: {
      timeline: [...opened, client(100, '01 82 b7 fa a1 bd ff 9f'), server(101, '81 02 48 65'), client(125, '00 81 b7 fa a1 bd db'), server(126, '81 01 6c'), client(150, '80 82 b7 fa a1 bd db 95'), server(151, '81 02 6c 6f')],
      note: { en: 'One message of three fragments, and three messages back, each at once: `He`, `l`, `lo`.', zh: '一条消息分三片，回来三条消息，每片一到就发：`He`、`l`、`lo`。' },
    },
    ways: {
      php: { code: '$opcode = ord($data[0]) & 0x0f;', text: { en: 'Bit 0x80 of the same byte is not asked for, and opcode 0 falls into the `default` that handles text.', zh: '同一字节的 0x80 位没看，操作码 0 又落进了处理文本的 `default`。' } },
      node: { code: 'if (opcode === 0x1 || opcode === 0x0) onText(payload);', text: { en: "The error at opcode 0 was “mended” by treating it like text. It goes on with what began before: keep the first fragment's opcode.", zh: '遇到操作码 0 报错，于是“修”成和文本一样处理。它是接着前面的：要记住首个分片的操作码。' } },
      python: { code: 'fin = data[0] & 0x80  # unused', text: { en: 'Parsed out of completeness and never read; linters see nothing, since a tuple that is unpacked counts as used.', zh: '为了完整解析了出来，却从没用过；写成元组解包时，代码检查工具也看不出来。' } },
      go: { code: 'header.Opcode = b[0] & 0x0f', text: { en: 'A `Frame` struct without a `Fin` field: the bit is gone at the first step. Add it where the opcode is read.', zh: '`Frame` 结构体里没有 `Fin` 字段：第一步就丢了这一位。在读操作码的地方补上。' } },
      java: { code: 'boolean fin = (b[0] & 0x80) == 1;', text: { en: 'The result of `&` is 128, never 1; and as a signed byte `b[0] < 0` would do. So `fin` is always false, and soon nobody asks for it.', zh: '`&` 的结果是 128，绝不会是 1；按有符号字节写 `b[0] < 0` 就行。于是 `fin` 总是 false，不久就没人看它了。' } },
      rust: { code: 'match first & 0x0f { 0x0 | 0x1 => on_text(payload), … }', text: { en: 'One arm for both opcodes, without FIN in the `match`: `match (fin, opcode)` makes the compiler ask for all cases.', zh: '两个操作码共用一个分支，`match` 里没有 FIN：写成 `match (fin, opcode)`，编译器会要求列全。' } },
    },
  },
  SERVER_IGNORES_OPCODE: {
    clause: 'Defines the interpretation of the "Payload data". If an unknown opcode is received, the receiving endpoint MUST _Fail the WebSocket Connection_.',
    why: {
      en: "A Ping comes back as a chat line, and a Close as two odd characters. The closing handshake then never happens: the page's `close()` ends in 1006 with `wasClean` false, and proxies that ping give up a connection that is well.",
      zh: 'Ping 变成一行聊天内容，Close 变成两个怪字符。关闭握手也就永远完成不了：网页的 `close()` 以 1006 结束，`wasClean` 为 false；会发 Ping 的代理则放弃好好的连接。',
    },
    example: {
      timeline: [...opened, client(100, '89 85 b7 fa a1 bd c0 89 90 8d 86'), server(101, '81 05 77 73 31 30 31')],
      also: ['PING_ANSWERED_AS_DATA'],
      note: { en: '89 is a Ping, with `ws101` in it; 8a with the same payload was due. What comes is 81: a text message `ws101`.', zh: '89 是 Ping，里面是 `ws101`；该来的是载荷相同的 8a。来的却是 81：一条文本消息 `ws101`。' },
    },
    ways: {
      php: { code: '$text = $this->unmask($buffer);\n$this->broadcast($text);', text: { en: "The tutorials' `unmask` begins with the second byte; the first is never looked at. `switch (ord($buffer[0]) & 0x0f)` before anything else.", zh: '教程里的 `unmask` 从第二个字节开始，首字节从来不看。先 `switch (ord($buffer[0]) & 0x0f)`。' } },
      node: { code: 'const opcode = buf[0];\nif (opcode === 0x88) return socket.end();', text: { en: 'A comparison with the whole byte: 0x88 is a Close with FIN and no reserved bits, everything else is text. Ending the socket without a Close is the next mistake.', zh: '拿整个字节比较：0x88 是 FIN 置位、保留位为零的 Close，其余一律当文本。不回 Close 就结束套接字，是下一个错误。' } },
      python: { code: 'if opcode == 0x8: break\nelse: handle(payload.decode())', text: { en: "Close is known and Ping is not. A Close's status code, 03 e8, raises `UnicodeDecodeError` where it is decoded as text.", zh: '认识 Close，不认识 Ping。Close 的状态码 03 e8 被当文本解码时，会抛 `UnicodeDecodeError`。' } },
      go: { code: 'opcode := header[0] << 4 >> 4', text: { en: 'Bits are got right and then only logged. gorilla handles control frames within the reads: it is enough to read, but somebody must be reading.', zh: '位取对了，却只用来记日志。gorilla 在读取过程中处理控制帧：只要在读就行，但必须有人在读。' } },
      java: { code: 'int opcode = b[0] & 0xf;\nif (opcode != 8) onMessage(new String(payload));', text: { en: "Ping, Pong and continuation go to `onMessage` with all the rest. Netty's `WebSocketServerProtocolHandler` answers Ping and Close before your handler is asked.", zh: 'Ping、Pong 和延续帧都跟着进了 `onMessage`。Netty 的 `WebSocketServerProtocolHandler` 会在你的处理器之前答复 Ping 和 Close。' } },
      rust: { code: 'while let Some(Ok(msg)) = ws.next().await { ws.send(Message::text(msg.to_string())).await?; }', text: { en: 'tungstenite answers the Ping itself and hands you a copy, which is echoed here as text besides. Match `Message::Text` and `Message::Binary`, and leave the others.', zh: 'tungstenite 自己会答复 Ping，同时给你一份，这里又把它当文本发了回去。只匹配 `Message::Text` 和 `Message::Binary`，其余不管。' } },
    },
  },
  SERVER_PONG_NOT_IGNORED: {
    clause: 'A Pong frame MAY be sent unsolicited. This serves as a unidirectional heartbeat. A response to an unsolicited Pong frame is not expected.',
    why: {
      en: 'Some clients send Pongs as a heartbeat, without being asked. A server that answers them doubles the traffic, and two ends that both answer play ping-pong until one gives up. One that fails by them loses such clients every half minute.',
      zh: '有些客户端会主动发 Pong 当心跳。对它作答的服务器让流量翻倍，两端都作答就会没完没了地你来我往。因它而失败的服务器，则每半分钟就丢掉一次这样的客户端。',
    },
    example: {
      timeline: [...opened, client(100, '8a 8a b7 fa a1 bd c0 89 90 8d 86 d7 d1 d2 d9 9d'), server(101, '8a 0a 77 73 31 30 31 2d 70 6f 6e 67')],
      note: { en: "The client's Pong, `ws101-pong`, was asked for by nobody. The server sends it back, as if it had been a Ping.", zh: '客户端的 Pong（`ws101-pong`）没有人要求过。服务器像收到 Ping 一样把它发了回来。' },
    },
    ways: {
      php: { code: 'if ($opcode >= 0x9) { $this->pong($client, $payload); }', text: { en: '`>=` takes 10 along with 9. Or the `switch` has no case for 10, and its `default` throws “unknown opcode”.', zh: '`>=` 把 10 和 9 一起带上了。或者 `switch` 里没有 10，`default` 抛出“未知操作码”。' } },
      node: { code: "ws.on('pong', () => ws.ping());", text: { en: 'A heartbeat that sends the next Ping when a Pong comes, instead of at a timer: each stray Pong adds one more Ping that circles for ever.', zh: '收到 Pong 就发下一个 Ping，而不是用定时器：每来一个没要求过的 Pong，就多出一个永远循环的 Ping。' } },
      python: { code: 'waiter = self.pings.pop(payload)', text: { en: 'A dictionary of Pings that are out; `pop` without a default raises `KeyError` for a Pong that answers none. `pop(payload, None)`.', zh: '用字典记录发出的 Ping；`pop` 没给默认值，遇到不对应任何 Ping 的 Pong 就抛 `KeyError`。用 `pop(payload, None)`。' } },
      go: { code: 'conn.SetPongHandler(func(s string) error {\n\tif s != lastPing { return errBadPong }\n\treturn nil\n})', text: { en: "An error out of gorilla's Pong handler ends the reading, and with it the connection. Return nil for a Pong that you do not know.", zh: 'gorilla 的 Pong 处理函数返回错误，读取就结束，连接也跟着结束。不认识的 Pong 应返回 nil。' } },
      java: { code: 'long sent = ByteBuffer.wrap(pong).getLong();', text: { en: 'The payload is taken for the time that the Ping carried; eight bytes are expected, and another Pong has fewer: `BufferUnderflowException`, and the session ends.', zh: '把载荷当成 Ping 里带的时间戳，期望八个字节；别的 Pong 没那么长，于是 `BufferUnderflowException`，会话结束。' } },
      rust: { code: 'Message::Ping(data) | Message::Pong(data) => ws.send(Message::Pong(data)).await?,', text: { en: 'Two variants in one arm. tungstenite answers Pings without being told; the arm can go altogether.', zh: '两个变体写在了一个分支里。tungstenite 不用吩咐就会答复 Ping，这个分支可以整个删掉。' } },
    },
  },
  SERVER_CLOSE_OTHER_CODE: {
    clause: '(When sending a Close frame in response, the endpoint typically echos the status code it received.)',
    why: {
      en: "“Typically”: so another code is allowed. But the page's `CloseEvent` shows the code that came from the server, and code that closes with 4000 and looks for 4000 in `onclose` finds 1000 instead.",
      zh: '原文说“通常”，所以别的状态码也允许。但网页的 `CloseEvent` 显示的是服务器发来的状态码，用 4000 关闭、又在 `onclose` 里找 4000 的代码，看到的却是 1000。',
    },
    example: {
      timeline: [...opened, client(100, '88 87 b7 fa a1 bd b8 5a d1 cf d8 98 c4'), server(101, '88 02 03 e8'), { at: 102, from: 'server', ended: 'fin' }],
      note: { en: 'The client closes with 4000 (0f a0) and the reason `probe`. The answer carries 1000 (03 e8).', zh: '客户端以 4000（0f a0）关闭，原因是 `probe`。答复里是 1000（03 e8）。' },
    },
    ways: {
      php: { code: 'socket_write($socket, "\\x88\\x02\\x03\\xe8");', text: { en: 'A constant for every Close. `substr($payload, 0, 2)` is the code that came, and empty where none came.', zh: '每个 Close 都发同一个常量。`substr($payload, 0, 2)` 就是收到的状态码，没有时为空。' } },
      node: { code: "ws.on('close', () => ws.close(1000));", text: { en: 'In handwritten servers the answer is `Buffer.from([0x88, 2, 3, 232])`. `ws` echoes by itself before `close` is emitted; a `close` called by you at the same moment may be first.', zh: '手写的服务器里，答复就是 `Buffer.from([0x88, 2, 3, 232])`。`ws` 在触发 `close` 之前已经回送；你若同时调用 `close`，可能抢先。' } },
      python: { code: 'self.send_close(1000, b"bye")', text: { en: 'The code is a default argument, which the handler of incoming Closes leaves as it is. `websockets` echoes the code and the reason.', zh: '状态码是默认参数，处理收到的 Close 时没有改。`websockets` 会回送状态码和原因。' } },
      go: { code: 'conn.SetCloseHandler(func(code int, text string) error {\n\treturn conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""), deadline)\n})', text: { en: "The handler that gorilla sets itself echoes `code`; one's own, set for logging, must write the answer as well.", zh: 'gorilla 自带的处理函数会回送 `code`；为了记日志换成自己的，就也得自己写答复。' } },
      java: { code: 'public void onClose(Session session, CloseReason reason) { session.close(); }', text: { en: "Needless: containers have answered when `@OnClose` is called. In Netty, handlers of one's own write `new CloseWebSocketFrame()` where `frame.retain()` would send the same back.", zh: '多此一举：调用 `@OnClose` 时容器已经答复了。在 Netty 里，自己的处理器写了 `new CloseWebSocketFrame()`，而 `frame.retain()` 才会原样发回。' } },
      rust: { code: 'Message::Close(_) => ws.send(Message::Close(Some(normal_close()))).await?,', text: { en: 'tungstenite queues the echo as it reads the Close, and a second one is refused. Frames by hand: `payload.get(..2).unwrap_or_default()`.', zh: 'tungstenite 读到 Close 时就把回送排进了队列，再发一个会被拒绝。手写帧时用 `payload.get(..2).unwrap_or_default()`。' } },
    },
  },
} satisfies Record<string, RulePage>;
