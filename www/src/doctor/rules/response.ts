// Rules of the response to the handshake, but for what it says of subprotocols and extensions.

import { begun, changed, without } from './differing';
import { request, response as good } from './good';
import type { RulePage } from './page';

const goodText = `${good.join('\r\n')}\r\n\r\n`;

export const response = {
  RESPONSE_STATUS_LINE_INVALID: {
    clause: 'The first line of a response message is the status-line, consisting of the protocol version, a space (SP), the status code, and another space and ending with an OPTIONAL textual phrase describing the status code.',
    why: {
      en: 'Readers find the status code by the blanks around it. Without them Chromium says `Unexpected response code: 200`, a code that nobody sent, and Firefox does not open; `http/1.1` in small letters opens in Chromium alone. A missing reason phrase disturbs neither.',
      zh: '程序靠前后的空格找到状态码。没有空格，Chromium 会报告谁也没发过的 `Unexpected response code: 200`，Firefox 不建立连接；小写的 `http/1.1` 只有 Chromium 接受。缺少原因短语则两者都不在意。',
    },
    example: {
      request,
      response: begun(good, 'HTTP/1.1101 Switching Protocols'),
      note: { en: 'The blank between version and status code is missing.', zh: '版本与状态码之间缺了空格。' },
    },
    ways: {
      php: { code: '"http/1.1101 Web Socket Protocol Handshake\\r\\n"', text: { en: 'A line that is copied from tutorial to tutorial: small letters, no blank, and the words of a draft of 2010.', zh: '一篇教程抄一篇教程的一行：小写，没有空格，还用着 2010 年草案的措辞。' } },
      node: { code: "'HTTP/1.1' + status + ' ' + http.STATUS_CODES[status]", text: { en: 'A number is put right behind the text. `ws` writes the line itself, and so does `res.writeHead`.', zh: '数字直接接在文字后面。`ws` 和 `res.writeHead` 都会自己写这一行。' } },
      python: { code: "'HTTP/1.1 ' + str(HTTPStatus.SWITCHING_PROTOCOLS)", text: { en: 'Before Python 3.11 this is `HTTPStatus.SWITCHING_PROTOCOLS`, and no number. `.value` and `.phrase` are what the line needs.', zh: '在 Python 3.11 之前，得到的是 `HTTPStatus.SWITCHING_PROTOCOLS` 而不是数字。这一行需要的是 `.value` 和 `.phrase`。' } },
      go: { code: '"HTTP/1.1 " + http.StatusText(101)', text: { en: '`StatusText` gives the phrase without its number; `resp.Status` of a response that was read has both.', zh: '`StatusText` 只给出短语，不含数字；读到的响应的 `resp.Status` 两者都有。' } },
      java: { code: '"HTTP/1.1" + (\' \' + 101) + " Switching Protocols"', text: { en: 'A `char` and an `int` are added as numbers: this writes `HTTP/1.1133`.', zh: '`char` 与 `int` 是按数字相加的：写出来是 `HTTP/1.1133`。' } },
      rust: { code: 'write!(stream, "{:?} {:?}\\r\\n", version, status)', text: { en: '`{:?}` of a `StatusCode` is the number alone, so that the line ends behind it, without the blank that must follow. `{}` has the phrase too.', zh: '`StatusCode` 的 `{:?}` 只有数字，这一行就到此为止，连必须有的空格也没有。`{}` 才带短语。' } },
    },
    misbehave: 'status-line-without-blanks',
  },
  RESPONSE_HTTP_VERSION: {
    clause: 'A Status-Line with a 101 response code as per RFC 2616 [RFC2616]. Such a response could look like "HTTP/1.1 101 Switching Protocols".',
    why: {
      en: 'Switching protocols came with HTTP/1.1. A response of HTTP/1.0 opens in Chromium and not in Firefox, so that it goes unseen on the machine where it was written.',
      zh: '切换协议是 HTTP/1.1 才有的。HTTP/1.0 的响应在 Chromium 里能建立连接，在 Firefox 里不能，开发者在自己机器上往往发现不了。',
    },
    example: {
      request,
      response: begun(good, 'HTTP/1.0 101 Switching Protocols'),
      note: { en: 'All is right but the version.', zh: '除了版本，其他都对。' },
    },
    ways: {
      php: { code: "\"{$_SERVER['SERVER_PROTOCOL']} 101 Switching Protocols\\r\\n\"", text: { en: 'The version of whoever asked is answered, and behind an old proxy that is 1.0.', zh: '照搬来者的版本，而隔着旧代理时那是 1.0。' } },
      node: { code: 'socket.write(`HTTP/${req.httpVersion} 101 Switching Protocols\\r\\n`)', text: { en: 'A request of HTTP/1.0 should have been refused before this line. `ws` always writes 1.1.', zh: 'HTTP/1.0 的请求在这一行之前就该拒绝。`ws` 总是写 1.1。' } },
      python: { code: 'self.send_response(101)', text: { en: '`BaseHTTPRequestHandler` says HTTP/1.0 unless its class sets `protocol_version = \'HTTP/1.1\'`.', zh: '`BaseHTTPRequestHandler` 默认写 HTTP/1.0，除非在类里设置 `protocol_version = \'HTTP/1.1\'`。' } },
      go: { code: '(&http.Response{StatusCode: 101, Header: h}).Write(conn)', text: { en: '`ProtoMajor` and `ProtoMinor` are zero here, and `HTTP/0.0` is written. Both have to be 1.', zh: '这里的 `ProtoMajor` 和 `ProtoMinor` 都是零，写出来是 `HTTP/0.0`。两者都要设成 1。' } },
      java: { code: 'new DefaultFullHttpResponse(request.protocolVersion(), SWITCHING_PROTOCOLS)', text: { en: 'Netty keeps the version that is given. `WebSocketServerHandshaker13` gives `HTTP_1_1`.', zh: '给什么版本，Netty 就写什么版本。`WebSocketServerHandshaker13` 用的是 `HTTP_1_1`。' } },
      rust: { code: 'format!("HTTP/1.{} 101 Switching Protocols\\r\\n", req.version.unwrap_or(0))', text: { en: '`version` of httparse is the digit behind the point in the request. The response says 1.1 in any case.', zh: 'httparse 的 `version` 是请求中小数点后的那一位。响应无论如何都应当写 1.1。' } },
    },
    misbehave: 'http-1.0',
  },
  RESPONSE_INTERIM: {
    clause: 'A client MUST be able to parse one or more 1xx responses received prior to a final response, even if the client does not expect one.',
    why: {
      en: 'HTTP allows interim answers, 100 and 103, before the final one. Firefox reads on and opens; Chromium takes the first for the answer and says `Unexpected response code: 100`. So a server had better send none here, though it may.',
      zh: 'HTTP 允许在最终响应之前有 100、103 之类的中间响应。Firefox 会继续读下去并建立连接；Chromium 把第一个当成答复，报告 `Unexpected response code: 100`。所以服务器虽然可以发，在这里还是不发为好。',
    },
    example: {
      request,
      response: `HTTP/1.1 100 Continue\r\n\r\n${goodText}`,
      note: { en: 'Two heads: `100 Continue` and, behind it, a right 101.', zh: '两个头部：先是 `100 Continue`，后面是正确的 101。' },
    },
    ways: {
      php: { code: 'socket_write($client, "HTTP/1.1 100 Continue\\r\\n\\r\\n");', text: { en: 'A general HTTP server in PHP that answers it to every request before it looks at the path.', zh: '用 PHP 写的通用 HTTP 服务器，还没看路径就对每个请求都这样答复。' } },
      node: { code: "proxyReq.on('information', ({ statusCode }) => socket.write(`HTTP/1.1 ${statusCode} …`))", text: { en: 'A proxy that passes interim answers of the server on to everybody, WebSocket clients too.', zh: '代理把后端的中间响应转发给所有人，包括 WebSocket 客户端。' } },
      python: { code: "protocol_version = 'HTTP/1.1'  # on a BaseHTTPRequestHandler", text: { en: 'From this version on, the class answers `Expect: 100-continue` with 100 by itself. A client that adds this field to every request provokes it.', zh: '设成这个版本后，该类会自动用 100 答复 `Expect: 100-continue`。给每个请求都加上这个字段的客户端会触发它。' } },
      go: { code: 'w.WriteHeader(http.StatusEarlyHints)', text: { en: 'Middleware for pages, put around all routes: since Go 1.19 this is sent at once, before the handler hijacks.', zh: '给网页用的中间件套在了所有路由上：Go 1.19 起它会立即发出，在处理函数 `Hijack` 之前。' } },
      java: { code: 'pipeline.addLast(new HttpServerExpectContinueHandler());', text: { en: 'Netty answers 100 to any request with `Expect`, before the WebSocket handler sees it.', zh: '只要请求带 `Expect`，Netty 就在 WebSocket 处理器看到它之前答复 100。' } },
      rust: { code: 'let body = request.body_mut().collect().await?;', text: { en: 'hyper answers `Expect` with 100 when the body is first read, and logging layers read the body of every request.', zh: '第一次读取消息体时，hyper 会对 `Expect` 答复 100，而记录日志的层会读取每个请求的消息体。' } },
    },
    misbehave: '100-then-101',
  },
  RESPONSE_NOT_101: {
    clause: 'If the status code received from the server is not 101, the client handles the response per HTTP [RFC2616] procedures.',
    why: {
      en: '101 is the only code that opens. Anything else was said by HTTP, often by something that knows nothing of WebSocket: read its code, its `Server` field and its first line of text. Chromium shows the code (401 and 407 in other words), Firefox does not; neither follows a redirection.',
      zh: '只有 101 能建立连接。别的都是 HTTP 的答复，往往出自根本不懂 WebSocket 的程序：看看状态码、`Server` 字段和正文的第一行。Chromium 会显示状态码（401 和 407 用别的话），Firefox 不显示；两者都不跟随重定向。',
    },
    example: {
      request,
      response: ['HTTP/1.1 404 Not Found', 'Server: nginx', 'Content-Type: text/html', 'Content-Length: 0'],
      note: { en: 'An nginx answers that it knows no such path; the WebSocket server never saw the request.', zh: 'nginx 答复说没有这个路径，WebSocket 服务器根本没有见到请求。' },
    },
    ways: {
      php: { code: 'location /ws { try_files $uri /index.php; }', text: { en: 'PHP behind FPM answers requests and ends; it cannot stay. The server of Ratchet or Swoole is a process of its own with a port of its own, and this path has to lead to it.', zh: 'FPM 下的 PHP 答复完请求就结束，无法保持连接。Ratchet 或 Swoole 的服务器是另一个进程，有自己的端口，这个路径应当指向它。' } },
      node: { code: "app.get('/ws', (req, res) => …)", text: { en: 'A route of Express is never asked for an upgrade; the `upgrade` event of the server is. Without a listener for it, Node hands the request to Express after all, which answers 404 or 200.', zh: '升级请求归服务器的 `upgrade` 事件，不归 Express 的路由。没有这个事件的监听器，Node 才把请求交给 Express，于是答复 404 或 200。' } },
      python: { code: 'pip install uvicorn', text: { en: 'Without `websockets` or `wsproto` beside it, uvicorn takes the request for plain HTTP; `uvicorn[standard]` brings one. A WSGI server, `flask run` too, can never switch.', zh: '没有装 `websockets` 或 `wsproto`，uvicorn 会把请求当作普通 HTTP；`uvicorn[standard]` 自带其一。WSGI 服务器（包括 `flask run`）根本无法切换。' } },
      go: { code: 'mux.Handle("/ws/", handler)', text: { en: '`ServeMux` answers 301 to `/ws`, towards `/ws/`, and no WebSocket follows. gorilla answers 400 or 403 itself and returns an error that says why.', zh: '`ServeMux` 对 `/ws` 答复 301，指向 `/ws/`，而 WebSocket 不会跟随。gorilla 会自己答复 400 或 403，并返回说明原因的错误。' } },
      java: { code: '@ServerEndpoint("/chat")', text: { en: 'In the Tomcat within Spring Boot nothing looks for this annotation unless there is a bean `ServerEndpointExporter`: 404. With Spring Security, the answer is a redirection to the login.', zh: '在 Spring Boot 内嵌的 Tomcat 里，没有 `ServerEndpointExporter` 这个 bean 就没有人处理这个注解：404。有 Spring Security 时，答复是重定向到登录页。' } },
      rust: { code: 'Router::new().nest("/api", Router::new().route("/ws", get(upgrade)))', text: { en: 'The path is `/api/ws`; `/ws` is 404. Where a proxy took Connection out, the `WebSocketUpgrade` of axum answers 400 and says so in its body.', zh: '路径是 `/api/ws`，`/ws` 得到 404。若代理去掉了 Connection，axum 的 `WebSocketUpgrade` 会答复 400，并在正文里说明。' } },
    },
    misbehave: 'status-404',
  },
  RESPONSE_UPGRADE_MISSING: {
    clause: 'If the response lacks an |Upgrade| header field or the |Upgrade| header field contains a value that is not an ASCII case-insensitive match for the value "websocket", the client MUST _Fail the WebSocket Connection_.',
    why: {
      en: 'A 101 says that the protocol changes and Upgrade says to which. Chromium reports `\'Upgrade\' header is missing`; Firefox does not open and gives no reason.',
      zh: '101 表示要换协议，Upgrade 说明换成什么。Chromium 报告 `\'Upgrade\' header is missing`；Firefox 不建立连接，也不说原因。',
    },
    example: {
      request,
      response: without(good, 'Upgrade'),
      note: { en: 'Connection names Upgrade, and Upgrade is not there.', zh: 'Connection 提到了 Upgrade，Upgrade 却不在。' },
    },
    ways: {
      php: { code: "header('Upgrade: websocket');", text: { en: 'Through FPM or Apache the field belongs to the web server, which writes or drops it as it sees fit. A script of the command line writes to its own socket.', zh: '经过 FPM 或 Apache 时，这个字段由 Web 服务器说了算，写不写由它决定。命令行脚本写的才是自己的 socket。' } },
      node: { code: "socket.write(toHead({ Connection: 'Upgrade', 'Sec-WebSocket-Accept': accept }))", text: { en: 'Connection was taken for the field that switches. Both are needed.', zh: '以为 Connection 就是负责切换的字段。两个都要有。' } },
      python: { code: "start_response('101 Switching Protocols', headers)", text: { en: 'WSGI forbids applications to send hop-by-hop fields; `wsgiref` raises an `AssertionError` for Upgrade, and people take it out. Use ASGI.', zh: 'WSGI 禁止应用发送逐跳字段；`wsgiref` 见到 Upgrade 会抛出 `AssertionError`，于是有人把它删了。应当改用 ASGI。' } },
      go: { code: 'w.WriteHeader(http.StatusSwitchingProtocols)\nw.Header().Set("Upgrade", "websocket")', text: { en: 'What is set on the header after `WriteHeader` is not sent.', zh: '`WriteHeader` 之后再设置的字段不会发送。' } },
      java: { code: 'response.headers().set(CONNECTION, UPGRADE).set(SEC_WEBSOCKET_ACCEPT, accept);', text: { en: 'In Netty `UPGRADE` is here the value of Connection; the field of this name has to be set as well.', zh: '在 Netty 里，这个 `UPGRADE` 是 Connection 的值；同名的字段还要另外设置。' } },
      rust: { code: 'Response::builder().status(StatusCode::SWITCHING_PROTOCOLS)', text: { en: 'hyper hands the connection over at this status and adds no field. `fastwebsockets::upgrade` and the extractor of axum write them.', zh: '到了这个状态码，hyper 就交出连接，但不会添加字段。`fastwebsockets::upgrade` 和 axum 的提取器会写上。' } },
    },
    misbehave: 'upgrade-missing',
  },
  RESPONSE_UPGRADE_NOT_WEBSOCKET: {
    clause: 'If the response lacks an |Upgrade| header field or the |Upgrade| header field contains a value that is not an ASCII case-insensitive match for the value "websocket", the client MUST _Fail the WebSocket Connection_.',
    why: {
      en: 'The client asked for one protocol and must not be moved to another. The value is the one word, in any case. A list, or the field twice, opens in Firefox; Chromium says that the header `must not appear more than once in a response`.',
      zh: '客户端要的是一种协议，不能把它带到另一种去。值只能是这一个词，大小写不限。写成列表，或者字段出现两次，Firefox 能建立连接，Chromium 则报告该字段 `must not appear more than once in a response`。',
    },
    example: {
      request,
      response: changed(good, 'Upgrade', 'Upgrade: h2c'),
      note: { en: 'The answer switches to HTTP/2, which was not asked for.', zh: '答复要切换到 HTTP/2，而请求的不是它。' },
    },
    ways: {
      php: { code: 'Protocols h2 h2c http/1.1', text: { en: 'An Apache with `mod_http2` offers `Upgrade: h2,h2c` in its own answers; what stands there is not from your script.', zh: '启用 `mod_http2` 的 Apache 会在自己的答复里提出 `Upgrade: h2,h2c`，那不是你的脚本写的。' } },
      node: { code: '`Upgrade: ${req.headers.upgrade}\\r\\n`', text: { en: 'Whatever was asked for is agreed to: `h2c` from one client, a list from another.', zh: '来者要什么就答应什么：这个客户端要 `h2c`，那个客户端给的是列表。' } },
      python: { code: "b'Upgrade: websockets\\r\\n'", text: { en: 'The library has an s at its end, the protocol has none.', zh: '库的名字末尾有 s，协议的名称没有。' } },
      go: { code: 'h.Set("Upgrade", "Upgrade")\nh.Set("Connection", "websocket")', text: { en: 'The values of the two fields are swapped.', zh: '两个字段的值写反了。' } },
      java: { code: 'response.addHeader("Upgrade", "websocket");', text: { en: 'A filter adds the field and the container writes its own: there are two. `setHeader` would replace.', zh: '过滤器加了一个，容器自己又写了一个，于是有两个。`setHeader` 才是替换。' } },
      rust: { code: 'HeaderValue::from_static("websocket/13")', text: { en: 'HTTP allows a version behind the name, WebSocket does not: the number has its own field, in the request.', zh: 'HTTP 允许在名称后面带版本，WebSocket 不允许：版本号在请求里有自己的字段。' } },
    },
    misbehave: 'upgrade-to-h2c',
  },
  RESPONSE_CONNECTION_MISSING: {
    clause: 'If the response lacks a |Connection| header field or the |Connection| header field doesn\'t contain a token that is an ASCII case-insensitive match for the value "Upgrade", the client MUST _Fail the WebSocket Connection_.',
    why: {
      en: 'Connection names the fields that hold for this hop; without it, a client cannot be sure that Upgrade is meant for it. Chromium reports `\'Connection\' header is missing`, Firefox does not open.',
      zh: 'Connection 列出只对这一跳有效的字段；没有它，客户端无法确定 Upgrade 是不是说给自己的。Chromium 报告 `\'Connection\' header is missing`，Firefox 不建立连接。',
    },
    example: {
      request,
      response: without(good, 'Connection'),
      note: { en: 'Upgrade and accept are right; Connection is not there.', zh: 'Upgrade 和应答值都对，只是没有 Connection。' },
    },
    ways: {
      php: { code: '"HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nSec-WebSocket-Accept: $accept\\r\\n\\r\\n"', text: { en: 'Three lines written from memory. Ratchet takes them from `ratchet/rfc6455`.', zh: '凭记忆写了三行。Ratchet 的这几行来自 `ratchet/rfc6455`。' } },
      node: { code: "delete proxyRes.headers.connection;", text: { en: 'A proxy of your own tidies up the hop-by-hop fields of the answer, as it does for pages. For a 101 they are the point.', zh: '自己写的代理像处理网页那样清理答复中的逐跳字段。对 101 来说，要的正是它们。' } },
      python: { code: "h11.InformationalResponse(status_code=101, headers=[(b'upgrade', b'websocket'), …])", text: { en: 'h11 sends the fields that it is given. `wsproto`, made for use with it, gives all of them.', zh: 'h11 只发送给它的字段。与它配套的 `wsproto` 会给齐。' } },
      go: { code: 'for _, h := range hopHeaders { resp.Header.Del(h) }', text: { en: 'The mirror image of the request: taken off the answer and not put back. `httputil.ReverseProxy` keeps them for a 101.', zh: '与请求一侧如出一辙：从答复中去掉，又没有加回去。`httputil.ReverseProxy` 对 101 会保留它们。' } },
      java: { code: 'sb.append("HTTP/1.1 101 Switching Protocols\\r\\n").append("Upgrade: websocket\\r\\n")', text: { en: 'A server on a bare `ServerSocket`, tried with a client that does not look. Java-WebSocket and Tomcat write the field.', zh: '用裸 `ServerSocket` 写的服务器，只拿不做检查的客户端试过。Java-WebSocket 和 Tomcat 都会写这个字段。' } },
      rust: { code: '.header(UPGRADE, "websocket").header(SEC_WEBSOCKET_ACCEPT, accept)', text: { en: 'The builder of `http` completes nothing: `.header(CONNECTION, "Upgrade")` is missing.', zh: '`http` 的构建器不会替你补全：缺了 `.header(CONNECTION, "Upgrade")`。' } },
    },
    misbehave: 'connection-missing',
  },
  RESPONSE_CONNECTION_NOT_UPGRADE: {
    clause: 'If the response lacks a |Connection| header field or the |Connection| header field doesn\'t contain a token that is an ASCII case-insensitive match for the value "Upgrade", the client MUST _Fail the WebSocket Connection_.',
    why: {
      en: 'The field is a list in which `Upgrade` must be one token, in any case: `keep-alive, Upgrade` is fine. Where something else stands there, a proxy or a layer of the server wrote it anew. Chromium says that the value `must contain \'Upgrade\'`, Firefox does not open.',
      zh: '这个字段是列表，其中必须有 `Upgrade` 这个标记，大小写不限：`keep-alive, Upgrade` 没有问题。若写的是别的，那是代理或服务器的某一层重写了它。Chromium 报告值 `must contain \'Upgrade\'`，Firefox 不建立连接。',
    },
    example: {
      request,
      response: changed(good, 'Connection', 'Connection: keep-alive'),
      note: { en: '`keep-alive` stands where `Upgrade` should.', zh: '该写 `Upgrade` 的地方写成了 `keep-alive`。' },
    },
    ways: {
      php: { code: "header('Connection: Upgrade');", text: { en: 'Behind Apache or nginx, the web server writes `keep-alive` or `close` of its own, whatever the script says.', zh: '在 Apache 或 nginx 后面，不管脚本写什么，Web 服务器都会写自己的 `keep-alive` 或 `close`。' } },
      node: { code: "'Connection: keep-alive Upgrade\\r\\n'", text: { en: 'A list is parted by commas. With a blank it opens in Firefox and not in Chromium.', zh: '列表用逗号分隔。用空格分隔时，Firefox 能建立连接，Chromium 不能。' } },
      python: { code: "('Connection', 'websocket'), ('Upgrade', 'websocket')", text: { en: 'The same value was copied into both fields.', zh: '把同一个值抄进了两个字段。' } },
      go: { code: 'w.Header().Set("Connection", "close")', text: { en: 'Middleware that wants clients to leave, around the WebSocket too: a library that answers through `w.Header()` may send it along.', zh: '想让客户端断开的中间件把 WebSocket 也套在里面：通过 `w.Header()` 答复的库可能把它一起发出去。' } },
      java: { code: 'out.print("Connection: keep-alive\\r\\n");', text: { en: 'The head of an ordinary answer was turned into a 101 by changing its first line.', zh: '拿普通答复的头部改了第一行，就当成 101 用。' } },
      rust: { code: 'SetResponseHeaderLayer::overriding(CONNECTION, HeaderValue::from_static("keep-alive"))', text: { en: 'A layer of `tower-http` around the whole router replaces the field of the upgrade, too.', zh: '`tower-http` 的这一层套在整个路由外面，连升级响应的字段也替换了。' } },
    },
    misbehave: 'connection-keep-alive',
  },
  RESPONSE_ACCEPT_MISSING: {
    clause: 'If the response lacks a |Sec-WebSocket-Accept| header field or the |Sec-WebSocket-Accept| contains a value other than the base64-encoded SHA-1 of the concatenation of the |Sec-WebSocket-Key| (as a string, not base64-decoded) with the string "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" but ignoring any leading and trailing whitespace, the client MUST _Fail the WebSocket Connection_.',
    why: {
      en: 'The accept proves that the server read this request and means WebSocket; without it, anything that echoes fields would do. Chromium reports `\'Sec-WebSocket-Accept\' header is missing`, and so it does where the name of the field is misspelt; Firefox does not open.',
      zh: '应答值证明服务器读了这个请求，并且懂 WebSocket；没有它，任何会回显字段的程序都能冒充。Chromium 报告 `\'Sec-WebSocket-Accept\' header is missing`，字段名拼错时也是这句；Firefox 不建立连接。',
    },
    example: {
      request,
      response: without(good, 'Sec-WebSocket-Accept'),
      note: { en: 'Upgrade and Connection are right, and nothing answers the key.', zh: 'Upgrade 和 Connection 都对，却没有任何内容回答密钥。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Acept: $accept\\r\\n"', text: { en: 'A letter is missing from the name. The doctor shows the field that comes nearest.', zh: '名称少了一个字母。诊断会指出最接近的字段。' } },
      node: { code: "if (req.headers['Sec-WebSocket-Key']) head.push(acceptLine(…));", text: { en: 'Node keeps all names in lower case: this is `undefined`, and the line is left out. `req.headers[\'sec-websocket-key\']` is there.', zh: 'Node 里所有字段名都是小写，这里得到 `undefined`，那一行就没有写。应当用 `req.headers[\'sec-websocket-key\']`。' } },
      python: { code: "'Sec-WebSocket-Origin: …\\r\\nSec-WebSocket-Location: ws://…\\r\\n'", text: { en: 'A server of 2010, which answers with sixteen bytes behind the head instead of a field. No browser speaks that any more.', zh: '2010 年的服务器：答复不是一个字段，而是头部之后的十六个字节。如今的浏览器都不支持了。' } },
      go: { code: 'w.WriteHeader(101)\nconn, rw, _ := w.(http.Hijacker).Hijack()', text: { en: 'The head was already written by `WriteHeader`, without the fields that were to follow over `rw`: they arrive behind the empty line.', zh: '`WriteHeader` 已经把头部写出去了，后来通过 `rw` 写的字段落在空行之后。' } },
      java: { code: 'try { … MessageDigest.getInstance("SHA1") … } catch (Exception e) { }', text: { en: 'An exception on the way to the value is swallowed, and the head goes out without it.', zh: '计算过程中的异常被吞掉了，头部没有带上应答值就发了出去。' } },
      rust: { code: '.header(UPGRADE, "foobar")', text: { en: 'The example of hyper for upgrades switches to a protocol of its own invention. With `websocket` put in its place, the accept is still missing.', zh: 'hyper 的升级示例切换到的是它自己虚构的协议。把名称换成 `websocket`，仍然缺应答值。' } },
    },
    misbehave: 'accept-missing',
  },
  RESPONSE_ACCEPT_DUPLICATE: {
    clause: 'The |Sec-WebSocket-Accept| header MUST NOT appear more than once in an HTTP response.',
    why: {
      en: 'One question, one answer: where two parts of a server each write the field, one of them was not meant to. Chromium says that it `must not appear more than once in a response` even if both are right, and Firefox does not open either.',
      zh: '一个问题只有一个答案：服务器的两个部分各写一次，说明其中一个是多余的。即使两个都对，Chromium 也报告它 `must not appear more than once in a response`，Firefox 同样不建立连接。',
    },
    example: {
      request,
      response: [...good, good[3]],
      note: { en: 'The right value, twice.', zh: '正确的值写了两次。' },
    },
    ways: {
      php: { code: "$connection->headers = [\"Sec-WebSocket-Accept: $accept\"];", text: { en: 'In `onWebSocketConnect` of Workerman these lines are added to the answer, which has the field already. Only your own belong there.', zh: '在 Workerman 的 `onWebSocketConnect` 里，这些行会加到答复中，而答复已经有这个字段了。这里只该写你自己的字段。' } },
      node: { code: "wss.on('headers', (headers) => headers.push(`Sec-WebSocket-Accept: ${accept}`))", text: { en: 'The event hands over the lines that `ws` has made; the accept is among them.', zh: '这个事件给出的是 `ws` 已经写好的各行，应答值就在其中。' } },
      python: { code: "response.headers['Sec-WebSocket-Accept'] = accept", text: { en: 'In `process_response` of `websockets`, assigning to a field adds one more. To replace it, `del` it first; here, leave it alone.', zh: '在 `websockets` 的 `process_response` 里，给字段赋值是再加一个。要替换得先 `del`；而这个字段根本不该动。' } },
      go: { code: 'upgrader.Upgrade(w, r, http.Header{"Sec-WebSocket-Accept": {accept}})', text: { en: 'gorilla writes its own fields and then all of the third argument.', zh: 'gorilla 先写自己的字段，再把第三个参数里的全部写上。' } },
      java: { code: 'response.getHeaders().put(HandshakeResponse.SEC_WEBSOCKET_ACCEPT, List.of(accept));', text: { en: 'In `modifyHandshake` of a `Configurator`, what is put here is added to what the container writes.', zh: '在 `Configurator` 的 `modifyHandshake` 里，放在这里的会加到容器自己写的字段之外。' } },
      rust: { code: 'response.headers_mut().append("Sec-WebSocket-Accept", accept);', text: { en: 'In the callback of `accept_hdr_async`, the response that is handed in has the field.', zh: '在 `accept_hdr_async` 的回调里，传进来的响应已经有这个字段了。' } },
    },
    misbehave: 'accept-twice',
  },
  RESPONSE_ACCEPT_WRONG: {
    clause: 'If the response lacks a |Sec-WebSocket-Accept| header field or the |Sec-WebSocket-Accept| contains a value other than the base64-encoded SHA-1 of the concatenation of the |Sec-WebSocket-Key| (as a string, not base64-decoded) with the string "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" but ignoring any leading and trailing whitespace, the client MUST _Fail the WebSocket Connection_.',
    why: {
      en: 'Key, GUID, SHA-1, base64: four steps, and a value that is wrong as a whole if one of them is a little off. Chromium says `Incorrect \'Sec-WebSocket-Accept\' header value`, Firefox gives no reason; neither shows what it expected. The doctor computes the usual mistakes and names the one that gives this value.',
      zh: '密钥、GUID、SHA-1、base64，共四步，只要一步稍有差错，整个值就不对。Chromium 报告 `Incorrect \'Sec-WebSocket-Accept\' header value`，Firefox 不说原因；两者都不显示应有的值。诊断会把常见的错误逐一算出来，指出得到这个值的是哪一个。',
    },
    example: {
      request,
      response: changed(good, 'Sec-WebSocket-Accept', 'Sec-WebSocket-Accept: YjM3YTRmMmNjMDYyNGYxNjkwZjY0NjA2Y2YzODU5NDViMmJlYzRlYQ=='),
      note: { en: 'Fifty-six characters instead of twenty-eight: base64 of the forty hex digits, not of the twenty bytes.', zh: '二十八个字符变成了五十六个：编码的是四十个十六进制数字，而不是那二十个字节。' },
    },
    ways: {
      php: { code: 'base64_encode(sha1($key . $guid))', text: { en: '`sha1` returns hex digits; with `true` as its second argument it returns the bytes. `pack(\'H*\', …)` does it too, `pack(\'h*\', …)` swaps the halves of each byte.', zh: '`sha1` 返回十六进制数字，第二个参数为 `true` 时才返回字节。`pack(\'H*\', …)` 也行，而 `pack(\'h*\', …)` 会把每个字节的两半对调。' } },
      node: { code: "createHash('sha1').update(Buffer.from(key, 'base64')).update(GUID).digest('base64')", text: { en: 'The key is decoded first; it is hashed as the text that it is. Or the key is `undefined`, which a template literal turns into that word.', zh: '先把密钥解码了，而参与散列的就是它的文本。或者密钥是 `undefined`，模板字符串把它变成了这个词。' } },
      python: { code: "key = line.split(': ')[1]", text: { en: 'Of a head split at `\\n`, the line ends in `\\r`, and so does the key that is hashed. `.strip()` is missing.', zh: '头部按 `\\n` 切开后，行末还有 `\\r`，参与散列的密钥也就带着它。缺了 `.strip()`。' } },
      go: { code: 'sha1.New().Sum([]byte(key + guid))', text: { en: '`Sum` does not hash its argument: it appends the digest of what was written before, of nothing here. `sha1.Sum([]byte(key + guid))` of the package is meant.', zh: '`Sum` 并不对参数求散列，而是把此前写入内容（这里什么也没有）的摘要接在参数后面。应当用包函数 `sha1.Sum([]byte(key + guid))`。' } },
      java: { code: 'encoder.encodeToString(new String(digest).getBytes())', text: { en: 'The bytes of the digest are turned into text and back; those that are no UTF-8 come back as something else. `encodeToString(digest)` takes bytes.', zh: '摘要的字节先变成文字再变回来，不合 UTF-8 的字节就变了样。`encodeToString(digest)` 直接接受字节。' } },
      rust: { code: 'URL_SAFE_NO_PAD.encode(hasher.finalize())', text: { en: 'The alphabet for URLs writes `-` and `_`, and the `=` at the end is left out. `STANDARD` is meant; `derive_accept_key` of tungstenite does it all.', zh: '用于 URL 的字母表写的是 `-` 和 `_`，末尾的 `=` 也省掉了。应当用 `STANDARD`；tungstenite 的 `derive_accept_key` 包办一切。' } },
    },
    misbehave: 'accept-of-hex-digest',
  },
  RESPONSE_MISSING: {
    clause: 'If the server chooses to accept the incoming connection, it MUST reply with a valid HTTP response indicating the following.',
    why: {
      en: 'A server that does not want a connection says so by a status code; one that says nothing has failed, or is no WebSocket server. Chromium reports `Connection closed before receiving a handshake response` for an orderly end and `net::ERR_CONNECTION_RESET` for a reset; Firefox does not tell the two apart.',
      zh: '服务器不想接受连接，也会用状态码说明；什么都不说，要么是出了故障，要么根本不是 WebSocket 服务器。正常关闭时 Chromium 报告 `Connection closed before receiving a handshake response`，被重置时报告 `net::ERR_CONNECTION_RESET`；Firefox 对两者不作区分。',
    },
    example: {
      request,
      response: '',
      ended: 'fin',
      note: { en: 'The request was sent whole; the server ended the connection without a byte.', zh: '请求完整地发出了，服务器一个字节也没答复就结束了连接。' },
    },
    ways: {
      php: { code: "if (!preg_match('/Sec-WebSocket-Key: (.*)\\r\\n/', $request, $m)) { socket_close($client); }", text: { en: 'The request came in two reads, or through a proxy that writes names in lower case: no match, and no word to the client. 400 would have said it.', zh: '请求分两次才读到，或者经过了把字段名写成小写的代理：匹配不到，也没有告诉客户端。答复 400 就清楚了。' } },
      node: { code: "server.on('upgrade', (req, socket) => { if (req.url !== '/ws') socket.destroy(); })", text: { en: 'For any other path the socket is destroyed without an answer. Write `HTTP/1.1 404 Not Found` before it.', zh: '别的路径一律销毁 socket，不作答复。销毁前应当写 `HTTP/1.1 404 Not Found`。' } },
      python: { code: 'async def handle(reader, writer): … # KeyError', text: { en: 'An exception ends the task of this client; `asyncio` logs it, and the connection ends without an answer. `websockets` answers 500 where one comes up during the handshake.', zh: '异常结束了这个客户端的任务，`asyncio` 记入日志，连接没有答复就断了。握手期间出现异常时，`websockets` 会答复 500。' } },
      go: { code: 'http: panic serving 192.0.2.7:50412: …', text: { en: 'The line in the log of `net/http`: it recovers from a panic in a handler and closes the connection.', zh: '这是 `net/http` 日志里的一行：它从处理函数的 panic 中恢复，并关闭连接。' } },
      java: { code: 'try (Socket client = server.accept()) { pool.submit(() -> serve(client)); }', text: { en: 'The block closes the socket as soon as the task is handed over, before it has answered.', zh: '任务刚交出去，还没来得及答复，这个代码块就把 socket 关闭了。' } },
      rust: { code: 'tokio::spawn(async move { serve(stream).await? … })', text: { en: 'An error returned from the task, or a panic in it, drops the `TcpStream`, which closes it; nobody looks at the `JoinHandle`.', zh: '任务返回错误或者 panic，`TcpStream` 被 drop，连接就关了；而没有人去看 `JoinHandle`。' } },
    },
    misbehave: 'fin-before-head',
  },
  RESPONSE_NOT_HTTP: {
    clause: 'If the server chooses to accept the incoming connection, it MUST reply with a valid HTTP response indicating the following.',
    why: {
      en: 'The client reads a status line first, whatever comes. Bytes that are none mean another protocol on this port, or a server that speaks before the handshake. Chromium reports `net::ERR_INVALID_HTTP_RESPONSE`, Firefox does not open.',
      zh: '不管来的是什么，客户端首先按状态行来读。来的不是状态行，说明这个端口上是别的协议，或者服务器在握手之前就开口了。Chromium 报告 `net::ERR_INVALID_HTTP_RESPONSE`，Firefox 不建立连接。',
    },
    example: {
      request,
      response: '{"type":"welcome"}\n',
      note: { en: 'A greeting in JSON, where the status line should stand.', zh: '该是状态行的地方，来的是一句 JSON 问候。' },
    },
    ways: {
      php: { code: '$client = socket_accept($server);\nsocket_write($client, "Welcome\\n");', text: { en: 'The chat server of a tutorial on sockets, made for `telnet`, and a browser connected to it.', zh: '这是 socket 教程里给 `telnet` 用的聊天服务器，现在连上来的是浏览器。' } },
      node: { code: 'net.createServer((socket) => socket.pipe(socket))', text: { en: 'An echo of TCP: the client gets its own request back, and `GET /` is no status line.', zh: '这是 TCP 回显：客户端收到的是自己的请求，而 `GET /` 不是状态行。' } },
      python: { code: 'conn.sendall(str(head.encode()).encode())', text: { en: '`str` of bytes is their notation in source code: the answer begins with `b\'HTTP/1.1 …`.', zh: '对字节串用 `str`，得到的是它在源代码里的写法：答复以 `b\'HTTP/1.1 …` 开头。' } },
      go: { code: 'hub.add(conn)\nhandshake(conn)', text: { en: 'The connection is in the list before its handshake is answered, and a message for all is written to it first.', zh: '握手还没答复，连接就进了列表，发给所有人的消息先写了过来。' } },
      java: { code: 'new ObjectOutputStream(socket.getOutputStream())', text: { en: 'Its constructor writes `AC ED 00 05` at once. `DataOutputStream.writeUTF` puts two bytes of length before the text.', zh: '它的构造函数会立即写出 `AC ED 00 05`。`DataOutputStream.writeUTF` 则会在文字前面写两个字节的长度。' } },
      rust: { code: 'let stream = TlsAcceptor::from(config).accept(tcp).await?;', text: { en: 'The port speaks TLS and the page asked for `ws:`; rustls answers with an alert, `15 03 03`.', zh: '端口说的是 TLS，网页用的却是 `ws:`；rustls 答复一个告警：`15 03 03`。' } },
    },
    misbehave: 'text-instead-of-head',
  },
  BYTES_BEFORE_STATUS_LINE: {
    clause: 'The first line of a response message is the status-line, consisting of the protocol version, a space (SP), the status code, and another space and ending with an OPTIONAL textual phrase describing the status code.',
    why: {
      en: 'The status line comes first. Chromium and Firefox pass over up to four bytes before it and fail if it begins later; other clients begin to read where the answer begins.',
      zh: '状态行应当最先出现。Chromium 和 Firefox 允许它前面有不超过四个字节，再靠后就失败；别的客户端从答复的第一个字节开始读。',
    },
    example: {
      request,
      response: `\uFEFF${goodText}`,
      note: { en: 'Three bytes, EF BB BF: the byte order mark of a file in UTF-8.', zh: '三个字节 EF BB BF：UTF-8 文件的字节顺序标记。' },
    },
    ways: {
      php: { code: '$head = "\\r\\nHTTP/1.1 101 Switching Protocols\\r\\n…";', text: { en: 'A line end that was to set the answer off from something before it.', zh: '本想用一个换行把答复与前面的内容隔开。' } },
      node: { code: 'socket.write(`\nHTTP/1.1 101 Switching Protocols\n…`)', text: { en: 'The template begins on the line below its backquote: its first character is a line end. `.trimStart()` takes it off.', zh: '模板从反引号的下一行开始写，第一个字符就是换行。`.trimStart()` 可以去掉。' } },
      python: { code: "head.encode('utf-8-sig')", text: { en: 'This codec writes a byte order mark. `\'ascii\'` is enough for a head.', zh: '这个编码会写出字节顺序标记。头部用 `\'ascii\'` 就够了。' } },
      go: { code: '//go:embed head.txt\nvar head string', text: { en: 'A text file saved on Windows with a byte order mark is embedded with it.', zh: '在 Windows 上保存的文本文件带有字节顺序标记，嵌入时原样保留。' } },
      java: { code: 'out.print("Content-Length: " + body.length() + "\\r\\n\\r\\n");\nout.println(body);', text: { en: 'An answer before, on the same connection: `println` added a line end that its length does not count. It stands before the next answer.', zh: '同一连接上的前一个答复：`println` 多写了一个换行，长度里没有算，于是落在下一个答复前面。' } },
      rust: { code: 'let head = "\nHTTP/1.1 101 Switching Protocols\\r\\n…";', text: { en: 'Without a `\\` behind the opening quotation mark, the line break of the source is the first byte.', zh: '开头的引号后面没有 `\\`，源代码里的换行就成了第一个字节。' } },
    },
    misbehave: 'status-line-after-crlf',
  },
  RESPONSE_VERSION_FIELD: {
    clause: 'If this version does not match a version understood by the server, the server MUST abort the WebSocket handshake described in this section and instead send an appropriate HTTP error code (such as 426 Upgrade Required) and a |Sec-WebSocket-Version| header field indicating the version(s) the server is capable of understanding.',
    why: {
      en: 'The field tells a refused client which versions it may try. In a 101 it says nothing: the version is the one that was asked for. Chromium and Firefox pass over it.',
      zh: '这个字段告诉被拒绝的客户端可以改试哪些版本。在 101 里它毫无意义：版本就是请求的那个。Chromium 和 Firefox 都会忽略它。',
    },
    example: {
      request,
      response: [...good, 'Sec-WebSocket-Version: 13'],
      note: { en: 'A right answer with one line too many.', zh: '答复正确，只是多了一行。' },
    },
    ways: {
      php: { code: '"Connection: Upgrade\\r\\nSec-WebSocket-Version: 13\\r\\n"', text: { en: 'In many tutorials the answer is made from the request, and this line stayed.', zh: '许多教程的答复是照着请求改的，这一行就留下了。' } },
      node: { code: "const { host, ...fields } = req.headers; write(101, fields)", text: { en: 'The fields of the request are sent back. With the version goes everything else: cookies too.', zh: '把请求的字段原样发了回去。回去的不只是版本，连 Cookie 也在内。' } },
      python: { code: "headers = {'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Accept': accept}", text: { en: 'One dictionary for refusal and answer alike.', zh: '拒绝和接受共用一个字典。' } },
      go: { code: 'w.Header().Set("Sec-WebSocket-Version", "13")', text: { en: 'Set at the beginning for the case of a refusal, and still there when the connection is accepted. gorilla sets it where it refuses.', zh: '为了拒绝的情形一开始就设上，接受时还留着。gorilla 只在拒绝时设置它。' } },
      java: { code: 'response.setHeader("Sec-WebSocket-Version", "13");', text: { en: 'In a servlet filter that runs before the upgrade. Tomcat writes it with 426 alone.', zh: '写在升级之前运行的 servlet 过滤器里。Tomcat 只在 426 时写它。' } },
      rust: { code: '.header(SEC_WEBSOCKET_VERSION, "13")', text: { en: 'Copied from the builder of the request. `create_response` of tungstenite leaves it out.', zh: '从请求的构建器里抄来的。tungstenite 的 `create_response` 不写它。' } },
    },
    misbehave: 'version-in-101',
  },
  RESPONSE_BODY: {
    clause: 'A server MUST NOT send a Content-Length header field in any response with a status code of 1xx (Informational) or 204 (No Content).',
    why: {
      en: 'Behind a 101 stand frames and no body, so that a length can only mislead. Chromium and Firefox pass over one; with two different ones neither opens. A proxy that believes it would take the first frames for a body.',
      zh: '101 之后是帧，没有消息体，写长度只会误导。只有一个时 Chromium 和 Firefox 都会忽略；有两个不同的值时，两者都不建立连接。相信它的代理会把最初的帧当成消息体。',
    },
    example: {
      request,
      response: [...good, 'Content-Length: 0'],
      note: { en: 'Even a length of zero announces a body, an empty one.', zh: '长度为零，也是声明了一个（空的）消息体。' },
    },
    ways: {
      php: { code: '"Content-Length: " . strlen($body) . "\\r\\n"', text: { en: 'One function writes all answers of the server, the 101 with an empty body.', zh: '服务器的所有答复出自同一个函数，101 的消息体为空。' } },
      node: { code: "socket.write('HTTP/1.1 101 …\\r\\nTransfer-Encoding: chunked\\r\\n…')", text: { en: 'Copied from an answer of `http` that a tool showed, to the last line. `ws` writes neither field.', zh: '从工具里看到 `http` 的一个答复，一行不漏地抄了下来。`ws` 两个字段都不写。' } },
      python: { code: "self.send_header('Content-Length', '0')", text: { en: 'A habit from `BaseHTTPRequestHandler` under HTTP/1.1, where clients wait for a body without it; a 101 has none to wait for.', zh: '用 HTTP/1.1 的 `BaseHTTPRequestHandler` 养成的习惯：没有它，客户端会等消息体；而 101 没有消息体可等。' } },
      go: { code: 'resp.Header.Set("Content-Length", "0")', text: { en: 'In `ModifyResponse` of a `ReverseProxy`, for every answer whose body was replaced, the 101 included.', zh: '写在 `ReverseProxy` 的 `ModifyResponse` 里，对所有改过消息体的答复都设上，包括 101。' } },
      java: { code: 'HttpUtil.setContentLength(response, response.content().readableBytes());', text: { en: 'In Netty, the helper for error pages also sends the answer to the handshake. `WebSocketServerHandshaker` does not.', zh: '在 Netty 里，发送错误页面的辅助函数也用来发送握手答复。`WebSocketServerHandshaker` 不会写它。' } },
      rust: { code: 'fn respond(status: u16, fields: &str, body: &str) -> String', text: { en: 'A function for all answers adds the length by itself; the 101 needs another.', zh: '给所有答复用的函数会自动加上长度，101 需要另写一个。' } },
    },
    misbehave: 'content-length-0',
  },
  BYTES_BEHIND_HEAD: {
    clause: 'This wire format for the data transfer part is described by the ABNF [RFC5234] given in detail in this section.',
    why: {
      en: 'The first byte behind the empty line is the first byte of a frame. One line end more, and 0D is read as FIN and opcode, 0A as a length of ten: Chromium says `Invalid frame header`, Firefox waits in silence until enough has come to be wrong. The connection opened, which makes the mistake hard to see.',
      zh: '空行之后的第一个字节就是帧的第一个字节。多一个换行，0D 就被读成 FIN 和操作码，0A 被读成长度 10：Chromium 报告 `Invalid frame header`，Firefox 则默默等到足以判定出错为止。连接已经建立，这个错误因此很难发现。',
    },
    example: {
      request,
      response: good,
      fromServer: '0d 0a 81 05 68 65 6c 6c 6f',
      note: { en: 'CR LF once more than the head needs, and then a right frame: `hello`.', zh: '比头部所需多了一个 CR LF，然后才是正确的帧：`hello`。' },
    },
    ways: {
      php: { code: '$upgrade = $upgrade . "\\r\\n\\r\\n" . chr(0);', text: { en: 'The zero byte began a frame in the drafts of 2010 and has been copied since. Chromium then takes the next frame for a masked one.', zh: '零字节在 2010 年的草案里是帧的开头，此后一直被抄来抄去。Chromium 会因此把下一帧当成带掩码的。' } },
      node: { code: "socket.write([...lines, '', ''].join('\\r\\n') + '\\r\\n')", text: { en: 'The two empty strings are the end of the head already.', zh: '两个空字符串已经是头部的结尾了。' } },
      python: { code: "print(head, file=conn.makefile('w', newline=''), flush=True)", text: { en: '`print` ends in a newline of its own. `end=\'\'`, or `sendall`, does not.', zh: '`print` 会自己再加一个换行。用 `end=\'\'`，或者用 `sendall`。' } },
      go: { code: 'buf := make([]byte, 1024)\ncopy(buf, head)\nconn.Write(buf)', text: { en: 'The whole buffer is sent, with zeros behind the head. `buf[:n]`, of the count that `copy` returned.', zh: '整个缓冲区都发了出去，头部后面全是零。应当写 `buf[:n]`，其中 n 是 `copy` 返回的数目。' } },
      java: { code: 'out.println("Sec-WebSocket-Accept: " + accept + "\\r\\n\\r\\n");', text: { en: '`println` adds a third line end to the two in the text.', zh: '文字里已有两个行尾，`println` 又加了第三个。' } },
      rust: { code: 'stream.write_all(CString::new(head)?.as_bytes_with_nul())?;', text: { en: 'Text that came by way of C keeps its final zero. `as_bytes()` is without it.', zh: '从 C 那边绕过来的文字带着结尾的零。`as_bytes()` 才不含它。' } },
    },
    misbehave: 'one-crlf-too-many',
  },
} satisfies Record<string, RulePage>;
