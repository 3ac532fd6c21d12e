// Rules of what a request may have besides: its origin, what it offers, and the body that it must not have.

import { request as good } from './good';
import type { RulePage } from './page';

export const requestOffers = {
  REQUEST_ORIGIN_DUPLICATE: {
    clause: 'The user agent MUST NOT include more than one Origin header field in any HTTP request.',
    why: {
      en: 'A server decides by Origin whose pages may connect. With two, a proxy may check the first and the server believe the last. Browsers send one, and scripts cannot add another: the second comes from a program or from something between.',
      zh: '服务器靠 Origin 决定哪些网页可以连接。有两个时，代理检查的可能是第一个，服务器相信的却是最后一个。浏览器只发一个，脚本也加不了：第二个来自程序，或者来自中间的某处。',
    },
    example: {
      request: [...good, 'Origin: https://app.example', 'Origin: https://admin.example'],
      note: { en: 'Two origins in two fields.', zh: '两个字段，两个源。' },
    },
    ways: {
      php: { code: 'RequestHeader add Origin "https://app.example"', text: { en: 'A line for the Apache before the server: `add` puts a field beside the one of the browser, `set` replaces it.', zh: '写在服务器前面的 Apache 里：`add` 在浏览器的字段旁边再加一个，`set` 才是替换。' } },
      node: { code: "http.request(url, { headers: [...req.rawHeaders, 'Origin', origin] })", text: { en: 'Fields given as a flat list are sent as they stand, twice if they are in it twice. `proxyReq.setHeader` replaces.', zh: '以平铺列表给出的字段照原样发送，列表里有两个就发两个。`proxyReq.setHeader` 才会替换。' } },
      python: { code: "websocket.create_connection(url, header=['Origin: https://app.example'])", text: { en: '`websocket-client` sends an Origin made from the URL unless it is told otherwise. Use `origin=`, or `suppress_origin=True` beside a line of your own.', zh: '若不另行说明，`websocket-client` 会发送由 URL 得来的 Origin。应当用 `origin=`，或者自己写这一行时加上 `suppress_origin=True`。' } },
      go: { code: 'header.Add("Origin", origin)', text: { en: 'Called for each attempt on a header that is kept. gorilla passes both values on; `Set` leaves one.', zh: '对保留下来的 header 每次重连都调用一遍。gorilla 会把两个值都发出去；`Set` 只留一个。' } },
      java: { code: 'builder.header("Origin", a).header("Origin", b)', text: { en: '`header` of the builders in `java.net.http` adds. The builder of requests has `setHeader`, that of WebSockets does not.', zh: '`java.net.http` 各构建器的 `header` 都是添加。请求的构建器有 `setHeader`，WebSocket 的没有。' } },
      rust: { code: 'request.headers_mut().append(ORIGIN, origin);', text: { en: 'On a request that is made once and sent again at each reconnection. `insert` is what is meant.', zh: '请求只建一次，每次重连再发送，于是越加越多。应当用 `insert`。' } },
    },
  },
  REQUEST_ORIGIN_INVALID: {
    clause: 'serialized-origin = scheme "://" host [ ":" port ]',
    why: {
      en: 'An origin is a scheme, a host and perhaps a port, in ASCII, or the word `null`. The grammar of RFC 6454 also knows a list of them with blanks between, which no browser sends; a server that compares the whole value finds no match, and one that searches in it may find the wrong one.',
      zh: '源由协议、主机和可能有的端口组成，用 ASCII 书写，或者就是 `null` 这个词。RFC 6454 的语法还允许用空格隔开的多个源，但没有浏览器这样发送；拿整个值来比较的服务器找不到相符的，在值里搜索的服务器又可能找错。',
    },
    example: {
      request: [...good, 'Origin: https://app.example, https://admin.example'],
      note: { en: 'Two origins in one field, joined by a comma.', zh: '一个字段里有两个源，用逗号连着。' },
    },
    ways: {
      php: { code: '"Origin: " . ($_SERVER[\'HTTP_ORIGIN\'] ?? \'\') . "\\r\\n"', text: { en: 'Passed on by a script that was asked by no browser: the field goes out empty. Leave it out then.', zh: '转发的脚本收到的不是浏览器的请求，字段就空着发了出去。这时应当省略它。' } },
      node: { code: 'headers: { Origin: req.headers.origin }', text: { en: 'Where two fields came in, Node has joined them by a comma in `req.headers`.', zh: '若进来的有两个字段，Node 在 `req.headers` 里已经用逗号把它们连起来了。' } },
      python: { code: "f'Origin: https://{domain}\\r\\n'.encode()", text: { en: 'A domain with letters beyond ASCII has to be given in its `xn--` form: `domain.encode(\'idna\').decode()`.', zh: '含 ASCII 以外字符的域名要写成 `xn--` 的形式：`domain.encode(\'idna\').decode()`。' } },
      go: { code: 'header.Set("Origin", fmt.Sprint(origins))', text: { en: 'A slice prints itself in brackets with blanks between: `[https://a.example https://b.example]`.', zh: '切片打印出来带方括号，中间是空格：`[https://a.example https://b.example]`。' } },
      java: { code: 'headers.put("Origin", "Acme Desktop Client");', text: { en: 'The field is used to say which program connects. `User-Agent` is for that; a program needs no Origin.', zh: '用这个字段来说明是哪个程序在连接。那是 `User-Agent` 的事，程序不需要 Origin。' } },
      rust: { code: 'HeaderValue::from_str(&allowed.join(" "))', text: { en: '`HeaderValue` looks at characters, not at meaning: a list of all origins of the configuration passes.', zh: '`HeaderValue` 只看字符，不看含义：把配置里所有的源连成一串也能通过。' } },
    },
  },
  REQUEST_ORIGIN_REFUSED: {
    clause: 'If the server does not wish to accept this connection, it MUST return an appropriate HTTP error code (e.g., 403 Forbidden) and abort the WebSocket handshake described in this section.',
    why: {
      en: 'Pages of any site may open a WebSocket to any server, with the cookies of the visitor; the check of Origin is what keeps other sites out. So this is often the server doing right. It hits your own pages where they moved to another host, port or scheme.',
      zh: '任何网站的网页都能向任何服务器打开 WebSocket，并带上访问者的 Cookie；挡住别的网站靠的就是检查 Origin。所以这往往说明服务器做得对。自己的网页换了主机、端口或协议，也会被它挡住。',
    },
    example: {
      request: [...good, 'Origin: http://localhost:5173'],
      response: ['HTTP/1.1 403 Forbidden', 'Content-Length: 0'],
      also: ['RESPONSE_NOT_101'],
      note: {
        en: 'A page from the development server, and a server that knows only the origin of the live site. Its list is its own: what shows in the bytes is the 403.',
        zh: '网页来自开发服务器，而服务器只认正式网站的源。名单在服务器手里，字节中能看到的只有 403。',
      },
    },
    ways: {
      php: { code: "$app->route('/chat', new Chat, ['example.com']);", text: { en: '`Ratchet\\App` lets in the host that it was made with unless a list is given; `www.example.com` is another entry.', zh: '不给名单时，`Ratchet\\App` 只放行创建时的那个主机；`www.example.com` 要另列一项。' } },
      node: { code: 'verifyClient: ({ origin }) => ALLOWED.has(origin)', text: { en: '`ws` checks nothing by itself: the list is yours, and an origin has no slash at its end. Without more, a refusal is 401.', zh: '`ws` 自己不做检查：名单由你写，而源的末尾没有斜杠。不另行指定时，拒绝的状态码是 401。' } },
      python: { code: "serve(handler, origins=['https://example.com'])", text: { en: '`websockets` compares whole strings, with scheme and port; `None` in the list lets programs in that send no Origin.', zh: '`websockets` 比较整个字符串，包括协议和端口；名单里加上 `None`，才放行不发送 Origin 的程序。' } },
      go: { code: 'websocket.Accept(w, r, nil)', text: { en: 'coder/websocket and gorilla both want the host of Origin to equal Host, which a proxy may have rewritten. `OriginPatterns` or `CheckOrigin` names other origins.', zh: 'coder/websocket 和 gorilla 都要求 Origin 的主机与 Host 相同，而 Host 可能被代理改写过。其他的源用 `OriginPatterns` 或 `CheckOrigin` 列出。' } },
      java: { code: 'registry.addHandler(handler, "/chat");', text: { en: 'Spring lets in the same origin alone and answers others with 403. `setAllowedOrigins` takes a list; what it compares is what the proxy before it lets it see.', zh: 'Spring 默认只放行同源，其余答复 403。`setAllowedOrigins` 可以给出名单；它比较的是前面的代理让它看到的内容。' } },
      rust: { code: 'accept_hdr_async(stream, |request: &Request, response: Response| …)', text: { en: 'tokio-tungstenite and axum check no Origin; in the callback, or in the handler before `on_upgrade`, you do, and often against `localhost` alone.', zh: 'tokio-tungstenite 和 axum 都不检查 Origin；检查写在回调里，或者 `on_upgrade` 之前的处理函数里，而名单上常常只有 `localhost`。' } },
    },
  },
  REQUEST_PROTOCOL_INVALID: {
    clause: 'The elements that comprise this value MUST be non-empty strings with characters in the range U+0021 to U+007E not including separator characters as defined in [RFC2616] and MUST all be unique strings.',
    why: {
      en: 'The names are a list parted by commas, so that no name may hold a comma, a blank or another separator such as `/`, `=` or `"`. In browsers `new WebSocket` throws a `SyntaxError`; from a program the field goes out, and a strict server answers 400. Most often a login token was put there.',
      zh: '各个名称用逗号隔开，所以名称里不能有逗号、空格，也不能有 `/`、`=`、`"` 等分隔符。在浏览器里 `new WebSocket` 会抛出 `SyntaxError`；程序则会发出去，严格的服务器答复 400。最常见的是把登录令牌放在了这里。',
    },
    example: {
      request: [...good, 'Sec-WebSocket-Protocol: Bearer dG9rZW4='],
      note: { en: 'A blank and an equals sign stand in what is to be one name.', zh: '本应是一个名称，里面却有空格和等号。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Protocol: Bearer $jwt\\r\\n"', text: { en: 'Written as one would write Authorization. A program can send `Authorization` itself.', zh: '照着 Authorization 的样子写。程序本来就可以直接发送 `Authorization`。' } },
      node: { code: "new WebSocket(url, { headers: { 'Sec-WebSocket-Protocol': JSON.stringify(auth) } })", text: { en: '`ws` checks the names of its second argument and throws; in a field among `headers` it does not look.', zh: '`ws` 会检查第二个参数里的名称，不合法就抛出错误；放在 `headers` 里的字段它不看。' } },
      python: { code: 'subprotocols=[base64.b64encode(token).decode()]', text: { en: 'Base64 has `/`, `+` and `=`, of which only `+` may be in a name. `urlsafe_b64encode(token).rstrip(b\'=\')` fits.', zh: 'Base64 含有 `/`、`+` 和 `=`，其中只有 `+` 可以出现在名称里。`urlsafe_b64encode(token).rstrip(b\'=\')` 才合适。' } },
      go: { code: 'websocket.Dialer{Subprotocols: []string{"chat room"}}', text: { en: 'gorilla joins the names by commas and does not look into them.', zh: 'gorilla 用逗号连接各个名称，不检查内容。' } },
      java: { code: 'new Protocol("application/json")', text: { en: 'A media type is no subprotocol: the slash parts it. `java.net.http` refuses such a name, Java-WebSocket sends it.', zh: '媒体类型不是子协议的名称，斜杠不能用。`java.net.http` 拒绝这样的名称，Java-WebSocket 则照发。' } },
      rust: { code: '.with_sub_protocol("chat;v=2")', text: { en: 'tungstenite makes a `HeaderValue` of it, which may hold any visible character. A version belongs in the name with a point: `chat.v2`.', zh: 'tungstenite 把它做成 `HeaderValue`，而那里允许任何可见字符。版本应当用点号写进名称：`chat.v2`。' } },
    },
  },
  REQUEST_PROTOCOL_DUPLICATE: {
    clause: 'The elements that comprise this value MUST be non-empty strings with characters in the range U+0021 to U+007E not including separator characters as defined in [RFC2616] and MUST all be unique strings.',
    why: {
      en: 'The list is an order of preference, and a name in it twice says nothing. In browsers `new WebSocket` throws a `SyntaxError` that names it; a strict server answers 400.',
      zh: '列表是按偏好排列的，一个名称出现两次毫无意义。在浏览器里 `new WebSocket` 会抛出指出该名称的 `SyntaxError`；严格的服务器答复 400。',
    },
    example: {
      request: [...good, 'Sec-WebSocket-Protocol: chat, superchat, chat'],
      note: { en: '`chat` is first and third.', zh: '`chat` 既是第一个，又是第三个。' },
    },
    ways: {
      php: { code: "implode(', ', array_merge($defaults, $options['protocols']))", text: { en: 'A caller names what is among the defaults already. `array_unique` around it keeps the order.', zh: '调用者给出的名称在默认值里已经有了。外面套一层 `array_unique` 即可，顺序不变。' } },
      node: { code: 'new WebSocket(url, [...defaults, ...protocols])', text: { en: '`ws` throws `An invalid or duplicated subprotocol was specified`. `[...new Set(names)]` is enough.', zh: '`ws` 会抛出 `An invalid or duplicated subprotocol was specified`。用 `[...new Set(names)]` 就够了。' } },
      python: { code: "', '.join('mqtt')", text: { en: 'A string where a list was meant: each letter becomes a name, and `t` is there twice.', zh: '该给列表的地方给了字符串：每个字母成了一个名称，`t` 出现了两次。' } },
      go: { code: 'dialer.Subprotocols = append(dialer.Subprotocols, "chat")', text: { en: 'Within the loop that reconnects: the list grows by one each time.', zh: '写在重连的循环里，列表每次都多一项。' } },
      java: { code: 'newHandshaker(uri, WebSocketVersion.V13, "chat, chat", true, headers)', text: { en: 'Netty takes the list as one string and sends it so. `subprotocols` of `java.net.http` throws for a name that is there twice.', zh: 'Netty 接受的是整个字符串，原样发送。`java.net.http` 的 `subprotocols` 遇到重复的名称会抛出异常。' } },
      rust: { code: 'headers.append(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static("chat"));', text: { en: 'The builder has set the field before. Two fields are one list to whoever reads them.', zh: '构建器之前已经设过这个字段。对读取的一方来说，两个字段就是一个列表。' } },
    },
  },
  REQUEST_PROTOCOL_TOO_MANY: {
    clause: 'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
    why: {
      en: 'The RFC sets no number; 128 is the limit of ws101 for itself, because a server compares each name with all others and with its own. Subprotocols are few: a client that sends more than a handful uses the field for something else.',
      zh: 'RFC 没有规定个数，128 是 ws101 给自己定的上限，因为服务器要把每个名称同其余的以及自己支持的逐一比较。子协议本来就不多：发送一大串的客户端，是把这个字段用作他途了。',
    },
    example: {
      request: [...good, `Sec-WebSocket-Protocol: ${Array.from({ length: 129 }, (_, version) => `v${version}`).join(', ')}`],
      note: { en: 'One hundred and twenty-nine names, from `v0` to `v128`.', zh: '一百二十九个名称，从 `v0` 到 `v128`。' },
    },
    ways: {
      php: { code: "implode(', ', array_column($rooms, 'slug'))", text: { en: 'The rooms that somebody wants to join are sent as subprotocols. The first message can say it.', zh: '把想加入的房间当作子协议发送。放在第一条消息里说就行。' } },
      node: { code: 'new WebSocket(url, token.match(/.{1,16}/g))', text: { en: 'A long token cut into pieces, in the belief that a name must be short. It need not; a ticket in the query serves better.', zh: '以为名称必须短，把很长的令牌切成了小段。其实不必；用查询部分里的一次性票据更好。' } },
      python: { code: '[m.name for m in pkgutil.iter_modules(handlers.__path__)]', text: { en: 'Every module of a folder is offered as a protocol, and the folder grows.', zh: '目录里的每个模块都当作协议提供，而目录越来越大。' } },
      go: { code: 'append(d.Subprotocols, fmt.Sprintf("session-%d", n))', text: { en: 'A new name for each attempt, and the old ones stay in the dialer.', zh: '每次重连都加一个新名称，旧的还留在 dialer 里。' } },
      java: { code: 'Arrays.stream(MessageType.values()).map(Enum::name).toList()', text: { en: 'The kinds of messages are listed, where one name for the whole language of them is meant.', zh: '列出了所有消息类型，而这里要的是整套消息约定的一个名称。' } },
      rust: { code: '(0..=u8::MAX).map(|version| format!("v{version}"))', text: { en: 'All versions that a number could have, instead of those that the client speaks.', zh: '列出了一个数字能表示的所有版本，而不是客户端真正支持的那些。' } },
    },
  },
  REQUEST_EXTENSIONS_INVALID: {
    clause: 'If a value is received by either the client or the server during negotiation that does not conform to the ABNF below, the recipient of such malformed data MUST immediately _Fail the WebSocket Connection_.',
    why: {
      en: 'The field is a list parted by commas, each name with its parameters behind semicolons. What an offer means decides how frames are read, so that nobody may guess: a strict server, `ws` for one, answers 400.',
      zh: '这个字段是用逗号隔开的列表，每个名称后面用分号带上参数。提议的含义决定了帧怎么读，谁也不能靠猜：严格的服务器（例如 `ws`）答复 400。',
    },
    example: {
      request: [...good, 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits='],
      note: { en: 'An equals sign, and no value behind it.', zh: '有等号，后面却没有值。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Extensions: $extensions\\r\\n"', text: { en: 'Always written, even where nothing is offered: a list of nothing is no list.', zh: '什么也不提供时也写了这一行：空列表不合语法。' } },
      node: { code: 'Object.entries(params).map(([name, value]) => `${name}=${value}`)', text: { en: 'A parameter without a value gets an equals sign all the same.', zh: '没有值的参数也带上了等号。' } },
      python: { code: "'; '.join(['permessage-deflate', *params, ''])", text: { en: 'A semicolon at the end, with no parameter behind it. `websockets` and `aiohttp` build the field from objects.', zh: '末尾多了一个分号，后面没有参数。`websockets` 和 `aiohttp` 是由对象生成这个字段的。' } },
      go: { code: '"permessage-deflate client_max_window_bits"', text: { en: 'A blank for the semicolon. gorilla lets nobody set the field and writes it where `EnableCompression` is true.', zh: '该用分号的地方用了空格。gorilla 不允许自己设置这个字段，`EnableCompression` 为 true 时由它来写。' } },
      java: { code: '"permessage-deflate; " + parameters', text: { en: 'A `Map` turned into text has braces around it: `{client_max_window_bits=15}`.', zh: '`Map` 转成文本时带花括号：`{client_max_window_bits=15}`。' } },
      rust: { code: 'format!("permessage-deflate; server_max_window_bits={:?}", bits)', text: { en: '`bits` is an `Option`, and prints as `Some(10)`: brackets may not be in a value.', zh: '`bits` 是 `Option`，打印出来是 `Some(10)`，而值里不能有括号。' } },
    },
  },
  REQUEST_BODY: {
    clause: 'Once the client\'s opening handshake has been sent, the client MUST wait for a response from the server before sending any further data.',
    why: {
      en: 'Frames begin right behind the head. A proxy that believes the announced length takes the first bytes of them for a body, a server that does not takes them for frames, and between the two readings somebody can hide a request. ws101 refuses it; other servers leave the bytes to be read as a frame.',
      zh: '帧紧跟在头部之后。相信所声明长度的代理会把最初的字节当作消息体，不相信的服务器则把它们当作帧，两种读法之间就能藏下一个请求。ws101 拒绝这样的请求，别的服务器则可能把这些字节当作帧来读。',
    },
    example: {
      request: [...good, 'Content-Length: 16'],
      note: { en: 'Sixteen bytes are announced; a handshake has none.', zh: '声明了十六个字节的消息体，而握手没有消息体。' },
    },
    ways: {
      php: { code: "$client->get($url, ['json' => $auth, 'headers' => $upgrade]);", text: { en: 'Guzzle sends a body with GET if it is given one.', zh: '给了消息体，Guzzle 就会随 GET 一起发送。' } },
      node: { code: "headers: { ...common, 'Content-Length': Buffer.byteLength(body) }", text: { en: 'Fields shared by all requests of a program, the handshake too.', zh: '程序里所有请求共用的字段，握手也用上了。' } },
      python: { code: "requests.get(url, json=auth, headers=upgrade)", text: { en: '`requests` announces and sends the JSON with any method.', zh: '不管什么方法，`requests` 都会声明并发送这段 JSON。' } },
      go: { code: 'http.NewRequest("GET", url, strings.NewReader(auth))', text: { en: 'From a `strings.Reader` comes a Content-Length, from other readers `Transfer-Encoding: chunked`. `nil` or `http.NoBody` is meant.', zh: '`strings.Reader` 会带来 Content-Length，别的 Reader 会带来 `Transfer-Encoding: chunked`。应当用 `nil` 或 `http.NoBody`。' } },
      java: { code: '.method("GET", BodyPublishers.ofString(auth))', text: { en: '`java.net.http` allows a body with any method. Say who you are in the query, a field, or the first message.', zh: '`java.net.http` 允许任何方法带消息体。身份可以放在查询部分、字段或第一条消息里。' } },
      rust: { code: 'Request::get(uri).body(Full::new(Bytes::from(auth)))', text: { en: 'The body knows its size, and hyper announces it. `Empty::<Bytes>::new()` has none.', zh: '消息体知道自己的大小，hyper 就会声明它。`Empty::<Bytes>::new()` 则没有。' } },
    },
  },
  REQUEST_DEFLATE_OFFER_INVALID: {
    clause: 'The negotiation offer contains an extension parameter with an invalid value.',
    why: {
      en: 'A server must decline an offer that it cannot understand exactly, since both ends have to compress by the same rules. The connection opens and nothing is compressed; that is seen only by who looks at the answer.',
      zh: '两端必须按同样的规则压缩，所以服务器必须拒绝不能准确理解的提议。连接照样建立，只是什么也不压缩；不看答复就发现不了。',
    },
    example: {
      request: [...good, 'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=16'],
      note: { en: 'A window of 2 to the power of 16 is more than DEFLATE can have; 15 is the most.', zh: '2 的 16 次方大小的窗口超出了 DEFLATE 的能力，最大是 15。' },
    },
    ways: {
      php: { code: "'server_max_window_bits=' . (1 << 15)", text: { en: 'The size of the window instead of its logarithm: 32768 for 15.', zh: '写了窗口的大小而不是它的对数：该写 15，写成了 32768。' } },
      node: { code: "'permessage-deflate; level=6; memLevel=8'", text: { en: 'Options of `zlib` that concern one end alone. They are not negotiated, and `ws` takes them apart from the parameters, as `zlibDeflateOptions`.', zh: '这些 `zlib` 选项只关系到一端，不用协商；`ws` 把它们单列为 `zlibDeflateOptions`。' } },
      python: { code: "f'server_max_window_bits={-zlib.MAX_WBITS}'", text: { en: 'For raw DEFLATE `zlib` wants the bits negative, the field does not.', zh: '`zlib` 用负数表示原始 DEFLATE，字段里却不能用负数。' } },
      go: { code: 'fmt.Sprintf("client_max_window_bits=%02d", 8)', text: { en: 'A leading zero makes the value invalid. gorilla offers both `no_context_takeover` parameters and no bits at all.', zh: '前导零使值不合法。gorilla 只提供两个 `no_context_takeover` 参数，不提供窗口位数。' } },
      java: { code: '"server_no_context_takeover=" + true', text: { en: 'The parameter has no value: it is there or not. Netty and Tomcat write it so.', zh: '这个参数没有值，只有写与不写之分。Netty 和 Tomcat 都是这样写的。' } },
      rust: { code: 'if small { offer += "; server_no_context_takeover"; }', text: { en: 'Appended to a default that has it already: no parameter may be there twice.', zh: '接在一个已经带有它的默认值后面，而参数不能出现两次。' } },
    },
  },
} satisfies Record<string, RulePage>;
