// Rules of the lines that every head is made of, the request's and the response's.

import { changed } from './differing';
import { request, response } from './good';
import type { RulePage } from './page';

export const heads = {
  HEAD_TOO_LONG: {
    clause: 'A server that receives a request header field line, field value, or set of fields larger than it wishes to process MUST respond with an appropriate 4xx (Client Error) status code.',
    why: {
      en: 'HTTP sets no limit, so each program sets its own: without one, a client could fill the memory of a server with a head that never ends. A request over the limit is answered with 431, or with 400; the browser then says no more than that the status is not 101. It comes and goes with the size of the cookies, so that it looks like chance.',
      zh: 'HTTP 没有规定上限，各个程序只好自己定：没有上限，客户端就能用一个永不结束的头部占满服务器的内存。超过上限的请求会得到 431 或 400，浏览器则只说状态码不是 101。它随 Cookie 的大小时有时无，看起来像是偶发故障。',
    },
    example: {
      request: [...request, `Cookie: session=${'5'.repeat(2048)}`],
      response: ['HTTP/1.1 431 Request Header Fields Too Large', 'Connection: close', 'Content-Length: 0'],
      also: ['RESPONSE_NOT_101'],
      note: {
        en: 'A cookie of two kilobytes, and a server whose limit is below that. Only the server knows its limit: what shows in the bytes is its answer, 431.',
        zh: '一个两千字节的 Cookie，而服务器的上限比它小。上限只有服务器自己知道，字节中能看到的是它的答复：431。',
      },
    },
    ways: {
      php: { code: '$request = socket_read($client, 1024);', text: { en: 'The size of one read becomes the limit of the head, and what lies beyond is taken for frames. Ratchet has a limit of its own, 4,096 bytes in `HttpRequestParser::$maxSize`.', zh: '一次读取的大小成了头部的上限，超出的部分被当成帧来解析。Ratchet 另有自己的上限：`HttpRequestParser::$maxSize` 为 4096 字节。' } },
      node: { code: 'node --max-http-header-size=32768 server.js', text: { en: 'Node\'s `http` answers 431 where all fields together are over 16 KiB. It is raised on the command line or by `http.createServer({ maxHeaderSize })`; a proxy in front has its own limit.', zh: 'Node 的 `http` 在所有字段合计超过 16 KiB 时答复 431。可以用命令行参数或 `http.createServer({ maxHeaderSize })` 提高；前面的代理另有自己的上限。' } },
      python: { code: 'head = conn.recv(2048).decode()', text: { en: 'Written by hand, one `recv` is the limit. `asyncio` raises `LimitOverrunError` from `readuntil` at 64 KiB, which is seldom caught; `websockets` and `aiohttp` limit each line to about 8 KiB.', zh: '手写的代码里，一次 `recv` 就是上限。`asyncio` 的 `readuntil` 到 64 KiB 会抛出 `LimitOverrunError`，而往往没有人捕获；`websockets` 和 `aiohttp` 把每一行限制在 8 KiB 左右。' } },
      go: { code: 'srv := &http.Server{MaxHeaderBytes: 4 << 10}', text: { en: '`net/http` takes 1 MiB unless told otherwise, so it is the nginx before it that refuses first: `large_client_header_buffers` is `4 8k`, and one line must fit in one buffer.', zh: '`net/http` 默认接受 1 MiB，所以先拒绝的往往是它前面的 nginx：`large_client_header_buffers` 默认是 `4 8k`，一行必须放得进一个缓冲区。' } },
      java: { code: 'server.max-http-request-header-size=32KB', text: { en: 'Tomcat, and with it Spring Boot, takes 8 KiB; so does Netty\'s `HttpServerCodec`. Single sign-on that keeps its tokens in cookies goes over that.', zh: 'Tomcat（以及使用它的 Spring Boot）默认 8 KiB，Netty 的 `HttpServerCodec` 也一样。把令牌放进 Cookie 的单点登录很容易超过它。' } },
      rust: { code: 'let mut headers = [httparse::EMPTY_HEADER; 16];', text: { en: 'Here the number of fields is the limit: `httparse` returns `TooManyHeaders` at the seventeenth, and the request of a browser that passed a proxy or two can have more.', zh: '这里受限的是字段的个数：到第十七个，`httparse` 返回 `TooManyHeaders`，而浏览器的请求经过一两层代理之后，字段可能不止这些。' } },
    },
  },
  HEAD_INCOMPLETE: {
    clause: 'An HTTP/1.1 message consists of a start-line followed by a CRLF and a sequence of octets in a format similar to the Internet Message Format [RFC5322]: zero or more header field lines (collectively referred to as the "headers" or the "header section"), an empty line indicating the end of the header section, and an optional message body.',
    why: {
      en: 'The empty line is the only sign that the head is over; until it comes, the other end waits for more fields. A browser waits until the connection ends: Chromium then says `net::ERR_CONNECTION_CLOSED`, Firefox closes with 1006 and says nothing at all.',
      zh: '空行是头部结束的唯一标志，它不来，对方就一直等着更多字段。浏览器会等到连接断开：Chromium 报告 `net::ERR_CONNECTION_CLOSED`，Firefox 以 1006 关闭，什么也不说。',
    },
    example: {
      request,
      response: `${response.join('\r\n')}\r\n`,
      ended: 'fin',
      note: { en: 'After the last field stands one CR LF, which ends that line. A second one, for the empty line, is missing.', zh: '最后一个字段之后只有一个 CR LF，它结束的是那一行；表示空行的第二个 CR LF 没有出现。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Accept: $accept\\r\\n";', text: { en: 'The last line of the string ends like the others, and the `\\r\\n\\r\\n` of the template was lost when a field was added behind it.', zh: '字符串最后一行和其他行一样结尾：在后面又加了一个字段时，原先模板里的 `\\r\\n\\r\\n` 丢了。' } },
      node: { code: "socket.write(lines.join('\\r\\n'));", text: { en: '`join` puts the separator between lines and none behind the last. It takes two empty strings at the end of the array, or `+ \'\\r\\n\\r\\n\'`.', zh: '`join` 只在行与行之间放分隔符，最后一行之后没有。数组末尾要加两个空字符串，或者再接上 `\\r\\n\\r\\n`。' } },
      python: { code: "writer.write(('\\r\\n'.join(lines) + '\\r\\n').encode())", text: { en: 'One CR LF behind a join ends the last field, not the head. Written by hand only: `websockets` and `aiohttp` write the head themselves.', zh: 'join 之后的一个 CR LF 结束的是最后一个字段，不是头部。只有手写的代码会这样：`websockets` 和 `aiohttp` 自己写头部。' } },
      go: { code: 'rw.WriteString("Sec-WebSocket-Accept: " + accept + "\\r\\n\\r\\n")', text: { en: 'The head is whole but stays in the `bufio.ReadWriter` that `Hijack` returned: without `rw.Flush()` nothing of it, or a part, leaves the process.', zh: '头部是完整的，却留在 `Hijack` 返回的 `bufio.ReadWriter` 里：不调用 `rw.Flush()`，它根本不发出，或者只发出一部分。' } },
      java: { code: 'PrintWriter out = new PrintWriter(socket.getOutputStream());', text: { en: 'The writer holds its characters back until `flush()`; `autoFlush` works for `println`, `printf` and `format`, not for `print`. When the socket is closed under it, the rest is lost.', zh: '`PrintWriter` 在 `flush()` 之前不放出字符；`autoFlush` 只对 `println`、`printf` 和 `format` 起作用，对 `print` 无效。直接关闭它下面的 socket，剩下的就丢了。' } },
      rust: { code: 'stream.write(head.as_bytes())?;', text: { en: '`write` may take fewer bytes than it was given and says so in a number that is dropped here; `write_all` goes on until all are out. A `BufWriter` needs `flush` besides.', zh: '`write` 可能只写出一部分，并用返回值告知，而这里把它丢弃了；`write_all` 才会写完为止。`BufWriter` 还需要 `flush`。' } },
    },
    misbehave: 'one-crlf-too-few',
  },
  HEAD_BARE_LF: {
    clause: 'Although the line terminator for the start-line and fields is the sequence CRLF, a recipient MAY recognize a single LF as a line terminator and ignore any preceding CR.',
    why: {
      en: 'Lines end in CR LF. Chromium and Firefox take LF alone, as they may; a proxy or a library need not, and where two on the way disagree about where lines end, one of them sees fields that the other does not.',
      zh: '行以 CR LF 结尾。Chromium 和 Firefox 接受单独的 LF，规范允许它们这样做；代理和库却不必接受。路上两个程序若对行在哪里结束看法不同，其中一个就会看到另一个看不到的字段。',
    },
    example: {
      request,
      response: `${response.join('\n')}\n\n`,
      note: { en: 'No line of this response has a CR. Both browsers open the connection all the same.', zh: '这个响应的每一行都没有 CR，两种浏览器仍然建立了连接。' },
    },
    ways: {
      php: { code: '"Upgrade: websocket" . PHP_EOL', text: { en: '`PHP_EOL` is CR LF on Windows and LF elsewhere, so that the script breaks when it is deployed. A heredoc has the line ends with which the file was saved.', zh: '`PHP_EOL` 在 Windows 上是 CR LF，在其他系统上是 LF，于是脚本一部署就出错。heredoc 的行尾取决于源文件保存时的行尾。' } },
      node: { code: 'socket.write(`HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n…`);', text: { en: 'A template literal over several lines holds LF, even where the source file has CR LF: the language says so.', zh: '跨多行的模板字符串里只有 LF，即使源文件用的是 CR LF：语言规范就是这样规定的。' } },
      python: { code: 'conn.sendall(f"""HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n…""".encode())', text: { en: 'Line ends within triple quotes are LF in the program, whatever they are in the file. `.replace(\'\\n\', \'\\r\\n\')` mends it.', zh: '三引号里的换行在程序中总是 LF，不管文件里是什么。可以用 `.replace(\'\\n\', \'\\r\\n\')` 补救。' } },
      go: { code: 'fmt.Fprintln(conn, "Upgrade: websocket")', text: { en: '`Fprintln` ends its line in LF on every system; a raw string in backquotes even drops the CR that the source has.', zh: '`Fprintln` 在任何系统上都以 LF 结尾；反引号的原始字符串甚至会把源文件里的 CR 丢掉。' } },
      java: { code: 'out.println("Upgrade: websocket");', text: { en: '`println` writes `line.separator`: CR LF on the Windows machine where it was written, LF on the Linux server. Text blocks always have LF.', zh: '`println` 写的是 `line.separator`：在开发用的 Windows 上是 CR LF，在 Linux 服务器上是 LF。文本块总是 LF。' } },
      rust: { code: 'writeln!(stream, "Upgrade: websocket")?;', text: { en: '`writeln!` ends in LF alone, on Windows too. `write!` with `\\r\\n` in the text says what is meant.', zh: '`writeln!` 只写 LF，在 Windows 上也一样。应当用 `write!` 并在文字中写明 `\\r\\n`。' } },
    },
    misbehave: 'lf-alone',
  },
  HEAD_BARE_CR: {
    clause: 'A sender MUST NOT generate a bare CR (a CR character not immediately followed by LF) within any protocol elements other than the content.',
    why: {
      en: 'To one reader a CR alone ends a line, to another it is a character of the value: what follows it is a field for the first and none for the second. Chromium opens a connection whose accept stands behind a CR, Firefox does not; a head whose lines all end in CR opens in neither.',
      zh: '单独的 CR，有的程序当作行尾，有的当作值里的字符：它后面的内容，前者看成一个字段，后者看不到。应答值写在 CR 之后时，Chromium 能建立连接，Firefox 不能；每一行都只以 CR 结尾时，两者都不能。',
    },
    example: {
      request,
      response: `${response.slice(0, 3).join('\r\n')}\r\nWebSocket-Origin: http://example.com\r${response[3]}\r\n\r\n`,
      note: { en: 'Behind `http://example.com` stands a CR without its LF, so that the accept is in the same line.', zh: '`http://example.com` 后面的 CR 没有跟着 LF，应答值因此落在同一行里。' },
    },
    ways: {
      php: { code: '"WebSocket-Origin: $origin\\r" .\n"Sec-WebSocket-Accept: $accept\\r\\n\\r\\n"', text: { en: 'A `\\n` lost in one line of many. Or the value brings its CR along: `explode("\\n", $request)` leaves one at the end of every line.', zh: '许多行中有一行漏了 `\\n`。或者 CR 是值自己带来的：`explode("\\n", $request)` 会在每行末尾留下一个。' } },
      node: { code: "const lines = data.toString().split('\\n');", text: { en: 'Each line keeps its CR; a value that is echoed, such as a subprotocol, then ends in CR CR LF. `setHeader` throws `ERR_INVALID_CHAR` for such a value, `socket.write` does not look.', zh: '每行都留着 CR，把其中的值（比如子协议）写回去，就成了 CR CR LF。`setHeader` 遇到这样的值会抛出 `ERR_INVALID_CHAR`，`socket.write` 则不检查。' } },
      python: { code: "out = conn.makefile('w')\nout.write('Upgrade: websocket\\r\\n')", text: { en: 'A file in text mode turns `\\n` into `os.linesep` as it writes: on Windows `\\r\\n` leaves as CR CR LF. Give `newline=\'\'`, or write bytes.', zh: '文本模式的文件在写出时把 `\\n` 换成 `os.linesep`：在 Windows 上 `\\r\\n` 变成 CR CR LF。应当指定 `newline=\'\'`，或者直接写字节。' } },
      go: { code: "line, err := r.ReadString('\\n')\nline = strings.TrimSuffix(line, \"\\n\")", text: { en: 'The CR stays and goes into what is written next. `textproto.Reader` and `bufio.Scanner` take both characters off.', zh: 'CR 留了下来，随后被写进响应里。`textproto.Reader` 和 `bufio.Scanner` 会把两个字符都去掉。' } },
      java: { code: 'out.println("Upgrade: websocket\\r");', text: { en: 'On Linux the `\\r` and the LF of `println` make CR LF, on Windows they make CR CR LF: it works on the server and not on the desk.', zh: '在 Linux 上，`\\r` 加上 `println` 的 LF 正好是 CR LF；在 Windows 上却成了 CR CR LF。于是服务器上正常，自己机器上出错。' } },
      rust: { code: "for line in head.split('\\n') { … }", text: { en: '`split(\'\\n\')` leaves the CR on the line; `lines()` takes it off. `HeaderValue` refuses a CR, `format!` does not know of it.', zh: '`split(\'\\n\')` 把 CR 留在行里，`lines()` 才会去掉。`HeaderValue` 拒绝 CR，`format!` 则一无所知。' } },
    },
    misbehave: 'bare-cr-before-accept',
  },
  FIELD_FOLDED: {
    clause: 'A sender MUST NOT generate a message that includes line folding (i.e., that has any field line value that contains a match to the obs-fold rule) unless the message is intended for packaging within the "message/http" media type.',
    why: {
      en: 'A line that begins with a blank was once the continuation of the line above it, and some readers still join the two while others refuse them. An indented head shows how this goes wrong: with all its fields indented, Chromium says that the `Upgrade` header is missing, and Firefox does not open it either.',
      zh: '以空白开头的行从前表示上一行的延续，有的程序至今把两行接在一起，有的则拒绝。带缩进的头部最能说明问题：所有字段都缩进时，Chromium 说缺少 `Upgrade`，Firefox 也不建立连接。',
    },
    example: {
      request,
      response: changed(response, 'Sec-WebSocket-Accept', 'Sec-WebSocket-Accept:\r\n s3pPLMBiTxaQ9kYGzzhZRbK+xOo='),
      note: { en: 'The value stands on a line of its own behind a blank. Both browsers join the lines and open the connection; others need not.', zh: '值另起一行，前面有一个空格。两种浏览器都把两行接起来并建立连接，其他程序却不必如此。' },
    },
    ways: {
      php: { code: '$head = "HTTP/1.1 101 Switching Protocols\\r\n    Upgrade: websocket\\r\n    Connection: Upgrade\\r\n…";', text: { en: 'A string over several lines of source is indented like the code, and the blanks are sent. Only a heredoc loses the indentation of its closing mark, since PHP 7.3.', zh: '跨多行的字符串跟着代码一起缩进，这些空格也发了出去。只有 heredoc 会按结束标记去掉缩进（PHP 7.3 起）。' } },
      node: { code: "`HTTP/1.1 101 Switching Protocols\n  Upgrade: websocket\n  …`.replace(/\\n/g, '\\r\\n')", text: { en: 'The line ends are mended and the indentation of the template is not.', zh: '行尾补救了，模板字符串的缩进却还在。' } },
      python: { code: "msg = email.message.Message()\nmsg['Authorization'] = token", text: { en: 'The `email` package writes heads for mail and folds lines of more than 78 characters at their blanks. For text in triple quotes, `textwrap.dedent` takes the indentation off.', zh: '`email` 包是为邮件写头部的，超过 78 个字符的行会在空格处折断。三引号文本的缩进可以用 `textwrap.dedent` 去掉。' } },
      go: { code: 'const head = `HTTP/1.1 101 Switching Protocols\n\tUpgrade: websocket\n…`', text: { en: 'A raw string keeps the tabs that stand at its lines\' beginnings; `gofmt` does not touch the inside of a string.', zh: '原始字符串会保留行首的制表符，`gofmt` 不会改动字符串的内容。' } },
      java: { code: '"""\n        HTTP/1.1 101 Switching Protocols\n        Upgrade: websocket\n    """', text: { en: 'In a text block the closing quotation marks count too: further left than the lines, they leave blanks before each of them, the status line included.', zh: '文本块的结束引号也算在缩进里：它比各行更靠左时，每一行前面都会留下空格，状态行也不例外。' } },
      rust: { code: '"HTTP/1.1 101 Switching Protocols\\r\\n\n Upgrade: websocket\\r\\n…"', text: { en: 'Without a `\\` at the end of the source line, its line break and the blanks of the next are part of the string; with it, both are skipped.', zh: '源代码行尾没有 `\\`，换行和下一行开头的空格就都是字符串的一部分；有了它，两者都会被跳过。' } },
    },
    misbehave: 'line-folded',
  },
  FIELD_WITHOUT_COLON: {
    clause: 'Each field line consists of a case-insensitive field name followed by a colon (":"), optional leading whitespace, the field line value, and optional trailing whitespace.',
    why: {
      en: 'The colon is what divides name and value; a line without one is not a field, and whoever wrote it meant something. Chromium and Firefox pass over such a line, so that the field which it was to be is missing; strict readers refuse the whole head.',
      zh: '名称和值靠冒号分开；没有冒号的行不是字段，而写它的人本来是有所指的。Chromium 和 Firefox 跳过这样的行，于是它本该是的那个字段就缺了；严格的程序会拒绝整个头部。',
    },
    example: {
      request,
      response: [...response, 'Server example/1.0'],
      note: { en: 'The last line was to be a `Server` field. Browsers do not see it and open the connection.', zh: '最后一行本来应是 `Server` 字段。浏览器看不到它，照样建立连接。' },
    },
    ways: {
      php: { code: "implode(\"\\r\\n\", ['Upgrade' => 'websocket', 'Connection' => 'Upgrade'])", text: { en: '`implode` joins the values of an array and leaves its keys out.', zh: '`implode` 只连接数组的值，不包括键。' } },
      node: { code: "target.write(req.rawHeaders.join('\\r\\n'));", text: { en: '`rawHeaders` holds names and values in turn, so that a proxy written this way puts each of them on a line of its own.', zh: '`rawHeaders` 里名称和值交替排列，这样写的代理会把它们各放一行。' } },
      python: { code: 'base64.encodebytes(credentials)', text: { en: '`encodebytes` breaks its output with a newline after every 76 characters: the rest of a long `Authorization` stands on a line without colon. `b64encode` does not.', zh: '`encodebytes` 每 76 个字符插入一个换行，长的 `Authorization` 的后半截就成了没有冒号的一行。`b64encode` 不会这样。' } },
      go: { code: 'fmt.Fprintf(conn, "%s %s\\r\\n", name, value)', text: { en: 'A format written from memory. `http.Header.Write` puts the colon and the CR LF itself.', zh: '凭记忆写的格式串。`http.Header.Write` 会自己写上冒号和 CR LF。' } },
      java: { code: 'Base64.getMimeEncoder().encodeToString(token)', text: { en: 'The encoder for mail puts CR LF after 76 characters. `Base64.getEncoder()` is the one for a field.', zh: '用于邮件的编码器每 76 个字符插入 CR LF。写字段应当用 `Base64.getEncoder()`。' } },
      rust: { code: 'for (name, value) in headers { if let Some(name) = name { … } … }', text: { en: '`HeaderMap::into_iter` gives the name only with the first of several values: the next has `None`, and its line goes out without name and colon. `&headers` gives the name each time.', zh: '同名字段有多个值时，`HeaderMap::into_iter` 只在第一个值上给出名称，之后是 `None`，那些行发出去就没有名称和冒号。遍历 `&headers` 则每次都有名称。' } },
    },
    misbehave: 'line-without-colon',
  },
  FIELD_BLANK_BEFORE_COLON: {
    clause: 'No whitespace is allowed between the field name and colon.',
    why: {
      en: 'Readers have disagreed on whether the blank belongs to the name, and that has been used to smuggle fields past proxies; so it is forbidden, and servers must refuse a request that has it. For a response Chromium passes over the blank, and Firefox does not open the connection.',
      zh: '空白算不算名称的一部分，各程序看法不一，有人借此把字段偷偷带过代理，因此规范禁止它，服务器必须拒绝带有它的请求。对于响应，Chromium 忽略这个空白，Firefox 则不建立连接。',
    },
    example: {
      request,
      response: changed(response, 'Sec-WebSocket-Accept', 'Sec-WebSocket-Accept : s3pPLMBiTxaQ9kYGzzhZRbK+xOo='),
      note: { en: 'One blank before the colon of the accept: it opens in Chromium and not in Firefox.', zh: '应答值的冒号前多了一个空格：Chromium 能建立连接，Firefox 不能。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Accept : $accept\\r\\n"', text: { en: 'Typed as one sets a colon in French, or for looks. The same tutorials search the request by `/Sec-WebSocket-Key :/`, which never matches.', zh: '照着排版习惯打上去的。这类教程还用 `/Sec-WebSocket-Key :/` 在请求里找密钥，永远匹配不到。' } },
      node: { code: 'Object.entries(fields).map(([name, value]) => `${name} : ${value}`)', text: { en: 'Written to the raw socket it goes out; `res.setHeader(\'Upgrade \', …)` throws `ERR_INVALID_HTTP_TOKEN`.', zh: '直接写到 socket 就会原样发出；`res.setHeader(\'Upgrade \', …)` 则会抛出 `ERR_INVALID_HTTP_TOKEN`。' } },
      python: { code: "print('Upgrade', ':', 'websocket', end='\\r\\n', file=out)", text: { en: '`print` puts a blank between its arguments; `sep=\'\'` takes it away.', zh: '`print` 在参数之间加空格，`sep=\'\'` 可以去掉。' } },
      go: { code: 'io.WriteString(conn, fmt.Sprintln("Upgrade", ":", "websocket"))', text: { en: 'The `Println` family always puts blanks between operands, and an LF behind. `net/http` drops a field whose name has a blank without a word.', zh: '`Println` 一族总在操作数之间加空格，并在末尾加 LF。字段名带空格时，`net/http` 会不声不响地丢掉这个字段。' } },
      java: { code: 'String.format("%-20s: %s\\r\\n", name, value)', text: { en: 'The width was meant to line the values up in a log, and pads every shorter name with blanks.', zh: '宽度本来是为了在日志里对齐，却给每个较短的名称补上了空格。' } },
      rust: { code: 'let (name, value) = line.split_at(colon);\nout += &format!("{} : {}\\r\\n", name, value);', text: { en: 'Fields that are copied as text keep what the format adds. `HeaderName::from_bytes` refuses a name with a blank.', zh: '按文本转抄字段，格式串里加了什么就是什么。`HeaderName::from_bytes` 会拒绝带空格的名称。' } },
    },
    misbehave: 'blank-before-colon',
  },
  FIELD_NAME_INVALID: {
    clause: 'field-name = token',
    why: {
      en: 'A name is a token: no blank, bracket, quotation mark or letter beyond ASCII is in it. Chromium and Firefox take such a line for a field that they do not know, so that a mistyped `Upgrade` or accept is simply missing; Node, Go and many proxies refuse the message.',
      zh: '名称必须是一个标记：不含空格、括号、引号，也不含 ASCII 以外的字符。Chromium 和 Firefox 把这样的行当成不认识的字段，写错名称的 `Upgrade` 或应答值就等于没有；Node、Go 和许多代理则拒绝整个消息。',
    },
    example: {
      request: [...request, '"X-Client": demo'],
      note: { en: 'The name stands in quotation marks, as in JSON; no name may hold them.', zh: '名称像 JSON 那样带着引号，而名称里不能有引号。' },
    },
    ways: {
      php: { code: "ucwords(strtolower(str_replace('_', ' ', substr($key, 5))))", text: { en: 'Made from `$_SERVER[\'HTTP_SEC_WEBSOCKET_KEY\']`: the blanks are not turned into hyphens again, and `Sec Websocket Key` is sent on.', zh: '从 `$_SERVER[\'HTTP_SEC_WEBSOCKET_KEY\']` 还原名称时，忘了把空格换成连字符，转发出去的是 `Sec Websocket Key`。' } },
      node: { code: 'for (const name in stream.headers) head += `${name}: …\\r\\n`', text: { en: 'A proxy from HTTP/2 to HTTP/1.1 copies `:method` and `:path` as well: as lines, they have an empty name.', zh: '把 HTTP/2 转成 HTTP/1.1 的代理连 `:method` 和 `:path` 也照抄，写成行之后名称就是空的。' } },
      python: { code: "head += json.dumps(fields)[1:-1].replace(', ', '\\r\\n')", text: { en: 'JSON brings its quotation marks along, and `"Upgrade"` is no name. `str` of a dict writes `\'Upgrade\'`, which is even a valid name, and the wrong one.', zh: 'JSON 会带上引号，而 `"Upgrade"` 不是合法的名称。对字典用 `str` 得到的 `\'Upgrade\'` 居然合法，却是另一个名称。' } },
      go: { code: 'fmt.Fprintf(conn, "%q: %s\\r\\n", name, value)', text: { en: '`%q` quotes. Through `net/http` such a name is dropped silently from a response; in a request it is an error.', zh: '`%q` 会加引号。经过 `net/http` 时，响应里这样的名称被悄悄丢掉，请求里则报错。' } },
      java: { code: 'out.write("Upgrade: websocket\\r\\n".getBytes(UTF_8));', text: { en: 'Copied from a web page, the string may hold a zero-width space before its first letter: nothing shows in the editor, and three bytes stand before the name.', zh: '从网页复制的字符串，首字母前可能有一个零宽空格：编辑器里看不出来，名称前却多了三个字节。' } },
      rust: { code: 'write!(out, "{name:?}: {value:?}\\r\\n")', text: { en: '`HeaderName` prints itself in quotation marks with `{:?}`. `{}` or `as_str()` gives the bare name.', zh: '`HeaderName` 用 `{:?}` 输出时带引号。`{}` 或 `as_str()` 得到的才是名称本身。' } },
    },
  },
  FIELD_VALUE_INVALID: {
    clause: 'Field values containing CR, LF, or NUL characters are invalid and dangerous, due to the varying ways that implementations might parse and interpret those characters; a recipient of CR, LF, or NUL within a field value MUST either reject the message or replace each of those characters with SP before further processing or forwarding of that message.',
    why: {
      en: 'A value is text. With a zero byte in one, Chromium says `net::ERR_INVALID_HTTP_RESPONSE` and Firefox does not open either; other control characters pass in a field that does not matter, and spoil the value of one that does.',
      zh: '值应当是文字。值里有零字节时，Chromium 报告 `net::ERR_INVALID_HTTP_RESPONSE`，Firefox 也不建立连接；其他控制字符在无关紧要的字段里会被放过，在要紧的字段里则毁掉它的值。',
    },
    example: {
      request,
      response: [...response, 'Server: example\u0000\u0000'],
      note: { en: 'Two zero bytes end the value of `Server`: the rest of a buffer that was longer than the name.', zh: '`Server` 的值以两个零字节结尾：缓冲区比名称长，剩下的部分也发了出去。' },
    },
    ways: {
      php: { code: "'Sec-WebSocket-Accept: ' . sha1($key . $guid, true)", text: { en: 'The twenty raw bytes of the digest, without `base64_encode` around them.', zh: '摘要的二十个原始字节，外面少了 `base64_encode`。' } },
      node: { code: 'socket.write(`X-User: ${name}\\r\\n`)', text: { en: 'Text from a user goes into the head as it came, control characters and line ends too. `setHeader` checks it, a write to the socket does not.', zh: '用户给的文字原样进了头部，包括控制字符和换行。`setHeader` 会检查，直接写 socket 则不会。' } },
      python: { code: "name, = struct.unpack('32s', record)", text: { en: 'A field of fixed width is filled up with zeros; `.rstrip(b\'\\0\')` belongs behind it.', zh: '定长字段用零填充，后面应当加上 `.rstrip(b\'\\0\')`。' } },
      go: { code: 'var buf [64]byte\nn, _ := r.Read(buf[:])\nvalue := string(buf[:])', text: { en: 'All 64 bytes become the string, the zeros behind what was read included. `string(buf[:n])` ends where the data ends.', zh: '64 个字节全都成了字符串，包括没读到的零。应当写 `string(buf[:n])`。' } },
      java: { code: 'for (byte b : digest) sb.append((char) b);', text: { en: 'Bytes of a digest cast to characters: those below 0x20 are control characters, and negative ones become `\\uFFxx`.', zh: '把摘要的字节强制转换成字符：小于 0x20 的是控制字符，负数则变成 `\\uFFxx`。' } },
      rust: { code: 'String::from_utf8_lossy(&buffer)', text: { en: 'The whole buffer instead of `&buffer[..n]`: zero bytes are valid UTF-8, so that nothing complains until `HeaderValue`, if it is used.', zh: '用了整个缓冲区，而不是 `&buffer[..n]`：零字节是合法的 UTF-8，不会有人报错，除非用了 `HeaderValue`。' } },
    },
  },
} satisfies Record<string, RulePage>;
