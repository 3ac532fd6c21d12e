import { request, response } from './good';
import type { RulePage } from './page';
import { accepts, asked, refuses, requestWith } from './server-moments';

const fieldLine = 'Each field line consists of a case-insensitive field name followed by a colon (":"), optional leading whitespace, the field line value, and optional trailing whitespace.';
const refusal = "If the server, while reading the handshake, finds that the client did not send a handshake that matches the description below (note that as per [RFC2616], the order of the header fields is not important), including but not limited to any violations of the ABNF grammar specified for the components of the handshake, the server MUST stop processing the client's handshake and return an HTTP response with an appropriate error code (such as 400 Bad Request).";
const version = 'If this version does not match a version understood by the server, the server MUST abort the WebSocket handshake described in this section and instead send an appropriate HTTP error code (such as 426 Upgrade Required) and a |Sec-WebSocket-Version| header field indicating the version(s) the server is capable of understanding.';

const blanks = (behindColon: string, atEnd: string) => request.map((line) => (line.includes(': ') ? line.replace(': ', `:${behindColon}`) + atEnd : line));
const cookies = (length: number) => requestWith('Sec-WebSocket-Key', `Cookie: s=${'x'.repeat(length)}`, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==');

export const serverHeads = {
  SERVER_DOES_NOT_ANSWER: {
    clause: "When a client establishes a WebSocket connection to a server, the server MUST complete the following steps to accept the connection and send the server's opening handshake.",
    why: {
      en: 'Without an answer the page stays in CONNECTING, and neither `open` nor `error` comes until the browser loses patience. In Chromium a second WebSocket to the same address and port waits behind it all the while, so that one hanging tab makes the whole server look dead.',
      zh: '没有答复，网页就一直停在 CONNECTING，既没有 `open` 也没有 `error`，直到浏览器失去耐心为止。在 Chromium 里，连到同一地址和端口的第二个 WebSocket 会一直排在它后面，于是一个卡住的标签页会让整个服务器看起来像是死了。',
    },
    example: {
      timeline: [...asked(request), { at: 10000, from: 'client', ended: 'fin' }],
      also: ['RESPONSE_MISSING'],
      note: { en: 'The request is whole, down to its empty line. Ten seconds later not a byte has come, and the client leaves.', zh: '请求是完整的，直到空行都有。十秒过去了，一个字节也没来，客户端离开。' },
    },
    ways: {
      php: { code: "while (substr($head, -2) !== '\\n\\n') { $head .= socket_read($client, 1024); }", text: { en: "In single quotes `'\\n'` is a backslash and an n, so the loop waits for an end that never comes. `PHP_BINARY_READ` is the default; with `PHP_NORMAL_READ` a read ends at each line, which misleads such loops as well.", zh: "单引号里的 `'\\n'` 是一个反斜杠加一个 n，循环等的结尾永远不会来。`socket_read` 默认是 `PHP_BINARY_READ`；换成 `PHP_NORMAL_READ` 后每次只读到行尾，同样会误导这种循环。" } },
      node: { code: 'const wss = new WebSocketServer({ noServer: true });', text: { en: 'With `noServer` the library waits for `handleUpgrade`, which only your own `upgrade` listener calls. A listener that returns for an unknown path without `socket.destroy()` leaves the client hanging in the same way.', zh: '用了 `noServer`，库就等着别人调用 `handleUpgrade`，而这只能由你自己的 `upgrade` 监听器来做。监听器遇到不认识的路径直接返回、又不 `socket.destroy()`，客户端同样会一直挂着。' } },
      python: { code: 'head = await reader.read()', text: { en: 'In asyncio `read()` without a number reads up to the end of the connection, which the client does not end. `readuntil(b"\\r\\n\\r\\n")` is meant.', zh: '在 asyncio 里，不带数字的 `read()` 会一直读到连接结束，而客户端并不会结束连接。该用的是 `readuntil(b"\\r\\n\\r\\n")`。' } },
      go: { code: 'head, err := io.ReadAll(conn)', text: { en: '`io.ReadAll` returns at the end of the stream, and this stream goes on. Let `http.ReadRequest` on a `bufio.Reader` find the end; a `bufio.Writer` that is not flushed has the same effect on the way out.', zh: '`io.ReadAll` 要到流结束才返回，而这个流还要继续。用 `bufio.Reader` 加 `http.ReadRequest` 来找头部的结尾；写出时忘了 `Flush` 的 `bufio.Writer` 效果一样。' } },
      java: { code: 'out.print("HTTP/1.1 101 Switching Protocols\\r\\n…\\r\\n\\r\\n");', text: { en: 'A `PrintWriter` keeps what is printed until `flush()`; auto-flush works for `println` alone. Reading with `while ((line = in.readLine()) != null)` also waits for ever: the head ends at the empty line, not at `null`.', zh: '`PrintWriter` 在 `flush()` 之前会把内容留在缓冲里；自动刷新只对 `println` 这类调用有效。用 `while ((line = in.readLine()) != null)` 来读也会永远等下去：头部在空行结束，而不是在 `null`。' } },
      rust: { code: 'stream.read_to_string(&mut head)?;', text: { en: '`read_to_string` and `read_to_end` wait for the end of the stream. With tokio, an `accept` loop that awaits the whole connection instead of spawning it leaves everybody else unanswered.', zh: '`read_to_string` 和 `read_to_end` 要等到流结束。用 tokio 时，`accept` 循环里直接 await 整个连接而不是 spawn 出去，其他人就都得不到答复。' } },
    },
    misbehave: 'never-answers',
  },
  SERVER_CLOSES_UNANSWERED: {
    clause: 'If the server chooses to accept the incoming connection, it MUST reply with a valid HTTP response indicating the following.',
    why: {
      en: "A server that does not want a connection says so with a status code. One that only hangs up tells nobody why: Chromium prints `Connection closed before receiving a handshake response`, Firefox that it can't establish a connection, and both tell the script 1006.",
      zh: '不愿接受连接的服务器应该用状态码说明。只是挂断，谁也不知道原因：Chromium 只显示 `Connection closed before receiving a handshake response`，Firefox 只说无法建立连接，两者给脚本的都是 1006。',
    },
    example: {
      timeline: [...asked(request), { at: 3, from: 'server', ended: 'fin' }],
      also: ['RESPONSE_MISSING'],
      note: { en: 'Three milliseconds after a good request the server ends the connection, without one byte of an answer.', zh: '好的请求发出三毫秒后，服务器就结束了连接，答复一个字节也没有。' },
    },
    ways: {
      php: { text: { en: 'An uncaught error in the code of the handshake ends the whole script, and the system closes its sockets: an undefined function such as `mb_strlen` without the extension, or a `TypeError` under `strict_types`. Run it where you see STDERR.', zh: '握手代码里没有捕获的错误会结束整个脚本，套接字由系统关掉：例如没装扩展就调用 `mb_strlen`，或 `strict_types` 下的 `TypeError`。请在能看到 STDERR 的地方运行。' } },
      node: { code: "server.on('upgrade', (req, socket) => { if (req.url !== '/chat') socket.destroy(); });", text: { en: '`socket.destroy()` for a path or an Origin that is not wanted: the client learns nothing. Write `HTTP/1.1 404 Not Found` with `socket.end()` instead. A plain client at an `https` server ends like this as well.', zh: '路径或 Origin 不合要求就 `socket.destroy()`：客户端什么也不知道。应该用 `socket.end()` 写出 `HTTP/1.1 404 Not Found`。明文客户端连到 `https` 服务器也是这个结果。' } },
      python: { text: { en: 'An exception in a `socketserver` handler ends the connection, and a traceback on STDERR is all that remains; in a thread of your own it is the same. A `KeyError` for a field is the usual one.', zh: '`socketserver` 的 handler 里抛出异常，连接就结束了，只剩 STDERR 上的一段 traceback；自己开的线程也一样。最常见的是取字段时的 `KeyError`。' } },
      go: { code: 'conn, _, err := w.(http.Hijacker).Hijack()\ndefer conn.Close()', text: { en: '`defer conn.Close()` in the handler closes the connection as soon as the handler returns, while a goroutine was meant to go on with it. A panic in a handler also ends the connection without an answer: `net/http` recovers and logs it.', zh: '在处理函数里写 `defer conn.Close()`，函数一返回连接就关了，而本来想让一个 goroutine 接着用它。处理函数里的 panic 也会让连接没有答复就结束：`net/http` 会 recover 并记一条日志。' } },
      java: { code: 'try (Socket socket = server.accept()) { pool.submit(() -> serve(socket)); }', text: { en: 'Try-with-resources closes the socket at the end of the block, while the task has not even begun. An exception in the task is kept in its `Future` and seen by nobody.', zh: 'try-with-resources 在代码块结束时就关闭了套接字，而任务还没开始。任务里的异常留在 `Future` 里，没人看见。' } },
      rust: { code: 'let key = find_key(&head).unwrap();', text: { en: 'A panic in the thread or task drops the `TcpStream`, and dropping closes it. With `accept_async(stream).await?` the error returns early in the same way: log it before the stream goes.', zh: '线程或任务一 panic，`TcpStream` 就被丢弃，也就关闭了。`accept_async(stream).await?` 出错时同样会提前返回：在流消失之前把错误记下来。' } },
    },
    misbehave: 'fin-before-head',
  },
  SERVER_HEAD_READ_ONCE: {
    clause: 'TCP provides a reliable, in-order, byte-stream service to applications.',
    why: {
      en: 'A read brings what has arrived, be it half a request. On loopback the head nearly always comes at once, so the mistake is found later: behind a proxy, over a phone, with long cookies. Then the key is missing or cut, and the handshake fails now and again for no visible reason.',
      zh: '一次读取只带来已经到达的内容，也许只有半个请求。在本机上头部几乎总是一次到齐，所以这个错误要到后来才暴露：经过代理、用手机网络、cookie 很长的时候。那时密钥缺失或被截断，握手时好时坏，看不出原因。',
    },
    example: {
      timeline: [
        { at: 0, from: 'client', head: 'GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgr' },
        { at: 2, from: 'server', head: refuses('400 Bad Request') },
        { at: 60, from: 'client', head: 'ade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n' },
      ],
      also: ['RESPONSE_NOT_101'],
      note: { en: 'The request comes in two pieces, with 60 ms between them. The server judges the first by itself and refuses it.', zh: '请求分两段到达，相隔 60 毫秒。服务器只看第一段就下结论，拒绝了它。' },
    },
    ways: {
      php: { code: '$head = socket_read($client, 1024);', text: { en: 'One `socket_read` or `fread` and then the pattern for the key: so most tutorials do it. Append to a string for each client until `strpos($head, "\\r\\n\\r\\n")` finds the end.', zh: '一次 `socket_read` 或 `fread`，然后直接用正则找密钥：大多数教程都这样写。应该给每个客户端留一个字符串不断追加，直到 `strpos($head, "\\r\\n\\r\\n")` 找到结尾。' } },
      node: { code: "socket.once('data', (data) => handshake(socket, data.toString()));", text: { en: '`once` takes the first `data` event for the request. The `upgrade` event of `http` comes only when the head is whole: use that.', zh: '`once` 把第一个 `data` 事件当成了整个请求。`http` 的 `upgrade` 事件要等头部到齐才触发，用它。' } },
      python: { code: 'data = conn.recv(1024).decode()', text: { en: 'One `recv`, and `.split("\\r\\n")` at once. The file of `conn.makefile("rb")` reads lines however they come; asyncio has `readuntil`.', zh: '一次 `recv`，马上 `.split("\\r\\n")`。`conn.makefile("rb")` 返回的文件对象不管字节怎样到达都能按行读；asyncio 有 `readuntil`。' } },
      go: { code: 'n, _ := conn.Read(buf)\nhead := string(buf[:n])', text: { en: '`Read` returns as soon as there is anything. `http.ReadRequest(bufio.NewReader(conn))` reads on, and `net/http` did so before your handler was called.', zh: '`Read` 只要有一点内容就会返回。`http.ReadRequest(bufio.NewReader(conn))` 会一直读下去；用 `net/http` 的话，在调用处理函数之前它就读完了。' } },
      java: { code: 'int n = in.read(buffer);\nString head = new String(buffer, 0, n);', text: { en: "`InputStream.read` may return any number of bytes from 1 up. In NIO the same happens with one `channel.read(buffer)` after a key is readable; Netty's `HttpServerCodec` gathers the pieces.", zh: '`InputStream.read` 可能返回从 1 开始的任何字节数。NIO 里在可读事件后只调用一次 `channel.read(buffer)` 也一样；Netty 的 `HttpServerCodec` 会把各段拼起来。' } },
      rust: { code: 'let n = stream.read(&mut buf)?;\nlet head = str::from_utf8(&buf[..n])?;', text: { en: 'One `read` into an array. With `httparse`, `Status::Partial` says that more must be read; code that maps it to an error has this mistake. tungstenite and hyper read on.', zh: '一次 `read` 读进数组。用 `httparse` 时，`Status::Partial` 表示还要继续读；把它当成错误的代码就有这个毛病。tungstenite 和 hyper 会接着读。' } },
    },
  },
  SERVER_HEAD_CUT_AT_1024: {
    clause: 'HTTP does not place a predefined limit on the length of each field line, field value, or on the length of a header or trailer section as a whole, as described in Section 2.',
    why: {
      en: "A browser's request has some 500 bytes without cookies, and all cookies of the host are added. One login cookie or one analytics script lifts it over 1,024: then the key lies beyond what was read, and what remains in the socket is taken for frames. It works in a private window and fails in the normal one.",
      zh: '浏览器的请求不带 cookie 约有 500 字节，该主机的所有 cookie 还要加上去。一个登录 cookie 或一段统计脚本就会让它超过 1,024 字节：密钥落在读到的范围之外，套接字里剩下的内容又被当成帧。结果是无痕窗口里能用，普通窗口里不行。',
    },
    example: {
      timeline: asked(cookies(1000), accepts('Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=')),
      also: ['RESPONSE_ACCEPT_WRONG'],
      note: { en: 'A cookie of 1,000 bytes stands before the key. The server found no key in its first 1,024 bytes and hashed an empty one: this accept value is always the same.', zh: '密钥前面有一个 1,000 字节的 cookie。服务器在前 1,024 字节里没找到密钥，就对空密钥求了散列：这个 accept 值永远不变。' },
    },
    ways: {
      php: { code: '$header = socket_read($newSocket, 1024);', text: { en: 'The line of nearly every PHP chat tutorial, and the pattern for the key follows at once. `preg_match` then finds nothing, `$match[1]` is a warning only, and the handshake goes on with an empty key.', zh: '几乎每个 PHP 聊天室教程里都有这一行，紧接着就是找密钥的正则。这时 `preg_match` 什么也没找到，`$match[1]` 只是一条警告，握手带着空密钥继续。' } },
      node: { text: { en: 'A `data` event brings up to 64 KiB, so this size is no limit of Node: it is one in the code, such as `data.slice(0, 1024)` or a `Buffer.alloc(1024)` into which the head is copied. `http` takes 16 KiB.', zh: '一个 `data` 事件最多带来 64 KiB，所以这个上限不是 Node 的，而是代码自己的：例如 `data.slice(0, 1024)`，或把头部拷进 `Buffer.alloc(1024)`。`http` 模块接受 16 KiB。' } },
      python: { code: 'self.data = self.request.recv(1024).strip()', text: { en: 'The handler of the `socketserver` documentation reads one line of text so, and chat servers took it over for requests. 1024 is also what most examples of `socket` give to `recv`.', zh: '`socketserver` 文档里的 handler 这样读一行文本，许多聊天服务器照搬来读请求。`socket` 的大多数例子给 `recv` 的也是 1024。' } },
      go: { code: 'buf := make([]byte, 1024)\nn, err := conn.Read(buf)', text: { en: 'The buffer of the echo examples for `net`, kept for the handshake. `net/http` reads up to `MaxHeaderBytes`, 1 MiB unless you say otherwise.', zh: '`net` 回显例子里的缓冲区，被原样拿来做握手。`net/http` 读到 `MaxHeaderBytes` 为止，不设置的话是 1 MiB。' } },
      java: { code: 'byte[] buf = new byte[1024];\nint len = in.read(buf);', text: { en: 'One read into `byte[1024]`, or `ByteBuffer.allocate(1024)` in NIO: there the buffer is full, `read` brings 0, and nobody looks at `hasRemaining()`.', zh: '一次读进 `byte[1024]`，或 NIO 里的 `ByteBuffer.allocate(1024)`：缓冲区满了，`read` 返回 0，却没人看 `hasRemaining()`。' } },
      rust: { code: 'let mut buffer = [0; 1024];\nstream.read(&mut buffer).unwrap();', text: { en: 'The array of a widely read tutorial about web servers, where it served for the request line. Use a `Vec<u8>` or `BytesMut` that grows until `\\r\\n\\r\\n`.', zh: '一篇流传很广的 Web 服务器教程里的数组，那里只是用来读请求行。用 `Vec<u8>` 或 `BytesMut`，一直增长到出现 `\\r\\n\\r\\n`。' } },
    },
  },
  SERVER_HEAD_CUT_AT_2048: {
    clause: 'A server that receives a request header field line, field value, or set of fields larger than it wishes to process MUST respond with an appropriate 4xx (Client Error) status code.',
    why: {
      en: 'Browsers keep cookies of up to 4,096 bytes each, and send all of a host in one field. A limit of 2,048 therefore fails for some visitors and not for others, and only from some day on. A server that has a limit must at least say 431.',
      zh: '浏览器允许每个 cookie 长达 4,096 字节，并把该主机的全部 cookie 放在一个字段里发出。因此 2,048 的上限只对一部分访客失败，而且往往是从某一天开始。有上限的服务器至少要答复 431。',
    },
    example: {
      timeline: [...asked(cookies(2000)), { at: 2000, from: 'client', ended: 'fin' }],
      also: ['RESPONSE_MISSING'],
      note: { en: 'The request has 2,173 bytes. The server read 2,048 of them, which hold no empty line, and waits for an end that it has no room for.', zh: '请求有 2,173 字节。服务器读了其中 2,048 字节，里面没有空行，于是等着一个已经放不下的结尾。' },
    },
    ways: {
      php: { code: '$bytes = socket_recv($socket, $buffer, 2048, 0);', text: { en: 'The line of another family of tutorials, with one `socket_recv` for head and frames alike. `stream_get_line($conn, 2048, "\\r\\n\\r\\n")` cuts in the same place.', zh: '另一类教程里的写法，头部和帧都用同一个 `socket_recv`。`stream_get_line($conn, 2048, "\\r\\n\\r\\n")` 也在同一处截断。' } },
      node: { code: 'if (head.length > 2048) return socket.destroy();', text: { en: 'A limit against floods that was chosen by feeling, in code on `net`. If there is to be one, take 16 KiB as `http` does (`maxHeaderSize`), and answer 431.', zh: '在 `net` 上写的代码里，凭感觉定下的防洪上限。如果要有上限，就像 `http` 的 `maxHeaderSize` 那样取 16 KiB，并答复 431。' } },
      python: { code: 'data = client.recv(2048)', text: { en: 'One `recv(2048)`; what lies behind it stays in the socket and is decoded as a frame. With asyncio, `start_server(…, limit=2048)` makes `readuntil` raise `LimitOverrunError`.', zh: '一次 `recv(2048)`；后面的内容留在套接字里，被当成帧来解码。用 asyncio 时，`start_server(…, limit=2048)` 会让 `readuntil` 抛出 `LimitOverrunError`。' } },
      go: { code: "r := bufio.NewReaderSize(conn, 2048)\nline, err := r.ReadSlice('\\n')", text: { en: '`ReadSlice` fails with `ErrBufferFull` where one line, that of the cookies, is longer than the buffer. `ReadString` and `http.ReadRequest` go on.', zh: '只要有一行（放 cookie 的那行）比缓冲区长，`ReadSlice` 就返回 `ErrBufferFull`。`ReadString` 和 `http.ReadRequest` 会接着读。' } },
      java: { code: 'ByteBuffer in = ByteBuffer.allocate(2048);', text: { en: 'One buffer for each channel, sized for chat messages. `new BufferedReader(reader, 2048)` is harmless: it refills itself. A `mark(2048)` with a later `reset()` is not.', zh: '按聊天消息的大小给每个通道分配一个缓冲区。`new BufferedReader(reader, 2048)` 没问题，它会自己再填充；`mark(2048)` 之后再 `reset()` 就有问题。' } },
      rust: { code: 'let mut headers = [httparse::EMPTY_HEADER; 16];', text: { en: "A `[u8; 2048]` is one way; the other is the number of fields: `httparse` fails with `TooManyHeaders` where a proxy has added some to a browser's dozen.", zh: '`[u8; 2048]` 是一种；另一种是字段的个数：浏览器本来就有十几个字段，代理再加几个，`httparse` 就返回 `TooManyHeaders`。' } },
    },
  },
  SERVER_HEAD_CUT_AT_8000: {
    clause: "HTTP does not place a predefined limit on the length of each field line, field value, or on the length of a header or trailer section as a whole, as described in Section 2. Various ad hoc limitations on individual lengths are found in practice, often depending on the specific field's semantics.",
    why: {
      en: 'A limit is right, and 8 KiB is a usual one: this is a note and no fault. It matters where the host has many cookies, or large tokens from a login: then the pages still load, from a server with a higher limit, and the WebSocket alone fails with 431, 413 or 400.',
      zh: '设上限是对的，8 KiB 也很常见：这里只是提示，不算错误。当该主机 cookie 很多，或登录令牌很大时才要紧：网页由上限更高的服务器提供，照样能打开，只有 WebSocket 以 431、413 或 400 失败。',
    },
    example: {
      timeline: asked(cookies(7900), refuses('431 Request Header Fields Too Large')),
      also: ['RESPONSE_NOT_101'],
      note: { en: 'A request of a little over 8,000 bytes, nearly all of it cookies. The refusal is correct HTTP; the connection is refused all the same.', zh: '请求略超过 8,000 字节，几乎全是 cookie。这个拒绝是合规的 HTTP，但连接毕竟被拒绝了。' },
    },
    ways: {
      php: { code: 'public $maxSize = 4096;', text: { en: "Ratchet's `HttpRequestParser` takes 4,096 bytes unless you raise `$maxSize`. By hand it is `socket_read($client, 8192)`, once.", zh: 'Ratchet 的 `HttpRequestParser` 默认只接受 4,096 字节，除非调大 `$maxSize`。手写的则是只调用一次 `socket_read($client, 8192)`。' } },
      node: { code: 'http.createServer({ maxHeaderSize: 4096 })', text: { en: 'Node takes 16 KiB and answers 431 above; older versions took 8 KiB. `--max-http-header-size` or `maxHeaderSize` set it, `ws` has no limit of its own there.', zh: 'Node 接受 16 KiB，超过就答复 431；旧版本是 8 KiB。用 `--max-http-header-size` 或 `maxHeaderSize` 设置，`ws` 自己在这里没有上限。' } },
      python: { code: 'WEBSOCKETS_MAX_LINE_LENGTH=32768', text: { en: 'The `websockets` library takes 8 KiB a line and 128 fields, aiohttp 8,190 bytes a field; the cookies of a host are one line. The first is raised by the environment, aiohttp by `max_field_size`.', zh: '`websockets` 库每行限 8 KiB、最多 128 个字段，aiohttp 每个字段限 8,190 字节；而一个主机的 cookie 全在一行里。前者用环境变量调高，aiohttp 用 `max_field_size`。' } },
      go: { code: 'http.Server{ MaxHeaderBytes: 4 << 10 }', text: { en: 'Go takes 1 MiB unless `MaxHeaderBytes` says less, and answers 431. Most often the limit is in front of it: nginx keeps 8 KiB a line (`large_client_header_buffers`).', zh: 'Go 默认接受 1 MiB，`MaxHeaderBytes` 设小了才会更少，超过就答复 431。多数情况下上限在它前面：nginx 每行 8 KiB（`large_client_header_buffers`）。' } },
      java: { code: 'new HttpServerCodec(4096, 8192, 8192)', text: { en: 'Netty and Tomcat take 8 KiB for all fields together; Spring Boot raises it with `server.max-http-request-header-size`. By hand it is `new byte[8192]`.', zh: 'Netty 和 Tomcat 默认所有字段合计 8 KiB；Spring Boot 用 `server.max-http-request-header-size` 调高。手写的则是 `new byte[8192]`。' } },
      rust: { text: { en: 'hyper takes far more; by hand it is a `[0; 8192]` or `4096`, read once. Where there are limits on the number of fields (100 in hyper), proxies reach them sooner than cookies do.', zh: 'hyper 能接受的多得多；手写的则是读一次 `[0; 8192]` 或 `4096`。字段个数也有上限（hyper 是 100），代理比 cookie 更容易碰到它。' } },
    },
  },
  SERVER_CASE_SENSITIVE_FIELDS: {
    clause: 'Field names are case-insensitive and ought to be registered within the "Hypertext Transfer Protocol (HTTP) Field Name Registry"; see Section 16.3.1.',
    why: {
      en: 'Browsers write `Sec-WebSocket-Key`, so the mistake is not seen with them. Proxies that speak HTTP/2 on their other side, and many HTTP libraries, write `sec-websocket-key`: then the server finds no field at all, and it works on the desk and fails behind the load balancer.',
      zh: '浏览器写的是 `Sec-WebSocket-Key`，所以用浏览器看不出问题。另一侧使用 HTTP/2 的代理和许多 HTTP 库写的是 `sec-websocket-key`：服务器一个字段也找不到，于是在自己机器上能用，放到负载均衡后面就失败。',
    },
    example: {
      timeline: asked(request.map((line, at) => (at === 0 ? line : line.slice(0, line.indexOf(':')).toLowerCase() + line.slice(line.indexOf(':')))), refuses('400 Bad Request')),
      also: ['RESPONSE_NOT_101'],
      note: { en: 'Only the names of the fields are in lower case; the values are as they were. The same request is accepted with capitals.', zh: '只有字段名变成小写，值没变。同样的请求换成大写开头就会被接受。' },
    },
    ways: {
      php: { code: "preg_match('/Sec-WebSocket-Key: (.*)\\r\\n/', $head, $match)", text: { en: 'A pattern without the `i` flag, or `$headers["Sec-WebSocket-Key"]` on an array whose keys are written as they came. Put `strtolower($name)` into the array.', zh: '正则少了 `i` 修饰符，或者数组的键照原样保存后用 `$headers["Sec-WebSocket-Key"]` 去取。存入数组时用 `strtolower($name)`。' } },
      node: { code: "const key = req.headers['Sec-WebSocket-Key'];", text: { en: 'The other way round: Node gives all names in lower case, so this is always `undefined`. In code on `net` it is `line.startsWith("Sec-WebSocket-Key:")`.', zh: '正好反过来：Node 给出的名称全是小写，所以这里永远是 `undefined`。在 `net` 上写的代码里则是 `line.startsWith("Sec-WebSocket-Key:")`。' } },
      python: { code: 'headers = dict(line.split(": ", 1) for line in lines)\nkey = headers["Sec-WebSocket-Key"]', text: { en: 'A plain `dict` tells upper from lower case; lower the name as it goes in. `email.message.Message`, `multidict` of aiohttp and the `Headers` of `websockets` do not mind.', zh: '普通 `dict` 区分大小写，存入时先把名称转成小写。`email.message.Message`、aiohttp 的 `multidict`、`websockets` 的 `Headers` 都不区分。' } },
      go: { code: 'key := r.Header["Sec-WebSocket-Key"]', text: { en: "`http.Header` keeps `Sec-Websocket-Key`, with a small s: index it by hand with the RFC's spelling and it is always empty. `r.Header.Get` puts the name into that form first.", zh: '`http.Header` 里存的是 `Sec-Websocket-Key`，s 是小写：按 RFC 的写法直接下标访问，永远是空的。`r.Header.Get` 会先把名称转换成这种形式。' } },
      java: { code: 'Map<String, String> headers = new HashMap<>();', text: { en: 'A `HashMap` tells case apart; `new TreeMap<>(String.CASE_INSENSITIVE_ORDER)` does not. With `line.startsWith` use `regionMatches(true, …)`.', zh: '`HashMap` 区分大小写，`new TreeMap<>(String.CASE_INSENSITIVE_ORDER)` 不区分。用 `line.startsWith` 的地方改成 `regionMatches(true, …)`。' } },
      rust: { code: 'headers.iter().find(|h| h.name == "Sec-WebSocket-Key")', text: { en: '`httparse` leaves names as they came: compare with `eq_ignore_ascii_case`. The `HeaderMap` of hyper and tungstenite has them in lower case and finds either.', zh: '`httparse` 保留名称原样：用 `eq_ignore_ascii_case` 比较。hyper 和 tungstenite 的 `HeaderMap` 统一存成小写，怎样写都能找到。' } },
    },
  },
  SERVER_KEY_NEEDS_BLANK: {
    clause: fieldLine,
    why: {
      en: 'The blank behind the colon is a habit and no part of the line\'s form. Some embedded clients and proxies leave it out to save bytes, and one with two blanks is as good. A server that splits at `": "` does not see such a field, and refuses a good client or hashes an empty key.',
      zh: '冒号后的空格只是习惯，不是格式的一部分。有些嵌入式客户端和代理为了省字节会去掉它，写两个空格也同样合法。按 `": "` 切分的服务器看不到这样的字段，于是拒绝了好的客户端，或对空密钥求散列。',
    },
    example: {
      timeline: asked(blanks('', ''), accepts('Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=')),
      also: ['RESPONSE_ACCEPT_WRONG'],
      note: { en: '`Sec-WebSocket-Key:dGhl…` has no blank. The accept value is that of an empty key: the pattern did not match.', zh: '`Sec-WebSocket-Key:dGhl…` 没有空格。accept 值是空密钥的结果：正则没有匹配上。' },
    },
    ways: {
      php: { code: "[$name, $value] = explode(': ', $line, 2);", text: { en: 'The blank is part of the separator, or of the pattern `Key: (.*)`. Split at `:` and `trim($value)`.', zh: '空格成了分隔符的一部分，或写进了正则 `Key: (.*)`。按 `:` 切分，再 `trim($value)`。' } },
      node: { code: "const [name, value] = line.split(': ');", text: { en: '`split` with the blank; besides, it cuts a value that itself holds `: `. Use `indexOf(":")`, `slice` and `trim`. Node\'s `http` reads both forms.', zh: '`split` 带上了空格；而且值里面如果有 `: ` 也会被切开。用 `indexOf(":")`、`slice` 和 `trim`。Node 的 `http` 两种写法都能读。' } },
      python: { code: "name, value = line.split(': ')", text: { en: 'Without the blank this raises `ValueError: not enough values to unpack`, so that the connection ends instead of being refused. `line.partition(":")` never raises.', zh: '没有空格时会抛出 `ValueError: not enough values to unpack`，连接直接断掉而不是被拒绝。`line.partition(":")` 不会抛异常。' } },
      go: { code: 'parts := strings.SplitN(line, ": ", 2)\nheaders[parts[0]] = parts[1]', text: { en: '`parts[1]` panics where there is no blank: index out of range. `strings.Cut(line, ":")` with `strings.TrimSpace` is shorter, and `net/textproto` shorter still.', zh: '没有空格时 `parts[1]` 会 panic：下标越界。`strings.Cut(line, ":")` 加 `strings.TrimSpace` 更短，`net/textproto` 还要短。' } },
      java: { code: 'Pattern.compile("Sec-WebSocket-Key: (.*)").matcher(data)', text: { en: 'The pattern of a widely copied tutorial: one blank, no more and no less. `:\\\\s*(\\\\S+)` takes any number.', zh: '一篇被广泛照抄的教程里的正则：空格不多不少只能有一个。`:\\\\s*(\\\\S+)` 有几个都行。' } },
      rust: { code: 'if let Some(key) = line.strip_prefix("Sec-WebSocket-Key: ")', text: { en: '`strip_prefix` or `split_once(": ")` with the blank in it. `split_once(\':\')` and `trim()` on the value; `httparse` gives values that are trimmed.', zh: '`strip_prefix` 或 `split_once(": ")` 里带了空格。用 `split_once(\':\')`，再对值 `trim()`；`httparse` 给出的值已经去掉两端空白。' } },
    },
  },
  SERVER_KEY_KEEPS_BLANKS: {
    clause: 'A field line value might be preceded and/or followed by optional whitespace (OWS); a single SP preceding the field line value is preferred for consistent readability by humans. The field line value does not include that leading or trailing whitespace: OWS occurring before the first non-whitespace octet of the field line value, or after the last non-whitespace octet of the field line value, is excluded by parsers when extracting the field line value from a field line.',
    why: {
      en: "The accept value is a hash: one blank too many in what is hashed changes it altogether. The server believes that all is well, and the client reads `Incorrect 'Sec-WebSocket-Accept' header value` in Chromium, or can't establish a connection in Firefox. Which fields have blanks at their ends depends on the client and on proxies, so it fails for some only.",
      zh: "accept 是散列值：被散列的内容多一个空格，结果就完全不同。服务器以为一切正常，客户端却在 Chromium 里看到 `Incorrect 'Sec-WebSocket-Accept' header value`，在 Firefox 里则是无法建立连接。哪些字段两端有空白取决于客户端和代理，所以只对一部分人失败。",
    },
    example: {
      timeline: asked(blanks('  ', '  '), accepts('mogpCUDsFBfEiTi8XY/wyJyveQ0=')),
      also: ['RESPONSE_ACCEPT_WRONG'],
      note: { en: 'Each value has two blanks before it and two behind. The accept value is that of the key with the two behind it.', zh: '每个值前后各有两个空格。这个 accept 值是密钥连同后面两个空格一起算出来的。' },
    },
    ways: {
      php: { code: "preg_match('/Sec-WebSocket-Key:\\s*(.*)\\r\\n/i', $head, $match)", text: { en: '`\\s*` eats the blanks in front, `(.*)` keeps those behind. Where `\\r\\n` is left out of the pattern even the CR stays, since the dot of PCRE matches it: `trim($match[1])`.', zh: '`\\s*` 吃掉前面的空格，`(.*)` 却留下后面的。如果正则里没写 `\\r\\n`，连 CR 也会留下，因为 PCRE 的点号能匹配它：加上 `trim($match[1])`。' } },
      node: { code: "line.slice('Sec-WebSocket-Key: '.length)", text: { en: '`slice` from a fixed place takes all to the end of the line. `http` trims values; `ws` hashes what `http` gave it.', zh: '从固定位置 `slice` 会一直取到行尾。`http` 会去掉值两端的空白，`ws` 散列的就是 `http` 给出的值。' } },
      python: { code: "key = re.search(r'Sec-WebSocket-Key: (.*)', head).group(1)", text: { en: 'In Python the dot matches `\\r`: without `.strip()` the key ends in a CR, and the accept value is always wrong, with or without blanks.', zh: 'Python 的点号能匹配 `\\r`：不加 `.strip()`，密钥末尾就带一个 CR，有没有空格 accept 值都是错的。' } },
      go: { code: 'key := strings.TrimPrefix(line, "Sec-WebSocket-Key: ")', text: { en: "`TrimPrefix` takes off one end only, and a line from `ReadString('\\n')` still has its `\\r\\n`. `net/textproto` and `r.Header.Get` give values without blanks.", zh: "`TrimPrefix` 只处理一端，而 `ReadString('\\n')` 得到的行还带着 `\\r\\n`。`net/textproto` 和 `r.Header.Get` 给出的值不带空白。" } },
      java: { code: 'String key = line.substring(line.indexOf(": ") + 2);', text: { en: "`substring` to the end of the line, without `strip()`. `readLine` takes off the line's end, and no more than that.", zh: '`substring` 一直取到行尾，没有 `strip()`。`readLine` 只去掉换行，别的都留着。' } },
      rust: { code: "let key = line.split(':').nth(1).unwrap();", text: { en: 'The piece begins with the blank behind the colon, for every client; who then uses `trim_start` still keeps those at the end. `trim()` does both.', zh: '对任何客户端，切出来的这一段都以冒号后的空格开头；只用 `trim_start` 的话，末尾的还在。`trim()` 两端都去。' } },
    },
  },
  SERVER_KEY_FOUND_ANYWHERE: {
    clause: fieldLine,
    why: {
      en: "A name is all that stands between the line's beginning and the colon. Proxies add fields such as `X-Forwarded-…` or `X-Original-…` in front; a search for `Sec-WebSocket-Key:` that does not begin at a line's start finds the end of such a name, hashes another value, and every client behind that proxy refuses the answer.",
      zh: '字段名是从行首到冒号的全部内容。代理会在前面加上 `X-Forwarded-…`、`X-Original-…` 之类的字段；如果搜索 `Sec-WebSocket-Key:` 时不从行首开始，就会匹配到这种名称的末尾，散列了另一个值，这个代理后面的所有客户端都会拒绝这个答复。',
    },
    example: {
      timeline: asked([request[0], 'X-Forwarded-Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==', ...request.slice(1)], accepts('C/0nmHhBztSRGR1CwL6Tf4ZjwpY=')),
      also: ['RESPONSE_ACCEPT_WRONG'],
      note: { en: 'The second line is another field, which HTTP lets anybody add. The accept value belongs to its value, and not to the key.', zh: '第二行是另一个字段，HTTP 允许任何人添加。accept 对应的是它的值，而不是真正的密钥。' },
    },
    ways: {
      php: { code: "preg_match('/Sec-WebSocket-Key:\\s*(\\S+)/i', $head, $m)", text: { en: 'Neither `^` with the `m` flag nor `\\n` in front. `strstr($head, "Sec-WebSocket-Key:")` has the same mistake.', zh: '既没有 `^` 加 `m` 修饰符，前面也没有 `\\n`。`strstr($head, "Sec-WebSocket-Key:")` 是同样的错误。' } },
      node: { code: "head.split('Sec-WebSocket-Key: ')[1].split('\\r\\n')[0]", text: { en: 'Splitting the whole head at a name finds the first place, whichever line it is in. `req.headers` of `http` knows whole names only.', zh: '拿名称去切整个头部，得到的是第一处，不管在哪一行。`http` 的 `req.headers` 只认完整的名称。' } },
      python: { code: "key = next(l for l in lines if 'Sec-WebSocket-Key' in l).split(': ')[1]", text: { en: '`in` asks whether the text stands anywhere in the line. `re.search` does the same; `re.match` begins at the start.', zh: '`in` 问的是文本是否出现在行内任何位置。`re.search` 也一样；`re.match` 才从开头匹配。' } },
      go: { code: 'if strings.Contains(line, "Sec-WebSocket-Key") {', text: { en: '`strings.Contains` where `strings.EqualFold` on the part before the colon was meant. `r.Header.Get` compares whole names.', zh: '该用 `strings.EqualFold` 比较冒号前的部分，却用了 `strings.Contains`。`r.Header.Get` 比较的是完整名称。' } },
      java: { code: 'data.indexOf("Sec-WebSocket-Key:") + 19', text: { en: 'An `indexOf` over the whole request and a number counted by hand; `Matcher.find()` searches in the same way, and `(?m)^` holds it to the line.', zh: '对整个请求 `indexOf`，再加上一个手数的数字；`Matcher.find()` 也是这样搜索，加 `(?m)^` 才限定在行首。' } },
      rust: { code: 'head.find("Sec-WebSocket-Key: ").map(|at| &head[at + 19..at + 43])', text: { en: "`find` on the whole head and a slice of 24 bytes, which also panics where the head ends sooner. Go by `lines()` and `split_once(':')`.", zh: "对整个头部 `find`，再切 24 字节；头部提前结束时还会 panic。应该逐行 `lines()`，再 `split_once(':')`。" } },
    },
  },
  SERVER_KEY_BY_PATTERN: {
    clause: fieldLine,
    why: {
      en: "One pattern over the whole request has several mistakes at once: it wants the name in one spelling and exactly one blank, keeps blanks at the end, and matches in the middle of other names. Every client that writes its request otherwise than the browser on the author's desk is refused, or given a wrong accept value.",
      zh: '用一个正则去匹配整个请求，会同时犯好几个错：名称只认一种大小写，冒号后必须恰好一个空格，末尾空白不去掉，还会匹配到别的名称中间。凡是写法和作者桌上那个浏览器不同的客户端，要么被拒绝，要么得到错误的 accept。',
    },
    example: {
      timeline: asked(requestWith('Sec-WebSocket-Key', 'sec-websocket-key:  dGhlIHNhbXBsZSBub25jZQ==  '), accepts('Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=')),
      also: ['RESPONSE_ACCEPT_WRONG'],
      note: { en: 'Lower case, two blanks before the value and two behind: all are legal, and the pattern fits none. The accept value is that of an empty key.', zh: '小写名称、值前后各两个空格：全都合法，正则却一样也对不上。accept 是空密钥的结果。' },
    },
    ways: {
      php: { code: "preg_match('/Sec-WebSocket-Key: (.*)\\r\\n/', $head, $match);\n$accept = base64_encode(pack('H*', sha1($match[1] . $guid)));", text: { en: 'Two lines that stand in nearly every PHP tutorial. Split with `explode("\\r\\n", $head)` and each line at its first colon; then host, version and Origin can be checked as well.', zh: '几乎每个 PHP 教程里都有的两行。用 `explode("\\r\\n", $head)` 分行，每行在第一个冒号处切开；这样主机、版本和 Origin 也能一并检查。' } },
      node: { code: 'const key = /Sec-WebSocket-Key: (.*)/.exec(data.toString())[1];', text: { en: 'In handwritten servers on `net`. The parser of `http` is there already: listen for `upgrade` and read `req.headers`.', zh: '出现在 `net` 上手写的服务器里。`http` 的解析器是现成的：监听 `upgrade`，读 `req.headers`。' } },
      python: { code: 'key = re.findall(r"Sec-WebSocket-Key: (.*?)\\r\\n", data.decode())[0]', text: { en: '`findall(…)[0]` also raises `IndexError` where nothing matches. `http.client.parse_headers` reads fields from any binary file, such as `conn.makefile("rb")`.', zh: '没有匹配时 `findall(…)[0]` 还会抛 `IndexError`。`http.client.parse_headers` 能从任何二进制文件对象（如 `conn.makefile("rb")`）读取字段。' } },
      go: { code: 're := regexp.MustCompile(`Sec-WebSocket-Key: (.*)`)', text: { en: "The dot of Go's `regexp` matches `\\r`, so the key has a CR at its end besides. `http.ReadRequest` is one line and has none of these mistakes.", zh: 'Go 的 `regexp` 里点号能匹配 `\\r`，密钥末尾还会多一个 CR。`http.ReadRequest` 只要一行，这些错误一个也没有。' } },
      java: { code: 'Matcher match = Pattern.compile("Sec-WebSocket-Key: (.*)").matcher(data);\nmatch.find();', text: { en: "The lines of a tutorial for Java that is found first by many. Java's dot stops at CR, so browsers succeed; `Pattern.CASE_INSENSITIVE` mends one of the four mistakes.", zh: '许多人最先搜到的 Java 教程里的写法。Java 的点号遇到 CR 就停，所以浏览器能成功；`Pattern.CASE_INSENSITIVE` 只能补上四个错误中的一个。' } },
      rust: { code: 'Regex::new(r"Sec-WebSocket-Key: (.*)\\r\\n").unwrap()', text: { en: 'The `regex` crate for what `httparse` does, which is already among the dependencies of hyper. `(?i)` at the front mends the case alone.', zh: '用 `regex` 去做 `httparse` 的事，而 hyper 的依赖里本来就有它。开头加 `(?i)` 只解决大小写。' } },
    },
  },
  SERVER_CONNECTION_NOT_A_LIST: {
    clause: 'A |Connection| header field that includes the token "Upgrade", treated as an ASCII case-insensitive value.',
    why: {
      en: 'Connection is a list of words. Chrome sends `Upgrade`, Firefox `keep-alive, Upgrade`, and some proxies put their own words there. A server that compares the whole value works with the first and refuses the second, so that “it works in Chrome only”.',
      zh: 'Connection 是一个词的列表。Chrome 发 `Upgrade`，Firefox 发 `keep-alive, Upgrade`，有些代理还会加上自己的词。比较整个值的服务器接受前者、拒绝后者，于是就有了“只有 Chrome 能用”。',
    },
    example: {
      timeline: asked(requestWith('Connection', 'Connection: keep-alive, Upgrade'), refuses('400 Bad Request')),
      also: ['RESPONSE_NOT_101'],
      note: { en: "Firefox's line, and nothing else is changed. The same request with `Connection: Upgrade` is accepted.", zh: '这是 Firefox 的写法，其他都没变。同样的请求换成 `Connection: Upgrade` 就会被接受。' },
    },
    ways: {
      php: { code: "if ($headers['connection'] !== 'Upgrade') { refuse($client); }", text: { en: 'Compared as a whole, and with the capital. `in_array("upgrade", array_map("trim", explode(",", strtolower($value))))` reads the list.', zh: '按整个值比较，还限定了大写。用 `in_array("upgrade", array_map("trim", explode(",", strtolower($value))))` 来读列表。' } },
      node: { code: "if (req.headers.connection !== 'Upgrade') socket.destroy();", text: { en: 'A check that is added for safety in the `upgrade` listener. It is needless there: `http` emits the event only where Connection names Upgrade.', zh: '在 `upgrade` 监听器里“为了保险”加的检查。其实不需要：只有 Connection 里有 Upgrade，`http` 才会触发这个事件。' } },
      python: { code: "if headers.get('Connection').lower() == 'upgrade':", text: { en: 'Lowered, and still compared as a whole. `"upgrade" in value.lower()` is not right either, since `no-upgrade` holds it: split at commas.', zh: '转成了小写，但还是按整个值比较。`"upgrade" in value.lower()` 也不对，因为 `no-upgrade` 里也有它：按逗号切开。' } },
      go: { code: 'if r.Header.Get("Connection") != "Upgrade" {', text: { en: "`Get` gives the first line's whole value. There may be several lines: go through `r.Header.Values` and split each; gorilla and coder/websocket do that.", zh: '`Get` 给出的是第一行的整个值。这个字段可能有好几行：遍历 `r.Header.Values` 并逐个切开；gorilla 和 coder/websocket 就是这样做的。' } },
      java: { code: 'if (!"Upgrade".equals(request.getHeader("Connection")))', text: { en: '`equals` in a filter of one\'s own in front of the container\'s endpoint. In Netty, `headers.containsValue("Connection", "Upgrade", true)` reads the list.', zh: '在容器端点前面自己写的过滤器里用了 `equals`。在 Netty 里，`headers.containsValue("Connection", "Upgrade", true)` 会按列表读。' } },
      rust: { code: 'headers.get("connection").map_or(false, |v| v == "Upgrade")', text: { en: 'A `HeaderValue` compared with a string, in hyper handlers written by hand. tungstenite splits at blanks and commas and compares without case.', zh: '在手写的 hyper 处理函数里，把 `HeaderValue` 直接与字符串比较。tungstenite 会按空格和逗号切开，并忽略大小写比较。' } },
    },
  },
  SERVER_UPGRADE_CASE_SENSITIVE: {
    clause: 'An |Upgrade| header field containing the value "websocket", treated as an ASCII case-insensitive value.',
    why: {
      en: 'Browsers write `websocket`, so a server that wants exactly that works with all of them. Older clients, and some for embedded systems, write `WebSocket` as the drafts did, and are refused for a matter of spelling.',
      zh: '浏览器写的是 `websocket`，所以只认这种写法的服务器和所有浏览器都能配合。较老的客户端和一些嵌入式客户端沿用草案的写法 `WebSocket`，就因为大小写被拒绝。',
    },
    example: {
      timeline: asked(requestWith('Upgrade', 'Upgrade: WebSocket'), refuses('426 Upgrade Required')),
      also: ['RESPONSE_NOT_101'],
      note: { en: 'Two capitals in `WebSocket` are all that differs from the good request.', zh: '与好的请求相比，只是 `WebSocket` 里有两个大写字母。' },
    },
    ways: {
      php: { code: "if ($headers['upgrade'] != 'websocket')", text: { en: '`==` on strings tells case apart. `strcasecmp($value, "websocket") === 0` does not; the field is a list, too, so split it at commas first.', zh: '字符串的 `==` 区分大小写，`strcasecmp($value, "websocket") === 0` 不区分；这个字段也是列表，先按逗号切开。' } },
      node: { code: "if (req.headers['upgrade'] !== 'websocket')", text: { en: "Copied from tutorials for `http`'s `upgrade` event. Names come in lower case there, values as they were sent: `.toLowerCase()`. `ws` does so.", zh: '抄自讲 `http` 的 `upgrade` 事件的教程。那里名称是小写，值却是原样：要加 `.toLowerCase()`。`ws` 就是这样做的。' } },
      python: { code: 'if request.headers.get("Upgrade", "") == "websocket":', text: { en: "In routing of one's own, before the library is asked. `websockets` and aiohttp lower the value before they compare.", zh: '出现在自己写的路由里，还没交给库就判断了。`websockets` 和 aiohttp 比较前都会转成小写。' } },
      go: { code: 'if r.Header.Get("Upgrade") == "websocket" { serveWS(w, r) }', text: { en: 'A switch between pages and sockets in one handler. `strings.EqualFold`, or `websocket.IsWebSocketUpgrade(r)` of gorilla, which reads both fields as lists.', zh: '在同一个处理函数里区分网页和 WebSocket。改用 `strings.EqualFold`，或 gorilla 的 `websocket.IsWebSocketUpgrade(r)`，它把两个字段都当列表读。' } },
      java: { code: 'if ("websocket".equals(req.headers().get(UPGRADE)))', text: { en: "`equals` instead of `equalsIgnoreCase`, in a Netty handler that chooses the pipeline. Netty's own handshaker compares without case.", zh: '在选择流水线的 Netty 处理器里用了 `equals`，应为 `equalsIgnoreCase`。Netty 自己的握手器比较时不分大小写。' } },
      rust: { code: 'if req.headers()[UPGRADE] != "websocket"', text: { en: 'Indexing a `HeaderMap` also panics where there is no such field. `get` with `eq_ignore_ascii_case` on the bytes does neither harm.', zh: '对 `HeaderMap` 用下标，字段不存在时还会 panic。`get` 之后对字节用 `eq_ignore_ascii_case`，两个问题都没有。' } },
    },
  },
  SERVER_ANSWERS_ANY_GET: {
    clause: refusal,
    why: {
      en: "Such a server answers a browser's visit, a health check and a crawler with 101, and they hang on a connection that speaks no HTTP any more. Nobody who sends a wrong request learns what is wrong with it. The checks are also what keeps other protocols from being led to a WebSocket server.",
      zh: '这样的服务器对浏览器的普通访问、健康检查和爬虫都答复 101，它们就挂在一个不再说 HTTP 的连接上。发错请求的人也不会知道错在哪里。这些检查还能防止别的协议被引到 WebSocket 服务器上。',
    },
    example: {
      timeline: asked(['GET / HTTP/1.1', 'Host: server.example.com', 'Connection: keep-alive', 'Accept: text/html,*/*;q=0.8'], accepts('Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=')),
      also: ['REQUEST_CONNECTION_NOT_UPGRADE', 'REQUEST_UPGRADE_MISSING', 'REQUEST_KEY_MISSING', 'REQUEST_VERSION_MISSING'],
      note: { en: 'A browser asks for a page: no Upgrade, no key, no version. The server switches protocols all the same, with the accept value of an empty key.', zh: '浏览器只是要一个网页：没有 Upgrade，没有密钥，没有版本。服务器照样切换协议，用的是空密钥的 accept 值。' },
    },
    ways: {
      php: { code: 'socket_write($client, $upgrade, strlen($upgrade));', text: { en: 'The handshake is a function without an `if`: read, search for the key, write the 101. A missing key is an empty string and goes through `sha1` like any other.', zh: '握手函数里一个 `if` 也没有：读、找密钥、写 101。密钥不存在时是空字符串，照样进 `sha1`。' } },
      node: { code: "net.createServer((s) => s.once('data', (d) => s.write(answer(d))));", text: { en: 'Servers on `net` that answer the first data of whoever comes. With `http`, only requests with Upgrade reach the `upgrade` listener, which still has to look at the key and version.', zh: '在 `net` 上写的服务器，谁来都答复第一份数据。用 `http` 的话，只有带 Upgrade 的请求才会到 `upgrade` 监听器，但密钥和版本仍要自己看。' } },
      python: { code: 'conn.send(RESPONSE.format(accept=accept_key(parse_key(data))).encode())', text: { en: 'A template for the answer and a function for the key, in a thread for each client. `parse_key` that returns `None` is often written as the text `None` and hashed.', zh: '每个客户端一个线程，一个响应模板加一个取密钥的函数。`parse_key` 返回的 `None` 常被拼成文本 `None` 拿去散列。' } },
      go: { code: 'key := r.Header.Get("Sec-WebSocket-Key")\nconn, buf, _ := w.(http.Hijacker).Hijack()', text: { en: '`Get` gives "" for a field that is missing, and nothing forces a check before `Hijack`. `Upgrader.Upgrade` and `websocket.Accept` check all and answer 4xx themselves.', zh: '字段不存在时 `Get` 返回空串，而 `Hijack` 之前没有什么会强迫你检查。`Upgrader.Upgrade` 和 `websocket.Accept` 会检查全部并自己答复 4xx。' } },
      java: { code: 'if (get.find()) { … "HTTP/1.1 101 Switching Protocols\\r\\n" … }', text: { en: "A tutorial's only question is whether the request begins with GET. Containers, Netty and Java-WebSocket check before your endpoint is called.", zh: '教程里唯一的判断是请求是否以 GET 开头。各种容器、Netty 和 Java-WebSocket 在调用你的端点之前就检查过了。' } },
      rust: { code: 'let key = headers.get("sec-websocket-key").cloned().unwrap_or_default();', text: { en: "`unwrap_or_default` turns a missing key into an empty one. `tungstenite::accept` and axum's `WebSocketUpgrade` refuse such a request.", zh: '`unwrap_or_default` 把缺失的密钥变成空密钥。`tungstenite::accept` 和 axum 的 `WebSocketUpgrade` 会拒绝这种请求。' } },
    },
  },
  SERVER_UPGRADE_UNCHECKED: {
    clause: 'An |Upgrade| header field containing the value "websocket", treated as an ASCII case-insensitive value.',
    why: {
      en: 'A 101 says “I do what you asked”, and this client did not ask. Where a proxy has dropped Upgrade, the proxy does not know that the protocol changes, and takes the frames for a broken HTTP response; a clean 426 would have pointed at it.',
      zh: '101 的意思是“照你的要求切换”，而这个客户端并没有要求。如果是代理丢掉了 Upgrade，它就不知道协议变了，会把帧当成损坏的 HTTP 响应；明确的 426 反而能指出问题在代理。',
    },
    example: {
      timeline: asked(requestWith('Upgrade').map((line) => (line === 'Connection: Upgrade' ? 'Connection: keep-alive' : line)), response),
      also: ['REQUEST_CONNECTION_NOT_UPGRADE', 'REQUEST_UPGRADE_MISSING'],
      note: { en: 'Key and version are there; Upgrade is missing and Connection says keep-alive, as behind a proxy with its default settings. The answer is 101.', zh: '密钥和版本都在；Upgrade 没有了，Connection 是 keep-alive，正是默认设置的代理后面的样子。答复却是 101。' },
    },
    ways: {
      php: { code: 'if (isset($headers["sec-websocket-key"])) { handshake($client); }', text: { en: 'The key is taken for the sign of a WebSocket request. It is one of several: Upgrade and Connection are what asks for the switch.', zh: '把密钥当成了 WebSocket 请求的标志。它只是其中之一：真正要求切换的是 Upgrade 和 Connection。' } },
      node: { code: "server.on('upgrade', (req, socket) => accept(req, socket));", text: { en: "The `upgrade` event comes for every protocol that Upgrade names, `h2c` too, so look at `req.headers.upgrade`. A `request` listener that takes `res.socket` for itself where it finds a key is worse: that socket is still HTTP's.", zh: '不管 Upgrade 写的是什么协议，哪怕是 `h2c`，都会触发 `upgrade` 事件，所以要看 `req.headers.upgrade`。更糟的是在 `request` 监听器里发现密钥就拿走 `res.socket`：那个套接字还归 HTTP 管。' } },
      python: { code: 'if path == "/ws": accept(conn, headers)', text: { en: 'The path decides, and the fields are not read. In ASGI the server looks at Upgrade before it makes a `websocket` scope.', zh: '只看路径，不读字段。在 ASGI 里，服务器会先看 Upgrade，再建立 `websocket` 作用域。' } },
      go: { code: 'mux.HandleFunc("/ws", func(w http.ResponseWriter, r *http.Request) { hijackAndAnswer(w, r) })', text: { en: "A path of one's own and `Hijack` at once. Ask `websocket.IsWebSocketUpgrade(r)` first, and answer `http.StatusUpgradeRequired` where it says no.", zh: '自己的路径，上来就 `Hijack`。先问 `websocket.IsWebSocketUpgrade(r)`，不是的话答复 `http.StatusUpgradeRequired`。' } },
      java: { code: 'if (line.startsWith("GET /ws ")) { handshake(socket); }', text: { en: 'On a `ServerSocket` the path of the request line decides, and the fields are read for the key alone. Servlet containers ask for both fields before they call an endpoint.', zh: '在 `ServerSocket` 上，由请求行里的路径决定，读字段只是为了密钥。Servlet 容器在调用端点之前会检查这两个字段。' } },
      rust: { code: 'tokio::spawn(async move { let io = hyper::upgrade::on(req).await; … });', text: { en: "`hyper::upgrade::on` and a 101 for each request: hyper sends what it is told to. Look at both fields first, or let axum's `WebSocketUpgrade` extractor do it.", zh: '对每个请求都 `hyper::upgrade::on` 并返回 101：hyper 让发什么就发什么。先看这两个字段，或交给 axum 的 `WebSocketUpgrade` 提取器。' } },
    },
  },
  SERVER_KEY_UNCHECKED: {
    clause: 'A |Sec-WebSocket-Key| header field with a base64-encoded (see Section 4 of [RFC4648]) value that, when decoded, is 16 bytes in length.',
    why: {
      en: 'The key shows that the other end meant to speak WebSocket: scripts cannot set it in ordinary requests. A server that takes none, or any text, gives that proof away, and its accept value then proves nothing to the client either.',
      zh: '密钥证明对方确实想说 WebSocket：脚本无法在普通请求里设置它。没有密钥或随便什么文本都接受的服务器放弃了这个证明，它的 accept 值对客户端也就证明不了什么。',
    },
    example: {
      timeline: asked(requestWith('Sec-WebSocket-Key', 'Sec-WebSocket-Key: aGUgc2FtcGxlIG5vbmNl'), accepts('tubb1cA+D2MOkUF1CF41bxxOSaI=')),
      also: ['REQUEST_KEY_INVALID'],
      note: { en: 'The key decodes to fifteen bytes, one too few: a client that is broken. The server hashes it like any other.', zh: '这个密钥解码后只有十五字节，少了一个：是有毛病的客户端。服务器照样拿去散列。' },
    },
    ways: {
      php: { code: '$key = $match[1] ?? "";', text: { en: 'The empty string is hashed without complaint. `strlen((string) base64_decode($key, true)) !== 16` is the check, with the `true` that makes it strict.', zh: '空字符串照样散列。检查是 `strlen((string) base64_decode($key, true)) !== 16`，其中的 `true` 表示严格解码。' } },
      node: { code: "if (Buffer.from(key, 'base64').length !== 16) return refuse();", text: { en: 'This check is nearly right: `Buffer.from` passes over characters that are no base64, and throws where the key is `undefined`. `ws` tests 22 characters and `==` by a pattern.', zh: '这个检查差一点就对了：`Buffer.from` 会跳过不是 base64 的字符，密钥是 `undefined` 时还会抛异常。`ws` 用正则检查 22 个字符加 `==`。' } },
      python: { code: 'base64.b64decode(key)', text: { en: 'Without `validate=True` other characters are skipped, and the length is not looked at. `websockets` checks both and answers 400.', zh: '不加 `validate=True` 就会跳过别的字符，长度也没看。`websockets` 两样都检查，并答复 400。' } },
      go: { code: 'if key == "" { http.Error(w, "no key", 400); return }', text: { en: 'Whether it is there is asked, whether it is a key is not. `base64.StdEncoding.DecodeString` and `len(b) == 16`.', zh: '只问有没有，没问是不是密钥。应该 `base64.StdEncoding.DecodeString`，再看 `len(b) == 16`。' } },
      java: { code: 'String accept = sha1(request.getHeader("Sec-WebSocket-Key") + GUID);', text: { en: 'A missing field is `null`, and `null + GUID` is the text `null258EAFA5-…`, which is hashed without an exception.', zh: '字段不存在时是 `null`，而 `null + GUID` 得到文本 `null258EAFA5-…`，不抛异常就被散列了。' } },
      rust: { code: 'derive_accept_key(key.as_bytes())', text: { en: '`derive_accept_key` of tungstenite hashes any bytes: it computes and does not judge. Code that builds on it alone decodes the key first.', zh: 'tungstenite 的 `derive_accept_key` 对任何字节都求散列：它只算不判。只用它的代码要自己先解码密钥。' } },
    },
  },
  SERVER_VERSION_UNCHECKED: {
    clause: version,
    why: {
      en: 'Version 13 is the only one that is in use. A client that asks for another means other rules for frames; with a 101 it goes on by those, and both ends then fail on frames, far from the cause. With 426 it would know at once.',
      zh: '目前使用的只有版本 13。请求别的版本的客户端用的是另一套帧规则；得到 101 后它就按那套规则继续，双方随后在帧上出错，离真正的原因很远。答复 426 的话，它马上就知道。',
    },
    example: {
      timeline: asked(requestWith('Sec-WebSocket-Version', 'Sec-WebSocket-Version: 12'), response),
      also: ['REQUEST_VERSION_UNSUPPORTED'],
      note: { en: 'The request asks for version 12, a draft that never was used. The server says 101.', zh: '请求的是版本 12，一个从未使用过的草案。服务器答复 101。' },
    },
    ways: {
      php: { text: { en: "Tutorials read nothing but the key. Some read the draft's `Sec-WebSocket-Key1` to tell old clients from new and never look at the number.", zh: '教程里除了密钥什么也不读。有的靠草案里的 `Sec-WebSocket-Key1` 区分新旧客户端，版本号从来不看。' } },
      node: { code: "const { 'sec-websocket-key': key } = req.headers;", text: { en: 'One field is taken out of `req.headers`, the others are left. `ws` takes 13 and 8, and refuses the rest with 400 and the field.', zh: '从 `req.headers` 里只取一个字段，别的不管。`ws` 接受 13 和 8，其他的用 400 加这个字段拒绝。' } },
      python: { code: "if int(headers.get('sec-websocket-version', 13)) < 13:", text: { en: 'A default that forgives a missing field and a comparison that lets 14 through. Compare the text with `"13"`.', zh: '默认值放过了缺失的字段，比较又放过了 14。直接把文本与 `"13"` 比较。' } },
      go: { code: 'w.Header().Set("Sec-WebSocket-Version", r.Header.Get("Sec-WebSocket-Version"))', text: { en: "The client's version is echoed into the 101, as if that were the agreement. The field belongs into a refusal, and there it says 13.", zh: '把客户端的版本原样写进 101，以为这就是协商。这个字段属于拒绝的响应，写的是 13。' } },
      java: { code: 'new WebSocketServerHandshaker13(url, null, false, 65536)', text: { en: 'In Netty, the handshaker for 13 made by hand does not ask for the version: `WebSocketServerHandshakerFactory.newHandshaker` chooses by it and gives `null` for what it does not know.', zh: '在 Netty 里直接 new 版本 13 的 handshaker 并不会看版本；`WebSocketServerHandshakerFactory.newHandshaker` 才按版本选择，不认识的返回 `null`。' } },
      rust: { text: { en: 'Handshakes on hyper written by hand, with a 101 as soon as there is a key. tungstenite, and axum with it, wants 13.', zh: '在 hyper 上手写的握手，有密钥就返回 101。tungstenite 和基于它的 axum 要求是 13。' } },
    },
  },
  SERVER_VERSION_UNNAMED: {
    clause: version,
    why: {
      en: 'A client that speaks several versions asks again with one that the server names. Without the field it can only guess, or tell its user that the server refused, without a reason.',
      zh: '会说多个版本的客户端，会用服务器列出的版本再试一次。没有这个字段，它只能猜，或者告诉用户服务器拒绝了，却说不出原因。',
    },
    example: {
      timeline: asked(requestWith('Sec-WebSocket-Version', 'Sec-WebSocket-Version: 12'), refuses('400 Bad Request')),
      also: ['REQUEST_VERSION_UNSUPPORTED', 'RESPONSE_NOT_101'],
      note: { en: 'Refusing version 12 is right. But the answer has no line `Sec-WebSocket-Version: 13`, and 426 would say more than 400.', zh: '拒绝版本 12 是对的。但答复里没有 `Sec-WebSocket-Version: 13` 这一行，而且 426 比 400 说明得更多。' },
    },
    ways: {
      php: { code: 'fwrite($conn, "HTTP/1.1 400 Bad Request\\r\\n\\r\\n");', text: { en: 'One refusal for everything, without fields. Ratchet names its version in an answer of 426.', zh: '所有情况共用一个拒绝，一个字段也没有。Ratchet 会在 426 答复里写明版本。' } },
      node: { code: "socket.end('HTTP/1.1 400 Bad Request\\r\\n\\r\\n');", text: { en: 'The `upgrade` listener has no response object, so each refusal is text written by hand, and shortest is easiest. Add the two fields and `Connection: close`.', zh: '`upgrade` 监听器没有响应对象，每个拒绝都要手写文本，自然越短越省事。补上这个字段和 `Connection: close`。' } },
      python: { code: 'raise web.HTTPBadRequest(text="wrong version")', text: { en: 'The reason stands in the body for people, and no field for programs. `headers={"Sec-WebSocket-Version": "13"}` is one argument more.', zh: '原因写在给人看的正文里，却没有给程序看的字段。只要多传一个 `headers={"Sec-WebSocket-Version": "13"}`。' } },
      go: { code: 'http.Error(w, "unsupported version", http.StatusBadRequest)', text: { en: "`http.Error` sets the status and the text; the field must be set on `w.Header()` before it. gorilla's `Upgrader` sets it.", zh: '`http.Error` 只设状态码和正文；字段要在它之前用 `w.Header()` 设置。gorilla 的 `Upgrader` 会设。' } },
      java: { code: 'response.sendError(HttpServletResponse.SC_BAD_REQUEST);', text: { en: "In filters of one's own. Netty has it ready: `WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(channel)` answers 426 with the field.", zh: '在自己写的过滤器里。Netty 有现成的：`WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(channel)` 答复 426 并带上字段。' } },
      rust: { code: 'Err(Response::builder().status(400).body(None).unwrap())', text: { en: 'The error response of a callback, built with a status and no fields. `.header("Sec-WebSocket-Version", "13")` fits between the two.', zh: '回调里构造的错误响应只有状态码，没有字段。中间加一个 `.header("Sec-WebSocket-Version", "13")` 即可。' } },
    },
  },
  SERVER_HOST_UNCHECKED: {
    clause: "A |Host| header field containing the server's authority.",
    why: {
      en: 'Every HTTP/1.1 request has Host, so one without is broken or forged. A server with several sites, or one that compares Origin with Host, then works with an empty name: `"http://" + host` fits nothing, or fits too much.',
      zh: '每个 HTTP/1.1 请求都有 Host，没有的不是坏了就是伪造的。承载多个站点的服务器，或拿 Origin 与 Host 比较的服务器，这时用的就是空名称：`"http://" + host` 要么什么都不匹配，要么匹配得太多。',
    },
    example: {
      timeline: asked(requestWith('Host'), response),
      also: ['REQUEST_HOST_MISSING'],
      note: { en: 'The good request without its line `Host`, and a 101 for it.', zh: '好的请求去掉 `Host` 一行，得到的仍是 101。' },
    },
    ways: {
      php: { code: "preg_match('/Host: (.*)\\r\\n/', $head, $m); $host = $m[1];", text: { en: 'Host is read only to be put into a `WebSocket-Location` field, a leftover of the drafts, and an undefined `$m[1]` is a warning and no refusal.', zh: '读 Host 只是为了填进草案遗留的 `WebSocket-Location` 字段；`$m[1]` 未定义只是一条警告，不会拒绝。' } },
      node: { text: { en: 'Since version 20 the `http` module answers a plain request without Host with 400, and an upgrade it hands to your listener unasked: look at `req.headers.host` there.', zh: '从 20 版起，`http` 模块对没有 Host 的普通请求答复 400，升级请求却不检查就交给你的监听器：要在那里看 `req.headers.host`。' } },
      python: { code: "host = headers.get('Host', 'localhost')", text: { en: 'A default that hides the missing field. `headers["Host"]` in a `try` shows it, and a 400 answers it.', zh: '默认值掩盖了缺失的字段。在 `try` 里用 `headers["Host"]` 就能发现，然后答复 400。' } },
      go: { text: { en: '`net/http` refuses such a request itself: `400 Bad Request: missing required Host header`. Code on `net` with `http.ReadRequest` does not get that check and must look at `req.Host`.', zh: '`net/http` 会自己拒绝：`400 Bad Request: missing required Host header`。在 `net` 上用 `http.ReadRequest` 的代码没有这个检查，要自己看 `req.Host`。' } },
      java: { text: { en: "Tomcat and Jetty answer 400; Netty's codec hands the request on as it is, so that a handler of one's own must ask for `HttpHeaderNames.HOST`. So must everything on `ServerSocket`.", zh: 'Tomcat 和 Jetty 会答复 400；Netty 的编解码器原样交出请求，自己的处理器要查 `HttpHeaderNames.HOST`。基于 `ServerSocket` 的也一样。' } },
      rust: { text: { en: 'hyper parses and does not judge: `req.headers().contains_key(HOST)` is for the service to ask. In code on `TcpStream` only the key is looked for.', zh: 'hyper 只解析不判断：`req.headers().contains_key(HOST)` 要由服务自己来问。直接用 `TcpStream` 的代码往往只找密钥。' } },
    },
  },
  SERVER_METHOD_UNCHECKED: {
    clause: 'An HTTP/1.1 or higher GET request, including a "Request-URI" [RFC2616] that should be interpreted as a /resource name/ defined in Section 3 (or an absolute HTTP/HTTPS URI containing the /resource name/).',
    why: {
      en: 'A POST may have a body, and its bytes would be read as frames. A proxy in front may also hold its own view of where that body ends, which is what request smuggling is made of. Nothing but GET opens a WebSocket over HTTP/1.1.',
      zh: 'POST 可能带有消息体，它的字节会被当成帧来读。前面的代理对消息体在哪里结束也可能有自己的看法，请求走私就是这样产生的。在 HTTP/1.1 上，只有 GET 能打开 WebSocket。',
    },
    example: {
      timeline: asked(['POST /chat HTTP/1.1', ...request.slice(1), 'Content-Length: 0'], response),
      also: ['REQUEST_METHOD_NOT_GET'],
      note: { en: 'Only the method differs from a good request, and it is followed by a length, as POST has it.', zh: '与好的请求相比只有方法不同，后面还像 POST 那样带了长度。' },
    },
    ways: {
      php: { code: "preg_match('/(\\S+) (\\S+) HTTP/', $head, $m); $path = $m[2];", text: { en: 'The request line is read for its path, and the method stands in `$m[1]` unused.', zh: '读请求行只为了路径，方法就在 `$m[1]` 里，没人用。' } },
      node: { code: "server.on('upgrade', (req, socket, head) => accept(req, socket));", text: { en: '`upgrade` comes for any method with the right fields: look at `req.method`. `ws` answers 405 for others than GET.', zh: '只要字段对，任何方法都会触发 `upgrade`：要看 `req.method`。`ws` 对 GET 以外的方法答复 405。' } },
      python: { code: 'lines = data.split(b"\\r\\n")[1:]', text: { en: 'The first line is cut off before the fields are parsed, and with it the method. In frameworks the route decides: `add_get` of aiohttp answers 405 to others.', zh: '解析字段前先把第一行切掉了，方法也就丢了。在框架里由路由决定：aiohttp 的 `add_get` 对其他方法答复 405。' } },
      go: { code: 'http.HandleFunc("/ws", serve)', text: { en: 'A pattern without a method takes all of them. Since Go 1.22 `"GET /ws"` says it; gorilla and coder/websocket check it themselves.', zh: '不带方法的路由接受所有方法。从 Go 1.22 起可以写 `"GET /ws"`；gorilla 和 coder/websocket 自己会检查。' } },
      java: { code: 'protected void service(HttpServletRequest req, HttpServletResponse res)', text: { en: "Overriding `service` instead of `doGet` takes every method. Netty's `WebSocketServerProtocolHandler` answers others than GET with an error.", zh: '重写了 `service` 而不是 `doGet`，于是什么方法都接受。Netty 的 `WebSocketServerProtocolHandler` 对 GET 以外的请求返回错误。' } },
      rust: { code: '.route("/ws", any(handler))', text: { en: 'In axum `any` is needed for HTTP/2, where the method is CONNECT, and its extractor checks. A service on hyper that matches on the path alone does not.', zh: '在 axum 里，为了支持 HTTP/2（方法是 CONNECT）要用 `any`，它的提取器会检查。在 hyper 上只匹配路径的服务则不会。' } },
    },
  },
  SERVER_ORIGIN_UNCHECKED: {
    clause: 'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
    why: {
      en: "The same-origin policy does not hold a WebSocket back: a page of any site may open one, and depending on their SameSite attribute the visitor's cookies for your host go along. Where cookies are the login, a foreign page then reads and writes in the visitor's name. A public echo or a price feed need not care; hence a note.",
      zh: '同源策略管不住 WebSocket：任何网站的网页都能打开一个，访客在你主机上的 cookie 也可能随之发出（取决于 SameSite 属性）。如果登录靠 cookie，别的网站的网页就能以访客的名义读写。公开的回显或行情推送不必在意，所以这里只是提示。',
    },
    example: {
      timeline: asked([...request, 'Origin: https://another-site.example', 'Cookie: session=8f3a2c'], response),
      note: { en: "A page of another site opens the connection, the visitor's session cookie goes along, and the server agrees. Nothing here is malformed.", zh: '另一个网站的网页打开了连接，带上了访客的会话 cookie，服务器同意了。这里没有任何格式错误。' },
    },
    ways: {
      php: { code: '(new App("example.com", 8080, "0.0.0.0"))->route("/chat", new Chat, ["*"]);', text: { en: 'In Ratchet `["*"]` lets every origin in; without it the host of the `App` is wanted. In servers by hand Origin is read for the answer\'s `WebSocket-Origin` at most.', zh: '在 Ratchet 里，`["*"]` 放行所有来源；不写就要求与 `App` 的主机一致。手写的服务器里，读 Origin 最多是为了填响应里的 `WebSocket-Origin`。' } },
      node: { code: 'new WebSocketServer({ port: 8080 })', text: { en: '`ws` does not look at Origin unless you do: check `req.headers.origin` in your `upgrade` listener before `handleUpgrade`. CORS middleware of Express does not see upgrades.', zh: '`ws` 不看 Origin，要自己看：在 `upgrade` 监听器里先检查 `req.headers.origin`，再 `handleUpgrade`。Express 的 CORS 中间件看不到升级请求。' } },
      python: { code: 'async with serve(handler, "", 8765):', text: { en: '`serve` of `websockets` has the argument `origins=[…]`, and without it takes all. aiohttp does not check; in Django Channels it is `AllowedHostsOriginValidator`.', zh: '`websockets` 的 `serve` 有 `origins=[…]` 参数，不传就全部接受。aiohttp 不检查；Django Channels 用 `AllowedHostsOriginValidator`。' } },
      go: { code: 'CheckOrigin: func(r *http.Request) bool { return true },', text: { en: 'The line that is pasted when gorilla answers 403 in development, and forgotten. Its twin in coder/websocket is `InsecureSkipVerify: true`; `OriginPatterns` is meant.', zh: '开发时 gorilla 返回 403，就贴上这一行，然后忘了。coder/websocket 里对应的是 `InsecureSkipVerify: true`；该用的是 `OriginPatterns`。' } },
      java: { code: 'registry.addHandler(chat, "/chat").setAllowedOrigins("*");', text: { en: 'Spring takes the same origin only, until `"*"` opens it. Jakarta endpoints take all unless a `Configurator` overrides `checkOrigin`; Netty does not look.', zh: 'Spring 默认只接受同源，写了 `"*"` 就全放开。Jakarta 端点默认全部接受，除非 `Configurator` 重写 `checkOrigin`；Netty 不看。' } },
      rust: { code: 'let ws = tokio_tungstenite::accept_async(stream).await?;', text: { en: '`accept_async` gives no chance to look; `accept_hdr_async` hands you the request and takes a 403. axum leaves it to the handler, with `CorsLayer` having no part in it.', zh: '`accept_async` 没有机会查看；`accept_hdr_async` 会把请求交给你，也能返回 403。axum 交给处理函数自己判断，`CorsLayer` 在这里不起作用。' } },
    },
  },
  SERVER_REFUSES_SILENTLY: {
    clause: refusal,
    why: {
      en: "Refusing is right and silence is not: the client waits until its own limit is over, and its author learns nothing. A load balancer's health check that gets no answer marks a healthy server as down.",
      zh: '拒绝是对的，沉默不对：客户端要等到自己的时限到了才放弃，它的作者什么也不知道。负载均衡的健康检查得不到答复，会把好端端的服务器标成宕机。',
    },
    example: {
      timeline: [...asked(requestWith('Sec-WebSocket-Version', 'Sec-WebSocket-Version: 12')), { at: 3000, from: 'client', ended: 'fin' }],
      also: ['REQUEST_VERSION_UNSUPPORTED', 'RESPONSE_MISSING'],
      note: { en: 'The version is none that the server speaks, and it does not say so: three seconds later the client leaves, with nothing.', zh: '这个版本服务器不支持，但它没有说：三秒后客户端两手空空地离开。' },
    },
    ways: {
      php: { code: 'if (!isset($headers["sec-websocket-key"])) { return; }', text: { en: '`return` from the handshake, with the socket still in the list. Write a 400 and `socket_close`, and forget the client.', zh: '从握手函数 `return`，套接字还留在列表里。写出 400，`socket_close`，再把客户端删掉。' } },
      node: { code: "if (pathname === '/chat') wss.handleUpgrade(req, socket, head, done);", text: { en: 'No `else`: the socket of any other path stays open for ever, since no timeout of `http` counts for upgraded sockets.', zh: '没有 `else`：其他路径的套接字会一直开着，因为 `http` 的超时对升级后的套接字不起作用。' } },
      python: { code: 'except ValueError:\n    continue', text: { en: 'In a loop with `select`, a request that cannot be parsed is passed over, and its socket never becomes readable again.', zh: '在 `select` 循环里，解析不了的请求被跳过，它的套接字再也不会变成可读。' } },
      go: { code: 'conn, _, _ := hj.Hijack()\nif r.Header.Get("Sec-WebSocket-Version") != "13" { return }', text: { en: 'After `Hijack` nobody writes or closes for you: a `return` leaves the connection open. Check first, with `http.Error`, and hijack then.', zh: '`Hijack` 之后没有人替你写或关闭：直接 `return` 会让连接一直开着。先检查并用 `http.Error` 答复，再 hijack。' } },
      java: { code: 'if (!isWebSocket(req)) { ReferenceCountUtil.release(msg); return; }', text: { en: 'A Netty handler that releases the request and writes nothing. With a `ServerSocket`, a thread that ends without `socket.close()` leaves the socket to the garbage collector.', zh: 'Netty 处理器释放了请求却什么也没写。用 `ServerSocket` 时，线程结束而没有 `socket.close()`，套接字只能等垃圾回收。' } },
      rust: { code: 'Err(_) => std::future::pending().await,', text: { en: 'Rare, since a dropped `TcpStream` is closed: it takes a stream that is kept, in a map of clients say, after its handshake has failed.', zh: '很少见，因为 `TcpStream` 被丢弃就会关闭：要在握手失败之后仍把流留着（比如留在客户端表里）才会这样。' } },
    },
  },
} satisfies Record<string, RulePage>;
