// Control frames and the end: Close, Ping, Pong, and how the TCP connection ends.

import * as good from './good';
import type { RulePage } from './page';

export const closing = {
  CLOSE_BODY_ONE_BYTE: {
    clause: 'If there is a body, the first two bytes of the body MUST be a 2-byte unsigned integer (in network byte order) representing a status code with value /code/ defined in Section 7.4.',
    why: {
      en: 'A Close has no body, or a code of two bytes and then perhaps a reason; one byte is neither. Chromium says `Received a broken close frame with an invalid size of 1 byte.`, and the script is told 1006. Firefox takes it for a Close without a code, clean, 1005.',
      zh: 'Close 要么没有载荷，要么是两个字节的状态码，后面可以再跟原因；一个字节两样都不是。Chromium 报 `Received a broken close frame with an invalid size of 1 byte.`，脚本得到 1006。Firefox 把它当成不带状态码的 Close，算正常关闭，代码 1005。',
    },
    example: {
      fromServer: '88 01 03',
      note: {
        en: 'The length is 1, and 03 is the upper half of 1000 (03 e8).',
        zh: '长度为 1，03 是 1000（03 e8）的高位字节。',
      },
    },
    ways: {
      php: { code: '"\\x88" . chr(1) . chr(1000)', text: { en: "`chr(1000)` is one byte, e8: the number modulo 256. `pack('n', 1000)` makes two.", zh: "`chr(1000)` 只有一个字节 e8，也就是对 256 取模。`pack('n', 1000)` 才是两个字节。" } },
      node: { code: 'frame(0x8, Buffer.from([code]))', text: { en: 'A Buffer of an array has one byte for each element: 1000 becomes e8, and a code that was left `undefined` becomes 00. Use `writeUInt16BE`.', zh: '用数组建 Buffer，每个元素只占一个字节：1000 变成 e8，没传的 `undefined` 变成 00。应当用 `writeUInt16BE`。' } },
      python: { code: "struct.pack('!B', code & 0xff)", text: { en: '`bytes([1000])` raised a ValueError, and the mask silenced it. The format is `!H`.', zh: '`bytes([1000])` 抛了 ValueError，于是加上掩码压了下去。格式应当是 `!H`。' } },
      go: { code: 'payload := []byte{byte(code)}', text: { en: 'A code in a variable converts without a complaint; `byte(1000)` as a constant would not have compiled.', zh: '变量里的状态码转换时不会报错；如果是常量 `byte(1000)`，根本编译不过。' } },
      java: { code: 'out.write(1000);', text: { en: '`OutputStream.write(int)` writes the lowest byte of its argument. `DataOutputStream.writeShort` writes two.', zh: '`OutputStream.write(int)` 只写参数的最低字节。`DataOutputStream.writeShort` 才写两个字节。' } },
      rust: { code: 'vec![CloseCode::Normal as u8]', text: { en: 'The cast keeps the lowest eight bits of 1000. `(code as u16).to_be_bytes()` keeps both bytes.', zh: '这个转换只留下 1000 的低八位。`(code as u16).to_be_bytes()` 才保留两个字节。' } },
    },
    misbehave: 'close-of-one-byte',
  },

  CLOSE_STATUS_NOT_ALLOWED: {
    clause: '1006 is a reserved value and MUST NOT be set as a status code in a Close control frame by an endpoint.',
    why: {
      en: '1005, 1006 and 1015 are what an application is told where no code came; sent, they would say that nothing was sent. Chromium fails with `Received a broken close frame containing a reserved status code.`; Firefox hands them to the script, 1006 as a clean end. Codes below 1000, those up to 2999 that nobody has registered, and 5000 and above pass in both, and fail with stricter clients.',
      zh: '1005、1006、1015 是没有收到状态码时告诉应用的值；把它们发出去，等于说自己什么都没发。Chromium 报 `Received a broken close frame containing a reserved status code.`；Firefox 把它们交给脚本，连 1006 也算正常关闭。小于 1000 的、2999 以内未注册的、5000 及以上的，两种浏览器都放过，但更严格的客户端会失败。',
    },
    example: {
      fromServer: '88 02 03 ee',
      note: {
        en: '03 ee is 1006: “there was no Close”, said by a Close.',
        zh: '03 ee 就是 1006：用一个 Close 来说“没有 Close”。',
      },
    },
    ways: {
      php: { code: '$conn->close(1006);', text: { en: "1006 was seen in the browser's console and taken for “abnormal end”. Ratchet packs the number as it is given.", zh: '在浏览器控制台里见过 1006，就拿来表示“异常结束”。Ratchet 给什么数就打包什么数。' } },
      node: { code: "client.on('close', (code) => upstream.close(code));", text: { en: 'A proxy hands on the code that it was told, 1005 or 1006 where there was none. `ws` throws a TypeError then; a frame made by hand goes out.', zh: '代理把得知的状态码原样转给另一侧，而没有状态码时它就是 1005 或 1006。`ws` 此时会抛 TypeError；手写的帧就发出去了。' } },
      python: { code: "struct.pack('<H', 1000)", text: { en: 'The bytes are swapped: e8 03 is 59,395. `!H` is network byte order.', zh: '字节反了：e8 03 是 59,395。`!H` 才是网络字节序。' } },
      go: { code: 'websocket.FormatCloseMessage(http.StatusUnauthorized, "")', text: { en: 'A status of HTTP is put into a Close: 401 is in the range that is not used. For applications there are 4000 to 4999, say 4401.', zh: '把 HTTP 状态码放进了 Close：401 所在的区间是不使用的。应用可用 4000 到 4999，比如 4401。' } },
      java: { code: 'session.close(CloseStatus.NO_CLOSE_FRAME);', text: { en: "Spring's `NO_STATUS_CODE` (1005) and `NO_CLOSE_FRAME` (1006) stand among the codes to send. They are there to be compared with.", zh: 'Spring 的 `NO_STATUS_CODE`（1005）和 `NO_CLOSE_FRAME`（1006）与可以发送的状态码列在一起，但它们是用来比较的。' } },
      rust: { code: 'body.extend(code.to_string().bytes());', text: { en: 'The code is written in digits: “1000” begins with 31 30, which is 12,592. It is `code.to_be_bytes()`.', zh: '状态码写成了数字字符：“1000”以 31 30 开头，读出来是 12,592。应当用 `code.to_be_bytes()`。' } },
    },
    misbehave: 'close-1006',
  },

  CLOSE_REASON_INVALID_UTF8: {
    clause: 'Following the 2-byte integer, the body MAY contain UTF-8-encoded data with value /reason/, the interpretation of which is not defined by this specification.',
    why: {
      en: 'The script is given the reason as a string. Chromium says `Received a broken close frame containing invalid UTF-8.` and sends 1002, Firefox that the connection was interrupted; in both the script is told 1006, so that code and reason are lost. Often the reason was cut to 123 bytes, within a character.',
      zh: '脚本得到的原因是字符串。Chromium 报 `Received a broken close frame containing invalid UTF-8.` 并发送 1002，Firefox 说连接被中断；两者都只告诉脚本 1006，状态码和原因一起丢了。常见的情形是把原因截到 123 字节，恰好切在字符中间。',
    },
    example: {
      fromServer: '88 07 03 e8 e5 86 8d e8 a7',
      note: {
        en: '1000 and the reason 再见, whose last byte (81) was cut off.',
        zh: '1000 和原因“再见”，最后一个字节（81）被截掉了。',
      },
    },
    ways: {
      php: { code: '$reason = socket_strerror(socket_last_error());', text: { en: 'The text comes from the system, on a Chinese Windows in GBK. Send a word of your own, or convert it.', zh: '这段文字来自系统，在中文 Windows 上是 GBK。应当发自己写的词，或者先转换。' } },
      node: { code: 'Buffer.from(reason).subarray(0, 123)', text: { en: 'The cut falls on a byte. A `TextDecoder` with `{ stream: true }` leaves out a character that is not whole; `ws` throws a RangeError and lets you decide.', zh: '截断是按字节来的。`TextDecoder` 加 `{ stream: true }` 会略去不完整的字符；`ws` 则抛 RangeError，由你来决定。' } },
      python: { code: 'reason.encode()[:123]', text: { en: "Decode what is left with `errors='ignore'` and encode it again: half a character at the end is gone then.", zh: "对截下来的部分用 `errors='ignore'` 解码再编码一次，末尾的半个字符就没有了。" } },
      go: { code: 'fmt.Sprintf("bad message: %s", payload)', text: { en: 'The reason quotes what the client sent, byte for byte. `%q` escapes what is not UTF-8.', zh: '原因里逐字节引用了客户端发来的内容。`%q` 会把不是 UTF-8 的部分转义。' } },
      java: { code: 'e.getLocalizedMessage().getBytes()', text: { en: "The message is in the machine's language and, before Java 18, its bytes in the machine's encoding.", zh: '信息用的是机器的语言，而在 Java 18 之前，字节也用机器的编码。' } },
      rust: { code: '&reason.as_bytes()[..123]', text: { en: '`&reason[..123]` panicked within a character, and `as_bytes` made the panic go away. Step back to a place where `is_char_boundary` is true.', zh: '`&reason[..123]` 切在字符中间会 panic，改用 `as_bytes` 后就不 panic 了。应当退到 `is_char_boundary` 为真的位置再切。' } },
    },
    misbehave: 'close-reason-not-utf8',
  },

  FRAME_AFTER_CLOSE: {
    clause: 'The application MUST NOT send any more data frames after sending a Close frame.',
    why: {
      en: 'A Close is the last word of its sender. Chromium fails with `Data frame received after close` (or `Ping`, `Close`), and the script is told 1006 in place of the code that had come already. Firefox does not look at what follows and ends cleanly, unless the header itself is wrong.',
      zh: 'Close 是发送方的最后一句话。Chromium 报 `Data frame received after close`（或 `Ping`、`Close`），脚本得到 1006，而不是已经收到的状态码。Firefox 不看后面的内容，正常关闭，除非那个帧头本身就是错的。',
    },
    example: {
      fromServer: '88 02 03 e8 81 04 6c 61 74 65',
      note: {
        en: 'A Close 1000, and behind it the text “late”.',
        zh: 'Close 1000，后面又来了文本“late”。',
      },
    },
    ways: {
      php: { code: 'foreach ($this->clients as $client) $this->send($client, $text);', text: { en: 'Whoever was closed stays in the list until its socket reports the end, and the next broadcast goes to it, too.', zh: '关闭了的客户端要等它的 socket 报告结束才从列表里移除，下一次广播照样发给它。' } },
      node: { code: 'setInterval(() => socket.write(ping), 30000);', text: { en: "The heartbeat goes on while the Close is answered. `clearInterval` belongs beside the Close, not into the `'close'` event, which comes later.", zh: "等对方回应 Close 时心跳还在继续。`clearInterval` 应当写在发 Close 的地方，而不是更晚才触发的 `'close'` 事件里。" } },
      python: { code: 'producer = asyncio.create_task(produce(writer))', text: { en: 'The handler closes and the task still writes. Cancel it and wait for it before the Close.', zh: '处理函数已经发了 Close，任务还在写。应当先取消它并等它结束，再发 Close。' } },
      go: { code: 'go writePump(conn)', text: { en: 'The reading goroutine writes the Close, and the writing one still has messages in its channel. gorilla/websocket refuses them with `websocket: close sent`; a raw `net.Conn` does not.', zh: '读的 goroutine 写了 Close，写的 goroutine 的 channel 里还有消息。gorilla/websocket 会以 `websocket: close sent` 拒绝；裸的 `net.Conn` 不会。' } },
      java: { code: 'ctx.writeAndFlush(new CloseWebSocketFrame()).addListener(ChannelFutureListener.CLOSE);', text: { en: 'Between the write and its listener the channel is active, and other threads that found `channel.isActive()` send on.', zh: '从写出到监听器执行之间，channel 仍然是活动的，别的线程看到 `channel.isActive()` 就继续发送。' } },
      rust: { code: 'tokio::spawn(rx.map(Ok).forward(sink));', text: { en: 'The Close goes through the same queue, and every clone of its sender can put something behind it. tungstenite then answers with `SendAfterClosing`.', zh: 'Close 走同一个队列，而发送端的每个克隆都能在它后面再放东西。tungstenite 此时会返回 `SendAfterClosing`。' } },
    },
    misbehave: 'text-after-close',
  },

  CLOSE_ANSWERED_AS_DATA: {
    clause: 'If an endpoint receives a Close frame and did not previously send a Close frame, the endpoint MUST send a Close frame in response.',
    why: {
      en: 'Who closes waits for opcode 8, and a text with the same bytes is none. In Chromium the script is told 1006 without an error; Firefox finds that 03 e8 is no UTF-8 and tells an error and 1006. It is the sign of a server that never looks at the opcode.',
      zh: '发起关闭的一端等的是操作码 8，内容相同的文本不算。在 Chromium 里脚本得到 1006，没有 error 事件；Firefox 发现 03 e8 不是 UTF-8，触发 error，再给 1006。这说明服务器从不看操作码。',
    },
    example: {
      fromClient: '88 82 37 fa 21 3d 34 12',
      fromServer: '81 02 03 e8',
      note: {
        en: 'The client closes with 1000 (masked: 34 12), and the two bytes come back as a text.',
        zh: '客户端以 1000 关闭（掩码后是 34 12），这两个字节作为文本被送了回来。',
      },
    },
    ways: {
      php: { code: '$text = unmask($buffer);\nsend($client, $text);', text: { en: 'The function that takes the mask off is copied everywhere, and it does not return the opcode: `ord($buffer[0]) & 15`.', zh: '到处抄来抄去的去掩码函数并不返回操作码：`ord($buffer[0]) & 15`。' } },
      node: { code: "socket.on('data', (buf) => socket.write(encode(decode(buf))));", text: { en: 'An echo of one line, which works for every text. `decode` gives the payload alone.', zh: '一行写成的回显，对文本都没问题。`decode` 只给出了载荷。' } },
      python: { code: '_, data = await read_frame(reader)', text: { en: 'The opcode was read and thrown away in the underscore.', zh: '操作码读是读了，却丢进了下划线里。' } },
      go: { code: 'default:\n    write(opText, payload)', text: { en: 'The switch has a case for binary, and whatever else there is counts as text.', zh: 'switch 里只给二进制写了 case，其余一律按文本处理。' } },
      java: { code: 'byte first = in.readByte();\nif (first == 0x88) …', text: { en: 'A `byte` is signed: 88 is read as -120, and the comparison with 136 is never true. Use `first & 0xff`, or `readUnsignedByte()`.', zh: '`byte` 是有符号的：88 读出来是 -120，与 136 比较永远为假。应当用 `first & 0xff` 或 `readUnsignedByte()`。' } },
      rust: { code: 'impl From<u8> for Opcode { … _ => Opcode::Text }', text: { en: '`From` may not fail, and so it was given a way out. `TryFrom` makes the caller look.', zh: '`From` 不允许失败，于是给它留了个兜底分支。换成 `TryFrom`，调用者就不得不看。' } },
    },
    misbehave: 'close-answered-by-text',
  },

  PING_ANSWERED_AS_DATA: {
    clause: 'Upon receipt of a Ping frame, an endpoint MUST send a Pong frame in response, unless it already received a Close frame.',
    why: {
      en: 'Who sent the Ping waits for a Pong and takes the connection for dead, and its application is given a message that nobody wrote. A script in a page cannot send a Ping, so that the mistake shows with other clients first: libraries with a keepalive, probes, proxies.',
      zh: '发 Ping 的一端等不到 Pong，会认为连接已死，同时它的应用还收到一条没人写过的消息。网页脚本发不了 Ping，所以这个错误先在别的客户端上暴露：带保活的库、探活程序、代理。',
    },
    example: {
      fromClient: '89 84 37 fa 21 3d 47 93 4f 5a',
      fromServer: '81 04 70 69 6e 67',
      note: {
        en: 'The payload of the Ping, “ping”, comes back behind 81. A Pong begins with 8a.',
        zh: 'Ping 的载荷“ping”跟在 81 后面回来了。Pong 应以 8a 开头。',
      },
    },
    ways: {
      php: { code: 'case 9: $this->send($client, $payload); break;', text: { en: 'The case is there, and `send` writes `\\x81` before everything.', zh: '分支是有的，可 `send` 不管什么都在前面写 `\\x81`。' } },
      node: { code: 'function encode(payload, opcode = 1) {', text: { en: 'The answer to the Ping is `encode(payload)`: the default makes a text of it, and no test of texts notices.', zh: '对 Ping 的应答写成了 `encode(payload)`：默认值让它成了文本，只测文本是发现不了的。' } },
      python: { code: 'ws = web.WebSocketResponse(autoping=False)', text: { en: 'aiohttp answers by itself until `autoping` is switched off. From then on it is `await ws.pong(msg.data)`, and `send_bytes` was written.', zh: 'aiohttp 本来会自动应答，关掉 `autoping` 之后就要自己写 `await ws.pong(msg.data)`，而代码里写的是 `send_bytes`。' } },
      go: { code: 'conn.SetPingHandler(func(s string) error {\n    return conn.WriteMessage(websocket.TextMessage, []byte(s))\n})', text: { en: 'A handler replaces the one of gorilla/websocket, which answered. It has to send `websocket.PongMessage` with `WriteControl`.', zh: '自定义的处理函数替换了 gorilla/websocket 原本会应答的那个。它要用 `WriteControl` 发送 `websocket.PongMessage`。' } },
      java: { code: 'ctx.write(new TextWebSocketFrame(frame.content().retain()));', text: { en: 'A handler of Netty takes `WebSocketFrame`, the class of all frames, and makes a text of each. Behind `WebSocketServerProtocolHandler` Pings do not even get there.', zh: 'Netty 的处理器接收的是所有帧的父类 `WebSocketFrame`，并把每个都变成文本。放在 `WebSocketServerProtocolHandler` 后面，Ping 根本到不了这里。' } },
      rust: { code: 'Opcode::Text | Opcode::Ping => write(Opcode::Text, &payload)', text: { en: 'The two arms did the same but for the opcode, and were made one.', zh: '两个分支除了操作码都一样，于是被合并成了一个。' } },
    },
  },

  PING_UNANSWERED: {
    clause: 'It SHOULD respond with Pong frame as soon as is practical.',
    why: {
      en: 'Who pings takes silence for a dead connection and drops it: twenty seconds after the Ping, or a minute, while messages may still be flowing. Mostly the other end has no code for opcode 9, or does not read at that moment. Browsers answer a Ping by themselves.',
      zh: '发 Ping 的一端把沉默当成连接已死，二十秒或一分钟后就断开，哪怕消息还在流动。多半是对端没有处理操作码 9，或者那一刻根本没在读。浏览器会自动应答 Ping。',
    },
    example: {
      timeline: [
        { at: 0, from: 'client', head: good.request },
        { at: 1, from: 'server', head: good.response },
        { at: 10, from: 'client', hex: '89 80 37 fa 21 3d' },
        { at: 2000, from: 'server', hex: '81 02 68 69' },
        { at: 6000, from: 'server', hex: '81 02 68 69' },
      ],
      note: {
        en: 'A Ping after 10 ms. The server goes on sending texts, and after six seconds there is still no Pong.',
        zh: '10 毫秒时来了 Ping。服务器一直在发文本，六秒过去了还没有 Pong。',
      },
    },
    ways: {
      php: { code: 'sleep(10);', text: { en: 'One loop serves everybody, and whatever waits in it, a query or a `sleep`, stops all answers.', zh: '一个循环伺候所有人，里面不管等什么，查询也好 `sleep` 也好，所有应答都停下来。' } },
      node: { code: 'const out = execSync(command);', text: { en: '`ws` answers by itself, but not while the event loop is blocked: by a `…Sync` call, a large `JSON.parse`, a regular expression that backtracks.', zh: '`ws` 会自动应答，但事件循环被堵住时不行：`…Sync` 调用、很大的 `JSON.parse`、会回溯的正则表达式。' } },
      python: { code: 'r = requests.get(url)', text: { en: 'Called within `async def` it blocks every connection of the loop. Await a client made for `asyncio`, or use `asyncio.to_thread`.', zh: '在 `async def` 里调用它，会堵住这个循环里的所有连接。应当改用 `asyncio` 的客户端，或者 `asyncio.to_thread`。' } },
      go: { code: 'for update := range updates {\n    conn.WriteMessage(websocket.TextMessage, update)\n}', text: { en: 'A server that only pushes never reads, and gorilla/websocket answers Pings within its read methods. coder/websocket has `CloseRead` for this.', zh: '只推送的服务器从不读，而 gorilla/websocket 是在读方法里应答 Ping 的。coder/websocket 为此提供了 `CloseRead`。' } },
      java: { code: 'jdbcTemplate.query(sql, handler);', text: { en: "A query runs on Netty's event loop, the thread that also reads the Pings of all other channels. Hand it to an executor of its own.", zh: '查询跑在 Netty 的事件循环上，而其他 channel 的 Ping 也由这个线程读取。应当交给单独的执行器。' } },
      rust: { code: 'let (mut tx, _rx) = ws.split();', text: { en: 'tungstenite answers while it reads, and nobody polls `_rx`. Drive it in a task even where its messages do not matter.', zh: 'tungstenite 在读的过程中应答，而 `_rx` 没人轮询。哪怕不关心收到的消息，也要用一个任务去驱动它。' } },
    },
  },

  PONG_PAYLOAD_WRONG: {
    clause: 'A Pong frame sent in response to a Ping frame must have identical "Application data" as found in the message body of the Ping frame being replied to.',
    why: {
      en: 'The payload says which Ping is answered. A Pong without it counts as one that nobody asked for, and a client that compares, as `websockets` in Python does with the random bytes of its keepalive, closes the connection as if nothing had come.',
      zh: '载荷说明应答的是哪个 Ping。没有它的 Pong 等于没人要的 Pong；会做比较的客户端，比如 Python 的 `websockets` 在保活 Ping 里放了随机字节，会当作没有收到应答而断开。',
    },
    example: {
      fromClient: '89 84 37 fa 21 3d 47 93 4f 5a',
      fromServer: '8a 00',
      note: {
        en: 'The Ping carries “ping”, and the Pong is empty.',
        zh: 'Ping 带着“ping”，Pong 却是空的。',
      },
    },
    ways: {
      php: { code: 'socket_write($client, "\\x8A\\x00");', text: { en: 'The Pong is a constant. It answers a Ping without payload, which is what was tested with.', zh: 'Pong 写成了常量。它只能应答不带载荷的 Ping，而测试时用的正是这种。' } },
      node: { code: 'buf[0] = 0x8a;\nbuf[1] &= 0x7f;\nsocket.write(Buffer.concat([buf.subarray(0, 2), buf.subarray(6)]));', text: { en: 'The frame is turned into a Pong in place: the mask bit is cleared and the key left out, and the payload is still masked.', zh: '就地把帧改成 Pong：清了掩码位，去了密钥，载荷却还是掩码后的样子。' } },
      python: { code: 'await ws.pong()', text: { en: "With aiohttp's `autoping=False` the payload is in `msg.data`, and has to be passed on.", zh: 'aiohttp 设了 `autoping=False` 时，载荷在 `msg.data` 里，要自己传回去。' } },
      go: { code: 'conn.SetPingHandler(func(string) error {\n    return conn.WriteControl(websocket.PongMessage, nil, deadline)\n})', text: { en: 'The handler was set to note the time, and ignores its argument, which is the payload. The handler that it replaces sent it.', zh: '设置这个处理函数是为了记录时间，却忽略了参数，而参数正是载荷。被替换掉的默认处理函数会把它发回去。' } },
      java: { code: 'log.debug(UTF_8.decode(payload).toString());\nremote.sendPong(payload);', text: { en: 'Reading a `ByteBuffer` moves its position to the end, and nothing is left to send. Log `payload.duplicate()`.', zh: '读 `ByteBuffer` 会把 position 移到末尾，再发就什么都没有了。写日志时用 `payload.duplicate()`。' } },
      rust: { code: 'let text = String::from_utf8_lossy(&payload);', text: { en: 'The payload went through a `String` and came out with `ef bf bd` where it was not UTF-8. It is bytes: keep the `Vec<u8>`.', zh: '载荷经过了 `String`，不是 UTF-8 的地方变成了 `ef bf bd`。它是字节，应当保持 `Vec<u8>`。' } },
    },
  },

  CLOSE_UNANSWERED: {
    clause: 'If an endpoint receives a Close frame and did not previously send a Close frame, the endpoint MUST send a Close frame in response.',
    why: {
      en: 'The answer tells who closes that everything before it was read. Without it Chromium and Firefox report 1006 and `wasClean: false`, whether the server hangs up or stays silent: an end that both wanted looks like a failure, and a client that reconnects after failures comes back.',
      zh: '这个应答告诉发起关闭的一端：之前的内容都读到了。没有它，不管服务器是直接挂断还是一声不响，Chromium 和 Firefox 都报 1006 和 `wasClean: false`：双方都想要的结束看起来成了故障，遇到故障就重连的客户端又会连回来。',
    },
    example: {
      fromClient: '88 82 37 fa 21 3d 34 12',
      fromServer: '81 02 68 69',
      ended: 'fin',
      note: {
        en: 'The client closes with 1000, and the server ends the TCP connection without a Close of its own.',
        zh: '客户端以 1000 关闭，服务器没有发自己的 Close 就结束了 TCP 连接。',
      },
    },
    ways: {
      php: { code: 'if ($opcode == 8) socket_close($client);', text: { en: 'The Close was understood, and one line is missing before: sending it back.', zh: 'Close 是看懂了，只是前面少了一行：把它发回去。' } },
      node: { code: 'if (opcode === 8) return socket.destroy();', text: { en: '`socket.end(closeFrame)` writes the answer and ends the connection behind it; `destroy` does neither in order.', zh: '`socket.end(closeFrame)` 会先写应答，再在其后结束连接；`destroy` 两样都不会好好做。' } },
      python: { code: 'if opcode == 8: break', text: { en: 'The loop is left, and with it the `with` block, which closes the socket.', zh: '跳出循环的同时也离开了 `with` 块，socket 就被关闭了。' } },
      go: { code: 'conn.SetCloseHandler(func(code int, text string) error { return nil })', text: { en: "gorilla/websocket's own handler sends the answer. One that only logs has to do it, too, with `WriteControl`.", zh: 'gorilla/websocket 默认的处理函数会发应答。换成只记日志的，也得自己用 `WriteControl` 发。' } },
      java: { code: 'case 8: clients.remove(this); return;', text: { en: 'The thread ends and the `Socket` stays open: neither an answer nor an end, and the client waits until it gives up.', zh: '线程结束了，`Socket` 还开着：既没有应答也没有挂断，客户端只能等到放弃为止。' } },
      rust: { code: 'Message::Close(_) => break,', text: { en: 'tungstenite has queued the answer when it returns the Close, and writes it with the next call. Go on reading until `ConnectionClosed`, or flush.', zh: 'tungstenite 返回 Close 时应答已在队列里，下一次调用才写出。应当继续读到 `ConnectionClosed`，或者 flush。' } },
    },
    misbehave: 'close-answered-by-fin',
  },

  CLOSE_MISSING: {
    clause: 'If _The WebSocket Connection is Closed_ and no Close control frame was received by the endpoint (such as could occur if the underlying transport connection is lost), _The WebSocket Connection Close Code_ is considered to be 1006.',
    why: {
      en: 'Without a Close nobody learns why the connection ended; 1006 only says that none came. In the measurements neither browser wrote a line when the server ended in order, and Firefox said “interrupted” on a reset. Where the end was meant, a Close is missing. Where it was not, look who ended first and how long nothing was sent: a round number of seconds is a proxy.',
      zh: '没有 Close，谁也不知道连接为什么结束；1006 只表示没有收到 Close。实测中，服务器正常结束 TCP 时两种浏览器都没有一行输出，被重置时 Firefox 会说“中断”。如果是有意结束，就是漏发了 Close。如果不是，看看是谁先结束的、之前空闲了多久：恰好是整数秒，多半是代理。',
    },
    example: {
      fromServer: '81 03 62 79 65',
      ended: 'fin',
      note: {
        en: 'The server says “bye” in a text and ends the TCP connection. For the protocol that is no farewell.',
        zh: '服务器用文本说了“bye”就结束了 TCP 连接。对协议来说这不算道别。',
      },
    },
    ways: {
      php: { code: 'socket_write($client, $frame) or die(socket_strerror(socket_last_error()));', text: { en: 'One client that is gone makes the write fail, and `die` ends the script with every socket that it holds.', zh: '某个客户端已经不在，写失败了，`die` 就结束了整个脚本，它持有的所有 socket 也一起关闭。' } },
      node: { code: 'ws.terminate();', text: { en: '`terminate` of `ws` destroys the socket, for peers that do not answer any more. `ws.close(1001)` says good-bye; on SIGTERM, too.', zh: '`ws` 的 `terminate` 直接销毁 socket，是给不再应答的对端用的。道别要用 `ws.close(1001)`，收到 SIGTERM 时也是。' } },
      python: { code: 'finally:\n    writer.close()', text: { en: 'A server on `asyncio` streams closes the transport, and nothing wrote a Close before. The handler of `websockets` sends one when it returns.', zh: '基于 `asyncio` 流的服务器关闭了传输，之前却没有写 Close。`websockets` 的处理函数返回时会自动发送。' } },
      go: { code: 'defer conn.Close()', text: { en: '`Close` of gorilla/websocket closes the network connection and sends nothing. Write a Close first; `Close(code, reason)` of coder/websocket does both, and its `CloseNow` does not.', zh: 'gorilla/websocket 的 `Close` 只关闭网络连接，什么都不发，要先写一个 Close。coder/websocket 的 `Close(code, reason)` 两样都做，`CloseNow` 则不会。' } },
      java: { code: 'public void exceptionCaught(ChannelHandlerContext ctx, Throwable e) { ctx.close(); }', text: { en: "`ctx.close()` is the channel's end. A handler that knows what went wrong writes a `CloseWebSocketFrame` with 1011 before it.", zh: '`ctx.close()` 结束的是 channel。知道出了什么错，就应当先写一个带 1011 的 `CloseWebSocketFrame`。' } },
      rust: { code: 'drop(ws);', text: { en: 'A `?` that leaves the task drops the stream, and dropping cannot wait for a farewell. Call `ws.close(…)` on each way out.', zh: '`?` 提前离开任务时流被丢弃，而 drop 没法等着道别。每条退出路径上都要调用 `ws.close(…)`。' } },
    },
    misbehave: 'fin-after-message',
  },

  CLOSE_STATUS_OF_CLIENT: {
    clause: 'Note that this status code is not used by the server, because it can fail the WebSocket handshake instead.',
    why: {
      en: '1010 is how a client says that it cannot do without an extension that the server did not agree to. A server decides about extensions in its response, so that the code means nothing from there. Chromium and Firefox pass it on to the script as a clean end.',
      zh: '1010 是客户端用来说明：服务器没有同意的某个扩展，它离不开。服务器在响应里就决定了扩展，所以由它发出这个状态码没有意义。Chromium 和 Firefox 会原样交给脚本，算正常关闭。',
    },
    example: {
      fromServer: '88 02 03 f2',
      note: {
        en: '03 f2 is 1010, and it comes from the server.',
        zh: '03 f2 就是 1010，而它来自服务器。',
      },
    },
    ways: {
      php: { code: '$conn->close(Frame::CLOSE_MAND_EXT);', text: { en: "The constant of Ratchet's frames was read as “something mandatory is missing”, a field of a message for instance. That is 1008, or 4000 and above.", zh: '把 Ratchet 帧类里的这个常量理解成“缺少必需的东西”，比如消息里的某个字段。那应当用 1008，或者 4000 以上的码。' } },
      node: { code: 'if (!ws.extensions) ws.close(1010);', text: { en: 'A server wants compression from everybody. It can look at the offer and refuse the upgrade with 400, before there is a connection.', zh: '服务器要求人人都用压缩。它完全可以在升级时看提议，用 400 拒绝，那时还没有连接。' } },
      python: { code: 'KICKED, BANNED, EXPIRED = range(1009, 1012)', text: { en: "An application's own codes were counted on from those that its author knew. The range for them is 4000 to 4999.", zh: '应用自己的状态码接着作者知道的那几个往下编。给应用用的范围是 4000 到 4999。' } },
      go: { code: 'websocket.FormatCloseMessage(websocket.CloseMandatoryExtension, "please update")', text: { en: 'A client that is too old is turned away with the name that sounded nearest. 1008 fits, with the reason beside it.', zh: '客户端版本太旧，就挑了个名字最像的常量来拒绝。用 1008 再加上原因更合适。' } },
      java: { code: 'session.close(CloseStatus.REQUIRED_EXTENSION);', text: { en: 'Spring lists the code among all others. A gateway that is a client on its other side passes it on from there, too: map what comes from behind to 1011 or 1014.', zh: 'Spring 把它和其他状态码列在一起。网关在另一侧是客户端，也会把那边的 1010 转过来：后端来的应当换成 1011 或 1014。' } },
      rust: { code: 'CloseFrame { code: CloseCode::Extension, reason }', text: { en: "tungstenite's `Extension` was taken for an extension of the application, a plugin that failed. That is `CloseCode::Error`, 1011.", zh: '把 tungstenite 的 `Extension` 当成了应用的扩展，比如插件出错。那应当用 `CloseCode::Error`，即 1011。' } },
    },
    misbehave: 'close-1010',
  },

  RESET_AFTER_CLOSE: {
    clause: 'An endpoint SHOULD use a method that cleanly closes the TCP connection, as well as the TLS session, if applicable, discarding any trailing bytes that may have been received.',
    why: {
      en: 'A reset tells the system at the other end to throw away what its program has not read yet, and that may be the Close. With 60 ms between the two, Chromium told the script the code and the reason, but `wasClean: false`; Firefox ended cleanly. With less time the Close can be lost, and the script is told 1006.',
      zh: '重置会让对端系统丢掉程序还没读的内容，其中可能就有 Close。两者相隔 60 毫秒时，Chromium 把状态码和原因告诉了脚本，但 `wasClean: false`；Firefox 正常关闭。隔得更短，Close 可能就丢了，脚本得到 1006。',
    },
    example: {
      fromServer: '88 05 03 e8 62 79 65',
      ended: 'rst',
      note: {
        en: 'A Close 1000 with “bye”, and then a reset (RST) where an end in order (FIN) was due.',
        zh: 'Close 1000，原因“bye”，随后是重置（RST），而这里应当是正常结束（FIN）。',
      },
    },
    ways: {
      php: { code: 'socket_write($client, $close);\nexit;', text: { en: "The script ends while the client's last messages lie unread, and a system that closes a socket with unread data resets it. `socket_shutdown($client, 1)`, then read until `''`.", zh: "脚本结束时客户端最后的消息还没读，而系统关闭有未读数据的 socket 时会发重置。应当先 `socket_shutdown($client, 1)`，再读到 `''` 为止。" } },
      node: { code: 'socket.resetAndDestroy();', text: { en: 'It was meant to free the socket at once. `socket.end()` sends what is queued and then FIN, and a timer can destroy what is left after some seconds.', zh: '本意是立即释放 socket。`socket.end()` 会先发完队列再发 FIN，几秒后还没结束的，再用定时器销毁。' } },
      python: { code: "sock.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack('ii', 1, 0))", text: { en: 'Lingering for zero seconds makes every `close()` a reset. It came with a recipe against “address already in use”, for which `SO_REUSEADDR` is enough.', zh: '逗留零秒意味着每次 `close()` 都是重置。它是跟着解决“地址已被占用”的办法一起来的，而那只需要 `SO_REUSEADDR`。' } },
      go: { code: 'conn.WriteControl(websocket.CloseMessage, msg, deadline)\nconn.Close()', text: { en: "Nobody reads the client's answer and what it had sent before; with these bytes unread, `Close` becomes a reset. Read until an error comes, with a deadline.", zh: '客户端的应答和之前发来的内容都没人读；带着这些未读字节，`Close` 就成了重置。应当设个期限，一直读到出错。' } },
      java: { code: 'socket.setSoLinger(true, 0);', text: { en: 'It empties the list of TIME_WAIT in a load test, and its price is the last bytes of each connection.', zh: '压测时用它清空 TIME_WAIT 列表，代价是每个连接的最后几个字节。' } },
      rust: { code: 'tokio::select! { _ = shutdown => return, m = ws.next() => … }', text: { en: 'The branch sends the Close and returns, and the `TcpStream` is dropped with bytes in its buffer that no one polled for. Read on until `None`.', zh: '这个分支发了 Close 就返回，`TcpStream` 被丢弃时缓冲区里还有没人轮询的字节。应当继续读到 `None`。' } },
    },
    misbehave: 'close-and-reset',
  },

  CONNECTION_KEPT: {
    clause: 'As such, when a server is instructed to _Close the WebSocket Connection_ it SHOULD initiate a TCP Close immediately, and when a client is instructed to do the same, it SHOULD wait for a TCP Close from the server.',
    why: {
      en: 'Both have closed, and the client waits for the server to hang up, so that not the client has to keep the port for a while. After a Close of the server that no FIN followed, Chromium waited some two seconds before it reported the clean end; Firefox did not wait. On the server the sockets add up until there are no file descriptors left.',
      zh: '双方都已关闭，客户端等着服务器挂断，这样就不必由客户端保留端口一段时间。服务器发了 Close 却没有 FIN 时，Chromium 等了大约两秒才报告正常关闭；Firefox 不等。服务器上的 socket 则越积越多，直到文件描述符用完。',
    },
    example: {
      timeline: [
        { at: 0, from: 'client', head: good.request },
        { at: 1, from: 'server', head: good.response },
        { at: 10, from: 'server', hex: '88 02 03 e8' },
        { at: 12, from: 'client', hex: '88 82 37 fa 21 3d 34 12' },
        { at: 8000, from: 'server', ended: 'fin' },
      ],
      note: {
        en: 'Both Closes are there after 12 ms, and the server hangs up eight seconds later.',
        zh: '12 毫秒时双方的 Close 都已到齐，服务器八秒后才挂断。',
      },
    },
    ways: {
      php: { code: 'unset($this->clients[$id]);', text: { en: 'The array forgets the socket, and another one that `socket_select` is given still holds it, so that it is not freed. Call `socket_close`.', zh: '这个数组忘了 socket，但传给 `socket_select` 的另一个数组还引用着它，所以没有释放。应当调用 `socket_close`。' } },
      node: { code: 'socket.write(closeFrame);\nclients.delete(socket);', text: { en: "The sockets of Node's HTTP server are half-open by choice (`allowHalfOpen`): not even the client's FIN ends them. `socket.end(closeFrame)` does.", zh: 'Node 的 HTTP 服务器的 socket 是允许半开的（`allowHalfOpen`）：连客户端的 FIN 也不会让它结束。要用 `socket.end(closeFrame)`。' } },
      python: { code: 'await writer.drain()\nreturn', text: { en: 'The callback of `asyncio.start_server` returns, and the transport stays open. `writer.close()` and `await writer.wait_closed()` end it.', zh: '`asyncio.start_server` 的回调返回了，传输却还开着。要用 `writer.close()` 和 `await writer.wait_closed()` 结束它。' } },
      go: { code: 'conn, rw, err := w.(http.Hijacker).Hijack()', text: { en: 'After `Hijack` the server of `net/http` does not close the connection any more, and the handler returned from the Close without `conn.Close()`.', zh: '`Hijack` 之后 `net/http` 不再替你关闭连接，而处理函数处理完 Close 就返回，没有调用 `conn.Close()`。' } },
      java: { code: 'ctx.writeAndFlush(frame.retain());', text: { en: 'The Close is sent back, and `.addListener(ChannelFutureListener.CLOSE)` is missing. `WebSocketServerHandshaker.close` has it.', zh: 'Close 送回去了，却少了 `.addListener(ChannelFutureListener.CLOSE)`。`WebSocketServerHandshaker.close` 里是有的。' } },
      rust: { code: 'clients.insert(id, Arc::clone(&sink));', text: { en: 'The task that reads is over, and the map still holds the half that writes: the socket lives as long as the last `Arc`. Remove it, or shut it down.', zh: '读的任务结束了，map 里还留着写的那一半：最后一个 `Arc` 在，socket 就在。应当移除它，或者显式关闭。' } },
    },
    misbehave: 'close-and-hold',
  },

  BYTES_AFTER_END: {
    clause: 'CLOSE is an operation meaning "I have no more data to send."',
    why: {
      en: 'TCP delivers nothing behind a FIN. A recording that has bytes there is not of one connection, or not in order, and what is said of these bytes may be wrong. Nothing needs mending in the server; look at what made the recording.',
      zh: 'TCP 不会在 FIN 之后再交付任何数据。录制里若有这样的字节，那它就不是同一个连接的，或者次序乱了，对这些字节的诊断也未必可信。不用改服务器，去看看录制是怎么来的。',
    },
    example: {
      timeline: [
        { at: 0, from: 'client', head: good.request },
        { at: 1, from: 'server', head: good.response },
        { at: 10, from: 'server', hex: '81 02 68 69' },
        { at: 20, from: 'server', ended: 'fin' },
        { at: 30, from: 'server', hex: '81 02 68 69' },
      ],
      note: {
        en: 'The server ends after 20 ms, and “hi” comes from it after 30 ms.',
        zh: '服务器在 20 毫秒时结束，30 毫秒时又从它那里来了“hi”。',
      },
    },
    ways: {
      php: { code: 'socket_getpeername($client, $ip);\nfile_put_contents("log/$ip", $data, FILE_APPEND);', text: { en: 'The log is kept by address, and two tabs of one browser write into the same file. The port belongs to the name.', zh: '日志按地址存放，同一浏览器的两个标签页写进同一个文件。文件名里应当带上端口。' } },
      node: { code: "socket.on('data', async (chunk) => { await save(chunk); });", text: { en: "Chunks that are saved asynchronously overtake each other, and the `'end'` overtakes them all. Note the order when the event comes.", zh: "异步保存的数据块会互相超车，`'end'` 更会超过所有数据块。次序应当在事件到来时就记下。" } },
      python: { code: 'recordings[sock.fileno()] += data', text: { en: 'The system gives the number of a closed socket to the next one, and both recordings become one. Use an object or a counter as the key.', zh: '系统会把关闭的 socket 的编号分给下一个，两段录制就并成了一段。键应当用对象或计数器。' } },
      go: { code: 'select {\ncase b := <-data: record(b)\ncase <-done: recordEnd()\n}', text: { en: 'Where both channels are ready, `select` takes either. Send the end through the same channel as the data.', zh: '两个 channel 都就绪时，`select` 随便选一个。结束也应当从传数据的那个 channel 里发。' } },
      java: { code: 'events.sort(comparingLong(e -> e.millis));', text: { en: '`System.currentTimeMillis()` jumps when the clock is set, and the events are sorted by it. `System.nanoTime()` does not jump.', zh: '事件按 `System.currentTimeMillis()` 排序，而校时的时候它会跳变。`System.nanoTime()` 不会。' } },
      rust: { code: 'let n = stream.read(&mut buf[filled..])?;\nif n == 0 { record_end(); }', text: { en: 'When the buffer is full, the slice is empty and `read` returns `Ok(0)`: an end is noted that did not happen.', zh: '缓冲区满时切片是空的，`read` 会返回 `Ok(0)`：记下了一个并没有发生的结束。' } },
    },
  },
} satisfies Record<string, RulePage>;
