// Rules of what the response agrees to: a subprotocol, extensions, and the parameters of permessage-deflate.

import { request as asked, response as good } from './good';
import type { RulePage } from './page';

const subprotocol = (names: string) => `Sec-WebSocket-Protocol: ${names}`;
const extensions = (list: string) => `Sec-WebSocket-Extensions: ${list}`;

export const negotiation = {
  RESPONSE_PROTOCOL_NOT_OFFERED: {
    clause: "If the response includes a |Sec-WebSocket-Protocol| header field and this header field indicates the use of a subprotocol that was not present in the client's handshake (the server has indicated a subprotocol not requested by the client), the client MUST _Fail the WebSocket Connection_.",
    why: {
      en: 'A subprotocol is the language of the messages; both ends must speak the same. The server picks one name from the list, letter for letter: `Chat` is not `chat`, and the whole list is no name. Chromium and Firefox both fail then; where nothing was offered, only Chromium does.',
      zh: '子协议是消息使用的语言，两端必须一致。服务器从列表里一字不差地选一个名称：`Chat` 不等于 `chat`，整个列表也不是一个名称。这时 Chromium 和 Firefox 都会失败；若请求什么也没提供，则只有 Chromium 失败。',
    },
    example: {
      request: [...asked, subprotocol('chat')],
      response: [...good, subprotocol('mqtt')],
      note: { en: '`chat` was offered, `mqtt` is answered.', zh: '提供的是 `chat`，答复的是 `mqtt`。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Protocol: chat\\r\\n"', text: { en: 'A fixed line of the answer, whoever asks. Ratchet answers with a name that was offered, from `getSubProtocols` of a `WsServerInterface`.', zh: '不管谁来请求，答复里都有这一行。Ratchet 只会从 `WsServerInterface` 的 `getSubProtocols` 中选一个请求提供过的名称。' } },
      node: { code: "handleProtocols: () => 'graphql-transport-ws'", text: { en: '`ws` writes what this function returns. Its argument is the `Set` of names that were offered: `(offered) => offered.has(name) && name`.', zh: '这个函数返回什么，`ws` 就写什么。参数是请求所提供名称的 `Set`：应当写 `(offered) => offered.has(name) && name`。' } },
      python: { code: "await websocket.accept(subprotocol='chat')", text: { en: 'Starlette, and FastAPI with it, sends the name unseen; what was offered is in `websocket.scope[\'subprotocols\']`. `websockets` and `aiohttp` choose from both lists.', zh: 'Starlette（FastAPI 也一样）不检查就发送；请求提供的名称在 `websocket.scope[\'subprotocols\']` 里。`websockets` 和 `aiohttp` 会从两边的列表里选。' } },
      go: { code: 'upgrader.Upgrade(w, r, http.Header{"Sec-Websocket-Protocol": {"chat"}})', text: { en: 'gorilla takes a name from the third argument as it is. Fill `Upgrader.Subprotocols` instead.', zh: 'gorilla 对第三个参数里的名称照单全收。应当填写 `Upgrader.Subprotocols`。' } },
      java: { code: 'public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) { return supported.get(0); }', text: { en: 'The `Configurator` of an endpoint returns its favourite. The inherited method looks into both lists.', zh: '端点的 `Configurator` 直接返回了自己偏好的那个。继承来的方法会看两边的列表。' } },
      rust: { code: 'response.headers_mut().insert("Sec-WebSocket-Protocol", HeaderValue::from_static("chat"));', text: { en: 'In the callback of `accept_hdr_async`, without a look at the request. `WebSocketUpgrade::protocols` of axum chooses.', zh: '写在 `accept_hdr_async` 的回调里，没有看请求。axum 的 `WebSocketUpgrade::protocols` 会做选择。' } },
    },
    misbehave: 'subprotocol-not-offered',
  },
  RESPONSE_PROTOCOL_DUPLICATE: {
    clause: 'However, the |Sec-WebSocket-Protocol| header field MUST NOT appear more than once in an HTTP response.',
    why: {
      en: 'A request may have the field several times, since it is a list there; a response chooses one name. With two, Chromium says that the header `must not appear more than once in a response`, and Firefox does not open.',
      zh: '在请求里它是列表，可以分成几个字段；响应只选一个名称。出现两次时，Chromium 报告该字段 `must not appear more than once in a response`，Firefox 不建立连接。',
    },
    example: {
      request: [...asked, subprotocol('chat')],
      response: [...good, subprotocol('chat'), subprotocol('chat')],
      note: { en: 'The right name, in two fields.', zh: '名称是对的，却写了两个字段。' },
    },
    ways: {
      php: { code: 'foreach ($offered as $name) $head .= "Sec-WebSocket-Protocol: $name\\r\\n";', text: { en: 'All offers are confirmed. Choose one, and leave the loop.', zh: '把所有提供的名称都确认了一遍。应当选一个就跳出循环。' } },
      node: { code: "wss.on('headers', (headers) => headers.push('Sec-WebSocket-Protocol: chat'))", text: { en: 'Without `handleProtocols`, `ws` has already chosen the first name that was offered, and written it.', zh: '没有 `handleProtocols` 时，`ws` 已经选了请求提供的第一个名称并写上了。' } },
      python: { code: "accept(subprotocol='chat', headers=[(b'sec-websocket-protocol', b'chat')])", text: { en: 'The parameter and the list of fields both name it.', zh: '参数里写了，字段列表里又写了一次。' } },
      go: { code: 'resp.Header.Add("Sec-WebSocket-Protocol", "chat")', text: { en: 'In `ModifyResponse` of a `ReverseProxy`: the server behind it has answered already. `Set`, or nothing.', zh: '写在 `ReverseProxy` 的 `ModifyResponse` 里，而后面的服务器已经答复过了。用 `Set`，或者什么也不写。' } },
      java: { code: 'response.getHeaders().add("Sec-WebSocket-Protocol", "chat");', text: { en: 'In a `HandshakeInterceptor` of Spring, beside `setSupportedProtocols` of its handshake handler.', zh: '写在 Spring 的 `HandshakeInterceptor` 里，而握手处理器又设了 `setSupportedProtocols`。' } },
      rust: { code: 'SetResponseHeaderLayer::appending(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static("chat"))', text: { en: 'A layer appends the field to what `protocols` of axum has written.', zh: '在 axum 的 `protocols` 写过之后，这一层又追加了一个字段。' } },
    },
    misbehave: 'subprotocol-twice',
  },
  RESPONSE_PROTOCOL_MISSING: {
    clause: "If protocols is not the empty list and extracting header list values given `Sec-WebSocket-Protocol` and response's header list results in null, failure, or the empty byte sequence, then fail the WebSocket connection.",
    why: {
      en: 'RFC 6455 lets a server choose none and leaves it to the client to go on. The rule for browsers is stricter: Chromium says `Sent non-empty \'Sec-WebSocket-Protocol\' header but no response was received`. Firefox opens with an empty `protocol`, and programs do as they like.',
      zh: 'RFC 6455 允许服务器一个也不选，由客户端决定是否继续。浏览器的规则更严：Chromium 报告 `Sent non-empty \'Sec-WebSocket-Protocol\' header but no response was received`。Firefox 照样建立连接，`protocol` 为空；程序则各行其是。',
    },
    example: {
      request: [...asked, subprotocol('chat')],
      response: good,
      note: { en: '`chat` was offered, and the answer does not speak of it.', zh: '提供了 `chat`，答复对此只字未提。' },
    },
    ways: {
      php: { code: 'class Chat implements MessageComponentInterface', text: { en: 'Ratchet names a subprotocol only for a component that is a `WsServerInterface` as well. A server written by hand mostly does not read the field at all.', zh: '组件还要实现 `WsServerInterface`，Ratchet 才会给出子协议。手写的服务器多半根本不读这个字段。' } },
      node: { code: 'new WebSocket(url, token)', text: { en: 'In the page, a login token was put where the subprotocol belongs. The server must send it back, or better offer `[\'chat\', token]` and let it answer `chat`.', zh: '网页把登录令牌放在了子协议的位置。服务器必须把它原样送回；更好的做法是提供 `[\'chat\', token]`，让服务器答复 `chat`。' } },
      python: { code: "async with serve(handler, 'localhost', 8765):", text: { en: '`websockets` and `aiohttp` answer with a name only if they are told which they speak: `subprotocols=[\'chat\']`, `WebSocketResponse(protocols=(\'chat\',))`.', zh: '要告诉 `websockets` 和 `aiohttp` 支持哪些子协议，它们才会答复名称：`subprotocols=[\'chat\']`，`WebSocketResponse(protocols=(\'chat\',))`。' } },
      go: { code: 'var upgrader = websocket.Upgrader{}', text: { en: '`Subprotocols` is empty. With coder/websocket it is the field of the same name in `AcceptOptions`.', zh: '`Subprotocols` 是空的。coder/websocket 的 `AcceptOptions` 里也有同名的字段。' } },
      java: { code: 'new Draft_6455()', text: { en: 'Java-WebSocket then knows no name but the empty one; `new Draft_6455(List.of(), List.of(new Protocol("chat")))` knows one. In Spring the handler implements `SubProtocolCapable`.', zh: '这样 Java-WebSocket 除了空名称什么也不认识；`new Draft_6455(List.of(), List.of(new Protocol("chat")))` 才认识一个。在 Spring 里由处理器实现 `SubProtocolCapable`。' } },
      rust: { code: 'accept_async(stream).await?', text: { en: 'tungstenite does not look at the offers: `accept_hdr_async` with a callback does what you write there. In axum, `.protocols(["chat"])` before `on_upgrade`.', zh: 'tungstenite 不看请求提供了什么：要用 `accept_hdr_async`，在回调里自己写。axum 是在 `on_upgrade` 之前加 `.protocols(["chat"])`。' } },
    },
    misbehave: 'subprotocol-not-chosen',
  },
  RESPONSE_EXTENSIONS_INVALID: {
    clause: 'If a value is received by either the client or the server during negotiation that does not conform to the ABNF below, the recipient of such malformed data MUST immediately _Fail the WebSocket Connection_.',
    why: {
      en: 'What this field says changes how frames are read, so that a client may not guess at it. Chromium says that the value `is rejected by the parser`. An empty field, or a semicolon at the end, opens in Firefox and not in Chromium.',
      zh: '这个字段会改变帧的读法，客户端不能靠猜。Chromium 报告该值 `is rejected by the parser`。字段为空，或末尾多一个分号，Firefox 能建立连接，Chromium 不能。',
    },
    example: {
      request: [...asked, extensions('permessage-deflate')],
      response: [...good, extensions('permessage-deflate; =')],
      note: { en: 'Behind the semicolon stands a parameter without a name.', zh: '分号后面是一个没有名称的参数。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Extensions: " . implode(\', \', $agreed) . "\\r\\n"', text: { en: 'Where nothing was agreed on, an empty field is written. Leave the line out.', zh: '什么也没有商定时，写出的是空字段。应当省略这一行。' } },
      node: { code: '`Sec-WebSocket-Extensions: ${extensions}`', text: { en: 'An object in a template literal is `[object Object]`. `ws` writes the field itself where `perMessageDeflate` is on.', zh: '对象放进模板字符串是 `[object Object]`。开启 `perMessageDeflate` 后，`ws` 会自己写这个字段。' } },
      python: { code: "'; '.join(f'{name}={value or \"\"}' for name, value in params)", text: { en: 'A parameter without a value keeps its equals sign.', zh: '没有值的参数还带着等号。' } },
      go: { code: '"permessage-deflate; " + strings.Join(params, "; ")', text: { en: 'With no parameters, a semicolon stands at the end.', zh: '没有参数时，末尾就剩下一个分号。' } },
      java: { code: 'for (Extension e : agreed) value.append(e.getName()).append(", ");', text: { en: 'A comma at the end. `Collectors.joining(", ")` puts it between the names only.', zh: '末尾多了逗号。`Collectors.joining(", ")` 只在名称之间放逗号。' } },
      rust: { code: 'format!("Sec-WebSocket-Extensions: {:?}\\r\\n", answer)', text: { en: '`{:?}` of a `String` or `HeaderValue` puts quotation marks around all of it; a name may have none.', zh: '`String` 或 `HeaderValue` 的 `{:?}` 会给整个值加上引号，而名称不能带引号。' } },
    },
    misbehave: 'extensions-malformed',
  },
  RESPONSE_EXTENSION_NOT_OFFERED: {
    clause: "If the response includes a |Sec-WebSocket-Extensions| header field and this header field indicates the use of an extension that was not present in the client's handshake (the server has indicated an extension not requested by the client), the client MUST _Fail the WebSocket Connection_.",
    why: {
      en: 'The client offers what it can undo; anything else would reach it as bytes without sense. Chromium says `Found an unsupported extension`, and Firefox fails as well. Names are compared letter for letter: `Permessage-Deflate` is another.',
      zh: '客户端只提供自己能还原的扩展，别的扩展送来的只是一堆看不懂的字节。Chromium 报告 `Found an unsupported extension`，Firefox 同样失败。名称逐字比较：`Permessage-Deflate` 是另一个名称。',
    },
    example: {
      request: asked,
      response: [...good, extensions('permessage-deflate')],
      note: { en: 'The request offers nothing, and the answer compresses.', zh: '请求什么也没提供，答复却要压缩。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Extensions: permessage-deflate\\r\\n"', text: { en: 'A fixed line, because browsers always offer it. Programs mostly do not.', zh: '因为浏览器总会提供它，就写成了固定的一行。程序大多不提供。' } },
      node: { code: "headers.push('Sec-WebSocket-Extensions: x-webkit-deflate-frame')", text: { en: 'The name that compression had in WebKit before RFC 7692. `ws` answers only what was offered.', zh: '这是 RFC 7692 之前 WebKit 中压缩扩展的名称。`ws` 只答复请求提供过的扩展。' } },
      python: { code: "value.title()", text: { en: 'A layer that makes fields look alike changes values with names: `Permessage-Deflate`.', zh: '统一字段写法的那一层把值也改了：`Permessage-Deflate`。' } },
      go: { code: 'upstream, resp, err := dialer.Dial(backend, nil)\nfor k, v := range resp.Header { w.Header()[k] = v }', text: { en: 'A proxy that compresses towards the server behind it and passes that answer on to a client who offered nothing. Each side has its own handshake.', zh: '代理与后端之间启用了压缩，又把后端的答复转给什么也没提供的客户端。两侧的握手应当各管各的。' } },
      java: { code: 'public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) { return installed; }', text: { en: 'All that the container has is answered, instead of what both lists have.', zh: '把容器拥有的扩展全答复了，而不是两边都有的那些。' } },
      rust: { code: '.header(SEC_WEBSOCKET_EXTENSIONS, "permessage-deflate")', text: { en: 'Put into the builder so as to try compression out; tungstenite, to which the connection is handed over, has none.', zh: '为了试试压缩而写进构建器；而接手连接的 tungstenite 并不支持压缩。' } },
    },
    misbehave: 'extension-unknown',
  },
  RESPONSE_DEFLATE_DUPLICATE: {
    clause: 'A client MUST _Fail the WebSocket Connection_ if the peer server accepted an extension negotiation offer for this extension with an extension negotiation response meeting any of the following conditions:',
    why: {
      en: 'A client may offer the extension several times, as first and second choice; the server takes one of them. Twice would mean to compress twice, or leave it open by which parameters: Chromium says `Received duplicate permessage-deflate response`, Firefox fails too.',
      zh: '客户端可以把这个扩展提供几次，作为第一选择和第二选择；服务器只接受其中一个。写两次，要么意味着压缩两遍，要么说不清用哪组参数：Chromium 报告 `Received duplicate permessage-deflate response`，Firefox 也会失败。',
    },
    example: {
      request: [...asked, extensions('permessage-deflate; server_no_context_takeover, permessage-deflate')],
      response: [...good, extensions('permessage-deflate, permessage-deflate')],
      note: { en: 'Two offers, and both are accepted.', zh: '两个提议，两个都接受了。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Extensions: {$headers[\'sec-websocket-extensions\']}\\r\\n"', text: { en: 'The field of the request is sent back whole. From a client with a second choice, that is two.', zh: '把请求的字段整个送了回去。客户端有第二选择时，那就是两个。' } },
      node: { code: "wss.on('headers', (headers) => headers.push('Sec-WebSocket-Extensions: permessage-deflate'))", text: { en: '`perMessageDeflate: true` in the options of `ws` has it written already.', zh: '`ws` 的选项里有 `perMessageDeflate: true`，它已经写过了。' } },
      python: { code: "[offer for offer in offers if offer.startswith('permessage-deflate')]", text: { en: 'All offers that fit are kept; the first is enough.', zh: '把所有合适的提议都留了下来，其实第一个就够了。' } },
      go: { code: 'for _, e := range resp.Header.Values("Sec-WebSocket-Extensions") { h.Add("Sec-WebSocket-Extensions", e) }', text: { en: 'Copied onto the header of an answer that has the field. gorilla writes a fixed answer, once.', zh: '复制到已经有这个字段的答复上。gorilla 只写一次固定的答复。' } },
      java: { code: 'return requested;', text: { en: 'From `getNegotiatedExtensions`: what was asked for, as often as it was asked for.', zh: '在 `getNegotiatedExtensions` 里这样返回：来者要几次就答应几次。' } },
      rust: { code: 'for offer in offers { if offer.name == "permessage-deflate" { answer.push(accept(offer)); } }', text: { en: 'The loop has no `break`; `find_map` would stop at the first.', zh: '循环里没有 `break`；用 `find_map` 会停在第一个。' } },
    },
    misbehave: 'deflate-twice',
  },
} satisfies Record<string, RulePage>;
