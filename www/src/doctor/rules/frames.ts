// Single frames: their bits, their lengths, and bytes that are none.

import * as good from './good';
import type { RulePage } from './page';

export const frames = {
  FRAME_RESERVED_BITS: {
    clause: 'MUST be 0 unless an extension is negotiated that defines meanings for non-zero values. If a nonzero value is received and none of the negotiated extensions defines the meaning of such a nonzero value, the receiving endpoint MUST _Fail the WebSocket Connection_.',
    why: {
      en: 'The three bits belong to extensions: permessage-deflate sets RSV1 to say that a message is compressed. Where nothing was agreed on, nobody can know how to read the payload. Chromium says `One or more reserved bits are on` and sends 1002; Firefox fails too. Often nobody set the bit on purpose: text was written without a frame, or an earlier length was wrong.',
      zh: '这三位留给扩展使用：permessage-deflate 用 RSV1 表示消息经过压缩。没有协商扩展时，谁也不知道该怎么读这个载荷。Chromium 报 `One or more reserved bits are on` 并发送 1002；Firefox 同样失败。很多时候并没有人有意置位：是文本没有装进帧里，或者前面某个长度写错了。',
    },
    example: {
      request: good.request,
      response: good.response,
      fromServer: 'c1 07 f2 48 cd c9 c9 07 00',
      note: {
        en: 'The first byte is c1 and not 81: RSV1 says that “Hello” is compressed, and the response agreed to no compression.',
        zh: '首字节是 c1 而不是 81：RSV1 表示“Hello”经过压缩，而响应并没有同意压缩。',
      },
    },
    ways: {
      php: { code: 'fwrite($socket, "\\xC1" . chr(strlen($z)) . $z);', text: { en: 'Messages are compressed and RSV1 is set for every client, though `Sec-WebSocket-Extensions` is neither read nor answered.', zh: '不管客户端是谁都压缩消息并置 RSV1，却既没有读 `Sec-WebSocket-Extensions`，也没有在响应里答复它。' } },
      node: { code: "delete proxyRes.headers['sec-websocket-extensions'];", text: { en: 'A proxy drops the field from the answer: the server behind it has agreed to compress, and the client never hears of it. `ws` itself sets the bit only where both agreed.', zh: '代理把这个字段从响应里删掉了：后面的服务器已经同意压缩，客户端却毫不知情。`ws` 自己只在双方同意时才置位。' } },
      python: { code: "sock.sendall(('\\x81' + chr(len(s)) + s).encode())", text: { en: 'The frame is built as a `str`. UTF-8 turns `\\x81` into the two bytes `c2 81`, so that the first byte of the frame is c2: RSV1 and opcode 2. Build it as `bytes`.', zh: '帧是用 `str` 拼出来的。UTF-8 把 `\\x81` 编成 `c2 81` 两个字节，于是首字节成了 c2：RSV1 加操作码 2。应当用 `bytes` 来拼。' } },
      go: { code: 'conn.Write(header)\nconn.Write(payload)', text: { en: "Two goroutines write to one hijacked `net.Conn`, header and payload in two calls. One's header lands within the other's frame, and payload is read as a header.", zh: '两个 goroutine 同时写一个劫持来的 `net.Conn`，头部和载荷又分两次写。一方的头部落进另一方的帧里，载荷就被当成头部来读。' } },
      java: { code: 'int head = first << 8 | second;', text: { en: '`second` is a `byte`. With the mask bit set it is negative, its sign is extended, and the OR sets every bit above: the first byte goes out as ff. Write `second & 0xff`.', zh: '`second` 是 `byte`。掩码位为 1 时它是负数，符号扩展后按位或，把上面的位全置成 1：首字节发出去就是 ff。应写 `second & 0xff`。' } },
      rust: { code: 'let codec = Codec::new(config.deflate);', text: { en: "The codec is made from the server's own settings, and not from what the handshake came to: it compresses for clients that offered nothing.", zh: '编解码器是按服务器自己的配置建的，而不是按握手的结果建的：对没有提出压缩的客户端它也压缩。' } },
    },
    misbehave: 'rsv1-compressed',
  },

  FRAME_RESERVED_OPCODE: {
    clause: 'If an unknown opcode is received, the receiving endpoint MUST _Fail the WebSocket Connection_.',
    why: {
      en: 'Six of the sixteen opcodes have a meaning; the others wait for extensions. A receiver cannot guess what such a frame is, and ends the connection: Chromium says `Unrecognized frame opcode: 3` and sends 1002, Firefox fails without naming a reason. Where the frames before it were right, look at the length of the last one first.',
      zh: '十六个操作码里只有六个有含义，其余的留给扩展。接收方猜不出这样的帧是什么，只能断开：Chromium 报 `Unrecognized frame opcode: 3` 并发送 1002，Firefox 失败但不说原因。如果前面的帧都正常，先检查最后那一帧的长度。',
    },
    example: {
      fromServer: '83 05 48 65 6c 6c 6f',
      note: {
        en: 'The lower half of the first byte is 3, the first of the data opcodes that have no meaning.',
        zh: '首字节的低四位是 3，是第一个没有含义的数据操作码。',
      },
    },
    ways: {
      php: { code: 'chr(mb_strlen($text))', text: { en: 'The length counts characters. What is left of a Chinese text is read as the next header, and bytes of its UTF-8 such as 87 or 8d have a reserved opcode.', zh: '长度数的是字符。中文文本剩下的字节被当作下一个头部来读，而 UTF-8 里 87、8d 这样的字节正好是保留的操作码。' } },
      node: { code: 'frame[0] = 0x80 | types[message.type];', text: { en: "The application's own kinds of messages are put into the opcode, 3 for JSON say. They belong into the payload.", zh: '把应用自己的消息类型塞进操作码，比如用 3 表示 JSON。类型应当放在载荷里。' } },
      python: { code: "OPCODES = ['cont', 'text', 'binary', 'close', 'ping', 'pong']\nfirst = 0x80 | OPCODES.index(kind)", text: { en: 'A list has no gap between 2 and 8: close becomes 3, ping 4 and pong 5.', zh: '列表在 2 和 8 之间没有空位：close 变成 3，ping 变成 4，pong 变成 5。' } },
      go: { code: 'out <- buf\npool.Put(buf)', text: { en: 'A buffer goes back to the `sync.Pool` while the goroutine that writes still holds it. The next message overwrites it, header and all.', zh: '负责写的 goroutine 还拿着缓冲区，它就被放回了 `sync.Pool`。下一条消息把它连头部一起覆盖掉。' } },
      java: { code: 'out.write(0x80 | opcode.ordinal());', text: { en: '`ordinal()` is the place in the enum and not the value in the protocol: `CLOSE` behind `BINARY` is 3. Give each constant a field with its number.', zh: '`ordinal()` 是枚举里的次序，不是协议里的值：排在 `BINARY` 后面的 `CLOSE` 就是 3。给每个常量加一个存操作码的字段。' } },
      rust: { code: 'let header = (0x8100 | len as u16).to_le_bytes();', text: { en: 'The two bytes of the header are made as one `u16` and written lowest byte first: a text of five bytes begins with `05 81`, which is opcode 5.', zh: '把头部两个字节拼成一个 `u16`，却按小端写出：五个字节的文本以 `05 81` 开头，操作码成了 5。' } },
    },
    misbehave: 'opcode-3',
  },

  FRAME_UNMASKED: {
    clause: 'The server MUST close the connection upon receiving a frame that is not masked.',
    why: {
      en: 'The mask keeps a script from choosing the bytes that cross the wire; with chosen bytes it could plant an answer in the cache of a proxy that takes them for HTTP. Browsers mask everything, so that an unmasked frame comes from a client written by hand or from something between. Some server libraries let it pass, and the client seems right until it meets a stricter one.',
      zh: '掩码使脚本无法决定线上的字节；若能决定，它就可以在把这些字节当成 HTTP 的代理缓存里塞进伪造的响应。浏览器对所有帧都加掩码，所以没有掩码的帧来自手写的客户端，或者中间的什么东西。有些服务器库会放过它，于是客户端看起来没问题，直到遇上更严格的服务器。',
    },
    example: {
      fromClient: '81 05 48 65 6c 6c 6f',
      note: {
        en: 'The highest bit of the second byte is 0, and “Hello” can be read on the wire: right for a server, wrong for a client.',
        zh: '第二个字节的最高位是 0，线上直接能读出“Hello”：服务器这样发是对的，客户端不行。',
      },
    },
    ways: {
      php: { code: 'fwrite($fp, "\\x81" . chr(strlen($msg)) . $msg);', text: { en: "A client on `fsockopen` borrows the `encode` function of a tutorial's server, and a server's frames have no mask.", zh: '用 `fsockopen` 写的客户端直接借用教程里服务器的 `encode` 函数，而服务器的帧是没有掩码的。' } },
      node: { text: { en: 'A proxy takes the mask off to log or to filter what the browser says, and writes the plain frames on to the server behind it. On that side it is the client, and has to mask again.', zh: '代理为了记录或过滤而去掉掩码，再把明文的帧写给后面的服务器。在那一侧它才是客户端，必须重新加掩码。' } },
      python: { code: "sock.sendall(b'\\x8a\\x00')", text: { en: 'Messages go through a function that masks; the Pong and the Close are written as constants beside it. Empty frames are masked, too: `8a 80` and four bytes of key.', zh: '消息经过会加掩码的函数，Pong 和 Close 却在旁边写成常量。空帧也要掩码：`8a 80` 再加四个字节的密钥。' } },
      go: { code: 'ws.WriteFrame(conn, ws.NewTextFrame(p))', text: { en: 'With gobwas/ws frames are written as they are, and a client has to wrap them in `ws.MaskFrame`. gorilla/websocket and coder/websocket know their role and mask by themselves.', zh: 'gobwas/ws 按原样写帧，客户端要自己套上 `ws.MaskFrame`。gorilla/websocket 和 coder/websocket 知道自己的角色，会自动加掩码。' } },
      java: { code: 'pipeline.addLast(new WebSocket13FrameEncoder(false));', text: { en: "Netty's encoder is told by its argument whether to mask; `performMasking` of the client's handshaker is the same switch. `false` is for servers.", zh: 'Netty 的编码器靠这个参数决定是否掩码；客户端握手类的 `performMasking` 是同一个开关。`false` 是给服务器用的。' } },
      rust: { code: 'dst.put_u8(0x80 | opcode);\ndst.put_u8(len as u8);', text: { en: 'A `tokio_util` codec written for a server is put on a `TcpStream::connect`. Its `encode` has no place for a key, so nothing reminds of it.', zh: '为服务器写的 `tokio_util` 编解码器被套在 `TcpStream::connect` 上。它的 `encode` 里没有密钥的位置，自然没人想起来。' } },
    },
  },

  FRAME_MASKED: {
    clause: 'A server MUST NOT mask any frames that it sends to the client. A client MUST close a connection if it detects a masked frame.',
    why: {
      en: 'Only clients mask. Chromium fails with `A server must not mask any frames that it sends to the client.` and sends 1002; Firefox takes the mask off and delivers the message, so that a server tested there alone seems right. Chromium has the same words for Chinese text that was written without a frame, because its second byte reads as a mask bit.',
      zh: '只有客户端才加掩码。Chromium 报 `A server must not mask any frames that it sends to the client.` 并发送 1002；Firefox 会去掉掩码照常交付，所以只在 Firefox 里测试的服务器看上去没问题。没有装帧的中文文本在 Chromium 里也是这句话，因为它的第二个字节被读成了掩码位。',
    },
    example: {
      fromServer: '81 85 37 fa 21 3d 7f 9f 4d 51 58',
      note: {
        en: "The masked “Hello” of the RFC's §5.7, sent by a server: 85 is the mask bit and the length 5, and 37 fa 21 3d is the key.",
        zh: 'RFC §5.7 里带掩码的“Hello”，由服务器发出：85 是掩码位加长度 5，37 fa 21 3d 是掩码密钥。',
      },
    },
    ways: {
      php: { code: 'foreach ($clients as $c) socket_write($c, $buffer, $bytes);', text: { en: 'What `socket_recv` brought is sent to everybody as it came. It has to be unmasked and put into a frame of the server first.', zh: '`socket_recv` 读到什么就原样发给所有人。应当先去掉掩码，再装进服务器自己的帧。' } },
      node: { code: 'alice.pipe(bob); bob.pipe(alice);', text: { en: 'The sockets of two upgraded browsers are joined, and each gets the masked frames of the other.', zh: '把两个升级后的浏览器 socket 直接对接，每一方收到的都是对方带掩码的帧。' } },
      python: { code: 'def encode(opcode, data, mask=True):', text: { en: 'One function serves client and server, and its default is that of the client.', zh: '客户端和服务器共用一个函数，而默认值是按客户端定的。' } },
      go: { code: 'header, _ := ws.ReadHeader(conn)\nws.WriteHeader(conn, header)', text: { en: "With gobwas/ws an echo that sends the client's header back has to set `header.Masked = false` before it does.", zh: '用 gobwas/ws 写回显时，把客户端的头部送回去之前要先设 `header.Masked = false`。' } },
      java: { code: 'pipeline.addLast(new WebSocket13FrameEncoder(true));', text: { en: "A pipeline of Netty that was put together by hand has a client's encoder. `WebSocketServerProtocolHandler` takes the right one.", zh: '手工拼装的 Netty pipeline 用了客户端的编码器。`WebSocketServerProtocolHandler` 会选对的那个。' } },
      rust: { code: 'WebSocket::from_raw_socket(stream, Role::Client, None)', text: { en: "After a handshake of one's own tungstenite is told the wrong role, and the role decides about the mask.", zh: '自己做完握手之后，交给 tungstenite 的角色写错了，而是否掩码正由角色决定。' } },
    },
    misbehave: 'masked',
  },

  FRAME_LENGTH_NOT_MINIMAL: {
    clause: `Note that in all cases, the minimal number of bytes MUST be used to encode the length, for example, the length of a 124-byte-long string can't be encoded as the sequence 126, 0, 124.`,
    why: {
      en: 'A length has one form, so that everybody who looks at a frame, filters included, reads the same. Chromium says `Invalid frame header` and sends 1002; Firefox fails. Many libraries do not check it, so that it goes unnoticed until a browser connects.',
      zh: '一个长度只有一种写法，这样包括过滤设备在内，谁看这一帧都读出同样的结果。Chromium 报 `Invalid frame header` 并发送 1002；Firefox 失败。许多库并不检查这一点，所以直到浏览器来连接才会暴露。',
    },
    example: {
      fromServer: '81 7e 00 05 48 65 6c 6c 6f',
      note: {
        en: '7e says that two bytes of length follow; they say 5, which fits into the 7 bits.',
        zh: '7e 表示后面有两个字节的长度，而它们写的是 5，本来 7 位就放得下。',
      },
    },
    ways: {
      php: { code: 'if ($length < 125) …', text: { en: '`<` stands where `<=` should: a message of exactly 125 bytes takes the form with two more bytes, and only that one fails.', zh: '该用 `<=` 的地方用了 `<`：恰好 125 字节的消息用了多两个字节的形式，于是只有它会失败。' } },
      node: { code: 'head[1] = 127;\nhead.writeBigUInt64BE(BigInt(data.length), 2);', text: { en: 'The 64-bit form is written for everything, because it fits everything.', zh: '反正 64 位什么都装得下，于是所有长度都用 64 位形式。' } },
      python: { code: 'elif n < 65535:', text: { en: 'Written from memory, the second branch ends one short: 65,535 bytes go out with eight bytes of length instead of two.', zh: '凭记忆写的第二个分支少算了一个：65,535 字节的消息用了八个字节的长度，而不是两个。' } },
      go: { code: 'buf := append(make([]byte, 4), payload...)\nbuf[1] = 126', text: { en: 'Four bytes are kept free for the header before the length is known, and filled in later, however short the payload turned out.', zh: '长度未知时先留出四个字节的头部，之后再回填，不管载荷实际上有多短。' } },
      java: { code: 'int most = text.length() * 3;', text: { en: 'The form is chosen by the most bytes that the text could take, and the length written into it is the real one.', zh: '形式是按文本最多可能占的字节数选的，写进去的却是实际长度。' } },
      rust: { code: 'if let Ok(n) = u16::try_from(len) {', text: { en: 'Whatever fits into a `u16` takes the 16-bit form, because that branch comes before the one for 125 and below.', zh: '凡是放得进 `u16` 的都用了 16 位形式，因为这个分支排在 125 及以下的分支之前。' } },
    },
    misbehave: 'length-16-not-minimal',
  },

  FRAME_LENGTH_HIGH_BIT: {
    clause: 'If 127, the following 8 bytes interpreted as a 64-bit unsigned integer (the most significant bit MUST be 0) are the payload length.',
    why: {
      en: 'The bit is 0 so that every length fits into a signed number, the only one that many languages have. Where it is set, a negative number was written, or the lowest byte came first. Chromium says `Invalid frame header` and sends 1002; Firefox fails. Where what follows proves the byte order, the doctor says FRAME_LENGTH_WRONG instead.',
      zh: '这一位规定为 0，是为了让长度能放进有符号整数，许多语言只有这一种。它为 1，说明写进去的是负数，或者低位字节写在了前面。Chromium 报 `Invalid frame header` 并发送 1002；Firefox 失败。如果后面的内容能证明是字节序的问题，诊断会改报 FRAME_LENGTH_WRONG。',
    },
    example: {
      fromServer: '82 7f 80 00 00 00 00 00 00 01 01',
      note: {
        en: 'The eight bytes behind 7f begin with 80: as a signed number the length is far below zero.',
        zh: '7f 后面的八个字节以 80 开头：按有符号数读，这个长度远小于零。',
      },
    },
    ways: {
      php: { code: "chr(127) . pack('Q', $length)", text: { en: "`Q` is in the machine's order, lowest byte first on nearly all machines. For half of all lengths that byte is 80 or more. `J` is the same in network byte order.", zh: '`Q` 按机器的字节序写，几乎所有机器都是低位在前。有一半的长度，其最低字节不小于 80。`J` 才是网络字节序。' } },
      node: { code: 'view.setBigUint64(2, BigInt(length), true);', text: { en: 'The third argument of a `DataView` means little-endian; without it the highest byte comes first.', zh: '`DataView` 的第三个参数表示小端；不写它才是高位字节在前。' } },
      python: { code: 'n.to_bytes(8, sys.byteorder)', text: { en: "`sys.byteorder` is the machine's order, and the wire has its own: `'big'`.", zh: "`sys.byteorder` 是机器的字节序，线上有线上的：应写 `'big'`。" } },
      go: { code: 'binary.BigEndian.PutUint64(h[2:], uint64(resp.ContentLength))', text: { en: '`ContentLength` is -1 where the length of a body is not known, and as a `uint64` that is eight times ff.', zh: '消息体长度未知时 `ContentLength` 是 -1，转成 `uint64` 就是八个 ff。' } },
      java: { code: 'buffer.putLong(head.length + body.length);', text: { en: 'The sum of two `int` overflows beyond 2 GiB, and `putLong` extends the sign of what is left. Add as `long`.', zh: '两个 `int` 相加超过 2 GiB 就溢出，`putLong` 再把结果做符号扩展。应当先转成 `long` 再加。' } },
      rust: { code: '(buf.len() - HEADER) as u64', text: { en: 'The subtraction goes below zero for a short buffer: a panic in a debug build, a length near 2⁶⁴ in a release build. Use `checked_sub`.', zh: '缓冲区太短时减法会小于零：调试构建会 panic，发布构建则得到接近 2⁶⁴ 的长度。应当用 `checked_sub`。' } },
    },
    misbehave: 'length-64-highest-bit',
  },

  FRAME_CONTROL_FRAGMENTED: {
    clause: 'All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented.',
    why: {
      en: 'Control frames may come between the fragments of a message and are answered at once; if they had fragments themselves, a receiver would have to keep two unfinished things apart. Chromium says `Invalid frame header` and sends 1002; Firefox fails.',
      zh: '控制帧可以插在一条消息的分片之间，收到就要立即处理；如果它自己也能分片，接收方就得同时分清两件没收完的东西。Chromium 报 `Invalid frame header` 并发送 1002；Firefox 失败。',
    },
    example: {
      fromServer: '09 02 68 69',
      note: {
        en: 'A Ping begins with 89. In 09 the highest bit, FIN, is missing.',
        zh: 'Ping 应以 89 开头。09 少了最高位 FIN。',
      },
    },
    ways: {
      php: { code: 'socket_write($client, "\\x09\\x00");', text: { en: 'The opcode is written alone. The first byte is the opcode and FIN: `chr(0x80 | 9)`.', zh: '只写了操作码。首字节是操作码加 FIN：`chr(0x80 | 9)`。' } },
      node: { code: 'const first = (fin << 7) | opcode;', text: { en: 'The heartbeat leaves `fin` out, and `undefined << 7` is 0 without a word. Give the parameter a default of `true`.', zh: '发心跳时没有传 `fin`，而 `undefined << 7` 就是 0，不会报错。给这个参数默认值 `true`。' } },
      python: { code: 'for i in range(0, len(data), 125):', text: { en: 'The loop that cuts long messages into fragments is used for a long Ping or Close, too. These cannot be cut; they have to be shorter.', zh: '把长消息切成分片的循环也被用在过长的 Ping 或 Close 上。它们不能切，只能写短。' } },
      go: { code: 'f := Frame{Opcode: OpPing}', text: { en: 'The zero value of `Fin` is `false`. A constructor for control frames sets it once for all.', zh: '`Fin` 的零值是 `false`。给控制帧写一个构造函数，统一把它设好。' } },
      java: { code: 'new PingWebSocketFrame(false, 0, content)', text: { en: "The first argument is Netty's `finalFragment`, and Netty writes what it is told. The constructor without it is right.", zh: '第一个参数是 Netty 的 `finalFragment`，说什么它就写什么。用不带这个参数的构造函数即可。' } },
      rust: { code: 'let fin = self.remaining == 0;', text: { en: 'FIN comes from the state of the message under way, and a Ping that is sent between two of its fragments takes it over.', zh: 'FIN 取自正在发送的消息的状态，于是夹在两个分片之间发出的 Ping 也跟着成了 0。' } },
    },
    misbehave: 'ping-fragmented',
  },

  FRAME_CONTROL_TOO_LONG: {
    clause: 'All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented.',
    why: {
      en: 'Every receiver keeps room for a control frame beside the message that it is reading, and the rule says how much. A Close has two bytes for the code and 123 for the reason. Chromium says `Invalid frame header` and sends 1002, Firefox fails, and the reason that was to explain everything is lost.',
      zh: '接收方在读消息的同时还要给控制帧留出空间，这条规则说明要留多少。Close 用两个字节放状态码，剩下 123 个字节放原因。Chromium 报 `Invalid frame header` 并发送 1002，Firefox 失败，本想说明一切的原因反而丢了。',
    },
    example: {
      fromServer: '88 7e 00 7e 03 f3 41*124',
      note: {
        en: 'A Close 1011 with a reason of 124 bytes: 126 in all, one more than fits.',
        zh: 'Close 1011，原因有 124 个字节：一共 126 个，多了一个。',
      },
    },
    ways: {
      php: { code: "$payload = pack('n', 1011) . $e->getMessage();", text: { en: 'The message of an exception becomes the reason as it is, with a path or an SQL statement in it.', zh: '异常信息原样当作原因发送，里面带着路径或者 SQL 语句。' } },
      node: { code: 'frame(0x9, Buffer.from(JSON.stringify(status)))', text: { en: 'A heartbeat carries a status as JSON, which grows with each field. `ws` throws a RangeError beyond 125 bytes; code written by hand sends it.', zh: '心跳里带着 JSON 状态，字段越加越长。超过 125 字节时 `ws` 会抛 RangeError；手写的代码就直接发了。' } },
      python: { code: 'reason[:123].encode()', text: { en: 'The reason is cut at 123 characters, which in Chinese are 369 bytes. Encode first, then cut between characters.', zh: '原因按 123 个字符截断，中文就是 369 个字节。应当先编码，再在字符之间截断。' } },
      go: { code: 'conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1011, err.Error()), deadline)', text: { en: 'gorilla/websocket does not send a longer one: it returns an error that nobody reads, and the client is told 1006. A frame written by hand goes out.', zh: 'gorilla/websocket 不会发出过长的帧，而是返回一个没人看的错误，客户端只得到 1006。手写的帧则真的会发出去。' } },
      java: { code: 'new CloseWebSocketFrame(1011, e.toString())', text: { en: "Netty's constructor takes a reason of any length. `CloseReason` of Jakarta WebSocket throws beyond 123 bytes, often within the handler of the error itself.", zh: 'Netty 的这个构造函数接受任意长度的原因。Jakarta WebSocket 的 `CloseReason` 超过 123 字节会抛异常，而且往往就在错误处理函数里。' } },
      rust: { code: 'let reason = format!("{err:#}");', text: { en: 'The whole chain of an `anyhow` error becomes the reason. Log the chain, and send a word.', zh: '把 `anyhow` 错误的整条链都当作原因发送。链写进日志，发出去的只要一个词。' } },
    },
    misbehave: 'close-of-126-bytes',
  },

  FRAME_TOO_BIG: {
    clause: 'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
    why: {
      en: 'A header can announce 2⁶³ - 1 bytes. Who reserves what is announced can be felled by fourteen bytes, so that every receiver has a limit and closes with 1009 as soon as it has read the header. The number is its own; a recording does not show it. Chromium and Firefox were seen to wait quietly for a frame of 1 GiB.',
      zh: '一个头部可以声明 2⁶³ - 1 个字节。照着声明去分配内存的程序，十四个字节就能打垮，所以接收方都有上限，一读完头部就以 1009 关闭。这个数由接收方自己定，录制里看不出来。实测 Chromium 和 Firefox 会安静地等一个 1 GiB 的帧。',
    },
    example: {
      fromServer: '82 7f 00 00 00 00 40 00 00 00 01',
      note: {
        en: 'The header announces 1 GiB, and one byte of it has come. A receiver with a lower limit closes here; the doctor, which has none, sees a frame that is cut.',
        zh: '头部声明了 1 GiB，只来了一个字节。上限更低的接收方在这里就关闭了；诊断没有上限，看到的只是一个没收完的帧。',
      },
    },
    ways: {
      php: { code: '$connection->send(file_get_contents($path));', text: { en: 'A whole file goes out as one frame. It works with the files of the test and fails with the first large one.', zh: '整个文件作为一帧发出。测试时的文件都没事，第一个大文件就失败。' } },
      node: { code: "ws.send(file.toString('base64'));", text: { en: "In base64 a file is a third longer: it is below the other end's `maxPayload`, and its text is above it. Send the Buffer.", zh: '转成 base64 后文件长了三分之一：文件本身没超过对端的 `maxPayload`，文本却超过了。直接发送 Buffer。' } },
      python: { code: 'await ws.send(json.dumps(rows))', text: { en: 'A query without a limit becomes one message. A receiver with `websockets` takes 1 MiB unless `max_size` says otherwise, and closes with 1009.', zh: '没有分页的查询结果成了一条消息。用 `websockets` 的接收方默认只收 1 MiB，除非设了 `max_size`，超过就以 1009 关闭。' } },
      go: { text: { en: 'coder/websocket reads 32,768 bytes a message until `SetReadLimit` is called, gorilla/websocket has no limit until then. What worked with the one fails with the other.', zh: '在调用 `SetReadLimit` 之前，coder/websocket 每条消息只读 32,768 字节，gorilla/websocket 则没有上限。换一个库，原本能收的就收不了了。' } },
      java: { code: 'new WebSocketServerProtocolHandler("/ws")', text: { en: 'Without `maxFramePayloadLength` Netty takes frames of up to 65,536 bytes; a picture of a phone is larger.', zh: '不设 `maxFramePayloadLength` 时，Netty 只接受不超过 65,536 字节的帧；手机拍的一张照片就超了。' } },
      rust: { code: 'ws.send(Message::binary(snapshot)).await?;', text: { en: 'A snapshot of the whole state is one frame. A receiver with tungstenite takes 16 MiB a frame and 64 MiB a message unless its `WebSocketConfig` says otherwise.', zh: '整个状态的快照是一帧。用 tungstenite 的接收方默认每帧 16 MiB、每条消息 64 MiB，除非 `WebSocketConfig` 另有设置。' } },
    },
    misbehave: 'huge-frame-announced',
  },

  FRAME_LENGTH_WRONG: {
    clause: 'The length of the "Payload data", in bytes: if 0-125, that is the payload length.',
    why: {
      en: 'The next frame begins where the length says. One byte off, and payload is read as a header: what the browser then complains of (reserved bits, a mask, UTF-8) is far from the cause. With a length that is too long Chromium and Firefox wait for the rest, and the script is told nothing but 1006 at the end.',
      zh: '下一帧从哪里开始，全凭这个长度。差一个字节，载荷就被当成头部来读：浏览器随后抱怨的（保留位、掩码、UTF-8）离真正的原因很远。长度写大了，Chromium 和 Firefox 就一直等剩下的部分，脚本最后只得到 1006。',
    },
    example: {
      fromServer: '81 02 e4 bd a0 e5 a5 bd',
      note: {
        en: 'The length is 2, which are the characters of 你好; its bytes in UTF-8 are six.',
        zh: '长度写的是 2，那是“你好”的字符数；它的 UTF-8 有六个字节。',
      },
    },
    ways: {
      php: { code: '"\\x81" . chr(strlen($text)) . $text', text: { en: '`chr` takes the number modulo 256: 300 becomes 44. Lengths of 128 to 255 set the mask bit, and 126 and 127 say that more bytes of length follow.', zh: '`chr` 对 256 取模：300 变成 44。128 到 255 会把掩码位置 1，126 和 127 则表示后面还有长度字节。' } },
      node: { code: 'frame[1] = text.length;\nframe.write(text, 2);', text: { en: '`length` of a string counts units of UTF-16. It is right for ASCII and too short for everything else; `Buffer.byteLength(text)` counts bytes.', zh: '字符串的 `length` 数的是 UTF-16 单元。对 ASCII 没错，对别的都偏小；`Buffer.byteLength(text)` 数的才是字节。' } },
      python: { code: "header = struct.pack('BBH', 0x81, 126, len(text))", text: { en: "Two mistakes in a line: `len` of a `str` counts characters, and `H` without `!` is in the machine's byte order. Encode first, then `struct.pack('!BBH', …, len(data))`.", zh: "一行里两个错误：对 `str` 用 `len` 数的是字符，不带 `!` 的 `H` 是机器字节序。先编码，再写 `struct.pack('!BBH', …, len(data))`。" } },
      go: { code: 'buf := []byte{0x81, byte(len(p))}', text: { en: 'The conversion drops the higher bits and nobody is told. `len` of a string counts bytes, so that Go gets the number right and its form wrong.', zh: '这个转换悄悄丢掉了高位。Go 字符串的 `len` 数的是字节，所以数是对的，写法却错了。' } },
      java: { code: 'out.writeByte(bytes.length);\nout.writeUTF(text);', text: { en: '`writeUTF` writes a length of two bytes of its own before the text, so that the payload is two bytes longer than the header says.', zh: '`writeUTF` 会在文本前面自己写两个字节的长度，于是载荷比头部声明的多两个字节。' } },
      rust: { code: 'frame.extend((len as u16).to_ne_bytes());', text: { en: '`to_ne_bytes` is the order of the machine: 200 goes out as `c8 00`, which reads as 51,200. Use `to_be_bytes`.', zh: '`to_ne_bytes` 是机器的字节序：200 发出去是 `c8 00`，读出来是 51,200。应当用 `to_be_bytes`。' } },
    },
    misbehave: 'length-in-characters-short',
  },

  FRAME_OVER_2_GIB: {
    clause: 'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
    why: {
      en: 'No browser takes a frame of more than 2³¹ - 1 bytes. Chromium then ends the connection without a word: no `error` event, no line in the console, no Close, only 1006. Firefox says that the connection was interrupted. Hardly anybody means such a length: it is one of four bytes where eight are due, or its halves or bytes are in the wrong order. Where the bytes prove that, the doctor says FRAME_LENGTH_WRONG instead.',
      zh: '浏览器不接受超过 2³¹ - 1 字节的帧。Chromium 会一声不响地断开：没有 `error` 事件，控制台没有输出，也不发 Close，只有 1006。Firefox 则说连接被中断。几乎没有人真想写这么大的长度：多半是该写八个字节却写了四个，或者高低两半、字节顺序反了。如果字节本身能证明这一点，诊断会改报 FRAME_LENGTH_WRONG。',
    },
    example: {
      fromServer: '82 7f 00 00 00 00 80 00 00 00 01',
      note: {
        en: 'The eight bytes behind 7f say 2,147,483,648: one byte more than a browser takes.',
        zh: '7f 后面的八个字节是 2,147,483,648：比浏览器能接受的多一个字节。',
      },
    },
    ways: {
      php: { code: "chr(127) . pack('NN', $length, 0)", text: { en: "The two halves are swapped: the length stands in the upper one. `pack('J', $length)` writes both.", zh: "高低两半写反了，长度落在高 32 位。用 `pack('J', $length)` 一次写全。" } },
      node: { code: 'head.writeUInt32BE(length >>> 32, 2);\nhead.writeUInt32BE(length, 6);', text: { en: 'JavaScript shifts by the number modulo 32, and `length >>> 32` is `length`: it stands in both halves. Use `Math.floor(length / 2 ** 32)` or `writeBigUInt64BE`.', zh: 'JavaScript 的移位量对 32 取模，`length >>> 32` 就是 `length` 本身，于是高低两半都是它。用 `Math.floor(length / 2 ** 32)` 或 `writeBigUInt64BE`。' } },
      python: { code: "struct.pack('!BBI', 0x81, 127, len(data))", text: { en: '`I` has four bytes. The first four of the payload are read as the lower half of the length; `Q` has eight.', zh: '`I` 是四个字节，载荷的前四个字节就被读成长度的低 32 位；`Q` 才是八个字节。' } },
      go: { code: 'binary.LittleEndian.PutUint64(h[2:], uint64(len(p)))', text: { en: 'The constant came along from a file format, where little-endian is usual. On the wire it is `binary.BigEndian`.', zh: '这是从处理文件格式的代码里顺手带来的，那里小端很常见。线上要用 `binary.BigEndian`。' } },
      java: { code: 'for (int i = 7; i >= 0; i--) out.write(len >> (8 * i));', text: { en: '`len` is an `int`, and shifts of an `int` count modulo 32: its four bytes are written twice. Declare it as `long`.', zh: '`len` 是 `int`，而 `int` 的移位量对 32 取模：它的四个字节被写了两遍。应声明为 `long`。' } },
      rust: { code: 'let len = file.metadata()?.len();', text: { en: 'The length is meant: a file of more than 2 GiB is streamed in one frame. Send it in fragments or messages of some hundred kilobytes.', zh: '这次是真的：把超过 2 GiB 的文件放在一帧里流式发送。应当拆成几百 KB 一个的分片或消息。' } },
    },
    misbehave: 'length-64-of-2-gib',
  },

  FRAME_CUT: {
    clause: 'The payload length is the length of the "Extension data" + the length of the "Application data".',
    why: {
      en: 'A receiver waits for as many bytes as the header announces. When the connection ends before that, the message is lost: in Chromium and Firefox the script is told 1006, and neither writes a line to the console.',
      zh: '接收方会一直等到头部声明的字节数收齐。连接在那之前结束，这条消息就丢了：在 Chromium 和 Firefox 里脚本只得到 1006，控制台都没有一行输出。',
    },
    example: {
      fromServer: '81 0a 61 62 63',
      ended: 'fin',
      note: {
        en: 'Ten bytes are announced and three come, and then the server ends the connection.',
        zh: '声明了十个字节，只来了三个，服务器就结束了连接。',
      },
    },
    ways: {
      php: { code: 'socket_write($client, $frame);\nsocket_close($client);', text: { en: '`socket_write` returns how much it took, which is less than all where the buffer of the system is full. The rest has to be written in a loop.', zh: '`socket_write` 返回实际写了多少，系统缓冲区满的时候就不是全部。剩下的要循环写完。' } },
      node: { code: 'socket.write(frame);\nprocess.exit();', text: { en: '`write` only queues what the system does not take at once, and `exit` and `destroy()` throw the queue away. `socket.end(frame)` does not.', zh: '系统一次收不下的部分，`write` 只是放进队列，而 `exit` 和 `destroy()` 会把队列扔掉。`socket.end(frame)` 不会。' } },
      python: { code: 'sock.send(frame)', text: { en: '`send` writes what fits and returns its number; `sendall` goes on until all is written. With short messages both look alike.', zh: '`send` 能写多少写多少，返回写掉的字节数；`sendall` 会一直写完。消息短的时候两者看不出差别。' } },
      go: { code: 'conn.SetWriteDeadline(time.Now().Add(time.Second))', text: { en: 'The deadline passes in the middle of a frame to a slow client, and the error path closes the connection. Nothing can be sent behind half a frame, so that is right; the deadline was too short for the size.', zh: '对方读得慢，期限在一帧写到一半时到了，错误处理随即关闭连接。半帧之后确实不能再发别的，关闭没错；是期限相对于数据量太短了。' } },
      java: { code: 'channel.write(buffer);', text: { en: 'A `SocketChannel` that does not block writes what fits. Go on while `buffer.hasRemaining()`, when the selector says that it can be written to.', zh: '非阻塞的 `SocketChannel` 能写多少写多少。只要 `buffer.hasRemaining()`，就等选择器报告可写时接着写。' } },
      rust: { code: 'timeout(limit, stream.write_all(&frame)).await', text: { en: 'When the time is up the future is dropped, and with it the knowledge of how much was written. A bare `stream.write(&frame)` may stop short, too.', zh: '时间一到 future 就被丢弃，已经写了多少也就无从知道。单独用 `stream.write(&frame)` 也可能只写一部分。' } },
    },
    misbehave: 'fin-within-frame',
  },

  UNFRAMED_DATA: {
    clause: 'An endpoint MUST encapsulate the /data/ in a WebSocket frame as defined in Section 5.2.',
    why: {
      en: 'Behind the 101 the socket carries frames and nothing else, and text is read as the bits of a header. What Chromium says depends on the first letter: `Invalid frame header` for `{`, `<` or `H`, reserved bits for many others, a mask for Chinese. Firefox mostly takes the text for the beginning of a long frame and waits in silence until the connection ends.',
      zh: '101 之后，socket 上只能有帧，文本会被当成头部的各个位来读。Chromium 报什么取决于第一个字母：`{`、`<`、`H` 是 `Invalid frame header`，另有许多是保留位，中文则是掩码。Firefox 多半把文本当作一个长帧的开头，一声不响地等到连接结束。',
    },
    example: {
      fromServer: '7b 22 74 79 70 65 22 3a 22 68 65 6c 6c 6f 22 7d 0a',
      note: {
        en: 'The line `{"type":"hello"}` as it is. A frame would have 81 11 before it.',
        zh: '原样发出的一行 `{"type":"hello"}`。装成帧的话，前面应有 81 11。',
      },
    },
    ways: {
      php: { code: 'socket_write($client, json_encode($data));', text: { en: "What was read was decoded, and what is written was forgotten. Each write after the handshake goes through the function that makes frames; Ratchet's `send` does.", zh: '读的时候解了帧，写的时候却忘了装。握手之后每次写都要经过装帧的函数；Ratchet 的 `send` 会做这件事。' } },
      node: { code: "socket.write(JSON.stringify({ type: 'hello' }));", text: { en: 'In a handler of `upgrade` the socket is plain TCP, and Node puts no frame around what is written to it. With `ws` it is `ws.send` that is meant, not `ws._socket.write`.', zh: '在 `upgrade` 处理函数里，socket 就是普通的 TCP，Node 不会替你装帧。用 `ws` 时应当调用 `ws.send`，而不是 `ws._socket.write`。' } },
      python: { code: 'writer.write(json.dumps(event).encode())', text: { en: 'A server that spoke lines of JSON over `asyncio` streams was given a handshake, and its writes stayed as they were.', zh: '原本用 `asyncio` 流收发 JSON 行的服务器，补上了握手，写数据的地方却没有改。' } },
      go: { code: 'json.NewEncoder(conn).Encode(event)', text: { en: 'After `Hijack`, `conn` is a `net.Conn`; and the `NetConn()` of a WebSocket library lies below its frames. Use `WriteJSON` or `wsjson.Write`.', zh: '`Hijack` 之后的 `conn` 是 `net.Conn`；WebSocket 库的 `NetConn()` 也在帧的下面。应当用 `WriteJSON` 或 `wsjson.Write`。' } },
      java: { code: 'ctx.writeAndFlush(Unpooled.copiedBuffer(json, UTF_8));', text: { en: "Netty's encoder looks at a `WebSocketFrame` only and lets a `ByteBuf` pass as it is. Wrap it: `new TextWebSocketFrame(json)`.", zh: 'Netty 的编码器只处理 `WebSocketFrame`，`ByteBuf` 会原样通过。要包一层：`new TextWebSocketFrame(json)`。' } },
      rust: { code: 'ws.get_mut().write_all(text.as_bytes())?;', text: { en: "`get_mut` of tungstenite's `WebSocket` is the stream below, and so is hyper's `Upgraded`. Both take any bytes.", zh: 'tungstenite 的 `WebSocket::get_mut` 拿到的是下层的流，hyper 的 `Upgraded` 也是。两者什么字节都收。' } },
    },
    misbehave: 'unframed-json',
  },

  FRAMES_LOST: {
    clause: 'Incoming data MUST be parsed as WebSocket frames as defined in Section 5.2.',
    why: {
      en: 'Frames have no mark by which one could find the next: a header says how long it is, and the rest is counting. Where a header makes no sense, nobody can tell what belongs to it. The doctor stops there, and so do browsers, which is why they end the connection instead of skipping a frame. Look at the finding before this one.',
      zh: '帧没有可以用来找到下一帧的标记：头部说自己有多长，其余全靠数。头部一旦不成立，就没人知道哪些字节属于它。诊断到此为止，浏览器也是如此，所以它们会断开连接，而不是跳过一帧。请看在它之前的那条结果。',
    },
    example: {
      fromServer: '82 02 ff d8 83 03 10 4a 46 49 46 00 01',
      also: ['FRAME_RESERVED_OPCODE'],
      note: {
        en: 'The first frame announces two bytes of a picture and more of it follow: 83 is read as opcode 3, and behind its three bytes nothing looks like a frame.',
        zh: '第一帧声明了图片的两个字节，后面却还有：83 被读成操作码 3，它的三个字节之后再也没有像帧的东西。',
      },
    },
    ways: {
      php: { code: 'chr(strlen($jpeg))', text: { en: 'The length of a picture in one byte. The frame ends after at most 127 bytes, and the rest of the picture follows as headers.', zh: '用一个字节写图片的长度。帧最多 127 个字节就结束，图片剩下的部分都被当作头部。' } },
      node: { code: 'socket.write(header(stat.size));\nfs.createReadStream(path).pipe(socket);', text: { en: 'The size is asked before the file is read. A log that grows in between sends more bytes than were announced.', zh: '先取文件大小，再去读文件。中间还在增长的日志会发出比声明更多的字节。' } },
      python: { code: 'size = os.path.getsize(path)\ntext = open(path).read()', text: { en: 'Read as text, CR LF becomes LF and bytes become characters: the file is shorter than its size says. Open it with `rb`, and count what was read.', zh: '以文本方式读，CR LF 变成 LF，字节变成字符，结果比文件大小短。用 `rb` 打开，并以实际读到的为准。' } },
      go: { code: 'conn, rw, _ := w.(http.Hijacker).Hijack()', text: { en: 'Some frames are written to `rw`, which keeps them until `Flush`, and others to `conn`. They arrive in another order, or within each other. Take one of the two.', zh: '有的帧写进 `rw`，要到 `Flush` 才发出；有的直接写 `conn`。到达的次序乱了，甚至一帧夹在另一帧里。只用其中一个。' } },
      java: { code: 'out.write(buffer.array());', text: { en: '`array()` is the whole memory behind a `ByteBuffer`, whatever its position and limit. Write `remaining()` bytes from `arrayOffset() + position()`.', zh: '`array()` 是 `ByteBuffer` 背后的整块内存，与 position 和 limit 无关。应当从 `arrayOffset() + position()` 起写 `remaining()` 个字节。' } },
      rust: { code: 'let n = file.read(&mut buf)?;\nstream.write_all(&buf)?;', text: { en: 'The header says `n`, and the whole buffer goes out, with old bytes behind. Write `&buf[..n]`.', zh: '头部写的是 `n`，发出去的却是整个缓冲区，后面带着旧的字节。应当写 `&buf[..n]`。' } },
    },
  },

  MASKING_KEY_CONSTANT: {
    clause: 'When preparing a masked frame, the client MUST pick a fresh masking key from the set of allowed 32-bit values.',
    why: {
      en: 'Who knows the key knows which bytes cross the wire, and can choose them: what the mask is there to prevent. No server objects, because one key is as good as another to it, so that nobody notices. A key of four zeros changes nothing at all.',
      zh: '知道密钥的人就知道线上会出现什么字节，也就能挑选这些字节，而掩码正是为了防止这一点。服务器不会抗议，对它来说哪个密钥都一样，所以没人察觉。四个零的密钥则等于没有掩码。',
    },
    example: {
      fromClient: '81 82 00 00 00 00 68 69 81 82 00 00 00 00 68 69 81 82 00 00 00 00 68 69',
      note: {
        en: 'Three frames, the mask bit set in each, and the key is four zeros: “hi” can be read.',
        zh: '三个帧，掩码位都是 1，密钥却是四个零：“hi”一眼就能读出来。',
      },
    },
    ways: {
      php: { code: '$mask = "\\x00\\x00\\x00\\x00";', text: { en: 'Zeros were put in to see the text while debugging, or to save the loop. `random_bytes(4)` is the key, and `$data ^ str_repeat($mask, …)` saves the loop.', zh: '调试时为了看清文本，或者为了省掉循环，填了零。密钥用 `random_bytes(4)`；想省循环可以用 `$data ^ str_repeat($mask, …)`。' } },
      node: { code: 'const mask = crypto.randomBytes(4);', text: { en: 'The line stands at the top of the module: the key is random, and the same until the process ends. It belongs into the function that writes a frame.', zh: '这一行写在模块顶部：密钥是随机的，但直到进程结束都是同一个。它应当写在生成帧的函数里。' } },
      python: { code: 'def frame(data, key=os.urandom(4)):', text: { en: 'A default is computed once, when the function is defined. Use `key=None`, and draw it within.', zh: '默认值只在定义函数时计算一次。写成 `key=None`，在函数里再取。' } },
      go: { code: 'var key [4]byte', text: { en: 'The array is declared and never filled; its zero value is a key that works. `rand.Read(key[:])` of `crypto/rand` is missing.', zh: '声明了数组却没有填，零值也是个能用的密钥。漏了 `crypto/rand` 的 `rand.Read(key[:])`。' } },
      java: { code: 'static final byte[] KEY = {0x37, (byte) 0xfa, 0x21, 0x3d};', text: { en: "The key of the RFC's example was taken over with the example. `SecureRandom.nextBytes` fills one for each frame.", zh: '连同 RFC 的例子一起把例子里的密钥抄了过来。应当每帧用 `SecureRandom.nextBytes` 生成一个。' } },
      rust: { code: 'let mask = [0u8; 4];', text: { en: 'On a device without a source of randomness the key is left at zeros. tungstenite draws one for each frame by itself.', zh: '在没有随机源的设备上，密钥就一直是零。tungstenite 会自己为每一帧生成。' } },
    },
  },
} satisfies Record<string, RulePage>;
