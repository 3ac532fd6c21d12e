// Rules of the request: its first line, and the fields that every handshake has.

import { begun, changed, without } from './differing';
import { request as good } from './good';
import type { RulePage } from './page';

const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';

export const request = {
  REQUEST_LINE_INVALID: {
    clause: 'A request-line begins with a method token, followed by a single space (SP), the request-target, and another single space (SP), and ends with the protocol version.',
    why: {
      en: 'Everything in the request hangs on its first line; where it cannot be parted into three, no server knows what was asked, and most answer 400. Bytes that are no text at all, beginning with 16 03, are a client that speaks TLS to a port that does not.',
      zh: '整个请求都取决于第一行；它若分不成三部分，服务器就不知道请求的是什么，多半答复 400。若开头根本不是文字，而是 16 03，那是客户端在对一个不懂 TLS 的端口说 TLS。',
    },
    example: {
      request: begun(good, 'GET /chat room HTTP/1.1'),
      note: { en: 'The blank in the path makes four parts of the line; in a URL it is written as %20.', zh: '路径里的空格使这一行成了四部分；在 URL 中空格应写成 %20。' },
    },
    ways: {
      php: { code: "$url = parse_url('ws://example.com');\nfwrite($fp, \"GET {$url['path']} HTTP/1.1\\r\\n\");", text: { en: 'Where the URL has no path, `parse_url` returns none: two blanks follow `GET` and nothing stands between them.', zh: 'URL 没有路径时，`parse_url` 的结果里也没有：`GET` 后面是两个空格，中间什么也没有。' } },
      node: { code: 'socket.write(`GET /room/${name} HTTP/1.1\\r\\n`)', text: { en: 'A name with a blank in it. `http.request` throws `ERR_UNESCAPED_CHARACTERS` here; for the socket, `encodeURIComponent(name)` is yours to call.', zh: '名字里有空格。`http.request` 会抛出 `ERR_UNESCAPED_CHARACTERS`；直接写 socket 时要自己调用 `encodeURIComponent(name)`。' } },
      python: { code: "path = unquote(urlsplit(url).path)", text: { en: 'Decoded too early: `%20` becomes a blank again before the line is written. `websockets` and `aiohttp` keep the path encoded.', zh: '解码得太早：写这一行之前 `%20` 又变回了空格。`websockets` 和 `aiohttp` 会保持路径的编码。' } },
      go: { code: 'fmt.Fprintf(conn, "GET %s HTTP/1.1\\r\\n", u.Path)', text: { en: '`URL.Path` holds the decoded form. `u.RequestURI()` is encoded, has the query too, and is `/` where the path is empty.', zh: '`URL.Path` 是解码后的形式。`u.RequestURI()` 保持编码，带上查询部分，路径为空时给出 `/`。' } },
      java: { code: 'String line = reader.readLine(); // "\\u0016\\u0003\\u0001…"', text: { en: 'A page asks for `wss:` and a bare `ServerSocket` answers: what it reads as a request line is the ClientHello of TLS. `SSLServerSocket`, or a proxy before it, is missing.', zh: '网页用的是 `wss:`，服务器却是普通的 `ServerSocket`：它读到的“请求行”其实是 TLS 的 ClientHello。缺的是 `SSLServerSocket`，或者前面的一个代理。' } },
      rust: { code: 'format!("GET {}?name={name} HTTP/1.1\\r\\n", url.path())', text: { en: '`Url::parse` encoded its own part; what is put behind it by hand is not encoded. `query_pairs_mut().append_pair` does it.', zh: '`Url::parse` 只编码它自己的那部分，手工接在后面的没有编码。`query_pairs_mut().append_pair` 会处理。' } },
    },
  },
  REQUEST_METHOD_NOT_GET: {
    clause: 'The method of the request MUST be GET, and the HTTP version MUST be at least 1.1.',
    why: {
      en: 'A handshake asks for a resource and has no content to send, so that its method is GET, in capitals: methods are case-sensitive. A server answers 405 or 400. Browsers always send GET; another method comes from a program, from a health check, or from a proxy that translates HTTP/2.',
      zh: '握手是在请求一个资源，没有内容要发送，所以方法是大写的 GET：方法区分大小写。服务器会答复 405 或 400。浏览器总是发送 GET，别的方法来自程序、健康检查，或者转换 HTTP/2 的代理。',
    },
    example: {
      request: begun(good, 'POST /chat HTTP/1.1'),
      note: { en: 'All fields of a handshake are there; the method is POST.', zh: '握手的字段一样不缺，方法却是 POST。' },
    },
    ways: {
      php: { code: 'curl_setopt($ch, CURLOPT_POSTFIELDS, $token);', text: { en: 'As soon as there are fields to post, curl sends POST. A token belongs in the query, in a cookie, or in the first message.', zh: '只要设了要提交的字段，curl 就发送 POST。令牌应当放在查询部分、Cookie 或第一条消息里。' } },
      node: { code: "client.write(`${headers[':method']} ${headers[':path']} HTTP/1.1\\r\\n`)", text: { en: 'Over HTTP/2 a WebSocket is opened by CONNECT (RFC 8441). A proxy to HTTP/1.1 must write GET instead, and add a key.', zh: '在 HTTP/2 上，WebSocket 用 CONNECT 打开（RFC 8441）。转成 HTTP/1.1 的代理必须改写成 GET，并加上密钥。' } },
      python: { code: "urllib.request.Request(url, data=b'', headers=fields)", text: { en: '`urllib` sends POST as soon as `data` is not `None`, an empty byte string included.', zh: '只要 `data` 不是 `None`，`urllib` 就发送 POST，空字节串也算。' } },
      go: { code: 'http.NewRequest("get", url, nil)', text: { en: '`net/http` sends the method as it is written, in small letters here. `http.MethodGet` cannot be mistyped.', zh: '`net/http` 照写照发，这里发出的就是小写。用 `http.MethodGet` 就不会写错。' } },
      java: { code: 'connection.setDoOutput(true);', text: { en: '`HttpURLConnection` turns GET into POST when its output stream is asked for, whatever `setRequestMethod` said.', zh: '一旦取了输出流，`HttpURLConnection` 就把 GET 变成 POST，不管 `setRequestMethod` 设了什么。' } },
      rust: { code: 'Request::builder().method("Get")', text: { en: '`http` makes an extension method of `Get`, which is not `Method::GET`. tungstenite refuses to send it (`WrongHttpMethod`), hyper does not.', zh: '`http` 把 `Get` 当作扩展方法，它不等于 `Method::GET`。tungstenite 拒绝发送（`WrongHttpMethod`），hyper 则照发。' } },
    },
  },
  REQUEST_HTTP_VERSION: {
    clause: 'The method of the request MUST be GET, and the HTTP version MUST be at least 1.1.',
    why: {
      en: 'HTTP/1.0 has no Upgrade, so a server that follows the RFCs answers as plain HTTP. No browser sends it: a request of HTTP/1.0 comes from a proxy that speaks so to the server behind it, which often loses Upgrade and Connection too.',
      zh: 'HTTP/1.0 没有升级机制，守规范的服务器只会按普通 HTTP 答复。浏览器不会发送它：HTTP/1.0 的请求来自代理，代理对后面的服务器说的就是这个版本，往往连 Upgrade 和 Connection 也一并丢掉。',
    },
    example: {
      request: [...begun(good, 'GET /chat HTTP/1.0'), 'X-Forwarded-For: 192.0.2.7'],
      note: { en: 'The browser sent HTTP/1.1; the proxy that added the last line sends HTTP/1.0.', zh: '浏览器发的是 HTTP/1.1，加上最后一行的那个代理发的是 HTTP/1.0。' },
    },
    ways: {
      php: { code: "file_get_contents($url, false, stream_context_create(['http' => ['header' => $fields]]))", text: { en: 'Before PHP 8, the `http://` wrapper sends HTTP/1.0 unless `protocol_version` says 1.1; and it cannot go on with frames in any version.', zh: 'PHP 8 之前，`http://` 包装器默认发送 HTTP/1.0，除非 `protocol_version` 设为 1.1；而且哪个版本都无法接着收发帧。' } },
      node: { code: 'location /ws { proxy_pass http://127.0.0.1:3000; }', text: { en: 'nginx before a Node server, without `proxy_http_version 1.1`: the request that arrives is one of HTTP/1.0. `ws` has nothing to do with it.', zh: 'Node 服务器前面的 nginx 没有设置 `proxy_http_version 1.1`，到达的就是 HTTP/1.0 的请求。与 `ws` 无关。' } },
      python: { code: "sock.sendall(b'GET / HTTP/1.0\\r\\n…')", text: { en: 'First programs with sockets use HTTP/1.0, because the server then closes and the `recv` loop ends; the line is kept when fields are added.', zh: '入门的 socket 程序爱用 HTTP/1.0，因为服务器会主动关闭，`recv` 循环得以结束；后来添上各个字段时，这一行没有改。' } },
      go: { code: 'fmt.Fprintf(conn, "GET / HTTP/1.0\\r\\n\\r\\n")', text: { en: 'The line of the example in the documentation of package `net`. Requests of `net/http` are always HTTP/1.1 or 2.', zh: '这正是 `net` 包文档示例里的那一行。`net/http` 的请求总是 HTTP/1.1 或 2。' } },
      java: { code: 'SetEnv force-proxy-request-1.0 1', text: { en: 'An Apache before Tomcat that was once told to speak HTTP/1.0 because of another application. Clients of Java, `java.net.http` and Netty, send HTTP/1.1.', zh: 'Tomcat 前面的 Apache 曾为别的应用设成了说 HTTP/1.0。Java 的客户端（`java.net.http`、Netty）发送的都是 HTTP/1.1。' } },
      rust: { code: 'let outgoing = Request::from_parts(parts, body);', text: { en: 'A proxy made with hyper passes `parts` on with the version in it, and that is the version of whoever asked. Set `parts.version = Version::HTTP_11`.', zh: '用 hyper 写的代理把 `parts` 连同其中的版本一起转发，而那是来者的版本。应当设置 `parts.version = Version::HTTP_11`。' } },
    },
  },
  REQUEST_TARGET_INVALID: {
    clause: 'The "Request-URI" part of the request MUST match the /resource name/ defined in Section 3 (a relative URI) or be an absolute http/https URI that, when parsed, has a /resource name/, /host/, and /port/ that match the corresponding ws/wss URI.',
    why: {
      en: 'The target says which resource is meant, and routes, logs and proxies all read it; a character that no URI may hold is read differently by each of them. A fragment never leaves the client: for a URL with `#`, `new WebSocket` throws a `SyntaxError` in the Chromium and the Firefox that were tried.',
      zh: '请求目标指明要的是哪个资源，路由、日志和代理都要读它；URI 里不允许的字符，各家的读法各不相同。片段从不离开客户端：对带 `#` 的地址，测试过的 Chromium 和 Firefox 的 `new WebSocket` 都抛出 `SyntaxError`。',
    },
    example: {
      request: begun(good, 'GET /chat#lobby HTTP/1.1'),
      note: { en: 'The fragment `#lobby` was sent along; it is for the client alone.', zh: '片段 `#lobby` 也被发了出去，它只供客户端自己使用。' },
    },
    ways: {
      php: { code: "$path = $url['path'] . (isset($url['fragment']) ? '#' . $url['fragment'] : '');", text: { en: 'All that `parse_url` found is put together again, the fragment too.', zh: '把 `parse_url` 得到的各部分重新拼起来，连片段也拼了进去。' } },
      node: { code: 'url.href.slice(url.origin.length)', text: { en: 'For `ws:` URLs this keeps the fragment, which `url.pathname + url.search` leaves out.', zh: '这样截取会留下片段，`url.pathname + url.search` 则不会。' } },
      python: { code: "sock.sendall(f'GET /聊天 HTTP/1.1\\r\\n…'.encode())", text: { en: 'Encoded as UTF-8 and not percent-encoded: bytes above 0x7f stand in the line. `urllib.parse.quote` is missing.', zh: '只做了 UTF-8 编码，没有做百分号编码，行里出现了 0x7f 以上的字节。缺了 `urllib.parse.quote`。' } },
      go: { code: 'path.Join("chat", room)', text: { en: '`path.Join` puts a slash between parts and none before the first: the target is `chat/lobby`.', zh: '`path.Join` 只在各部分之间放斜杠，开头没有：请求目标成了 `chat/lobby`。' } },
      java: { code: '"GET " + uri.getPath() + " HTTP/1.1\\r\\n"', text: { en: '`getPath` decodes what `%E8%81%8A` stood for. `getRawPath` and `getRawQuery` leave it as it was.', zh: '`getPath` 会把 `%E8%81%8A` 解码。`getRawPath` 和 `getRawQuery` 才保持原样。' } },
      rust: { code: 'let target = url.trim_start_matches("ws://");', text: { en: 'Only the scheme is cut off: the target begins with the host, as in `example.com/chat`. `Uri::path_and_query` gives the part that is meant.', zh: '只去掉了协议部分，请求目标于是以主机名开头，例如 `example.com/chat`。`Uri::path_and_query` 给出的才是所要的部分。' } },
    },
  },
  REQUEST_HOST_MISSING: {
    clause: 'A |Host| header field containing the server\'s authority.',
    why: {
      en: 'Many names lead to one address, and Host says which of them is meant; proxies choose the server by it, and a check of Origin compares with it. HTTP/1.1 makes servers answer 400 without it.',
      zh: '许多名称指向同一个地址，Host 说明要的是哪一个；代理靠它选择服务器，检查 Origin 时也要与它比较。没有它，HTTP/1.1 要求服务器答复 400。',
    },
    example: {
      request: without(good, 'Host'),
      note: { en: 'A handshake with all its fields but Host.', zh: '除了 Host，握手的字段都在。' },
    },
    ways: {
      php: { code: 'fwrite($fp, "GET /chat HTTP/1.1\\r\\nUpgrade: websocket\\r\\n…");', text: { en: '`fsockopen` knows the host, the request does not: nothing puts it there but you.', zh: '`fsockopen` 知道主机名，请求却不知道：只有你自己会把它写进去。' } },
      node: { code: "http.request({ socketPath: '/run/app.sock', setHost: false, headers })", text: { en: '`http.request` writes Host unless `setHost` is false; with a bare `net.connect` it is yours to write.', zh: '除非 `setHost` 为 false，`http.request` 都会写 Host；直接用 `net.connect` 就得自己写。' } },
      python: { code: "conn.putrequest('GET', '/chat', skip_host=True)", text: { en: 'Meant to set another Host in the next line, which was forgotten or is conditional.', zh: '本打算在下一行写另一个 Host，却忘了写，或者只在某个条件下才写。' } },
      go: { code: 'r.Header.Write(upstream)', text: { en: 'The server of `net/http` moves Host out of `r.Header` into `r.Host`: a tunnel that writes the fields itself loses it. `r.Write` has it.', zh: '`net/http` 的服务器把 Host 从 `r.Header` 移到了 `r.Host`：自己写字段的隧道会丢掉它。`r.Write` 则会写上。' } },
      java: { code: 'new DefaultFullHttpRequest(HTTP_1_1, GET, "/chat")', text: { en: 'A request made with Netty has the fields that are set on it and no other. `WebSocketClientHandshaker13` adds Host.', zh: '用 Netty 构造的请求只有你设上去的字段。`WebSocketClientHandshaker13` 会加上 Host。' } },
      rust: { code: 'hyper::client::conn::http1::handshake(io).await?', text: { en: 'The low-level client of hyper adds no Host; only the pooled client of `hyper-util` and `reqwest` do. `into_client_request` of tungstenite sets it.', zh: 'hyper 的底层客户端不会加 Host；`hyper-util` 的连接池客户端和 `reqwest` 才会。tungstenite 的 `into_client_request` 会设置它。' } },
    },
  },
  REQUEST_HOST_DUPLICATE: {
    clause: 'A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks a Host header field and to any request message that contains more than one Host header field line or a Host header field with an invalid field value.',
    why: {
      en: 'With two of them, a proxy may choose the server by the first while that server believes the second: what one of them forbids, the other then lets in. That is why the answer must be 400, even where both say the same.',
      zh: '有两个 Host 时，代理可能按第一个选择服务器，服务器却相信第二个：一方禁止的，另一方放了进来。所以即使两个值相同，也必须答复 400。',
    },
    example: {
      request: [...good, 'Host: server.example.com:8080'],
      note: { en: 'One Host from the library, and one from the list of extra fields.', zh: '一个 Host 来自库，另一个来自附加字段的列表。' },
    },
    ways: {
      php: { code: '$lines = ["GET $path HTTP/1.1", "Host: $host", ...$extra];', text: { en: 'The caller gives a Host among its extra fields, as it would with curl, which replaces its own by it. A list of lines replaces nothing.', zh: '调用者像用 curl 那样在附加字段里给了 Host；curl 会用它替换自己的，而一个行的列表什么也不替换。' } },
      node: { code: "head += rawHeaders.join('…') + `Host: ${target.host}\\r\\n`", text: { en: 'A proxy copies the fields of the browser, Host among them, and adds that of its target.', zh: '代理抄下浏览器的字段（包括 Host），又加上目标的 Host。' } },
      python: { code: "websocket.create_connection(url, header=['Host: example.com'])", text: { en: '`websocket-client` writes lines of `header` behind its own fields. Its parameter for this is `host=`.', zh: '`websocket-client` 把 `header` 里的行写在自己的字段之后。要改 Host，应当用参数 `host=`。' } },
      go: { code: 'fmt.Fprintf(conn, "Host: %s\\r\\n", host)\nheader.Write(conn)', text: { en: '`header` has a Host already, because somebody used it for `net/http`, which passes over it there and takes `req.Host`.', zh: '`header` 里已经有 Host 了：它原是给 `net/http` 用的，而 `net/http` 会忽略那里的 Host，只用 `req.Host`。' } },
      java: { code: 'request.headers().add(HttpHeaderNames.HOST, host);', text: { en: '`add` puts a second field beside the first; `set` replaces it. The same goes for `addHeader` and `setHeader` of Apache HttpClient.', zh: '`add` 在原有字段之外再加一个，`set` 才是替换。Apache HttpClient 的 `addHeader` 和 `setHeader` 也是如此。' } },
      rust: { code: 'Request::builder().header(HOST, a).header(HOST, b)', text: { en: '`Builder::header` appends. On a `HeaderMap`, `insert` replaces and `append` does not.', zh: '`Builder::header` 是追加。在 `HeaderMap` 上，`insert` 才替换，`append` 不替换。' } },
    },
  },
  REQUEST_HOST_INVALID: {
    clause: 'Host = uri-host [ ":" port ]',
    why: {
      en: 'Host holds what stands in the URL between `//` and the path, without a user name. A server that cannot read it cannot tell which site is meant, and must answer 400.',
      zh: 'Host 就是 URL 中 `//` 与路径之间的那部分，不含用户名。服务器读不懂它，就不知道要的是哪个站点，必须答复 400。',
    },
    example: {
      request: changed(good, 'Host', 'Host: ws://server.example.com/'),
      note: { en: 'The whole URL stands in Host; `server.example.com` is what belongs there.', zh: 'Host 里写了整个 URL，应当只写 `server.example.com`。' },
    },
    ways: {
      php: { code: '"Host: $url\\r\\n"', text: { en: 'The URL that the user configured goes in whole. `parse_url($url, PHP_URL_HOST)` and the port are meant.', zh: '把用户配置的 URL 整个写了进去。应当用 `parse_url($url, PHP_URL_HOST)` 加上端口。' } },
      node: { code: '`Host: ${url.origin}\\r\\n`', text: { en: '`origin` has the scheme, `host` has name and port, `hostname` the name alone: `url.host` is the one.', zh: '`origin` 带协议，`host` 是主机名和端口，`hostname` 只有主机名：该用的是 `url.host`。' } },
      python: { code: "u = urlsplit('ws://[::1]:8000/')\nf'Host: {u.hostname}:{u.port}'", text: { en: '`hostname` comes without the brackets: `::1:8000` is no address and a port. `u.netloc` keeps them.', zh: '`hostname` 不带方括号，得到的 `::1:8000` 分不出地址和端口。`u.netloc` 会保留方括号。' } },
      go: { code: 'req.Host = "/var/run/app.sock"', text: { en: 'For a Unix socket, its path is used as a host; `net/http` has refused that since Go 1.20.6. Any name does, such as `localhost`.', zh: '连接 Unix 套接字时用它的路径当主机名；Go 1.20.6 起 `net/http` 拒绝这样做。写 `localhost` 之类的任何名称都行。' } },
      java: { code: '"Host: " + socket.getInetAddress() + "\\r\\n"', text: { en: '`InetAddress.toString` gives name, slash and number: `localhost/127.0.0.1`. `getHostName()` gives the name.', zh: '`InetAddress.toString` 给出名称、斜杠和地址：`localhost/127.0.0.1`。`getHostName()` 才是名称。' } },
      rust: { code: 'format!("Host: {}\\r\\n", uri.authority().unwrap())', text: { en: 'An authority may begin with `user:password@`, which is sent along. `host()` and `port()` leave it out.', zh: 'authority 可能以 `user:password@` 开头，也一起发了出去。`host()` 和 `port()` 不含它。' } },
    },
  },
  REQUEST_UPGRADE_MISSING: {
    clause: 'An |Upgrade| header field containing the value "websocket", treated as an ASCII case-insensitive value.',
    why: {
      en: 'Without Upgrade this is a plain HTTP request, and gets a plain answer: 426, 400, or the page of the site. A browser always sends the field with a WebSocket, so that it was no WebSocket that asked, or something between took the field out, as it must unless it is set to pass it on.',
      zh: '没有 Upgrade，这就是普通的 HTTP 请求，得到的也是普通的答复：426、400，或者网站的页面。浏览器打开 WebSocket 时总会发送这个字段，所以要么来的不是 WebSocket，要么被中间的程序去掉了：没有专门设置，代理就必须去掉它。',
    },
    example: {
      request: [...without(good, 'Upgrade'), 'X-Forwarded-Proto: https'],
      note: { en: 'Key and version show that a WebSocket client asked; the last line shows that a proxy passed it on, without Upgrade.', zh: '密钥和版本说明来的是 WebSocket 客户端；最后一行说明它经过了代理，Upgrade 就是在那里丢的。' },
    },
    ways: {
      php: { code: 'ProxyPass "/ws" "http://127.0.0.1:8080/"', text: { en: 'Apache before a server of Ratchet or Workerman: the line needs `upgrade=websocket` (2.4.47 and later), or `ws://` with `mod_proxy_wstunnel`.', zh: 'Ratchet 或 Workerman 服务器前面的 Apache：这一行要加 `upgrade=websocket`（2.4.47 起），或者用 `mod_proxy_wstunnel` 写成 `ws://`。' } },
      node: { code: 'proxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection "upgrade";', text: { en: 'These two lines are missing from the nginx before it. Where Node itself is the proxy, `http-proxy` passes upgrades on only if its `ws` method is called at the `upgrade` event.', zh: '前面的 nginx 缺了这两行。若代理就是 Node 写的，要在 `upgrade` 事件里调用 `http-proxy` 的 `ws` 方法，它才会转发升级。' } },
      python: { code: "requests.get('http://localhost:8765/')", text: { en: 'A health check, or the port opened in a tab. `websockets` answers 426 and says in words that a WebSocket client is needed.', zh: '健康检查，或者直接在标签页里打开了这个端口。`websockets` 会答复 426，并用文字说明需要 WebSocket 客户端。' } },
      go: { code: 'for _, h := range hopHeaders { out.Header.Del(h) }', text: { en: 'A proxy of your own takes the hop-by-hop fields off, which is right, and does not put Upgrade back. `httputil.ReverseProxy` has done so since Go 1.12.', zh: '自己写的代理去掉了逐跳字段，这没有错，却没有把 Upgrade 加回去。`httputil.ReverseProxy` 从 Go 1.12 起会这样做。' } },
      java: { code: 'connection.setRequestProperty("Upgrade", "websocket");', text: { en: '`HttpURLConnection` drops this field without a word: it is restricted. `java.net.http.HttpClient.newWebSocketBuilder` is for this.', zh: '`HttpURLConnection` 不声不响地丢掉这个字段，因为它受限制。应当用 `java.net.http.HttpClient.newWebSocketBuilder`。' } },
      rust: { code: 'parts.headers.remove(header::UPGRADE);', text: { en: 'In a proxy with hyper or axum, the upgrade of each side is `hyper::upgrade::on`, and the field has to be set anew on the request to the server.', zh: '用 hyper 或 axum 写的代理，两侧都要用 `hyper::upgrade::on` 升级，发给后端的请求要重新设上这个字段。' } },
    },
  },
  REQUEST_UPGRADE_NOT_WEBSOCKET: {
    clause: 'An |Upgrade| header field containing the value "websocket", treated as an ASCII case-insensitive value.',
    why: {
      en: 'Upgrade names the protocol that the client would like to speak next, and there are others: `h2c` is HTTP/2, `tcp` is used by containers. A server that answered 101 to them would speak frames to somebody who expects something else.',
      zh: 'Upgrade 说明客户端接下来想说什么协议，而协议不止一种：`h2c` 是 HTTP/2，`tcp` 用于容器。服务器若对它们答复 101，就会对着等别的东西的一方发送帧。',
    },
    example: {
      request: changed(good, 'Upgrade', 'Upgrade: h2c'),
      note: { en: 'The client asks for HTTP/2 in clear text, not for WebSocket.', zh: '客户端要的是明文 HTTP/2，不是 WebSocket。' },
    },
    ways: {
      php: { code: 'curl_setopt($ch, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2_0);', text: { en: 'For an `http://` URL, curl then offers `Upgrade: h2c` of its own accord.', zh: '对 `http://` 的地址，curl 会自行提出 `Upgrade: h2c`。' } },
      node: { code: 'proxy_set_header Upgrade "upgrade";\nproxy_set_header Connection $http_upgrade;', text: { en: 'The values of the two lines are swapped in the nginx before it. It is `Upgrade: websocket` and `Connection: Upgrade`.', zh: '前面的 nginx 里两行的值写反了。应当是 `Upgrade: websocket` 和 `Connection: Upgrade`。' } },
      python: { code: "f'Upgrade: {urlsplit(url).scheme}\\r\\n'", text: { en: 'The scheme of the URL is `ws`, the name of the protocol is `websocket`.', zh: 'URL 的协议部分是 `ws`，而协议的名称是 `websocket`。' } },
      go: { code: 'req.Header.Set("Upgrade", "tcp")', text: { en: 'Taken from a client of Docker, which switches to bare TCP in this way.', zh: '从 Docker 的客户端抄来的，它就是这样切换到裸 TCP 的。' } },
      java: { code: 'HttpClient.newHttpClient().send(request, …)', text: { en: '`java.net.http` prefers HTTP/2, and asks for `h2c` in a request to an `http:` URL, unless `version(HTTP_1_1)` is set. Its WebSocket builder does not.', zh: '`java.net.http` 优先使用 HTTP/2，对 `http:` 地址的请求都会提出 `h2c`，除非设了 `version(HTTP_1_1)`。它的 WebSocket 构建器不会。' } },
      rust: { code: 'format!("Upgrade: {:?}\\r\\n", "websocket")', text: { en: '`{:?}` puts quotation marks around the text, and `"websocket"` with them is another name.', zh: '`{:?}` 会给文字加上引号，带引号的 `"websocket"` 是另一个名称。' } },
    },
  },
  REQUEST_CONNECTION_MISSING: {
    clause: 'A |Connection| header field that includes the token "Upgrade", treated as an ASCII case-insensitive value.',
    why: {
      en: 'Connection says that Upgrade is meant for the next machine and no further. Without it, a server must take Upgrade for something that was passed on by mistake, and answers 400 or as plain HTTP.',
      zh: 'Connection 表明 Upgrade 只对下一台机器有效，不再往后传。没有它，服务器只能认为 Upgrade 是误传过来的，于是答复 400，或者按普通 HTTP 答复。',
    },
    example: {
      request: without(good, 'Connection'),
      note: { en: 'Upgrade is there, and Connection, which belongs to it, is not.', zh: '有 Upgrade，却没有与它配套的 Connection。' },
    },
    ways: {
      php: { code: "curl_setopt($ch, CURLOPT_HTTPHEADER, ['Upgrade: websocket', …]);", text: { en: 'Curl adds no Connection of its own: both lines have to be in the list.', zh: 'curl 自己不会加 Connection：两行都要写进列表。' } },
      node: { code: 'proxy_set_header Connection "";', text: { en: 'The line by which nginx keeps its connections to the server alive takes Connection out. For the path of the WebSocket it has to be `"upgrade"`.', zh: 'nginx 为了与后端保持长连接常写这一行，它会去掉 Connection。WebSocket 的路径上应当写 `"upgrade"`。' } },
      python: { code: "{k: v for k, v in fields.items() if k.lower() not in HOP_BY_HOP}", text: { en: 'A proxy leaves out what holds for one hop, and does not write its own: both fields have to be added for the next hop.', zh: '代理去掉了逐跳字段，却没有写上自己的：对下一跳，两个字段都要重新加上。' } },
      go: { code: 'req.Header.Set("Upgrade", "websocket")', text: { en: 'That is half of it; `net/http` does not add the other. `websocket.Dialer` of gorilla and `websocket.Dial` of coder write both.', zh: '这只是一半，`net/http` 不会补上另一半。gorilla 的 `websocket.Dialer` 和 coder 的 `websocket.Dial` 两个都写。' } },
      java: { code: 'System.setProperty("jdk.httpclient.allowRestrictedHeaders", "upgrade");', text: { en: 'One restricted field is allowed, the other is not, and `HttpClient` never sends it. The builder for WebSockets needs no such property.', zh: '只放行了一个受限字段，另一个没有，`HttpClient` 就不会发送。WebSocket 的构建器不需要这个属性。' } },
      rust: { code: 'client.get(url).header(UPGRADE, "websocket")', text: { en: '`reqwest` sends what is set: `.header(CONNECTION, "Upgrade")` has to stand beside it. `connect_async` of tokio-tungstenite sets both.', zh: '`reqwest` 设什么发什么，旁边还要写 `.header(CONNECTION, "Upgrade")`。tokio-tungstenite 的 `connect_async` 两个都设。' } },
    },
  },
  REQUEST_CONNECTION_NOT_UPGRADE: {
    clause: 'A |Connection| header field that includes the token "Upgrade", treated as an ASCII case-insensitive value.',
    why: {
      en: 'The field is a list of tokens; Firefox sends `keep-alive, Upgrade`. Where it says `keep-alive` or `close` alone, a proxy wrote it anew for its own connection, and the server takes Upgrade for a leftover.',
      zh: '这个字段是标记的列表，Firefox 发送的是 `keep-alive, Upgrade`。若只有 `keep-alive` 或 `close`，那是代理为自己的连接重写的，服务器会把 Upgrade 当成残留。',
    },
    example: {
      request: [...changed(good, 'Connection', 'Connection: close'), 'X-Real-IP: 192.0.2.7'],
      note: { en: 'What nginx sends where Upgrade is passed on and Connection is not set.', zh: '转发了 Upgrade 而没有设置 Connection 时，nginx 发出的就是这样。' },
    },
    ways: {
      php: { code: "stream_context_create(['http' => ['header' => 'Upgrade: websocket']])", text: { en: 'The `http://` wrapper of PHP adds `Connection: close` itself.', zh: 'PHP 的 `http://` 包装器会自己加上 `Connection: close`。' } },
      node: { code: 'proxy_set_header Upgrade $http_upgrade;', text: { en: 'One of the two lines alone: nginx then sends `Connection: close`, its default. `proxy_set_header Connection "upgrade";` is the other.', zh: '两行只写了一行：nginx 就发送默认的 `Connection: close`。另一行是 `proxy_set_header Connection "upgrade";`。' } },
      python: { code: "requests.get(url, headers={'Upgrade': 'websocket'})", text: { en: 'A session of `requests` sends `Connection: keep-alive` unless it is replaced; and there is no way to frames from its response.', zh: '除非另行设置，`requests` 的会话发送 `Connection: keep-alive`；而且从它的响应里也拿不到帧。' } },
      go: { code: 'req.Close = true', text: { en: 'Set to avoid connections that linger, it makes `net/http` write `Connection: close`.', zh: '本是为了不留下闲置的连接，却让 `net/http` 写出 `Connection: close`。' } },
      java: { code: 'connection.setRequestProperty("Connection", "Upgrade");', text: { en: 'Of all values `HttpURLConnection` lets only `close` pass here; it sends `keep-alive` instead.', zh: '`HttpURLConnection` 在这里只允许 `close` 一个值，实际发送的是 `keep-alive`。' } },
      rust: { code: 'HeaderValue::from_static("websocket")', text: { en: 'The two values swapped, under `CONNECTION`. tungstenite checks what it is given before it sends it.', zh: '把两个值写反了，放在 `CONNECTION` 下面。tungstenite 在发送之前会检查给它的字段。' } },
    },
  },
  REQUEST_KEY_MISSING: {
    clause: 'The request MUST include a header field with the name |Sec-WebSocket-Key|.',
    why: {
      en: 'The key is what the server proves by its accept to have read. A script cannot set fields that begin with `Sec-`, so that a plain request of a page, made by `fetch` or a form, cannot pass for a handshake.',
      zh: '服务器用应答值证明自己读到了密钥。脚本不能设置以 `Sec-` 开头的字段，所以网页用 `fetch` 或表单发出的普通请求冒充不了握手。',
    },
    example: {
      request: without(good, 'Sec-WebSocket-Key'),
      note: { en: 'Upgrade and version are there; there is nothing to compute an accept from.', zh: '有 Upgrade 和版本，却没有可以用来计算应答值的东西。' },
    },
    ways: {
      php: { code: "curl -i -H 'Connection: Upgrade' -H 'Upgrade: websocket' http://localhost:8080/", text: { en: 'A test from the shell with two of the four fields. Curl 8.11 and later speak `ws://` themselves.', zh: '在命令行里测试，四个字段只写了两个。curl 8.11 起可以直接用 `ws://`。' } },
      node: { code: "http.request({ headers: { Connection: 'Upgrade', Upgrade: 'websocket' } })", text: { en: 'The example of the `upgrade` event in the documentation of Node: it shows how to switch protocols, and is no WebSocket client.', zh: '这是 Node 文档中 `upgrade` 事件的示例：它演示的是如何切换协议，并不是 WebSocket 客户端。' } },
      python: { code: "'Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\\r\\nSec-WebSocket-Key2: …'", text: { en: 'A client of 2010: the drafts before RFC 6455 had two keys and eight bytes behind the head. No server of today takes it.', zh: '2010 年的客户端：RFC 6455 之前的草案用两个密钥，头部之后还有八个字节。如今的服务器都不接受。' } },
      go: { code: 'r.Header["Sec-WebSocket-Key"]', text: { en: 'The field may be there: `net/http` files it as `Sec-Websocket-Key`, and only `r.Header.Get` finds it under any spelling.', zh: '字段也许是有的：`net/http` 以 `Sec-Websocket-Key` 为名存放，只有 `r.Header.Get` 不管怎么写都找得到。' } },
      java: { code: 'if (ALLOWED.contains(name)) builder.header(name, value);', text: { en: 'A gateway that forwards a list of known fields, made without WebSocket in mind. `java.net.http` would not even let this one be set: it writes its own.', zh: '网关只转发名单上的字段，而名单没有考虑 WebSocket。`java.net.http` 根本不让设置它：它会写自己的。' } },
      rust: { code: 'Request::builder().uri("ws://localhost:8080").body(())', text: { en: 'Given to tungstenite, a request made by hand must have all five fields, or `connect` fails at this one. A URL, or `into_client_request`, gets them added.', zh: '交给 tungstenite 的手工请求必须五个字段齐全，否则 `connect` 会因缺它而失败。直接给 URL 或用 `into_client_request`，这些字段会自动加上。' } },
    },
  },
  REQUEST_KEY_DUPLICATE: {
    clause: 'The |Sec-WebSocket-Key| header field MUST NOT appear more than once in an HTTP request.',
    why: {
      en: 'The accept answers one key. With two, server and client may each mean another one, and the client then fails with a wrong accept that nobody can explain; with HTTP libraries that join equal fields by a comma, the value is no key at all.',
      zh: '应答值只能回答一个密钥。有两个时，服务器和客户端各认一个，客户端就会因应答值不符而失败，谁也说不清为什么；有的 HTTP 库会把同名字段用逗号连起来，那就根本不是密钥了。',
    },
    example: {
      request: [...good, 'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA=='],
      note: { en: 'Two keys, both well formed: nobody can tell which the accept should answer.', zh: '两个密钥形式都对，谁也不知道应答值该回答哪一个。' },
    },
    ways: {
      php: { code: "$headers[] = 'Sec-WebSocket-Key: ' . base64_encode(random_bytes(16));", text: { en: 'Called once for each attempt, on an array that outlives the first one.', zh: '每次重连都执行一遍，而数组从第一次起一直留着。' } },
      node: { code: "proxy.write(rawHeaders + `Sec-WebSocket-Key: ${key}\\r\\n\\r\\n`)", text: { en: 'A proxy that copies the fields of the browser and makes a handshake of its own. One of the two: pass all of it on, or open a second connection with `ws`.', zh: '代理抄下浏览器的字段，又自己做了一次握手。二者取一：全部转发，或者用 `ws` 另开一个连接。' } },
      python: { code: "websocket.create_connection(url, header=[f'Sec-WebSocket-Key: {key}'])", text: { en: '`websocket-client` looks for a key of yours in a dict. In a list of lines it does not see it, and sends its own too.', zh: '`websocket-client` 只在字典里找你给的密钥；给的是行的列表，它看不出来，会再发送自己的。' } },
      go: { code: 'dialer.Dial(url, r.Header)', text: { en: 'The fields of the request that came in are passed on whole. gorilla refuses: `duplicate header not allowed`. Copy Cookie, Origin and what you need.', zh: '把收到的请求的字段整个传了下去。gorilla 会拒绝：`duplicate header not allowed`。只复制 Cookie、Origin 等需要的字段。' } },
      java: { code: 'Collections.list(in.getHeaders(name)).forEach(v -> out.addHeader(name, v));', text: { en: 'A servlet that forwards copies all fields with `addHeader`, to a request that has those of its own handshake already.', zh: '做转发的 servlet 用 `addHeader` 复制所有字段，而目标请求里已经有了自己的握手字段。' } },
      rust: { code: 'builder.header(SEC_WEBSOCKET_KEY, generate_key())', text: { en: 'On a builder that holds the fields of another request, `header` appends. tungstenite then says `Missing, duplicated or incorrect header`.', zh: 'builder 里已有另一个请求的字段时，`header` 只是追加。tungstenite 会报告 `Missing, duplicated or incorrect header`。' } },
    },
  },
  REQUEST_KEY_INVALID: {
    clause: 'A |Sec-WebSocket-Key| header field with a base64-encoded (see Section 4 of [RFC4648]) value that, when decoded, is 16 bytes in length.',
    why: {
      en: 'Sixteen bytes in base64 are 24 characters that end in `==`. Their only use is to be hashed, so that a lax server answers any text; a strict one, as gorilla and `ws` are, answers 400.',
      zh: '十六个字节的 base64 是以 `==` 结尾的 24 个字符。它只用来求散列，所以宽松的服务器什么文字都答复；严格的服务器，例如 gorilla 和 `ws`，则答复 400。',
    },
    example: {
      request: changed(good, 'Sec-WebSocket-Key', key.replace(/=+$/, '')),
      note: { en: 'The padding `==` is missing: 22 characters.', zh: '缺了末尾填充的 `==`，只有 22 个字符。' },
    },
    ways: {
      php: { code: '$key = base64_encode(uniqid());', text: { en: '`uniqid` gives thirteen characters of the time: neither sixteen bytes nor random. `random_bytes(16)` is both.', zh: '`uniqid` 是由时间得来的十三个字符，既不是十六字节，也不随机。`random_bytes(16)` 两样都满足。' } },
      node: { code: "crypto.randomBytes(16).toString('hex')", text: { en: 'Thirty-two hex digits instead of base64; `base64url` is wrong too, it drops the padding.', zh: '得到的是三十二个十六进制数字，不是 base64；`base64url` 也不对，它不带填充。' } },
      python: { code: "f'Sec-WebSocket-Key: {base64.b64encode(os.urandom(16))}\\r\\n'", text: { en: '`b64encode` returns bytes, and an f-string writes them as `b\'…\'`, quotation marks included. `.decode()` is missing.', zh: '`b64encode` 返回字节串，f-string 把它写成 `b\'…\'`，连引号也在内。缺了 `.decode()`。' } },
      go: { code: 'base64.RawURLEncoding.EncodeToString(nonce)', text: { en: '`Raw` is without padding and `URL` has `-` and `_`. `base64.StdEncoding` is the alphabet of the field.', zh: '`Raw` 不带填充，`URL` 用 `-` 和 `_`。这个字段用的是 `base64.StdEncoding`。' } },
      java: { code: 'Base64.getEncoder().encodeToString(UUID.randomUUID().toString().getBytes())', text: { en: 'A UUID has sixteen bytes, and its text has 36: the key has 48 characters.', zh: 'UUID 是十六个字节，它的文本却有 36 个字符：密钥因此有 48 个字符。' } },
      rust: { code: 'STANDARD.encode(rand::random::<u64>().to_be_bytes())', text: { en: 'Eight bytes, twelve characters. `rand::random::<[u8; 16]>()` is meant; `generate_key` of tungstenite does it.', zh: '只有八个字节，十二个字符。应当用 `rand::random::<[u8; 16]>()`；tungstenite 的 `generate_key` 就是这样做的。' } },
    },
  },
  REQUEST_VERSION_MISSING: {
    clause: 'A |Sec-WebSocket-Version| header field, with a value of 13.',
    why: {
      en: 'The number tells the protocol of the RFC from the drafts before it, whose handshakes and frames differ. A server that does not see it answers 426 or 400 and should name the versions that it speaks.',
      zh: '这个数字把 RFC 的协议同之前的草案区分开，它们的握手和帧都不一样。服务器看不到它，就答复 426 或 400，并应当列出自己支持的版本。',
    },
    example: {
      request: without(good, 'Sec-WebSocket-Version'),
      note: { en: 'A key, and no version.', zh: '有密钥，没有版本。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Key: $key\\r\\nOrigin: $origin\\r\\n\\r\\n"', text: { en: 'Many servers in tutorials do not look at the version, and a client that was tried against one of these alone works without it.', zh: '教程里的服务器大多不看版本，只对着这样的服务器试过的客户端，缺了它也照样能用。' } },
      node: { code: "server.on('upgrade', (req) => upstream.write(rebuild(req, ['host', 'upgrade', 'connection', 'sec-websocket-key'])))", text: { en: 'A tunnel that builds the request anew from the fields that its author knew. The server of `ws` then answers 400: `Missing or invalid Sec-WebSocket-Version header`.', zh: '隧道只用作者知道的几个字段重建请求。`ws` 的服务器会答复 400：`Missing or invalid Sec-WebSocket-Version header`。' } },
      python: { code: "client.get('/ws', headers={'Upgrade': 'websocket', 'Connection': 'Upgrade', 'Sec-WebSocket-Key': key})", text: { en: 'A test of a route with an HTTP client. The test clients of Starlette and aiohttp have `websocket_connect` and `ws_connect`.', zh: '用 HTTP 客户端测试路由。Starlette 和 aiohttp 的测试客户端有 `websocket_connect` 和 `ws_connect`。' } },
      go: { code: 'req := httptest.NewRequest("GET", "/ws", nil)', text: { en: 'Fields set by hand in a test, one after another, until gorilla stops complaining. `httptest.NewServer` with a `Dialer` needs none of it.', zh: '在测试里一个一个地手工设置字段，直到 gorilla 不再报错。用 `httptest.NewServer` 加 `Dialer` 就完全不需要这些。' } },
      java: { code: 'header("Upgrade", "websocket").header("Connection", "Upgrade")', text: { en: 'A load test that was built with an HTTP sampler. Gatling and JMeter have WebSocket samplers, the latter as a plugin.', zh: '压力测试是用 HTTP 采样器搭起来的。Gatling 和 JMeter 都有 WebSocket 采样器，后者要装插件。' } },
      rust: { code: 'Request::get(uri).header(HOST, …).header(UPGRADE, …).header(CONNECTION, …).header(SEC_WEBSOCKET_KEY, …)', text: { en: 'Four of the five fields that tungstenite asks for in a request of your own; its error names the fifth, `sec-websocket-version`.', zh: 'tungstenite 要求自建的请求带五个字段，这里只有四个；它的错误会指出第五个：`sec-websocket-version`。' } },
    },
  },
  REQUEST_VERSION_DUPLICATE: {
    clause: 'However, the |Sec-WebSocket-Version| header field MUST NOT appear more than once in an HTTP request.',
    why: {
      en: 'A client asks for one version. It is the server that may name several, when it refuses; the client then asks again. Libraries that join equal fields read `13, 13`, which is not 13.',
      zh: '客户端只请求一个版本。可以列出几个版本的是服务器，在它拒绝的时候，然后客户端再请求一次。有的库会把同名字段连成 `13, 13`，那就不是 13 了。',
    },
    example: {
      request: [...good, 'Sec-WebSocket-Version: 13'],
      note: { en: 'The same line twice.', zh: '同一行写了两次。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Version: 13\\r\\nSec-WebSocket-Version: 8\\r\\n"', text: { en: 'Written as an offer of both. There are no servers left for which 8 is needed.', zh: '本意是两个版本都提供。如今已经没有需要 8 的服务器了。' } },
      node: { code: "headers: { 'Sec-WebSocket-Version': ['13', '8'] }", text: { en: '`http.request` writes a line for each element of an array.', zh: '`http.request` 会为数组的每个元素各写一行。' } },
      python: { code: "headers.add('Sec-WebSocket-Version', '13')", text: { en: '`CIMultiDict.add` keeps what is there; `headers[…] = …` replaces it.', zh: '`CIMultiDict.add` 会保留原有的值，`headers[…] = …` 才是替换。' } },
      go: { code: 'header.Add("Sec-WebSocket-Version", "13")', text: { en: '`Add` on a header that is kept between attempts grows it by one each time. gorilla allows none of yours, since it writes its own.', zh: '对一个在多次连接之间保留的 header 调用 `Add`，每次都多一个。gorilla 不允许自带这个字段，因为它会自己写。' } },
      java: { code: 'headers.add(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");', text: { en: 'In a Netty pipeline that rewrites a request which passes through: `set` was meant.', zh: '在 Netty 的管线里改写经过的请求：本该用 `set`。' } },
      rust: { code: 'for (name, value) in incoming.headers() { out.headers_mut().append(name, value.clone()); }', text: { en: 'Copied onto a request from `into_client_request`, which has the field. `insert` would replace it, but drop further values of other fields.', zh: '复制到由 `into_client_request` 得到的请求上，而它已经有这个字段了。`insert` 会替换，但别的多值字段也会因此只剩一个。' } },
    },
  },
  REQUEST_VERSION_UNSUPPORTED: {
    clause: 'If this version does not match a version understood by the server, the server MUST abort the WebSocket handshake described in this section and instead send an appropriate HTTP error code (such as 426 Upgrade Required) and a |Sec-WebSocket-Version| header field indicating the version(s) the server is capable of understanding.',
    why: {
      en: '13 is the protocol of RFC 6455; smaller numbers were drafts of 2010 and 2011, 9 to 12 were never used, and nothing larger exists. All browsers of today send 13.',
      zh: '13 是 RFC 6455 的协议；更小的数字是 2010 和 2011 年的草案，9 到 12 从未使用，更大的还不存在。如今的浏览器都发送 13。',
    },
    example: {
      request: changed(good, 'Sec-WebSocket-Version', 'Sec-WebSocket-Version: 8'),
      note: { en: 'Version 8 was the draft of summer 2011. Its frames are those of the RFC; its origin stood in another field.', zh: '版本 8 是 2011 年夏天的草案。它的帧与 RFC 相同，源则写在另一个字段里。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Version: 8\\r\\nSec-WebSocket-Origin: $origin\\r\\n"', text: { en: 'A client copied from a text of 2011. `Sec-WebSocket-Origin` beside it gives the time away.', zh: '抄自 2011 年文章的客户端。旁边的 `Sec-WebSocket-Origin` 暴露了年代。' } },
      node: { code: 'new WebSocket(url, { protocolVersion: 8 })', text: { en: 'An option of `ws` for old servers. Its own server takes 8 as well as 13, so that the mistake shows only elsewhere.', zh: '`ws` 为旧服务器准备的选项。它自己的服务器 8 和 13 都接受，所以换了服务器才会发现。' } },
      python: { code: "f'Sec-WebSocket-Version: {config[\"version\"]}'", text: { en: 'Read from a file as a number with a point, it is sent as `13.0`.', zh: '从配置文件里读成了浮点数，发出去就是 `13.0`。' } },
      go: { code: 'config.Version = 8', text: { en: 'With `golang.org/x/net/websocket` nothing is sent then: its client returns `ErrBadProtocolVersion` for anything but 13. Only a request written by hand goes out.', zh: '在 `golang.org/x/net/websocket` 里这样写什么也发不出去：只要不是 13，客户端就返回 `ErrBadProtocolVersion`。只有手写的请求才会发出去。' } },
      java: { code: 'WebSocketClientHandshakerFactory.newHandshaker(uri, WebSocketVersion.V08, null, true, headers)', text: { en: 'Netty speaks the drafts 0, 7 and 8 too, and examples from its early days choose them.', zh: 'Netty 也支持草案 0、7、8，早期的示例就选了它们。' } },
      rust: { code: '.header("Sec-WebSocket-Version", "13, 8")', text: { en: 'A list is for the response of a server that refuses; the request has one number.', zh: '列表是给拒绝时的服务器响应用的，请求里只能有一个数字。' } },
    },
  },
} satisfies Record<string, RulePage>;
