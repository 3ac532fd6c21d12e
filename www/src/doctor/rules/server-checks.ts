import type { RulePage } from './page';
import { client, helloBack, opened, server } from './server-moments';

const reservedBit = 'c1 85 b7 fa a1 bd ff 9f cd d1 d8';
/** A Ping that shows whether the server goes on, and its Pong. */
const next = '89 8a b7 fa a1 bd c0 89 90 8d 86 d7 cf d8 cf 8e';
const nextBack = '8a 0a 77 73 31 30 31 2d 6e 65 78 74';

const control = 'All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented.';

export const serverChecks = {
  SERVER_CHECKS_NO_FRAME: {
    clause: 'Certain algorithms and specifications require an endpoint to _Fail the WebSocket Connection_. To do so, the client MUST _Close the WebSocket Connection_, and MAY report the problem to the user (which would be especially useful for developers) in an appropriate manner. Similarly, to do so, the server MUST _Close the WebSocket Connection_, and SHOULD log the problem.',
    why: {
      en: 'A frame that breaks a rule is the first sign that both ends no longer agree on where frames begin. A server that reads on makes messages out of noise, and mistakes of clients stay unseen until a strict server, or a proxy, ends their connections. Of the frames that `ws101 doctor` sends to be refused, this server takes five or more.',
      zh: '违反规则的帧，是两端对帧的边界已经不一致的第一个迹象。继续往下读的服务器会把噪声当成消息；客户端的错误也一直没人发现，直到遇上严格的服务器或代理。在 `ws101 doctor` 发出的应当拒绝的帧里，这个服务器至少接受了五种。',
    },
    example: {
      timeline: [...opened, client(100, reservedBit), server(101, helloBack), client(200, '83 85 b7 fa a1 bd ff 9f cd d1 d8'), server(201, helloBack), client(300, next), server(301, nextBack)],
      also: ['FRAME_RESERVED_BITS'],
      note: { en: 'A frame with RSV1 (c1) and one of opcode 3 (83). Both come back as good texts, and the Ping behind them is answered: the connection goes on as if nothing had been.', zh: '一帧 RSV1 置位（c1），一帧操作码为 3（83）。两个都作为正常文本发了回来，后面的 Ping 也得到答复：连接若无其事地继续。' },
    },
    ways: {
      php: { text: { en: "An `unmask` of ten lines cannot refuse anything: it gives a string back, and no error has a place in it. Let the decoder throw, catch at the client, send Close with the exception's code.", zh: '十来行的 `unmask` 什么也拒绝不了：它只返回字符串，没有地方放错误。让解码器抛异常，在客户端那一层捕获，按异常的代码发送 Close。' } },
      node: { text: { en: 'Decoders written to understand Chrome, which never sends such frames. `ws` checks all of it; its option `skipUTF8Validation` takes one of the checks away.', zh: '只为读懂 Chrome 而写的解码器，而 Chrome 从不发这种帧。`ws` 全都检查；`skipUTF8Validation` 选项会去掉其中一项。' } },
      python: { text: { en: 'The bits are unpacked into names and never compared. `websockets` and `wsproto` check every frame; wsproto without a network of its own fits into a server by hand.', zh: '各个位解包成了变量，却从没比较过。`websockets` 和 `wsproto` 检查每一帧；wsproto 自己不做网络，正好放进手写的服务器。' } },
      go: { text: { en: "A loop of `header[0] & 0xf` and `header[1] & 0x7f`, from an article that shows how simple the protocol is. gorilla, coder/websocket and gobwas' `ws.CheckHeader` do what it leaves out.", zh: '用 `header[0] & 0xf` 和 `header[1] & 0x7f` 拼成的循环，来自一篇说明协议多么简单的文章。省略的部分由 gorilla、coder/websocket 或 gobwas 的 `ws.CheckHeader` 来做。' } },
      java: { code: 'WebSocketDecoderConfig.newBuilder().withUTF8Validator(false).build()', text: { en: "By hand on an `InputStream`. Netty's decoder checks, and its configuration can switch single checks off (`expectMaskedFrames`, `withUTF8Validator`), which then stay off.", zh: '在 `InputStream` 上手写的情形。Netty 的解码器会检查，但配置可以关掉个别检查（`expectMaskedFrames`、`withUTF8Validator`），关了就一直关着。' } },
      rust: { text: { en: 'Crates that only encode and decode frames leave the rules to you, and some say so in their documentation. A parser with `nom` or by hand says `Ok` to any sixteen bits unless a check is written for each rule.', zh: '只做帧编解码的库把规则留给使用者，有的在文档里就这样写明。用 `nom` 或手写的解析器，不为每条规则写检查，就会对任意十六位说 `Ok`。' } },
    },
  },
  SERVER_TAKES_UNMASKED: {
    clause: 'The server MUST close the connection upon receiving a frame that is not masked.',
    why: {
      en: 'Masking keeps a script in a page from choosing the bytes that go over the wire, and so from writing what an old proxy takes for an HTTP request. It helps only if no server lets a client do without. And a client whose masking is broken should find out here, and not at its first strict server.',
      zh: '掩码让网页里的脚本无法决定线上的字节，也就写不出会被老旧代理当成 HTTP 请求的内容。只有当没有服务器允许客户端省掉它时，它才起作用。掩码有毛病的客户端也应该在这里就发现，而不是等到第一个严格的服务器。',
    },
    example: {
      timeline: [...opened, client(100, '82 05 48 65 6c 6c 6f'), server(101, '82 05 48 65 6c 6c 6f'), client(200, next), server(201, nextBack)],
      also: ['FRAME_UNMASKED'],
      note: { en: 'The second byte is 05, so the mask bit is 0 and `Hello` lies there in clear. It comes back, where Close 1002 was due.', zh: '第二个字节是 05，掩码位为 0，`Hello` 是明文。该来的是 1002 的 Close，它却原样回来了。' },
    },
    ways: {
      php: { code: '$masks = substr($data, 2, 4);', text: { en: 'The bit is never looked at: four bytes of the text are taken for a key, and one character of `Hello` is left, garbled. `if (!(ord($data[1]) & 0x80))` fail with 1002.', zh: '从来不看这一位：文本的前四个字节被当成密钥，`Hello` 只剩一个字符，还是乱的。`if (!(ord($data[1]) & 0x80))` 就以 1002 失败。' } },
      node: { code: 'if (masked) unmask(payload, key);', text: { en: 'One decoder for both directions, which is right for a client and too kind for a server. `ws` gives its receiver `isServer` and refuses with `WS_ERR_EXPECTED_MASK`.', zh: '两个方向共用一个解码器，对客户端合适，对服务器就太宽容了。`ws` 给接收器传 `isServer`，并以 `WS_ERR_EXPECTED_MASK` 拒绝。' } },
      python: { code: 'if has_mask:\n    mask = await reader.readexactly(4)', text: { en: "The same in a function `read_frame(reader)`, without an argument for the side. `websockets` asks with `mask=True` on the server's side.", zh: '同样出现在 `read_frame(reader)` 里，没有参数说明是哪一端。`websockets` 在服务器一端用 `mask=True` 要求掩码。' } },
      go: { code: 'if masked { for i := range p { p[i] ^= key[i%4] } }', text: { en: 'In code by hand, and with `gobwas/ws` where `ws.ReadFrame` is used alone: `ws.CheckHeader(header, ws.StateServerSide)` asks for the mask.', zh: '手写代码里，以及单独使用 `gobwas/ws` 的 `ws.ReadFrame` 时：要求掩码的是 `ws.CheckHeader(header, ws.StateServerSide)`。' } },
      java: { code: 'WebSocketDecoderConfig.newBuilder().expectMaskedFrames(false)', text: { en: "The setting of Netty that belongs to clients, copied into a server's pipeline. By hand it is `if (b[1] < 0)`, which is right as a test and lacks the `else`.", zh: '把 Netty 里属于客户端的设置抄进了服务器的流水线。手写则是 `if (b[1] < 0)`：判断本身没错，只是少了 `else`。' } },
      rust: { code: 'config.accept_unmasked_frames = true;', text: { en: 'tungstenite refuses them unless this is set, for the sake of old clients. Crates that only decode headers give `Option` for the key, and `if let Some(key)` does the rest of the mistake.', zh: 'tungstenite 默认拒绝，除非为了照顾老客户端设了这一项。只解码头部的库用 `Option` 表示密钥，再来一个 `if let Some(key)`，错误就齐了。' } },
    },
  },
  SERVER_TAKES_RESERVED_BITS: {
    clause: 'MUST be 0 unless an extension is negotiated that defines meanings for non-zero values. If a nonzero value is received and none of the negotiated extensions defines the meaning of such a nonzero value, the receiving endpoint MUST _Fail the WebSocket Connection_.',
    why: {
      en: "With permessage-deflate RSV1 says that the message is compressed. A server that did not agree to it and does not look takes compressed bytes for text. Without any extension a set bit means that the two ends have lost each other's place.",
      zh: '用了 permessage-deflate 时，RSV1 表示消息经过压缩。没有协商它、又不看这一位的服务器，会把压缩后的字节当成文本。没有任何扩展时，这一位被置位就说明两端已经错位。',
    },
    example: {
      timeline: [...opened, client(100, reservedBit), server(101, helloBack)],
      also: ['FRAME_RESERVED_BITS'],
      note: { en: 'The first byte is c1: text, FIN, and RSV1. No extension was agreed on, and `Hello` comes back all the same.', zh: '首字节是 c1：文本、FIN，外加 RSV1。没有协商任何扩展，`Hello` 还是回来了。' },
    },
    ways: {
      php: { code: 'switch (ord($data[0]) & 0x0f)', text: { en: 'The mask 0x0f lets the bits fall away together with FIN. `ord($data[0]) & 0x70` must be 0.', zh: '用 0x0f 一与，保留位就和 FIN 一起没了。`ord($data[0]) & 0x70` 必须为 0。' } },
      node: { code: 'const opcode = buf[0] & 15, fin = buf[0] >> 7;', text: { en: 'Two of the three groups of bits are taken. With `ws`, `perMessageDeflate: false` (the default of servers) makes RSV1 an error.', zh: '三组位只取了两组。用 `ws` 时，`perMessageDeflate: false`（服务器的默认值）会让 RSV1 成为错误。' } },
      python: { code: 'fin, opcode = b1 >> 7, b1 & 0x0f', text: { en: 'In code by hand; a slip is also `b1 & 0x7f` for the opcode, which makes 0x41 of a compressed text and sends it to the last `else`.', zh: '出现在手写代码里；还有人把操作码写成 `b1 & 0x7f`，压缩文本就成了 0x41，落进最后的 `else`。' } },
      go: { code: 'if h[0]&0x80 != 0 { fin = true }', text: { en: 'Bits are asked for one by one, and nobody asks for the three in the middle. As one: `h[0]&0x70 != 0`.', zh: '一位一位地问，就是没人问中间三位。一次就够：`h[0]&0x70 != 0`。' } },
      java: { code: 'new WebSocket13FrameDecoder(true, true, 65536)', text: { en: 'The second argument is `allowExtensions`, which makes Netty pass the bits on; it is right only with `WebSocketServerCompressionHandler` in the pipeline.', zh: '第二个参数是 `allowExtensions`，会让 Netty 放行这些位；只有流水线里有 `WebSocketServerCompressionHandler` 时才对。' } },
      rust: { code: 'let opcode = OpCode::try_from(first & 0x0f)?;', text: { en: 'The type checks the opcode, and the bits beside it never reach it. tungstenite fails with `NonZeroReservedBits`.', zh: '类型检查了操作码，旁边的位却没机会被检查。tungstenite 会以 `NonZeroReservedBits` 失败。' } },
    },
  },
  SERVER_TAKES_RESERVED_OPCODE: {
    clause: 'If an unknown opcode is received, the receiving endpoint MUST _Fail the WebSocket Connection_.',
    why: {
      en: 'Opcodes 3 to 7 and 11 to 15 have no meaning yet. A frame with one of them comes nearly always of a wrong length in the frame before: payload is being read as headers. Who takes it for text hands that noise to the application.',
      zh: '操作码 3 到 7 和 11 到 15 还没有含义。出现这样的帧，几乎总是因为前一帧的长度错了：载荷正在被当成头部读。把它当文本，就等于把噪声交给应用。',
    },
    example: {
      timeline: [...opened, client(100, '83 85 b7 fa a1 bd ff 9f cd d1 d8'), server(101, helloBack)],
      also: ['FRAME_RESERVED_OPCODE'],
      note: { en: '83 is FIN and opcode 3. The server answers with a text, 81.', zh: '83 是 FIN 加操作码 3。服务器用文本 81 作答。' },
    },
    ways: {
      php: { code: 'default: $this->onMessage($client, $payload);', text: { en: 'The `default` of the `switch` handles text. Give 1 and 2 their own `case`, and let `default` fail with 1002.', zh: '`switch` 的 `default` 当成了文本处理。给 1 和 2 单独的 `case`，让 `default` 以 1002 失败。' } },
      node: { code: "const type = opcode === 2 ? 'binary' : 'text';", text: { en: 'Everything that is not 2 is text. An object as a table, `handlers[opcode]?.(payload)`, ignores the unknown instead, which is no better.', zh: '不是 2 的都算文本。用对象当表、`handlers[opcode]?.(payload)` 则是忽略未知的，也好不到哪去。' } },
      python: { code: 'else:  # text\n    self.on_message(payload)', text: { en: 'The last `else` of an `if` chain. `Opcode(b1 & 0x0f)` of an `IntEnum` raises `ValueError`, which is easily turned into Close 1002.', zh: '`if` 链末尾的 `else`。用 `IntEnum` 的 `Opcode(b1 & 0x0f)` 会抛 `ValueError`，很容易转成 1002 的 Close。' } },
      go: { code: 'if opcode < 8 { handleData(payload) }', text: { en: '“Less than 8 is data” holds for the five reserved ones, too. A `switch` whose `default` is an error.', zh: '“小于 8 就是数据”把五个保留的也算进去了。应该用 `default` 报错的 `switch`。' } },
      java: { code: 'Opcode opcode = Opcode.values()[b[0] & 0x0f];', text: { en: '`values()[…]` of an enum with six constants: 3 is then Close, if that is the fourth, and 8 throws. Map numbers to constants by a `switch`.', zh: '对只有六个常量的枚举用 `values()[…]`：如果第四个是 Close，3 就成了 Close，8 则抛异常。用 `switch` 把数字映射成常量。' } },
      rust: { code: '_ => OpCode::Text,', text: { en: 'The arm that makes the `match` on a `u8` complete. `TryFrom<u8>` with an error type says what else there may be.', zh: '为了让 `u8` 的 `match` 完整而随手写的分支。用带错误类型的 `TryFrom<u8>` 来表达其余情况。' } },
    },
  },
  SERVER_TAKES_LONG_CONTROL: {
    clause: control,
    why: {
      en: 'Control frames fit into 125 bytes, so that they can be handled at once, with a small buffer, between the parts of a large message. A server that answers a Ping of 126 bytes with a Pong of 126 breaks the rule itself, and Chromium ends a connection for such a frame: `Invalid frame header`.',
      zh: '控制帧不超过 125 字节，这样用很小的缓冲区就能在大消息的各段之间立刻处理。用 126 字节的 Pong 答复 126 字节的 Ping，服务器自己也违反了规则；Chromium 遇到这样的帧会断开连接：`Invalid frame header`。',
    },
    example: {
      timeline: [...opened, client(100, `89 fe 00 7e b7 fa a1 bd ${'c78ad1cd'.repeat(31)} c78a`), server(101, '8a 7e 00 7e 70*126')],
      also: ['FRAME_CONTROL_TOO_LONG', 'FRAME_CONTROL_TOO_LONG'],
      note: { en: "The Ping's second byte, fe, is the mask bit and 126: a length in two bytes, which no control frame has. The Pong has one, too.", zh: 'Ping 的第二个字节 fe 是掩码位加 126：表示长度占两个字节，控制帧不能这样。回来的 Pong 也一样。' },
    },
    ways: {
      php: { code: 'case 0x9: $this->send($client, 0xA, $payload);', text: { en: "Length and payload are read by one function for all frames, and the Ping's branch has no question of its own. `if ($opcode >= 8 && $length > 125)` behind the second byte.", zh: '所有帧都由同一个函数读长度和载荷，Ping 的分支自己不再检查。读完第二个字节就应判断 `if ($opcode >= 8 && $length > 125)`。' } },
      node: { code: 'if (opcode === 0x9) send(0xa, payload);', text: { en: 'By hand as in PHP. The other end of it: `ws.ping(data)` with more than 125 bytes throws a `RangeError` in `ws`, so the rule is met there first.', zh: '手写时与 PHP 相同。反过来，`ws` 的 `ws.ping(data)` 超过 125 字节会抛 `RangeError`，很多人是在那里第一次碰到这条规则。' } },
      python: { code: 'await self.write_frame(0xA, payload)', text: { en: 'The writer takes any length and the reader did not ask. A check in the writer alone turns it round: then the Pong raises, in the task that reads.', zh: '写的函数什么长度都接受，读的时候也没检查。只在写的函数里加检查，问题就反过来了：Pong 在读取任务里抛异常。' } },
      go: { code: 'w.WriteFrame(opPong, payload)', text: { en: 'gorilla closes with 1002 and “len > 125 for control”. A server by hand on `bufio` checks `length > 125` before it reads on.', zh: 'gorilla 会以 1002 关闭，说明是 “len > 125 for control”。在 `bufio` 上手写的服务器，要在继续读之前检查 `length > 125`。' } },
      java: { code: 'byte[] payload = readPayload(in, length(in, b1 & 0x7f));', text: { en: "`length(…)` resolves 126 and 127 before the opcode is considered. `sendPing` of Jakarta throws `IllegalArgumentException` above 125; the reading side is the container's.", zh: '`length(…)` 先解析了 126 和 127，才去看操作码。Jakarta 的 `sendPing` 超过 125 会抛 `IllegalArgumentException`；读的一侧由容器负责。' } },
      rust: { code: 'OpCode::Ping => self.pong(payload).await?,', text: { en: 'Nothing in the type of `payload` bounds it. tungstenite has `ControlFrameTooBig`; by hand, `if opcode.is_control() && length > 125` stands in front of the allocation.', zh: '`payload` 的类型并没有限制长度。tungstenite 有 `ControlFrameTooBig`；手写时，把 `if opcode.is_control() && length > 125` 放在分配内存之前。' } },
    },
  },
  SERVER_TAKES_FRAGMENTED_CONTROL: {
    clause: control,
    why: {
      en: 'Control frames stand between the fragments of messages, so they cannot have fragments of their own: nobody could tell whose continuation follows. Chromium fails the connection for it: `Invalid frame header`.',
      zh: '控制帧会夹在消息的分片之间，所以自己不能再分片：否则没人分得清后面的延续帧属于谁。Chromium 遇到它会断开连接：`Invalid frame header`。',
    },
    example: {
      timeline: [...opened, client(100, '09 85 b7 fa a1 bd ff 9f cd d1 d8'), server(101, '8a 05 48 65 6c 6c 6f')],
      also: ['FRAME_CONTROL_FRAGMENTED'],
      note: { en: '09 is a Ping whose FIN is 0: more was to follow. The server answers what came with a Pong.', zh: '09 是 FIN 为 0 的 Ping：意思是后面还有。服务器就用 Pong 答复了已到的部分。' },
    },
    ways: {
      php: { code: 'if ($opcode === 0x9) { return $this->pong($payload); }', text: { en: 'FIN is asked for among data frames only, further down. The check belongs before the branches: `$opcode >= 8 && !$fin`.', zh: '只在后面的数据帧里才看 FIN。检查应放在分支之前：`$opcode >= 8 && !$fin`。' } },
      node: { code: 'if (!fin) fragments.push(payload);', text: { en: 'The other way: every frame without FIN goes to the fragments, a Ping too, and its bytes end in the middle of the next message.', zh: '另一种情况：没有 FIN 的帧全都进了分片列表，Ping 也不例外，它的字节就混进了下一条消息中间。' } },
      python: { code: 'self.opcode = opcode or self.opcode', text: { en: 'The opcode is remembered for continuations, from control frames as well: after a Ping the rest of a text is taken for a Ping. `if opcode in (1, 2)`.', zh: '为延续帧记住操作码，连控制帧的也记：Ping 之后，文本剩下的部分就被当成 Ping。应加上 `if opcode in (1, 2)`。' } },
      go: { code: 'case opPing: go c.pong(payload)', text: { en: 'A `switch opcode` that never sees `fin`. gorilla answers with 1002 and “FIN not set on control”.', zh: '`switch opcode` 里看不到 `fin`。gorilla 会答复 1002，说明是 “FIN not set on control”。' } },
      java: { code: 'case 9 -> pong(payload);', text: { en: "By hand as elsewhere. Netty's decoder fails with “fragmented control frame”, Jakarta containers close with 1002.", zh: '手写时与别处相同。Netty 的解码器以 “fragmented control frame” 失败，Jakarta 容器以 1002 关闭。' } },
      rust: { code: 'match opcode { OpCode::Ping => …, OpCode::Text if fin => …, OpCode::Text => … }', text: { en: 'The guard `if fin` is written where it changes something, and a Ping has no second case. tungstenite gives `FragmentedControlFrame`.', zh: '只在有区别的地方写了 `if fin`，而 Ping 没有第二种情况。tungstenite 会给出 `FragmentedControlFrame`。' } },
    },
  },
  SERVER_TAKES_INVALID_UTF8: {
    clause: 'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_.',
    why: {
      en: 'A text that is no UTF-8 and is passed on ends the connection of each browser that gets it: one bad client throws everybody out of the chat. In the server it becomes something else in each place that reads it, from U+FFFD in a log to an error in the database.',
      zh: '不是 UTF-8 的文本一旦转发出去，收到它的每个浏览器都会断开：一个坏客户端就能把聊天室里所有人赶出去。在服务器内部，每处读到它的结果都不同，从日志里的 U+FFFD 到数据库报错。',
    },
    example: {
      timeline: [...opened, client(100, '81 85 b7 fa a1 bd ff 9f 5e 43 d8'), server(101, '81 05 48 65 ff fe 6f')],
      also: ['MESSAGE_INVALID_UTF8', 'MESSAGE_INVALID_UTF8'],
      note: { en: 'Unmasked, the payload is 48 65 ff fe 6f. No character of UTF-8 has ff or fe in it; the text is sent back, and now the server breaks the rule as well.', zh: '去掉掩码，载荷是 48 65 ff fe 6f。UTF-8 的任何字符都不含 ff 或 fe；文本被发了回来，这下服务器也违反了规则。' },
    },
    ways: {
      php: { code: '$this->broadcast($text);', text: { en: 'Strings of PHP are bytes, and nothing looks at them. `mb_check_encoding($text, "UTF-8")`, or `preg_match("//u", $text)` without the extension; Ratchet checks.', zh: 'PHP 的字符串就是字节，没有什么会检查。用 `mb_check_encoding($text, "UTF-8")`，没有扩展时用 `preg_match("//u", $text)`；Ratchet 会检查。' } },
      node: { code: "const text = payload.toString('utf8');", text: { en: '`toString` never fails, it writes U+FFFD. `new TextDecoder("utf-8", { fatal: true })` throws, `buffer.isUtf8` asks; `ws` does unless `skipUTF8Validation` is set.', zh: '`toString` 从不失败，只会写出 U+FFFD。`new TextDecoder("utf-8", { fatal: true })` 会抛异常，`buffer.isUtf8` 可以判断；`ws` 会检查，除非设了 `skipUTF8Validation`。' } },
      python: { code: "text = payload.decode('utf-8', errors='replace')", text: { en: '`errors="replace"` or `"ignore"` was added to quiet an exception that was right. `decode()` as it is, and Close 1007 in `except UnicodeDecodeError`.', zh: '为了压下一个本来正确的异常，加上了 `errors="replace"` 或 `"ignore"`。用原样的 `decode()`，在 `except UnicodeDecodeError` 里以 1007 关闭。' } },
      go: { code: 'mt, msg, err := conn.ReadMessage()', text: { en: 'gorilla leaves this to the application, as its documentation says: `if mt == websocket.TextMessage && !utf8.Valid(msg)`. `string(msg)` checks nothing.', zh: 'gorilla 的文档说明了，这一项留给应用：`if mt == websocket.TextMessage && !utf8.Valid(msg)`。`string(msg)` 什么也不检查。' } },
      java: { code: 'String text = new String(payload, StandardCharsets.UTF_8);', text: { en: 'This constructor replaces. `UTF_8.newDecoder().decode(ByteBuffer.wrap(payload))` reports: a new decoder throws `CharacterCodingException`.', zh: '这个构造函数会替换坏字节。`UTF_8.newDecoder().decode(ByteBuffer.wrap(payload))` 才会报错：新建的解码器抛出 `CharacterCodingException`。' } },
      rust: { code: 'let text = String::from_utf8_lossy(&payload);', text: { en: 'The lossy one where `str::from_utf8(&payload)` was meant. tungstenite checks; frame crates hand out bytes and leave it to you.', zh: '该用 `str::from_utf8(&payload)`，却用了 lossy 版本。tungstenite 会检查；只处理帧的库给出字节，检查留给你。' } },
    },
  },
  SERVER_TAKES_NESTED_MESSAGE: {
    clause: 'The fragments of one message MUST NOT be interleaved between the fragments of another message unless an extension has been negotiated that can interpret the interleaving.',
    why: {
      en: 'One message at a time is all that lets a continuation do without a number. Where a second begins, one of the two is lost or both are mixed; two threads of the client that write at once are the usual reason, and they should learn of it.',
      zh: '正因为一次只有一条消息，延续帧才不用编号。第二条插进来，要么丢一条，要么两条混在一起；通常是客户端的两个线程同时在写，应该让它们知道。',
    },
    example: {
      timeline: [...opened, client(100, '01 83 b7 fa a1 bd ff 9f cd'), client(200, '81 85 b7 fa a1 bd ff 9f cd d1 d8'), server(201, helloBack)],
      also: ['FRAME_MESSAGE_UNFINISHED'],
      note: { en: '`Hel` begins a message that goes on (01). Instead of its continuation a whole new text comes (81), and it is answered: `Hel` is gone without a word.', zh: '`Hel` 开始了一条还有后续的消息（01）。来的不是延续帧，而是一条完整的新文本（81），服务器答复了它：`Hel` 就这样不声不响地没了。' },
    },
    ways: {
      php: { code: 'case 1: $this->buffer = $payload;', text: { en: 'A new text overwrites the buffer. `if ($client->opcode !== 0)` fail with 1002.', zh: '新文本覆盖了缓冲区。`if ($client->opcode !== 0)` 就以 1002 失败。' } },
      node: { code: 'if (fin && opcode === 1) return onMessage(payload);', text: { en: 'A shortcut for whole messages, in front of the code for fragments: it never sees that something is under way.', zh: '给完整消息走的捷径，放在处理分片的代码之前：它根本不知道还有消息没完。' } },
      python: { code: 'if opcode: self.frames = [payload]\nelse: self.frames.append(payload)', text: { en: 'A new list for each opcode that is not 0. `if self.frames:` before it is all that is missing, with the list emptied at FIN.', zh: '操作码不是 0 就新建列表。只差前面一句 `if self.frames:`，并在 FIN 时清空列表。' } },
      go: { code: 'default: buf.Reset(); buf.Write(payload)', text: { en: '`Reset` where an error was due. gorilla says “data before FIN” and closes with 1002.', zh: '该报错的地方写了 `Reset`。gorilla 会说 “data before FIN”，并以 1002 关闭。' } },
      java: { code: 'message.setLength(0);\nmessage.append(text);', text: { en: "A `StringBuilder` that is emptied at each first fragment. Netty's decoder itself fails: “received non-continuation data frame while inside fragmented message”.", zh: '每个首分片都清空 `StringBuilder`。Netty 的解码器自己会失败：“received non-continuation data frame while inside fragmented message”。' } },
      rust: { code: 'self.incomplete = Some(IncompleteMessage::new(opcode));', text: { en: 'Assigning drops what was there. `if let Some(_) = self.incomplete { return Err(…) }`, or `Option::replace` with a look at what it returns.', zh: '赋值会丢掉原有的。应 `if let Some(_) = self.incomplete { return Err(…) }`，或用 `Option::replace` 并看它的返回值。' } },
    },
  },
  SERVER_TAKES_STRAY_CONTINUATION: {
    clause: 'An unfragmented message consists of a single frame with the FIN bit set (Section 5.2) and an opcode other than 0.',
    why: {
      en: 'Opcode 0 goes on with a message that has begun. Where none has, nobody knows whether it is text or binary, and its beginning is missing: the client forgot to set the opcode, or frames before it were lost.',
      zh: '操作码 0 是接着已经开始的消息。如果没有开始过，就没人知道它是文本还是二进制，开头也缺了：不是客户端忘了设操作码，就是前面的帧丢了。',
    },
    example: {
      timeline: [...opened, client(100, '80 85 b7 fa a1 bd ff 9f cd d1 d8'), server(101, helloBack)],
      also: ['FRAME_UNEXPECTED_CONTINUATION'],
      note: { en: '80 is the last fragment of a message that never began. The server takes it for a text.', zh: '80 是一条从未开始的消息的最后一个分片。服务器把它当成了文本。' },
    },
    ways: {
      php: { code: '$this->message .= $payload;\nif ($fin) { $this->onMessage($this->message); }', text: { en: 'Appending to an empty string is no error. Keep the opcode beside it, 0 while nothing is under way.', zh: '往空字符串后面追加并不会报错。旁边再存一个操作码，没有消息时为 0。' } },
      node: { code: 'const type = opcode || this.lastType || 1;', text: { en: 'A chain of `||` that always finds something, and at last text. `if (opcode === 0 && !this.type) fail(1002)`.', zh: '一串 `||` 总能找到点什么，最后兜底为文本。应写 `if (opcode === 0 && !this.type) fail(1002)`。' } },
      python: { code: 'if opcode in (0, 1): self.text += payload.decode()', text: { en: '0 and 1 in one tuple. An attribute `self.current = None` tells whether 0 is in its place.', zh: '0 和 1 放在同一个元组里。用属性 `self.current = None` 就能判断 0 来得对不对。' } },
      go: { code: 'case 0, 1: text = append(text, payload...)', text: { en: '`append` to a nil slice works, so the missing beginning is not noticed. gorilla: “continuation after FIN”.', zh: '对 nil 切片 `append` 也行，所以缺了开头也发现不了。gorilla 会报 “continuation after FIN”。' } },
      java: { code: 'int type = opcode != 0 ? opcode : lastOpcode;', text: { en: '`lastOpcode` is never set back to 0 at the end of a message: after the first text each stray continuation is one as well.', zh: '消息结束时没有把 `lastOpcode` 置回 0：收到过一条文本之后，任何孤立的延续帧也都成了文本。' } },
      rust: { code: 'let message = self.incomplete.get_or_insert_with(Message::default);', text: { en: '`get_or_insert_with` begins the message that was missing. `as_mut().ok_or(Error::UnexpectedContinuation)?`.', zh: '`get_or_insert_with` 替它补开了一条消息。应为 `as_mut().ok_or(Error::UnexpectedContinuation)?`。' } },
    },
  },
  SERVER_TAKES_LONG_LENGTH: {
    clause: "Note that in all cases, the minimal number of bytes MUST be used to encode the length, for example, the length of a 124-byte-long string can't be encoded as the sequence 126, 0, 124.",
    why: {
      en: 'One length has one form, so that two programs cannot see different frames in the same bytes: filters and proxies depend on it. Chromium fails such a frame from a server, Firefox too. A server that is kinder than that does no harm by itself; hence a warning.',
      zh: '一个长度只有一种写法，两个程序才不会从同样的字节里看出不同的帧：过滤器和代理就靠这一点。服务器发来这样的帧，Chromium 和 Firefox 都会断开。服务器宽容一些本身没有害处，所以只是警告。',
    },
    example: {
      timeline: [...opened, client(100, '81 fe 00 05 b7 fa a1 bd ff 9f cd d1 d8'), server(101, helloBack)],
      also: ['FRAME_LENGTH_NOT_MINIMAL'],
      note: { en: 'The length 5 is written as 126, 00 05: three bytes where one would do.', zh: '长度 5 写成了 126, 00 05：一个字节就够，用了三个。' },
    },
    ways: {
      php: { code: "if ($length === 126) { $length = unpack('n', substr($data, 2, 2))[1]; }", text: { en: 'Read rightly and taken as it is. `if ($length < 126)` behind it, `< 65536` behind `unpack("J", …)`.', zh: '读得对，但拿来就用。后面应有 `if ($length < 126)`，`unpack("J", …)` 后面应有 `< 65536`。' } },
      node: { code: 'length = buf.readUInt16BE(2);', text: { en: 'The same line in JavaScript. Some libraries let it pass as well, so that a test against one of them does not show it.', zh: 'JavaScript 里的同一行。有些库也放行，所以拿它们做测试看不出来。' } },
      python: { code: "length, = struct.unpack('!H', await reader.readexactly(2))", text: { en: "The form is chosen by the client's byte and not compared with the value. One `if length < 126: raise ProtocolError` for each of the two.", zh: '用哪种形式由客户端的字节决定，没有和值比较。两种形式各加一句 `if length < 126: raise ProtocolError` 之类的判断。' } },
      go: { code: 'case 126: n = uint64(binary.BigEndian.Uint16(h[2:]))', text: { en: "A frame reader that was made for one's own client, which always writes the shortest form.", zh: '只为自己的客户端写的读帧代码，而那个客户端总是用最短形式。' } },
      java: { code: 'length = in.readUnsignedShort();', text: { en: 'By hand; Netty refuses it: “invalid data frame length (not using minimal length encoding)”.', zh: '出现在手写代码里；Netty 会拒绝：“invalid data frame length (not using minimal length encoding)”。' } },
      rust: { code: '126 => u16::from_be_bytes([b[2], b[3]]).into(),', text: { en: 'Many crates read it so, since nothing breaks by it. `if length < 126 { return Err(…) }` in the same arm.', zh: '很多库都这样读，因为不会出什么问题。在同一分支里加 `if length < 126 { return Err(…) }`。' } },
    },
  },
  SERVER_TAKES_BAD_CLOSE: {
    clause: 'If there is a body, the first two bytes of the body MUST be a 2-byte unsigned integer (in network byte order) representing a status code with value /code/ defined in Section 7.4.',
    why: {
      en: '1005, 1006 and 1015 are what a program is told where no code came; on the wire they would be a lie. A server that echoes such a code sends it itself, and Chromium then fails the connection: “broken close frame containing a reserved status code”. A body of one byte holds no code at all.',
      zh: '1005、1006 和 1015 是没有收到状态码时告诉程序的值，出现在线上就成了谎话。回送这种状态码的服务器自己也发了它，Chromium 会因此断开：“broken close frame containing a reserved status code”。只有一个字节的载荷则根本装不下状态码。',
    },
    example: {
      timeline: [...opened, client(100, '88 82 b7 fa a1 bd b4 17'), server(101, '88 02 03 ed'), { at: 102, from: 'server', ended: 'fin' }],
      also: ['CLOSE_STATUS_NOT_ALLOWED'],
      note: { en: "The client's Close carries 1005 (03 ed), “no status code”. The server sends the same back; 1002 was due.", zh: '客户端的 Close 带着 1005（03 ed），意思是“没有状态码”。服务器把它原样发回；该发的是 1002。' },
    },
    ways: {
      php: { code: '$this->send($client, 8, $payload);', text: { en: 'The body is echoed unread. `unpack("n", $payload)` of one byte is a warning and `false`: ask for the length first, then for the range.', zh: '载荷没看就回送。只有一个字节时，`unpack("n", $payload)` 是警告加 `false`：先看长度，再看范围。' } },
      node: { code: 'const code = payload.length ? payload.readUInt16BE(0) : 1005;', text: { en: 'For a body of one byte this throws a `RangeError`; for 1005 the answer says so, too. `ws` refuses both; the second it calls `WS_ERR_INVALID_CLOSE_CODE`.', zh: '只有一个字节时会抛 `RangeError`；收到 1005，答复里也是 1005。`ws` 两者都拒绝，后者的错误叫 `WS_ERR_INVALID_CLOSE_CODE`。' } },
      python: { code: 'code = int.from_bytes(payload[:2], "big") or 1000', text: { en: '`from_bytes` of one byte is a number as well: 0x78 is 120. `struct.unpack("!H", payload[:2])` raises, and is right to.', zh: '`from_bytes` 对一个字节也给出数字：0x78 就是 120。`struct.unpack("!H", payload[:2])` 会抛异常，而且抛得对。' } },
      go: { code: 'if len(p) >= 2 { code = int(binary.BigEndian.Uint16(p)) }', text: { en: 'One byte is treated like none, and the number is not looked at. gorilla asks `isValidReceivedCloseCode` and answers 1002.', zh: '一个字节按没有处理，数值也没看。gorilla 会用 `isValidReceivedCloseCode` 判断，并答复 1002。' } },
      java: { code: 'session.close(new CloseReason(CloseCodes.getCloseCode(code), ""));', text: { en: '`CloseCodes` has constants for 1005, 1006 and 1015, which are there to be told and not to be sent. By hand, `(b[0] << 8) + b[1]` with signed bytes gives codes nobody sent.', zh: '`CloseCodes` 里有 1005、1006、1015 的常量，那是用来告知的，不是用来发送的。手写的 `(b[0] << 8) + b[1]` 用了有符号字节，会得出谁也没发过的状态码。' } },
      rust: { code: 'let code = u16::from_be_bytes([payload[0], payload[1]]);', text: { en: "Panics at one byte. tungstenite's `CloseCode::is_allowed` says which may be sent; `CloseCode::from(1005)` itself is no error.", zh: '只有一个字节时会 panic。tungstenite 的 `CloseCode::is_allowed` 说明哪些可以发送；`CloseCode::from(1005)` 本身不算错误。' } },
    },
  },
  SERVER_HANGS_AT_INVALID: {
    clause: 'Similarly, to do so, the server MUST _Close the WebSocket Connection_, and SHOULD log the problem.',
    why: {
      en: 'The server has seen that something is wrong and stopped, without a word. The client believes in its connection and writes on; nothing arrives, and only its own heartbeat, if it has one, tells it so minutes later. Ending the connection would have told it at once.',
      zh: '服务器看出不对，就停下了，却一声不吭。客户端以为连接还在，继续发送；什么也到不了，几分钟后只有它自己的心跳（如果有的话）才能发现。断开连接的话，它马上就会知道。',
    },
    example: {
      timeline: [...opened, client(100, reservedBit), client(300, next), { at: 3300, from: 'client', ended: 'fin' }],
      also: ['FRAME_RESERVED_BITS'],
      note: { en: 'A frame with RSV1, and then a Ping. No Close, no end, no Pong: three seconds later the client gives up.', zh: '一帧 RSV1 置位，然后是一个 Ping。没有 Close，没有结束，也没有 Pong：三秒后客户端放弃。' },
    },
    ways: {
      php: { code: 'if ($opcode > 10) { return; }', text: { en: 'Out of the function, with the bytes still at the front of the buffer: each later read begins with the same bad frame and returns.', zh: '从函数返回了，坏帧的字节还留在缓冲区开头：之后每次读取都从同一个坏帧开始，又返回。' } },
      node: { code: 'try { parse(buf); } catch (error) { console.error(error); }', text: { en: 'Logged, and the parser is left in the middle of its state. `socket.end(closeFrame(1002))` belongs into the `catch`.', zh: '只记了日志，解析器停在中间状态。`catch` 里应该有 `socket.end(closeFrame(1002))`。' } },
      python: { code: 'except ProtocolError:\n    return', text: { en: 'The reading task ends and the writer is not closed: `finally: writer.close()`. A task whose exception nobody asks for is silent until it is collected.', zh: '读取任务结束了，writer 却没关：应有 `finally: writer.close()`。没人取结果的任务，异常要到被回收时才出现。' } },
      go: { code: 'if err != nil { log.Println(err); break }', text: { en: "`break` leaves the reader's loop, and the goroutine of the writer keeps the connection open. `defer conn.Close()` in the reader.", zh: '`break` 离开了读循环，而写的 goroutine 还让连接开着。在读的一方写 `defer conn.Close()`。' } },
      java: { code: 'catch (WebSocketException e) { logger.warn("bad frame", e); }', text: { en: 'Caught in the reading thread, which then ends, while the socket lives on in the list of clients. In Netty, an `exceptionCaught` that logs and does not `ctx.close()`.', zh: '在读线程里捕获，线程随后结束，套接字却还活在客户端列表里。Netty 里则是 `exceptionCaught` 只记日志，没有 `ctx.close()`。' } },
      rust: { code: 'while let Some(Ok(msg)) = read.next().await { … }', text: { en: 'The pattern ends the loop at an `Err` without a look at it, and the `write` half, in another task, keeps the connection alive. Let both tasks end together.', zh: '遇到 `Err`，这个模式看都不看就结束循环；另一个任务里的 `write` 一半还让连接活着。让两个任务一起结束。' } },
    },
  },
  SERVER_FAILS_WITH_OTHER_CODE: {
    clause: '1002 indicates that an endpoint is terminating the connection due to a protocol error.',
    why: {
      en: "The connection ends, and that is what matters. But the code is the only word of explanation that the client's author gets: 1011 sends him looking for a fault of the server, 1000 looks like an orderly goodbye, and clients that reconnect by the code do the wrong thing.",
      zh: '连接结束了，这是最要紧的。但状态码是客户端作者能得到的唯一解释：1011 会让他去查服务器的故障，1000 看起来像正常告别，按状态码决定是否重连的客户端也会做错。',
    },
    example: {
      timeline: [...opened, client(100, reservedBit), server(101, '88 02 03 f3'), { at: 102, from: 'server', ended: 'fin' }],
      also: ['FRAME_RESERVED_BITS'],
      note: { en: "The frame with RSV1 is the client's fault, 1002. The Close says 1011 (03 f3): “the server met something unexpected”.", zh: 'RSV1 置位的帧是客户端的错，应为 1002。Close 里却是 1011（03 f3）：“服务器遇到了意外情况”。' },
    },
    ways: {
      php: { code: '$conn->close(1000);', text: { en: 'One `close` for every occasion, with its default. Let the exception of the decoder carry the code: `throw new Violation("", 1007)`.', zh: '所有场合共用一个 `close`，状态码用默认值。让解码器的异常带上状态码：`throw new Violation("", 1007)`。' } },
      node: { code: "catch { ws.close(1011, 'internal error'); }", text: { en: 'A `catch` around parsing and handling together cannot tell whose fault it was. Two of them, or an error class with a `code`.', zh: '解析和处理共用一个 `catch`，就分不清是谁的错。分成两个，或用带 `code` 的错误类。' } },
      python: { code: 'except Exception:\n    await self.close(1011)', text: { en: '`except Exception` also takes `UnicodeDecodeError`, for which 1007 is meant. Name the more exact one first.', zh: '`except Exception` 把本该用 1007 的 `UnicodeDecodeError` 也包了进去。把更具体的异常写在前面。' } },
      go: { code: 'defer conn.Close(websocket.StatusInternalError, "")', text: { en: "The line of coder/websocket's examples, which is a safety net: it sends 1011 only if nothing was sent before. In servers by hand it is the only close there is.", zh: 'coder/websocket 例子里的一行，本是兜底：之前什么都没发过才会发 1011。手写服务器里，它成了唯一的关闭。' } },
      java: { code: 'session.close(CloseStatus.SERVER_ERROR);', text: { en: 'In `onError` or `handleTransportError`, where errors of the protocol arrive along with those of the network. The container has most often sent its own code by then.', zh: '写在 `onError` 或 `handleTransportError` 里，协议错误和网络错误都会到这里。多数时候容器已经发过自己的状态码了。' } },
      rust: { code: 'Err(_) => ws.close(Some(CloseFrame { code: CloseCode::Error, reason: "".into() })).await?,', text: { en: '`Err(_)` throws away which error it was. tungstenite does not send a Close by itself for a bad frame: map `Error::Protocol` to 1002 and `Error::Utf8` to 1007.', zh: '`Err(_)` 丢掉了是哪种错误。tungstenite 遇到坏帧不会自己发 Close：把 `Error::Protocol` 对应到 1002，`Error::Utf8` 对应到 1007。' } },
    },
  },
  SERVER_FAILS_WITHOUT_CLOSE: {
    clause: 'If _The WebSocket Connection is Established_ prior to the point where the endpoint is required to _Fail the WebSocket Connection_, the endpoint SHOULD send a Close frame with an appropriate status code (Section 7.4) before proceeding to _Close the WebSocket Connection_.',
    why: {
      en: 'Ending TCP is the duty, and the Close before it a courtesy; hence a note. Without it the client is told 1006, like after a crash, a timeout or a broken cable, and looks for the fault everywhere but in the frame that it sent.',
      zh: '断开 TCP 是义务，之前的 Close 是礼貌，所以只是提示。没有它，客户端得到的是 1006，和崩溃、超时、网线断开一样，于是到处找原因，就是想不到自己发的那一帧。',
    },
    example: {
      timeline: [...opened, client(100, reservedBit), { at: 101, from: 'server', ended: 'fin' }],
      also: ['FRAME_RESERVED_BITS'],
      note: { en: 'A millisecond after the frame with RSV1 the connection ends. `88 02 03 ea`, Close 1002, would have been four bytes more.', zh: 'RSV1 置位的帧到达一毫秒后，连接就结束了。多发四个字节 `88 02 03 ea`（1002 的 Close）就能说明原因。' },
    },
    ways: {
      php: { code: 'socket_close($socket); unset($clients[$key]);', text: { en: 'One `disconnect()` for departures and faults alike. Write the Close, then `socket_shutdown($socket, 1)`, so that it is not lost to a reset.', zh: '离开和出错共用一个 `disconnect()`。先写 Close，再 `socket_shutdown($socket, 1)`，免得它随着重置丢失。' } },
      node: { code: 'socket.destroy(error);', text: { en: '`destroy` throws away what is still to be written; `ws.terminate()` is the same. `socket.end(closeFrame)`, or `ws.close(1002)`.', zh: '`destroy` 会丢掉还没写出的内容，`ws.terminate()` 也一样。用 `socket.end(closeFrame)` 或 `ws.close(1002)`。' } },
      python: { code: 'except ProtocolError:\n    writer.close()', text: { en: '`transport.abort()` or `writer.close()` without a frame before it. `writer.write(close_frame(1002))`, `await writer.drain()`, and close then.', zh: '`transport.abort()` 或 `writer.close()` 之前没有发帧。先 `writer.write(close_frame(1002))`、`await writer.drain()`，再关闭。' } },
      go: { code: 'if err != nil { conn.Close(); return }', text: { en: "`Close` of a `net.Conn`, and of gorilla's `Conn` as well, ends TCP without a frame. gorilla has sent 1002 by itself when it found the fault.", zh: '`net.Conn` 的 `Close` 和 gorilla 的 `Conn` 的 `Close` 都直接断开 TCP，不发帧。不过 gorilla 发现错误时已经自己发过 1002。' } },
      java: { code: 'ctx.close();', text: { en: '`exceptionCaught` in Netty with a bare `ctx.close()`. `WebSocketServerProtocolHandler` can do better: `ctx.writeAndFlush(new CloseWebSocketFrame(1002, "")).addListener(ChannelFutureListener.CLOSE)`.', zh: 'Netty 的 `exceptionCaught` 里只有 `ctx.close()`。应该 `ctx.writeAndFlush(new CloseWebSocketFrame(1002, "")).addListener(ChannelFutureListener.CLOSE)`。' } },
      rust: { code: 'let frame = Frame::parse(&mut buf)?;', text: { en: '`?` leaves the task, and `Drop` of the stream closes the socket: convenient, and mute. Put the loop into a function of its own, and send the Close where its error is handled.', zh: '`?` 离开任务，流的 `Drop` 关掉套接字：方便，但一声不吭。把循环放进单独的函数，在处理它的错误时发送 Close。' } },
    },
  },
} satisfies Record<string, RulePage>;
