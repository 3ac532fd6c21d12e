// Rules of the parameters that a response gives permessage-deflate.

import { request as asked, response as good } from './good';
import type { RulePage } from './page';

const extensions = (list: string) => `Sec-WebSocket-Extensions: ${list}`;
const offering = (list: string) => [...asked, extensions(list)];
const accepting = (list: string) => [...good, extensions(list)];

export const negotiationDeflate = {
  RESPONSE_DEFLATE_PARAMETER_UNKNOWN: {
    clause: 'The negotiation response contains an extension parameter not defined for use in a response.',
    why: {
      en: 'There are four parameters, and each says what one end must be able to undo. A fifth might say something that the client cannot do, so that it fails: Chromium says `Received an unexpected permessage-deflate extension parameter`, Firefox does not open. Capital letters make another name.',
      zh: '参数只有四个，每个都说明某一端必须能还原什么。第五个说的可能是客户端做不到的事，所以客户端会失败：Chromium 报告 `Received an unexpected permessage-deflate extension parameter`，Firefox 不建立连接。写成大写就是另一个名称。',
    },
    example: {
      request: offering('permessage-deflate'),
      response: accepting('permessage-deflate; level=6'),
      note: { en: 'How hard a server tries is its own affair, and no parameter.', zh: '压缩到什么程度是服务器自己的事，不是参数。' },
    },
    ways: {
      php: { code: "ucwords($value, '-_')", text: { en: 'A helper that gives names of fields their capitals is used on values: `Server_No_Context_Takeover`.', zh: '给字段名加大写的辅助函数用在了值上：`Server_No_Context_Takeover`。' } },
      node: { code: "'permessage-deflate; serverNoContextTakeover'", text: { en: 'The name of the option in `ws`; on the wire it has underscores.', zh: '这是 `ws` 里选项的名字，在线上要用下划线写法。' } },
      python: { code: "f'permessage-deflate; wbits={wbits}'", text: { en: 'The name of the argument of `zlib.compressobj`, whose bits these are: `server_max_window_bits`.', zh: '这是 `zlib.compressobj` 的参数名；对应的扩展参数叫 `server_max_window_bits`。' } },
      go: { code: 'fmt.Sprintf("permessage-deflate; level=%d", flate.BestSpeed)', text: { en: 'The level of `compress/flate`, which the other end need not know.', zh: '`compress/flate` 的压缩级别，对方不需要知道。' } },
      java: { code: '"permessage-deflate; max_window_bits=" + bits', text: { en: 'Whose window? The parameters begin with `server_` or `client_`.', zh: '谁的窗口？参数要以 `server_` 或 `client_` 开头。' } },
      rust: { code: '#[serde(rename_all = "kebab-case")]', text: { en: 'A derived name has hyphens, `server-no-context-takeover`; `snake_case` is meant.', zh: '派生出的名称带连字符：`server-no-context-takeover`；应当用 `snake_case`。' } },
    },
    misbehave: 'deflate-parameter-unknown',
  },
  RESPONSE_DEFLATE_PARAMETER_DUPLICATE: {
    clause: 'The negotiation response contains multiple extension parameters with the same name.',
    why: {
      en: 'Two values for one window leave open which of them holds. Chromium says `Received duplicate permessage-deflate extension parameter` even where both are the same, and Firefox does not open.',
      zh: '一个窗口有两个值，就说不清哪个算数。即使两个值相同，Chromium 也报告 `Received duplicate permessage-deflate extension parameter`，Firefox 不建立连接。',
    },
    example: {
      request: offering('permessage-deflate; client_max_window_bits'),
      response: accepting('permessage-deflate; client_max_window_bits=10; client_max_window_bits=10'),
      note: { en: 'The same parameter with the same value, twice.', zh: '同一个参数，同一个值，写了两次。' },
    },
    ways: {
      php: { code: "$answer = $offer . '; server_no_context_takeover';", text: { en: 'Appended to the offer of the client, which may have had it.', zh: '接在客户端的提议后面，而提议里可能已经有了。' } },
      node: { code: "[...defaults, ...negotiated].join('; ')", text: { en: 'Lists are joined where objects would replace: `{ ...defaults, ...negotiated }` has each name once.', zh: '列表只会连接，对象才会替换：`{ ...defaults, ...negotiated }` 里每个名称只有一个。' } },
      python: { code: "params += [('client_no_context_takeover', None)]", text: { en: 'On a list of pairs that was parsed from the offer. A dict would not grow.', zh: '加在从提议解析出的键值对列表上。若用字典就不会变多。' } },
      go: { code: 'fmt.Sprintf("%s; client_max_window_bits=%d", offer, bits)', text: { en: 'Chromium offers the parameter without a value; the value is put behind it and not in its place.', zh: 'Chromium 提供的是不带值的参数；这里把带值的写在它后面，而不是替换它。' } },
      java: { code: 'response.getParameters().addAll(request.getParameters());', text: { en: 'The parameters of the request are added to those that the server has set.', zh: '把请求的参数加到了服务器已经设好的参数上。' } },
      rust: { code: 'if config.low_memory { answer.push_str("; server_no_context_takeover"); }', text: { en: 'The branch before, for an offer with this parameter, has pushed it too.', zh: '前面处理带此参数的提议的分支里，已经写过一次了。' } },
    },
    misbehave: 'deflate-parameter-twice',
  },
  RESPONSE_DEFLATE_PARAMETER_VALUE: {
    clause: 'The "client_max_window_bits" extension parameter in an extension negotiation response has a decimal integer value without leading zeroes between 8 to 15 inclusive indicating the base-2 logarithm of the LZ77 sliding window size and MUST conform to the ABNF below.',
    why: {
      en: 'Chromium offers `client_max_window_bits` without a value, which is allowed there and says that it can be given one. An answer must give it. Sent back as it came, it is by far the commonest mistake here: Chromium says `client_max_window_bits must have value`, Firefox fails as well.',
      zh: 'Chromium 提供的 `client_max_window_bits` 不带值，这在提议里是允许的，表示可以由服务器给一个。答复就必须给出。原样送回是这里最常见的错误：Chromium 报告 `client_max_window_bits must have value`，Firefox 也会失败。',
    },
    example: {
      request: offering('permessage-deflate; client_max_window_bits'),
      response: accepting('permessage-deflate; client_max_window_bits'),
      note: { en: 'The offer of Chromium, sent back word for word.', zh: '把 Chromium 的提议一字不差地送了回去。' },
    },
    ways: {
      php: { code: '"Sec-WebSocket-Extensions: {$_SERVER[\'HTTP_SEC_WEBSOCKET_EXTENSIONS\']}\\r\\n"', text: { en: 'Offer and answer look alike, and the answer is made by copying. `permessage-deflate` alone would be right.', zh: '提议和答复看起来一样，答复就照抄了。只写 `permessage-deflate` 反而是对的。' } },
      node: { code: '`permessage-deflate; server_max_window_bits=${options.serverMaxWindowBits}`', text: { en: 'Where the option is not set, the value is the word `undefined`. `ws` writes a parameter only if it has one.', zh: '选项没有设置时，值就成了 `undefined` 这个词。`ws` 有值才写这个参数。' } },
      python: { code: "f'permessage-deflate; server_max_window_bits={self.wbits}'", text: { en: 'In `zlib`, raw DEFLATE has negative bits: `-15` went out. Write `abs(self.wbits)`.', zh: '`zlib` 用负的位数表示原始 DEFLATE，发出去的是 `-15`。应当写 `abs(self.wbits)`。' } },
      go: { code: 'fmt.Sprintf("server_max_window_bits=%d", 1<<15)', text: { en: 'The size of the window, 32768, where its logarithm is meant. `compress/flate` has no smaller window to choose at all.', zh: '该写对数的地方写了窗口大小 32768。而 `compress/flate` 根本不能选更小的窗口。' } },
      java: { code: '"server_no_context_takeover=" + noContext', text: { en: 'A boolean is printed: this parameter takes no value, and `=false` would not mean that it is off.', zh: '把布尔值打印了出来：这个参数不带值，写 `=false` 也不表示关闭。' } },
      rust: { code: 'format!("server_max_window_bits={}", WINDOW.ilog2() + 1)', text: { en: 'For 32768 the logarithm is 15 without the one; 16 is more than DEFLATE has.', zh: '32768 的对数就是 15，不用加一；16 超出了 DEFLATE 的范围。' } },
    },
    misbehave: 'deflate-client-bits-without-value',
  },
  RESPONSE_DEFLATE_SERVER_TAKEOVER: {
    clause: 'A server accepts an extension negotiation offer that includes the "server_no_context_takeover" extension parameter by including the "server_no_context_takeover" extension parameter in the corresponding extension negotiation response to send back to the client.',
    why: {
      en: 'A client asks this where it has no memory to keep a window between messages. A server that accepts without the word may refer back to earlier messages, which that client cannot undo. Chromium and Firefox do not ask it; gorilla and small devices do.',
      zh: '客户端没有内存在消息之间保留窗口时会这样要求。服务器接受了却不写这个参数，就可能引用先前的消息，而客户端无法还原。Chromium 和 Firefox 不会提出，gorilla 的客户端和小型设备会。',
    },
    example: {
      request: offering('permessage-deflate; server_no_context_takeover'),
      response: accepting('permessage-deflate'),
      note: { en: 'The offer makes a condition, and the answer accepts without it.', zh: '提议带有条件，答复接受了提议，却没有接受条件。' },
    },
    ways: {
      php: { code: "if (str_contains($offers, 'permessage-deflate')) $answer = 'permessage-deflate';", text: { en: 'Tried with a browser, whose offer has no conditions. Where parameters are not read, only an offer without any can be accepted.', zh: '只拿浏览器试过，而浏览器的提议没有条件。不读参数的话，就只能接受不带参数的提议。' } },
      node: { code: "const [extension] = header.split(';');", text: { en: 'The parameters are cut off before anybody looks. `ws` grants this one, or declines if `serverNoContextTakeover` is false.', zh: '还没有人看，参数就被截掉了。`ws` 会同意它；若 `serverNoContextTakeover` 为 false 则拒绝。' } },
      python: { code: 'compressobj = zlib.compressobj(wbits=-15)  # once per connection', text: { en: 'The compressor lives as long as the connection, and so nobody grants what it does not do. It takes a new one for each message; `websockets` does that.', zh: '压缩器与连接同生命期，做不到的事自然没有答应。要做到，每条消息得用新的压缩器；`websockets` 就是这样做的。' } },
      go: { code: 'h.Set("Sec-WebSocket-Extensions", "permessage-deflate")', text: { en: 'The client of gorilla asks for both parameters and says `invalid compression negotiation` unless the answer has them.', zh: 'gorilla 的客户端要求两个参数，答复里没有就报告 `invalid compression negotiation`。' } },
      java: { code: 'Map<String, String> parameters = new HashMap<>();', text: { en: 'An answer with parameters of its own, made without the offer. The handshaker of Netty declines where its `allowServerNoContext` is false.', zh: '答复的参数另起炉灶，没有看提议。Netty 的握手器在 `allowServerNoContext` 为 false 时会拒绝。' } },
      rust: { code: 'match name { "client_no_context_takeover" => …, _ => {} }', text: { en: 'The arm `_` passes over what it does not know; it should decline the offer.', zh: '`_` 分支放过了不认识的参数；这里应当拒绝整个提议。' } },
    },
  },
  RESPONSE_DEFLATE_SERVER_BITS: {
    clause: 'A server accepts an extension negotiation offer with this parameter by including the "server_max_window_bits" extension parameter in the extension negotiation response to send back to the client with the same or smaller value as the offer.',
    why: {
      en: 'The client says how large a window it can keep; a server that compresses with a larger one sends references that reach beyond it. Browsers do not ask; a client on a small device does and fails, as it must.',
      zh: '客户端说明自己能保留多大的窗口；服务器用更大的窗口压缩，就会引用到窗口之外。浏览器不会提出这个要求；小型设备上的客户端会，并且按规定会失败。',
    },
    example: {
      request: offering('permessage-deflate; server_max_window_bits=10'),
      response: accepting('permessage-deflate; server_max_window_bits=12'),
      note: { en: 'A window of 1,024 bytes was asked for, one of 4,096 is announced.', zh: '要求的是 1024 字节的窗口，答复的是 4096 字节。' },
    },
    ways: {
      php: { code: "deflate_init(ZLIB_ENCODING_RAW, ['window' => 15])", text: { en: 'The window is a constant of the server, and its answer says so honestly. The smaller of the two is what must be used.', zh: '窗口是服务器的常量，答复也如实写了。应当用两者中较小的那个。' } },
      node: { code: 'Math.max(offered, configured)', text: { en: 'The larger was taken for the better. `ws` declines where its own `serverMaxWindowBits` is the larger.', zh: '以为越大越好。`ws` 在自己的 `serverMaxWindowBits` 更大时会拒绝。' } },
      python: { code: "params.get('server_max_window_bits', '15')", text: { en: 'Looked up under a name with a blank before it, as `split(\';\')` leaves them: never found, always 15.', zh: '`split(\';\')` 之后名称前面还带着空格，于是永远找不到，总是 15。' } },
      go: { code: 'flate.NewWriter(w, level)', text: { en: '`compress/flate` always uses 32 KiB. A server that cannot go lower has to decline such an offer.', zh: '`compress/flate` 总是用 32 KiB 的窗口。做不到更小的服务器必须拒绝这样的提议。' } },
      java: { code: 'new Deflater(level, true)', text: { en: '`java.util.zip` has no parameter for the window either: leave the offer, take the next one or none.', zh: '`java.util.zip` 也没有设置窗口的参数：应当放过这个提议，接受下一个，或者一个也不接受。' } },
      rust: { code: 'Compress::new(Compression::default(), false)', text: { en: 'flate2 takes the window in `new_with_window_bits`, with a C zlib behind it; without, the offer is to be declined.', zh: 'flate2 要用 `new_with_window_bits` 才能设置窗口，并且需要 C 的 zlib；做不到就应当拒绝提议。' } },
    },
  },
  RESPONSE_DEFLATE_CLIENT_BITS: {
    clause: 'If the "client_max_window_bits" extension parameter in a received extension negotiation offer has a value, the server may either ignore this value or use this value to avoid allocating an unnecessarily big LZ77 sliding window by including the "client_max_window_bits" extension parameter in the corresponding extension negotiation response to the offer with a value equal to or smaller than the received value.',
    why: {
      en: 'The value of the offer is the largest window that the client is going to use; an answer with a larger one would allow what it does not want. It is harmless for the server and still against the rule, so that strict clients fail. Chromium offers the parameter without a value, and every answer fits that.',
      zh: '提议中的值是客户端打算使用的最大窗口；答复更大的值，等于允许客户端并不想要的东西。对服务器并无害处，但仍然违反规定，严格的客户端会失败。Chromium 的提议不带值，怎么答复都合适。',
    },
    example: {
      request: offering('permessage-deflate; client_max_window_bits=10'),
      response: accepting('permessage-deflate; client_max_window_bits=15'),
      note: { en: 'At most 10 was offered, 15 is answered.', zh: '提供的上限是 10，答复的是 15。' },
    },
    ways: {
      php: { code: '"permessage-deflate; client_max_window_bits=15"', text: { en: 'A fixed answer that suits browsers. 15 is what holds without the parameter: leave it out.', zh: '适合浏览器的固定答复。不写这个参数时就是 15，省略即可。' } },
      node: { code: 'offered || configured', text: { en: '`true` stands for an offer without a value, a number for one with it; the branch for the number was not written. Newer versions of `ws` decline where their own `clientMaxWindowBits` is the larger.', zh: '不带值的提议用 `true` 表示，带值的用数字表示；处理数字的分支没有写。较新的 `ws` 在自己的 `clientMaxWindowBits` 更大时会拒绝。' } },
      python: { code: "max(int(offer['client_max_window_bits']), 12)", text: { en: 'Meant as a lower limit for good compression. The client decides how little it uses.', zh: '本意是给压缩效果定一个下限。用多小的窗口由客户端决定。' } },
      go: { code: 'if bits < 15 { bits = 15 }', text: { en: 'The reader of `compress/flate` keeps 32 KiB in any case, and so the answer asks for that. A client may use less than the reader keeps.', zh: '`compress/flate` 的读取端总是保留 32 KiB，于是答复也写成这个值。其实客户端用得比它小也没有关系。' } },
      java: { code: 'PerMessageDeflateServerExtensionHandshaker.MAX_WINDOW_SIZE', text: { en: 'A constant of Netty, 15, copied into an answer of your own.', zh: '把 Netty 的常量 15 抄进了自己写的答复。' } },
      rust: { code: 'bits.unwrap_or(15).max(9)', text: { en: 'C zlib makes no raw DEFLATE with 8 bits, and so 8 is raised to 9. For the window of the server that would be a reason to decline; the window of the client is never to be raised.', zh: 'C 的 zlib 不支持 8 位窗口的原始 DEFLATE，于是把 8 提到了 9。若是服务器的窗口，做不到应当拒绝；客户端的窗口则绝不能调大。' } },
    },
  },
  RESPONSE_DEFLATE_CLIENT_BITS_NOT_OFFERED: {
    clause: 'If a received extension negotiation offer doesn\'t have the "client_max_window_bits" extension parameter, the corresponding extension negotiation response to the offer MUST NOT include the "client_max_window_bits" extension parameter.',
    why: {
      en: 'By the parameter a client says that it can compress with a smaller window; many libraries cannot. Chromium offers it. Firefox does not, and yet opens with such an answer; other clients fail.',
      zh: '客户端用这个参数表示自己能以更小的窗口压缩，而许多库做不到。Chromium 会提供它。Firefox 不提供，但收到这样的答复仍会建立连接；别的客户端会失败。',
    },
    example: {
      request: offering('permessage-deflate'),
      response: accepting('permessage-deflate; client_max_window_bits=10'),
      note: { en: 'The offer of Firefox, answered like that of Chromium.', zh: '对 Firefox 的提议，按 Chromium 的样子答复了。' },
    },
    ways: {
      php: { code: "'permessage-deflate; client_max_window_bits=15'", text: { en: 'Found out by trying until Chromium was content. It is content without the parameter, too, and so is everybody.', zh: '反复试验直到 Chromium 满意为止得来的写法。不带这个参数它也满意，大家都满意。' } },
      node: { code: 'perMessageDeflate: { clientMaxWindowBits: 10 }', text: { en: 'In `ws` this is a condition: an offer without the parameter is declined, and Firefox goes uncompressed. By hand, look before you answer.', zh: '在 `ws` 里这是条件：提议不带此参数就拒绝，Firefox 便不压缩。自己写的话，答复之前要先看提议。' } },
      python: { code: 'ServerPerMessageDeflateFactory(client_max_window_bits=12)', text: { en: '`websockets` leaves the parameter out where it was not offered, unless `require_client_max_window_bits` is set; then it declines. Code written by hand sends it to all.', zh: '请求没有提供时，`websockets` 会省略此参数；设了 `require_client_max_window_bits` 则拒绝。手写的代码会对谁都发送。' } },
      go: { code: 'if strings.Contains(offers, "client_max_window_bits") { … }', text: { en: 'The word is looked for in the whole field, and found in another offer than the one that is accepted.', zh: '在整个字段里找这个词，找到的却不在所接受的那个提议里。' } },
      java: { code: '"permessage-deflate; client_max_window_bits=" + limit', text: { en: 'Written to keep the memory per connection small. Where the client did not offer it, the limit has to be kept by declining.', zh: '为了减少每个连接的内存而写。客户端没有提供时，只能以拒绝来守住上限。' } },
      rust: { code: 'let bits = offer.client_max_window_bits.unwrap_or(config.bits);', text: { en: '`None` has two meanings here: the parameter was absent, or it had no value. An `Option<Option<u8>>`, or an enum, tells them apart.', zh: '这里的 `None` 有两种含义：没有这个参数，或者参数没有值。用 `Option<Option<u8>>` 或枚举才能区分。' } },
    },
  },
} satisfies Record<string, RulePage>;
