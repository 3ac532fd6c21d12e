// 控制台或日志中的一行有了原因之后：怎么改，以及接下来看什么。

import { zhErrors } from '../../strings/zh-errors';
import type { CauseName, ExplainedCause } from '../engine';

export interface Advice {
  fix: string;
  /** 接下来看什么；已经确定时为 `null`。 */
  next: string | null;
}

const pasteResponse = '把响应粘贴到这里。';
const pasteRequest = '把请求粘贴到这里。';
const compareSubprotocols = '对比请求与响应中的 Sec-WebSocket-Protocol。';
const compareExtensions = '对比请求与响应中的 Sec-WebSocket-Extensions。';

export const zhExplained: Record<ExplainedCause, Advice> = {
  // 答复不是 101。
  HTTP_HANDLER_ANSWERED: { fix: '连接 WebSocket 服务器所监听的路径，并把它的路由放在兜底路由之前；在代理之后时，让代理转发 Upgrade 和 Connection。', next: '用 http: 在浏览器标签页中打开同一个 URL：出来的网页能说明是哪个程序在答复。' },
  REDIRECTED: { fix: '连接重定向所给的地址；它写 https: 的地方用 wss:。', next: '用 `curl -i` 请求这个 URL：Location 字段写着去向。' },
  UPGRADE_NOT_FORWARDED: { fix: '在 nginx 中：`proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";`。别的代理：为这条路由打开 WebSocket 支持。', next: '绕过代理直接连接服务器：能连上，问题就在代理。' },
  HANDSHAKE_REQUEST_REFUSED: { fix: '读一读答复的消息体：多数服务器会在里面写明缺少哪个字段。', next: '把请求和完整的答复粘贴到这里。' },
  AUTHENTICATION_MISSING: { fix: '发送同一站点的 Cookie、在查询中带上票据，或在第一条消息中发送令牌。', next: '看看请求是否带有服务器所要的 Cookie：SameSite、不同的端口或主机都会使它不被发送。' },
  ORIGIN_OR_PERMISSION_REFUSED: { fix: '把网页的源（带上协议和端口）加入服务器允许的源；在代理之后时，让代理转发 Host 和 Origin。', next: '对比请求的 Origin 字段与服务器中的列表。' },
  NO_SUCH_PATH: { fix: '连接服务器所监听的路径；看看是不是代理增减了前缀，使它缺失或重复。', next: '对比服务器日志中的请求行与它代码中的路径。' },
  METHOD_REFUSED: { fix: '连接 WebSocket 路由的路径，并让它接受 GET。', next: '对比服务器日志中的请求行与它代码中的路径。' },
  PROXY_ASKS_FOR_CREDENTIALS: { fix: '配置代理的凭据，或绕过代理；服务器自己必须答复 401，而不是 407。', next: '看看系统或环境变量（`HTTPS_PROXY`）中是否配置了代理。' },
  UPGRADE_EXPECTED: { fix: '发送 `Upgrade: websocket` 和 `Sec-WebSocket-Version: 13`；在代理之后时，让代理转发这两个字段。', next: '在答复中找 Sec-WebSocket-Version：它列出服务器接受的版本。' },
  TOO_MANY_REQUESTS: { fix: '少连接一些：每个网页一个连接，两次尝试之间多等一会儿。', next: '看看答复中有没有 Retry-After 字段，代码中有没有一断就立即重连的循环。' },
  SERVER_FAILED: { fix: '读一读服务器当时的日志，改好它指出的问题。', next: '读一读服务器在请求那一刻的日志。' },
  UPSTREAM_DOWN: { fix: '启动服务器，并改正代理中的地址、端口和协议。', next: '读一读代理的错误日志：里面写着它尝试的地址和结果。' },
  UPSTREAM_UNAVAILABLE: { fix: '等服务器启动好，或给它更多资源；检查它的健康检查。', next: '看看代理或平台认为哪些实例是健康的。' },
  UPSTREAM_SILENT: { fix: '让服务器立即答复握手；找出是什么阻塞了它（一次只服务一个客户端、一次很慢的查询）。', next: '在另一个客户端连着的时候直接连接服务器：它可能一次只服务一个。' },
  HEAD_REFUSED_AS_TOO_LONG: { fix: '减少或缩短 Cookie，或提高服务器和每个代理的上限。', next: '算一算 Cookie 字段的总长度。' },
  INTERIM_RESPONSE: { fix: '对没有消息体、也没有 Expect 字段的请求不要答复 100。', next: '把服务器的字节粘贴到这里：其中有两个头部。' },
  UPGRADE_NOT_IMPLEMENTED: { fix: '安装服务器使用 WebSocket 所需的库，或改用带有它的 worker。', next: '读一读服务器的日志：里面常常写着缺少哪个库。' },
  CLIENT_LEFT_FIRST: { fix: '查明客户端等待多久，并让服务器更快地答复握手。', next: '对比请求所用的时间与客户端的超时。' },
  CDN_CANNOT_REACH_SERVER: { fix: '启动服务器，让防火墙放行内容分发网络的地址，并检查服务器的证书。', next: '绕过内容分发网络，直接连接服务器自己的地址。' },
  STATUS_UNEXPECTED: { fix: '读一读答复：消息体里多半写着原因。', next: "请求这个 URL：`curl -i -H 'Upgrade: websocket' -H 'Connection: Upgrade' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='`。" },
  ANSWER_NOT_ACCEPTED: { fix: '诊断答复的字节：把请求和响应粘贴到这里。', next: '在 Chromium 中打开同一个网页，它会说出第一项没有通过的检查；或带上 `MOZ_LOG=nsWebSocket:5` 启动 Firefox；最好是对这个 URL 运行 `ws101 doctor`。' },

  // 通往服务器的路上。
  NOTHING_LISTENS: { fix: '启动服务器，并对比它的地址、端口与 URL；在容器中，让它监听 0.0.0.0 并发布端口。', next: '列出正在监听的程序：`ss -ltnp`。' },
  NAME_UNKNOWN: { fix: '改正主机名，或用一个这台机器能解析的名称；容器的名称只有在它自己的网络中才认得。', next: '在发起连接的机器上查询这个名称：`getent hosts NAME`。' },
  PORT_BLOCKED: { fix: '让服务器监听别的端口。', next: '在 Fetch 标准的禁用端口列表（bad ports）中查这个端口。' },
  TLS_TO_PLAIN_SERVER: { fix: '用 ws: 连接，或给服务器配上证书；如果由代理处理 TLS，就连接代理的端口。', next: '用 `curl -v https://HOST:PORT/` 请求这个端口。' },
  PLAIN_TO_TLS_SERVER: { fix: '用 wss: 连接。', next: '用 `curl -vk https://HOST:PORT/` 请求这个端口。' },
  CERTIFICATE_UNTRUSTED: { fix: '使用客户端信任、且正是这个名称的证书；测试时可以先打开一次 https: 地址并接受它，或安装本地的证书颁发机构。', next: '在标签页中打开同一主机和端口的 https: 地址：浏览器会说出问题所在。' },
  TLS_FAILED: { fix: '让两端使用 TLS 1.2 或更高版本，并有共同的密码套件；先确认这个端口用的确实是 TLS。', next: '用 `openssl s_client -connect HOST:PORT` 连接这个端口。' },
  NETWORK_GONE: { fix: '检查网络；让防火墙放行这个端口。', next: '在同一台机器上试这个端口：`nc -vz HOST PORT`。' },
  CLOSED_BEFORE_ANSWER: { fix: '读一读服务器当时的日志；请求缺少它代码所需的字段，往往就会使它结束。', next: '看看尝试之后服务器的进程是否还在。' },
  RESET_BEFORE_ANSWER: { fix: '读一读服务器当时的日志；再看看中间的环节。', next: '在两端都录制：看是谁发送了 RST。' },
  ANSWER_TOOK_TOO_LONG: { fix: '让服务器立即答复每个握手；如果它在等一个不说话的客户端或等终端，其他的都会停住。', next: '在第一个还在等的时候再连接一次：两个都卡住，说明服务器一次只处理一个客户端。' },
  EARLIER_HANDSHAKE_BLOCKS: { fix: '让服务器对每个握手都答复或拒绝；之后下一个才会继续。', next: '关闭连着同一台服务器的其他标签页，再试一次。' },
  TUNNEL_REFUSED: { fix: '让代理允许连接这个主机和端口，或绕过代理。', next: '看看系统或 `HTTPS_PROXY` 所指的是哪个代理。' },
  NETWORK_CHANGED: { fix: '等网页重新可见，或收到 `online` 事件时，再次连接。', next: '看看那个时候机器是否休眠过，或有 VPN 接通。' },
  LOCAL_NETWORK_BLOCKED: { fix: '在网站设置中授予权限，或由同一台本地服务器提供网页，或把服务器放到公网地址上并使用 wss:。', next: '看看服务器是否记录到了连接；检查这个网站对本地网络的权限。' },
  BLOCKED_BY_EXTENSION: { fix: '在扩展中允许这个地址。', next: '用没有扩展的窗口试一试。' },
  TOO_MANY_SOCKETS: { fix: '关闭不用的套接字；两次尝试之间多等一会儿。', next: '在网络面板中数一数打开的套接字：有个循环在不停地打开它们。' },
  HTTP2_WITHOUT_CONNECT: { fix: '让服务器对这条路由以 HTTP/1.1 答复升级，或打开扩展 CONNECT（RFC 8441）。', next: '用 `curl -v` 请求：看服务器通过 ALPN 选了哪个 HTTP 版本。' },
  ADDRESS_IN_USE: { fix: '结束另一个进程，或换一个端口。', next: '列出正在监听的程序：`ss -ltnp`。' },
  FILE_DESCRIPTORS_GONE: { fix: '提高上限（`ulimit -n`），并关闭已经断掉的连接。', next: '数一数：`ls /proc/PID/fd | wc -l`。' },

  // 连接的结束。
  ENDED_WITHOUT_CLOSE: { fix: '用 Close 帧关闭，并等待答复；读一读服务器当时的日志。', next: '弄清是谁关闭的：用 `ws101 tap` 录制（是 FIN 还是重置、来自谁、在最后一帧之后多久）。' },
  IDLE_TIMEOUT: { fix: '每 20 到 30 秒发送一个 Ping，或提高超时（`proxy_read_timeout`）。', next: '看看距最后一帧过了多久：正好 30、60、100 或 300 秒，就是超时。' },
  CONNECTION_RESET: { fix: '这是难免的：重新连接。如果有规律地发生，看看是谁发送了 RST。', next: '在两端都录制：看是谁发送了 RST，在最后一帧之后多久。' },
  FRAME_TRUNCATED: { fix: '长度按字节数计，关闭之前全部写完（`write` 可能只写出一部分）。', next: '对比声明的长度与实际来的字节数。' },
  CLOSE_UNANSWERED: { fix: '先对 Close 以 Close 作答，再结束连接。', next: '看看服务器怎样处理操作码 8。' },
  PEER_GONE: { fix: '连接关闭后停止发送，并处理错误。', next: '看看之前的那个事件：它写着连接何时、怎样结束。' },
  PING_UNANSWERED: { fix: '让事件循环保持空闲（没有长时间的计算，没有阻塞的调用），不断地读，并答复 Ping；或多给它一些时间。', next: '看看对端在此前几秒里在计算什么。' },
  READ_BLOCKED: { fix: '每收到 Pong 或消息就延后期限，或发送 Ping。', next: '看看期限最后一次是在什么时候设的。' },
  USED_AFTER_CLOSE: { fix: '读或写第一次出错时就离开循环，不要再使用这个连接。', next: '看看这一行之前的第一个错误：那才是原因。' },
  WRITES_AT_ONCE: { fix: '只在一处读；只在一处写，或用同一把锁保护写入。', next: '看看是否有心跳在处理程序之外写入。' },
  PAGE_LEFT: { fix: '这是难免的；有必要时重新连接。', next: '看看用户那个时候做了什么。' },
  CLOSED_NORMALLY: { fix: '没有违反什么；如果关得太早，找出关闭它的那个调用。', next: '在两端搜索 `close(`。' },
  CLOSED_WITHOUT_CODE: { fix: '关闭时带上状态码和原因，让对端知道为什么。', next: '在两端搜索不带参数的 `close()`。' },
  PEER_FOUND_VIOLATION: { fix: '诊断本端发送的字节：用 `ws101 tap` 录制它们。', next: '读一读与状态码一起来的原因；再诊断收到这个状态码的一端所发的字节。' },
  PEER_REFUSED_TYPE: { fix: '发送它接受的类型。', next: '看看是不是该发二进制的地方发了文本。' },
  PEER_FOUND_BAD_TEXT: { fix: '用 UTF-8 编码文本，或发送二进制。', next: '看看最后发送的那条文本消息。' },
  PEER_REFUSED_BY_POLICY: { fix: '读一读原因；检查令牌、频率或权限。', next: '读一读与状态码一起来的原因，以及对端的日志。' },
  EXTENSION_DEMANDED: { fix: '让服务器接受这个扩展，或不要坚持使用它。', next: compareExtensions },
  PEER_FAILED: { fix: '读一读对端当时的日志，改好它指出的问题。', next: '读一读服务器那个时候的日志。' },
  SERVICE_RESTARTS: { fix: '等待一段略带随机的时间，再重新连接。', next: null },
  TRY_LATER: { fix: '等待越来越长的时间，再重新连接。', next: null },
  GATEWAY_GOT_NONSENSE: { fix: '检查网关后面的服务器。', next: '绕过网关连接。' },
  CLOSE_CODE_OF_APPLICATION: { fix: '在这项服务的文档中查这个状态码。', next: '读一读与状态码一起来的原因。' },
  CLOSE_CODE_NOBODY_MAY_SEND: { fix: '发送 1000 到 1003、1007 到 1014，或 3000 到 4999。', next: '在服务器中搜索这个状态码；`e8 03` 是两个字节对调了的 1000。' },

  // 帧。
  UNFRAMED_BYTES: { fix: '一切都通过库自己的 `send` 发送；手写的话，每条消息前面都要有帧头。', next: '看看头部之后服务器的最初几个字节：`81` 是文本帧的开头，字母或 `{` 不是。' },
  UNFRAMED_UTF8: { fix: '一切都通过库自己的 `send` 发送。', next: '看看头部之后服务器的最初几个字节：`81` 是文本帧的开头，`e4`–`e9` 是中文文本的开头。' },
  HEADER_MALFORMED: { fix: '长度 125 及以下写成 7 位，65535 及以下写成 16 位，更大的写成 64 位，高位字节在前；Close、Ping 和 Pong 不分片，也不要长。', next: '发送 5、125、126、65535 和 65536 字节的消息：最先失败的那个指出是哪种形式。' },
  LENGTH_NOT_SHORTEST: { fix: '125 及以下用 7 位，65535 及以下用 16 位，更大的用 64 位。', next: '发送 5、125、126 和 65536 字节的消息：看哪些失败。' },
  LENGTH_BYTE_ORDER: { fix: '按网络字节序写长度，高位字节在前。', next: '发送一条 200 字节的消息：如果什么也没到，就是长度写反了。' },
  CONTROL_FRAGMENTED: { fix: '每个控制帧都用一帧发送。', next: '看看帧的首字节：`88`、`89` 和 `8a` 是对的。' },
  CONTROL_TOO_LONG: { fix: '控制帧最多发送 125 字节；Close 的原因截到 123 字节。', next: '看看是否有很长的原因传给了 `close`。' },
  NOT_RAW_DEFLATE: { fix: '用不带头的原始 DEFLATE 压缩，刷新，去掉末尾的 `00 00 ff ff`，只在消息的第一帧设置 RSV1。', next: '看看响应中有没有 permessage-deflate，再不带它连接一次：能用，问题就在压缩。' },
  COMPRESSED_UNASKED: { fix: '响应中有 permessage-deflate 才压缩；让代理在两个方向上都转发 Sec-WebSocket-Extensions，或都不转发。', next: '看看客户端收到的响应中有没有 Sec-WebSocket-Extensions。' },
  COMPRESSED_CONTROL: { fix: '只在压缩消息的第一帧设置 RSV1。', next: '看看是不是在第一个 Ping 时失败。' },
  RESERVED_BIT_SET: { fix: 'RSV1、RSV2、RSV3 都发送 0。', next: '以十六进制查看帧的首字节。' },
  LOST_SYNC: { fix: '数载荷的字节，而不是字符；用同一把锁写帧头和载荷。', next: '看看是不是紧接着一条很长或非 ASCII 的消息之后失败。' },
  LENGTH_IN_CHARACTERS: { fix: '先把文本编码成 UTF-8，再取其长度。', next: '先发送 `hello`，再发送“你好”：如果只有第二条失败，就是这个原因。' },
  SERVER_MASKS: { fix: '掩码位发送 0，不带密钥。', next: '看看帧的第二个字节：`80` 及以上就是带掩码的。' },
  ECHOED_WITH_MASK: { fix: '读出帧，去掉掩码，再写一个新的帧。', next: '看看服务器是不是单纯的 TCP 回显，或复制了它的读缓冲区。' },
  BYTE_BEHIND_HEAD: { fix: '以 CR LF CR LF 结束头部，之后什么也不要写。', next: '看看头部的空行后面的字节：应当是 `81` 或 `82`。' },
  OPCODE_RESERVED: { fix: '发送 0、1、2、8、9 或 10。', next: '以十六进制查看帧的首字节；如果那根本不是帧头，就是前面某个长度错了。' },
  CONTINUATION_FIRST: { fix: '给消息的第一帧用操作码 1 或 2。', next: '以十六进制查看消息的第一帧：`00` 或 `80` 是延续帧。' },
  FRAGMENTS_REPEAT_OPCODE: { fix: '首个分片之后的分片用操作码 0 发送。', next: '发送一条超过分片大小的消息：如果只有这样的消息失败，就是这个原因。' },
  WRITERS_INTERLEAVE: { fix: '只在一处发送，或每条消息都在同一把锁下发送。', next: '看看是不是只在负载高时失败。' },
  TEXT_IN_OTHER_ENCODING: { fix: '用 UTF-8 编码文本，或以二进制发送消息。', next: '看看载荷中最先超过 `7f` 的字节：同是“你”，`c4 e3` 是 GBK，`e4 bd a0` 是 UTF-8。' },
  TEXT_CUT: { fix: '把消息拆成分片，而不是拆成多条消息；长度按字节数计。', next: '发送 42 个“你”：如果它失败而 `hello` 不失败，就是这个原因。' },
  COMPRESSED_WITHOUT_RSV1: { fix: '在每条压缩消息的第一帧设置 RSV1。', next: '看看响应中有没有 permessage-deflate；有的话，载荷多半以超过 `7f` 的字节开头。' },
  CLOSE_BODY_OF_ONE_BYTE: { fix: '不带载荷，或先写两个字节的状态码再写原因。', next: '找到状态码：它写成了一个字节，或写成了文本。' },
  CLOSE_CODE_RESERVED: { fix: '用 1000、1001、1008、1011 或 3000 到 4999 关闭；不要转发另一个连接的状态码。', next: '在服务器中搜索这个状态码：它常常是从 `close` 事件复制来的。' },
  CLOSE_CODE_INVALID: { fix: '发送 1000 到 1003、1007 到 1014，或 3000 到 4999，高位字节在前。', next: '看看这两个字节：`e8 03` 是两个字节对调了的 1000。' },
  CLOSE_REASON_IN_OTHER_ENCODING: { fix: '用 UTF-8 编码原因，并在字符之间截断。', next: '看看原因是怎样截到 123 字节的。' },
  WRITES_AFTER_CLOSE: { fix: '让 Close 成为最后一帧：先停下心跳和其他写入者。', next: '找一找还在发 Ping 的定时器。' },
  CLIENT_DOES_NOT_MASK: { fix: '客户端发送的每一帧都要掩码，且每帧用新的密钥。', next: '看看客户端是谁：浏览器总会加掩码。' },
  NOT_A_FRAME: { fix: '握手完成之后才发送帧；确认除了库以外没有谁向套接字写入。', next: '用 `ws101 tap` 录制字节，粘贴到这里。' },
  FRAME_BROKEN: { fix: '诊断这些字节：用 `ws101 tap` 录制，粘贴到这里。', next: '在 Chromium 中打开同一个网页，它会说出是哪条规则；或带上 `MOZ_LOG=nsWebSocket:5` 启动 Firefox。' },
  TOO_BIG_FOR_RECEIVER: { fix: '每次少发一些，或提高接收方的上限（`maxPayload`、`max_size`、`SetReadLimit` 等）。', next: '对比消息的大小与报错的库的上限；上限是对解压之后而言的。' },
  TOO_MANY_FRAGMENTS: { fix: '发送更大的分片。', next: '数一数一条消息有多少帧。' },

  // 101 的字段。
  FIELDS_LEFT_OUT: { fix: '答复 `Upgrade: websocket`、`Connection: Upgrade` 和 `Sec-WebSocket-Accept`，或把握手交给库。', next: '把响应粘贴到这里：会列出它的全部错误，而不只是第一个。' },
  FIELDS_STRIPPED: { fix: '让途中的每个代理都为这条路由支持 WebSocket。', next: '对比服务器发送的与客户端收到的。' },
  UPGRADE_MISSING_IN_ANSWER: { fix: '答复 `Upgrade: websocket`。', next: '把响应粘贴到这里；如果服务器确实发送了，就是代理去掉了它。' },
  UPGRADE_NAMES_OTHER: { fix: '只答复一次 `Upgrade: websocket`，不带别的内容。', next: '看看是谁写了这个字段：HTTP/2 的服务器会答复 `h2c`。' },
  UPGRADE_TWICE: { fix: '只在一处写这个字段，写成 `Upgrade: websocket`；Firefox 放过它，Chromium 不会。', next: '绕过代理连接：如果只剩一个，另一个就是代理写的。' },
  CONNECTION_MISSING_IN_ANSWER: { fix: '答复 `Connection: Upgrade`。', next: '把响应粘贴到这里；如果服务器确实发送了，就是代理去掉了它。' },
  CONNECTION_REWRITTEN: { fix: '答复 `Connection: Upgrade`，并让代理不要改动它。', next: '绕过代理连接，作个对比。' },
  ACCEPT_MISSING_IN_ANSWER: { fix: '答复“密钥 + GUID”的 SHA-1 的 base64 形式，字段名一字不差。', next: '在服务器中找 `Sec-WebSocket-Key1` 或 `WebSocket-Location`：有的话，它用的是 2010 年的草案。' },
  ACCEPT_TWICE_IN_ANSWER: { fix: '由库或应用之一来写，不要都写。', next: '在应用中搜索这个字段名。' },
  ACCEPT_MISCOMPUTED: { fix: '按原样取密钥，接上 GUID，求 SHA-1，再把那二十个字节编码为 base64。', next: '把请求和响应粘贴到这里：由这个值能看出是哪种错误造成的。' },
  SUBPROTOCOL_UNASKED: { fix: '请求没有 Sec-WebSocket-Protocol，就省略这个字段。', next: '在服务器中找总是写这个字段的那一行。' },
  SUBPROTOCOL_OTHER: { fix: '从提供的名称中一字不差地选一个答复，或省略此字段。', next: compareSubprotocols },
  SUBPROTOCOL_LIST: { fix: '从提供的名称中选一个，只发送它。', next: compareSubprotocols },
  SUBPROTOCOL_UNANSWERED: { fix: '让服务器从提供的名称中选一个答复；或不提供子协议，不要在那里传令牌或 `null`。', next: '看看 `new WebSocket` 的第二个参数传的是什么。' },
  EXTENSION_UNASKED: { fix: '只答复请求提供过的扩展。', next: compareExtensions },
  EXTENSIONS_UNREADABLE: { fix: '写成 `name; parameter=value`；不接受任何扩展时省略此字段。', next: pasteResponse },
  EXTENSION_TWICE: { fix: '只接受其中一个提议，写一次。', next: compareExtensions },
  DEFLATE_OFFER_ECHOED: { fix: '只答复 `permessage-deflate`，或给这个参数一个 8 到 15 的值。', next: '找一找把请求的字段复制到响应中的那一行。' },
  DEFLATE_PARAMETER_FOREIGN: { fix: '只用 RFC 7692 的四个参数。', next: pasteResponse },
  DEFLATE_PARAMETER_INVALID: { fix: '窗口位数写成 8 到 15，不带前导零；另外两个参数不带值。', next: pasteResponse },
  DEFLATE_PARAMETER_TWICE: { fix: '每个参数只写一次。', next: pasteResponse },
  STATUS_LINE_MISREAD: { fix: '一字不差地答复 `HTTP/1.1 101 Switching Protocols`。', next: '把响应的第一行粘贴到这里。' },
  NOT_HTTP: { fix: '连接 WebSocket 服务器的端口；它使用 TLS 时用 wss:。', next: '看看答复的最初几个字节：`15 03` 是 TLS，字母则是别的协议的问候语。' },
  FRAME_INSTEAD_OF_HEAD: { fix: '先答复每个连接自己的握手；为每个客户端分别保存这个状态，不要共用一个标志。', next: '在第一个客户端连着的时候连接第二个：如果只有第二个失败，就是共用了一个标志。' },
  HEAD_UNFINISHED: { fix: '以 CR LF CR LF 结束头部。', next: '粘贴服务器的字节：看看是否以 `0d 0a 0d 0a` 结尾。' },

  // 库对程序的要求。
  NOT_A_WEB_SOCKET_REQUEST: { fix: '使用 WebSocket 客户端；让代理转发 Upgrade 和 Connection；让健康检查请求别的路径。', next: '看看是谁在请求：请求的 User-Agent 和路径。' },
  CONNECTION_FIELD_LOST: { fix: '让代理转发 `Connection: Upgrade`（nginx：`proxy_set_header Connection "upgrade"`）。', next: '绕过代理连接：能连上，问题就在代理。' },
  KEY_BROKEN: { fix: '发送十六个随机字节的 base64，共 24 个字符。', next: pasteRequest },
  VERSION_NOT_TAKEN: { fix: '发送 `Sec-WebSocket-Version: 13`。', next: pasteRequest },
  METHOD_NOT_GET: { fix: '发送 GET。', next: '看看是谁在请求：有一个用 POST 的 fetch 到了这个路径。' },
  REQUEST_UNREADABLE: { fix: '明文端口用 ws: 连接，使用 TLS 的端口用 wss: 连接。', next: '看看首字节：`16` 是使用 TLS 的客户端。' },
  HTTP_VERSION_OLD: { fix: '在 nginx 中：`proxy_http_version 1.1`。', next: '绕过代理连接。' },
  MIDDLEWARE_HIDES_SOCKET: { fix: '让 WebSocket 的路由不经过这个中间件，或让它的包装转发对连接的接管（hijack）。', next: '不带中间件提供这条路由：能用，就一个一个地加回去。' },
  ANSWERED_ALREADY: { fix: '先升级，之前什么也不要写；每个请求只答复一次。', next: '找一找是否有第二个处理程序处理同一个升级。' },
  LIBRARY_MISSING: { fix: "安装它：`pip install 'uvicorn[standard]'`，或 `websockets`。", next: '读一读日志中接下来的那一行。' },
  CLIENT_SPOKE_FIRST: { fix: '101 之后才发送。', next: '看看是不是健康检查或别的协议向这个端口写入。' },
  ERROR_UNHANDLED: { fix: '在每个套接字上监听 `error`；客户端的一次重置不该使服务器结束。', next: '看看进程是否还在。' },
  READ_AFTER_FAILURE: { fix: '第一次出错就离开循环。', next: '找一找出错时写着 `continue` 的循环。' },
  SUBPROTOCOL_NOT_AGREED: { fix: '提供一个服务器支持的子协议，或让服务器接受所提供的。', next: compareSubprotocols },
  DEFLATE_FAILED: { fix: '在一端关闭压缩，看看问题是否在它；然后遵守约定的窗口和是否沿用上下文。', next: '不带 permessage-deflate 连接一次。' },
  WRITE_TOO_SLOW: { fix: '看看有多少在等待（`bufferedAmount`、`drain`），少发一些；断开不读的客户端。', next: '看看对端是否还在读。' },
  LONG_POLLING_FALLBACK: { fix: '使用相配的客户端和服务器；把同一客户端的所有请求交给同一个进程。', next: '看看 URL：`/socket.io/?EIO=4&transport=websocket` 需要 Socket.IO 服务器。' },

  // 网页的脚本。
  CLOSED_WHILE_CONNECTING: { fix: '还在连接的套接字，到它的 `open` 处理函数中再关闭；如果是离开网页时出现的，忽略这个警告。', next: '在脚本中搜索 `close()`：常见的是立即运行的清理函数。' },
  MOUNTED_TWICE: { fix: '开发时忽略它，或在 effect 之外打开套接字；生产构建中不会发生。', next: '看看第二个套接字是否打开：打开了就没有问题。' },
  SENT_TOO_EARLY: { fix: '在 `open` 的处理函数中发送，或先排队到那时。', next: '搜索紧跟在 `new WebSocket` 后面的 `send(`。' },
  SENT_TOO_LATE: { fix: '发送之前查看 `readyState`，并在 `close` 时重新连接。', next: '看看之前的 `close` 事件的 code。' },
  URL_HAS_FRAGMENT: { fix: '把 `#` 及其后的内容从 URL 中去掉。', next: null },
  URL_SCHEME_WRONG: { fix: '写 ws: 或 wss:。', next: null },
  URL_UNREADABLE: { fix: '写成 `ws://host:port/path`。', next: '使用之前把 URL 打印出来：常见的是其中有未定义的变量。' },
  SUBPROTOCOL_ARGUMENT_WRONG: { fix: '传入由字母、数字和 `-._~` 组成的名称，每个一次；JWT 应放在别处。', next: '使用之前把第二个参数打印出来。' },
  MIXED_CONTENT: { fix: '使用 wss:，并给服务器配上 TLS，或在前面放一个有 TLS 的代理。', next: null },
  POLICY_FORBIDS: { fix: "把这个地址（带上协议和端口）加入 `connect-src`；`'self'` 不包括别的端口。", next: '读一读网页的 Content-Security-Policy：此时只有 `error` 事件，没有 `close`。' },
  CLOSE_ARGUMENT_WRONG: { fix: '使用 1000 或 3000 到 4999；原因的 UTF-8 最多 123 字节。', next: null },
  NOT_A_CONSTRUCTOR: { fix: "使用 `new WebSocket(…)`；较旧的 Node 中用 `import WebSocket from 'ws'`。", next: null },
  DATA_UNEXPECTED: { fix: '看看 `event.data` 是什么：Blob 或 ArrayBuffer 要先解码；也不是每条消息都是 JSON。', next: '打印 `event.data` 和它的类型。' },
};

/** 由值看出的错误（`ACCEPT_…`）：改法都一样，即规则的改法；只有“另一个密钥的应答值”例外。 */
const fixOfAnotherKey = '让代理原样转发请求和响应，尤其是 Sec-WebSocket-Key 和 Sec-WebSocket-Accept。';
const nextOfAccept = '对比客户端发送的密钥与服务器看到的密钥。';

/** 对一个原因怎么办；没有建议的原因为 `null`。 */
export function zhAdviceOn(cause: CauseName): Advice | null {
  if (isExplained(cause)) return zhExplained[cause];
  if (!cause.startsWith('ACCEPT_')) return null;
  const fix = cause === 'ACCEPT_OF_ANOTHER_KEY' ? fixOfAnotherKey : zhErrors.RESPONSE_ACCEPT_WRONG.fix;
  return { fix, next: nextOfAccept };
}

function isExplained(cause: CauseName): cause is ExplainedCause {
  return cause in zhExplained;
}
