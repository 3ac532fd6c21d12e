import { request, response } from './good';
import type { RulePage } from './page';
import { asked, client, hello, helloBack, opened, requestWith, server } from './server-moments';

export const serverClients = {
  SERVER_SECOND_CLIENT_HANGS: {
    clause: '',
    why: {
      en: 'Nothing is wrong with any byte: the server is busy with the first client, or has forgotten its listener. The system still takes the TCP connection, so the second page does not fail; it stays in CONNECTING. An author who tests with one tab never sees it.',
      zh: '没有哪个字节是错的：服务器要么忙着伺候第一个客户端，要么把监听套接字弄丢了。TCP 连接由系统照常接下，所以第二个网页并不报错，只是一直停在 CONNECTING。作者只开一个标签页测试，就永远看不到。',
    },
    example: {
      timeline: [{ at: 0, from: 'client', head: request }, { at: 5000, from: 'server', head: response }],
      note: { en: 'The connection of the second client. Its answer comes after five seconds: at the moment when the first client has left.', zh: '这是第二个客户端的连接。答复五秒后才来：正是第一个客户端离开的那一刻。' },
    },
    ways: {
      php: { code: 'socket_select($this->sockets, $write, $except, null);', text: { en: '`socket_select` leaves in its array only the sockets that are ready. Given the list itself, and not a copy, it throws the listener out: `$read = $this->sockets` first. `socket_bind` within the loop is the other way, since it fails unseen the second time.', zh: '`socket_select` 只在数组里留下就绪的套接字。把原列表而不是副本传给它，监听套接字就被丢掉了：先 `$read = $this->sockets`。另一种是在循环里 `socket_bind`，第二次会悄悄失败。' } },
      node: { code: "server.once('connection', serve);", text: { en: 'Node accepts by itself, so it takes `once`, `server.close()` after the first client, `maxConnections = 1`, or a handler that never gives the event loop back: `while (true)`, `execSync`.', zh: 'Node 会自动接受连接，所以要有 `once`、第一个客户端之后的 `server.close()`、`maxConnections = 1`，或者一直占着事件循环的处理函数（`while (true)`、`execSync`）才会这样。' } },
      python: { code: 'conn, addr = s.accept()\nwhile True:\n    data = conn.recv(1024)', text: { en: 'The echo example of `socket`: one `accept` in front of the loop. `socketserver.TCPServer` serves one request after another, too; `ThreadingTCPServer` is meant.', zh: '`socket` 的回显例子：`accept` 只在循环前调用一次。`socketserver.TCPServer` 也是一个接一个地服务，该用 `ThreadingTCPServer`。' } },
      go: { code: 'for {\n\tconn, _ := ln.Accept()\n\thandle(conn)\n}', text: { en: 'The word `go` is missing before `handle(conn)`. With `net/http` each connection has its goroutine; there it is a mutex that is held while a handler reads.', zh: '`handle(conn)` 前面少了 `go`。用 `net/http` 时每个连接都有自己的 goroutine；那里的原因是处理函数读取时一直拿着互斥锁。' } },
      java: { code: 'Socket client = server.accept();\nnew Handler(client).run();', text: { en: '`run()` instead of `start()`: the handler runs in the thread that should accept. A `newFixedThreadPool(n)` has the same effect from client n + 1 on, because a WebSocket keeps its thread.', zh: '写成了 `run()` 而不是 `start()`：处理程序跑在本该 accept 的线程里。`newFixedThreadPool(n)` 从第 n + 1 个客户端起也是一样，因为 WebSocket 会一直占着线程。' } },
      rust: { code: 'while let Ok((stream, _)) = listener.accept().await {\n    handle(stream).await;\n}', text: { en: 'Awaited where `tokio::spawn(handle(stream))` was meant. In blocking code it is `for stream in listener.incoming()` without `thread::spawn`.', zh: '该写 `tokio::spawn(handle(stream))`，却直接 await 了。阻塞代码里则是 `for stream in listener.incoming()` 里没有 `thread::spawn`。' } },
    },
  },
  SERVER_ONE_HANDSHAKE_FOR_ALL: {
    clause: "When a client establishes a WebSocket connection to a server, the server MUST complete the following steps to accept the connection and send the server's opening handshake.",
    why: {
      en: "Each TCP connection has its own opening handshake. A server with one flag for all of them reads the second client's `GET` as a frame: `G` is 0x47, which has reserved bits set and no meaning. A frame where a response is due is `net::ERR_INVALID_HTTP_RESPONSE` in Chromium.",
      zh: '每条 TCP 连接都有自己的握手。只用一个标志管所有连接的服务器，会把第二个客户端的 `GET` 当成帧：`G` 是 0x47，保留位被置位，毫无意义。该来响应的地方来了一个帧，在 Chromium 里就是 `net::ERR_INVALID_HTTP_RESPONSE`。',
    },
    example: {
      timeline: [...asked(request), server(2, '88 02 03 ea'), { at: 3, from: 'server', ended: 'fin' }],
      also: ['RESPONSE_NOT_HTTP'],
      note: { en: 'The second client sends a good request, and what comes back is no HTTP but a frame: Close with 1002, “you broke the protocol”.', zh: '第二个客户端发出好的请求，回来的不是 HTTP，而是一个帧：状态码 1002 的 Close，意思是“你违反了协议”。' },
    },
    ways: {
      php: { code: 'if (!$handshake) { performHandshake($client); $handshake = true; }', text: { en: '`$handshake` is a variable of the script. Make it an array by client, `$handshaked[(int) $socket]` or a field of an object; with PHP 8 sockets are objects: `spl_object_id($socket)`.', zh: '`$handshake` 是整个脚本的变量。应改成按客户端保存的数组 `$handshaked[(int) $socket]` 或对象的属性；PHP 8 里套接字是对象，用 `spl_object_id($socket)`。' } },
      node: { code: 'let upgraded = false;\nnet.createServer((socket) => { … });', text: { en: 'The `let` stands outside of the callback, so all sockets share it. One line further down it would be a variable of each connection.', zh: '`let` 写在回调外面，所有套接字共用一个。往下挪一行，就成了每个连接自己的变量。' } },
      python: { code: 'class Server:\n    handshake_done = False', text: { en: 'A class attribute, or one of the server, where an attribute of the handler was meant. `asyncio.Protocol` has the same trap where the factory returns one instance: `lambda: protocol`.', zh: '本该是 handler 实例的属性，却写成了类属性或服务器的属性。`asyncio.Protocol` 也有同样的坑：工厂每次返回同一个实例，如 `lambda: protocol`。' } },
      go: { code: 'type Server struct { conn net.Conn; upgraded bool }', text: { en: 'State of a connection in the struct of the server, which all goroutines share: besides this mistake it is a data race, which `-race` reports.', zh: '把连接的状态放进服务器结构体，所有 goroutine 共享：除了这个错误，它还是数据竞争，`-race` 能报出来。' } },
      java: { code: 'public class ChatHandler { private boolean handshaked; … }', text: { en: "One handler object for all channels, in NIO or as a Netty handler marked `@Sharable`: keep it in a channel's attribute or in the `SelectionKey`'s attachment.", zh: '所有通道共用一个处理器对象：NIO 里如此，Netty 里标了 `@Sharable` 也如此。应放在通道的属性里，或 `SelectionKey` 的附件里。' } },
      rust: { code: 'let upgraded = Arc::new(AtomicBool::new(false));', text: { en: 'Rare, since the compiler asks for an `Arc` before anything is shared. A `static` or a field of the shared server state does it.', zh: '很少见，因为要共享什么，编译器会先要求 `Arc`。放进 `static` 或共享的服务器状态里才会这样。' } },
    },
  },
  SERVER_REPLACES_A_CLIENT: {
    clause: '',
    why: {
      en: 'Two tabs have one address, and so have all people of an office behind one router, and all users behind a proxy. Where the address is the name of a client, each newcomer throws out the one before: that page gets a silent 1006, reconnects, and throws out the other.',
      zh: '两个标签页共用一个地址，一个办公室里路由器后面的所有人、代理后面的所有用户也是。把地址当作客户端的名字，新来的就会把前一个挤掉：那个网页悄无声息地得到 1006，重连后又把另一个挤掉。',
    },
    example: {
      timeline: [...opened, client(100, hello), server(101, helloBack), { at: 3000, from: 'server', ended: 'fin' }],
      note: { en: "The first client's connection, which works. It ends without a Close at the moment when a second client from the same address has connected.", zh: '第一个客户端的连接，一直正常。同一地址的第二个客户端一连上，它就没有 Close 地断了。' },
    },
    ways: {
      php: { code: 'socket_getpeername($socket, $ip);\n$clients[$ip] = $socket;', text: { en: 'The array by address overwrites the first socket; nothing refers to it any more, and PHP 8 closes it. `$clients[spl_object_id($socket)]` is one for each.', zh: '按地址索引的数组覆盖了第一个套接字；没有变量再引用它，PHP 8 就把它关了。用 `$clients[spl_object_id($socket)]`，每个都不同。' } },
      node: { code: 'clients[req.socket.remoteAddress]?.close();\nclients[req.socket.remoteAddress] = ws;', text: { en: "Meant to be “one connection for each user”. Behind nginx every `remoteAddress` is the proxy's, so that the whole site has room for one visitor. Keep a `Set`, or a number counted up.", zh: '本意是“每个用户一个连接”。但在 nginx 后面，所有 `remoteAddress` 都是代理的地址，整个网站只容得下一位访客。应该用 `Set`，或一个递增的编号。' } },
      python: { code: 'clients[addr[0]] = conn', text: { en: '`addr` is address and port; `addr[0]` leaves the port out. The first `conn` then has no name, and CPython closes a socket that nothing refers to.', zh: '`addr` 包含地址和端口；`addr[0]` 丢掉了端口。第一个 `conn` 没人引用了，CPython 就会关闭它。' } },
      go: { code: 'host, _, _ := net.SplitHostPort(r.RemoteAddr)\nif old := h.clients[host]; old != nil { old.Close() }', text: { en: 'The port was split off as needless. Go would keep the old connection open; here it is closed on purpose. `map[*Client]bool` needs no name at all.', zh: '端口被当成多余的切掉了。Go 本来会让旧连接继续开着，这里是特意关掉的。用 `map[*Client]bool` 根本不需要名字。' } },
      java: { code: 'sessions.put(socket.getInetAddress().getHostAddress(), session);', text: { en: "`Map.put` gives the old value back, and often it is closed. Spring's `session.getId()` and Netty's `channel.id()` are unique.", zh: '`Map.put` 会返回旧值，往往随手就关掉了。Spring 的 `session.getId()` 和 Netty 的 `channel.id()` 才是唯一的。' } },
      rust: { code: 'peers.insert(addr.ip(), tx);', text: { en: '`HashMap::insert` drops the old sender, its channel ends, and with it the task that owned the stream. `addr`, a `SocketAddr` with the port, is one for each connection.', zh: '`HashMap::insert` 丢弃了旧的发送端，通道随之结束，持有流的任务也就退出了。用带端口的 `SocketAddr`（即 `addr`），每个连接都不同。' } },
    },
  },
  SERVER_STOPS_AT_A_MESSAGE: {
    clause: '',
    why: {
      en: 'One loop serves all, and a message makes it wait for something else: a line from the keyboard, a slow query, a call to another service. Until that comes nobody is read, no Ping is answered and no client let in; heartbeats then end connections that were healthy.',
      zh: '一个循环服务所有人，而一条消息让它去等别的东西：键盘的一行输入、一个慢查询、对另一个服务的调用。等到之前，谁的内容也不读，Ping 没人答，新客户端进不来；心跳超时又会断开本来好好的连接。',
    },
    example: {
      timeline: [...asked(request), { at: 4000, from: 'client', ended: 'fin' }],
      also: ['RESPONSE_MISSING'],
      note: { en: 'A third client asks for a connection, a moment after the first has sent `Hello`. Before that message everybody was let in; now nothing comes.', zh: '第一个客户端刚发出 `Hello`，第三个客户端就来请求连接。那条消息之前谁都能进来，现在什么也没有了。' },
    },
    ways: {
      php: { code: '$reply = fgets(STDIN);\nsend($client, $reply);', text: { en: 'A chat “with the server” that reads the answer from the terminal. `mysqli_query`, `file_get_contents("http://…")` and `sleep` do the same in the loop of Ratchet or ReactPHP.', zh: '从终端读取回复、“与服务器聊天”的例子。在 Ratchet 或 ReactPHP 的循环里，`mysqli_query`、`file_get_contents("http://…")` 和 `sleep` 的效果一样。' } },
      node: { code: "ws.on('message', (m) => { const out = execSync(`convert ${m}`); ws.send(out); });", text: { en: 'Everything with `Sync` in its name holds up the event loop, and so does a regular expression that backtracks for seconds on a long message. Use the promise, or a worker.', zh: '名字里带 `Sync` 的都会卡住事件循环，遇到长消息要回溯几秒的正则也一样。改用 Promise 版本，或放进 worker。' } },
      python: { code: 'async for message in websocket:\n    time.sleep(5)\n    await websocket.send(requests.get(url).text)', text: { en: '`time.sleep`, `requests` and `input()` block the one thread of asyncio. `await asyncio.sleep`, aiohttp, or `await asyncio.to_thread(…)`.', zh: '`time.sleep`、`requests` 和 `input()` 会阻塞 asyncio 唯一的线程。改用 `await asyncio.sleep`、aiohttp 或 `await asyncio.to_thread(…)`。' } },
      go: { code: 'h.mu.Lock()\nfor c := range h.clients { c.send <- msg }\nh.mu.Unlock()', text: { en: 'Goroutines do not wait for one another, but this one holds the lock while it writes to a channel that nobody empties. A `select` with `default` drops the slow client instead.', zh: 'goroutine 本来互不等待，但这里拿着锁往一个没人取的通道里写。改用带 `default` 的 `select`，丢下慢的那个客户端。' } },
      java: { code: 'public void channelRead(ChannelHandlerContext ctx, Object msg) { jdbc.query(sql); }', text: { en: 'A Netty handler runs on the event loop of many channels; a blocking call stops them all. Give the handler an executor group of its own. `synchronized` around a broadcast does it in blocking servers.', zh: 'Netty 处理器跑在许多通道共用的事件循环上，一次阻塞调用就停住了它们。给处理器配一个单独的执行器组。阻塞式服务器里，则是给广播加了 `synchronized`。' } },
      rust: { code: 'let answer = std::io::stdin().lines().next();', text: { en: 'A blocking call within a task stops the worker thread, and all with `current_thread`. `tokio::task::spawn_blocking`; nor may a `std::sync::MutexGuard` be held over an await.', zh: '任务里的阻塞调用会停住工作线程，用 `current_thread` 时全部停住。改用 `tokio::task::spawn_blocking`；也不要拿着 `std::sync::MutexGuard` 跨过 await。' } },
    },
  },
  SERVER_TAKES_OTHERS_ALONG: {
    clause: '',
    why: {
      en: 'Somebody closes a tab and everybody else is disconnected: their pages get 1006 without a word, and all come back in the same second. The state of one connection and that of all were mixed up, or an error of one was thrown where all are served.',
      zh: '有人关掉一个标签页，其他人全都断线：网页悄无声息地得到 1006，又在同一秒全部重连。原因是一个连接的状态和全体的状态混在了一起，或者一个连接的错误抛到了服务所有人的地方。',
    },
    example: {
      timeline: [...opened, client(100, hello), server(101, helloBack), { at: 2000, from: 'server', ended: 'rst' }],
      note: { en: 'A connection in good health. It is reset at the moment when another client has said goodbye with a proper Close.', zh: '一个健康的连接。另一个客户端刚用规范的 Close 告别，它就被重置了。' },
    },
    ways: {
      php: { code: 'unset($clients[$key]);\n$clients = array_values($clients);', text: { en: 'Renumbering one of two parallel arrays: from there on `$clients[3]` and `$names[3]` are different people, and the wrong socket is closed. `array_search` that gives `false`, used as key 0, closes the listener.', zh: '两个并行的数组只重排了一个：从此 `$clients[3]` 和 `$names[3]` 不是同一个人，关错了套接字。`array_search` 返回的 `false` 被当成下标 0，关掉的就是监听套接字。' } },
      node: { code: "socket.on('close', () => clients.forEach((c) => c.destroy()));", text: { en: 'A clean-up of the whole server in the `close` of one socket. `broadcast` to a socket that just ended, with an `error` that nobody hears, ends the process and all with it.', zh: '在一个套接字的 `close` 里清理了整个服务器。向刚结束的套接字 `broadcast`，而 `error` 没人监听，进程就会退出，所有人一起断开。' } },
      python: { code: 'await asyncio.gather(*(handle(ws) for ws in clients))', text: { en: '`gather` raises the first exception, and so does a `TaskGroup`, which cancels the rest: one `ConnectionClosed` ends all. `websockets.broadcast(clients, message)` passes over those that are gone.', zh: '`gather` 会抛出第一个异常，`TaskGroup` 还会取消其余任务：一个 `ConnectionClosed` 就结束全部。`websockets.broadcast(clients, message)` 会跳过已经离开的。' } },
      go: { code: 'if err := c.WriteMessage(mt, msg); err != nil { return err }', text: { en: "Within the loop over all clients, where `return` leaves the hub's `run` with all of them. Delete that client and `continue`. A shared `context` that one handler cancels does it, too.", zh: '在遍历所有客户端的循环里 `return`，整个 hub 的 `run` 就带着所有人退出了。应删掉这个客户端再 `continue`。共用的 `context` 被某个处理函数取消，也是一样。' } },
      java: { code: 'public void onClose(…) { executor.shutdownNow(); }', text: { en: 'Cleaning up in `onClose` what belongs to the server: the pool, the selector, the database. In NIO an `IOException` of one key that leaves the `while` over all keys does the same.', zh: '在 `onClose` 里清理了属于整个服务器的东西：线程池、选择器、数据库。NIO 里，一个 key 的 `IOException` 跳出了处理所有 key 的 `while`，也一样。' } },
      rust: { code: 'tokio::try_join!(a, b)?;', text: { en: '`try_join!` and `JoinSet::join_next` with `?` end at the first error and drop the other tasks. In a broadcast loop, `tx.send(msg)?` ends for all where one receiver is gone.', zh: '`try_join!` 和带 `?` 的 `JoinSet::join_next` 遇到第一个错误就结束，其余任务被丢弃。广播循环里的 `tx.send(msg)?`，只要一个接收端不在了，所有人都结束。' } },
    },
  },
  SERVER_ENDS_WITH_A_CLIENT: {
    clause: '',
    why: {
      en: 'The first visitor who closes the page takes the server down, or leaves it without anybody who listens. During development that looks like a server that “must be restarted now and then”: each test ends it.',
      zh: '第一个关掉网页的访客就把服务器带走了，或者让它再没有人监听。开发时看起来就像“服务器要时不时重启”：每测试一次，它就结束一次。',
    },
    example: {
      timeline: [...opened, client(1000, '88 82 b7 fa a1 bd b4 12'), server(1001, '88 02 03 e8'), { at: 1002, from: 'server', ended: 'fin' }],
      note: { en: 'A closing handshake without fault. What `ws101 doctor` saw came after: each new TCP connection to this port was refused.', zh: '关闭握手没有任何问题。`ws101 doctor` 看到的在这之后：再向这个端口建立 TCP 连接，每次都被拒绝。' },
    },
    ways: {
      php: { code: '$bytes = socket_recv($socket, $buffer, 2048, 0);\nif ($bytes == 0) return;', text: { en: '`return` in the loop of the server, where `continue` after `socket_close` was meant. `exit` or `break 2` on the word `quit` is the same idea.', zh: '服务器循环里的 `return`，本该是 `socket_close` 之后 `continue`。收到 `quit` 就 `exit` 或 `break 2` 也是同一回事。' } },
      node: { code: "socket.on('end', () => server.close());", text: { en: '`server` for `socket`: the listener is closed and the process ends with its last connection. A `process.exit()` of an example has the same effect.', zh: '把 `socket` 写成了 `server`：监听被关闭，最后一个连接结束后进程就退出。例子里留下的 `process.exit()` 也一样。' } },
      python: { code: 'data = conn.recv(1024)\nif not data:\n    break', text: { en: 'The `break` leaves the only loop there is, because `accept` stands before it; and the `with` behind it closes the listener. `async with serve(…)` without an `await server.serve_forever()` inside ends as soon.', zh: '`accept` 在循环之前，`break` 跳出的就是唯一的循环；后面的 `with` 又关掉监听。`async with serve(…)` 里面没有 `await server.serve_forever()`，也会很快结束。' } },
      go: { code: 'if err != nil { log.Fatal(err) }', text: { en: '`log.Fatal` calls `os.Exit(1)`, and `io.EOF` is an `err` like any other. In a handler it is `log.Println(err); return`.', zh: '`log.Fatal` 会调用 `os.Exit(1)`，而 `io.EOF` 也是一个 `err`。在处理函数里应该 `log.Println(err); return`。' } },
      java: { code: 'while ((n = in.read(buf)) != -1) { … }\nserver.close();', text: { en: "The end of one client's stream is taken for the end of the work. So is a try-with-resources that holds the `ServerSocket` around the first client only.", zh: '把一个客户端的流结束当成了全部工作结束。try-with-resources 只围着第一个客户端、却持有 `ServerSocket`，也是一样。' } },
      rust: { code: 'let (stream, _) = listener.accept().await?;\nhandle(stream).await?;', text: { en: 'The `?` in `main` returns from it with `ConnectionClosed`, which is not even an error. Match on the result of each connection, in its own task.', zh: '`main` 里的 `?` 带着 `ConnectionClosed` 直接返回，而那甚至算不上错误。每个连接放在自己的任务里，对结果做 match。' } },
    },
  },
  SERVER_DIES_OF_A_DEPARTURE: {
    clause: '',
    why: {
      en: 'Clients leave without a Close every day: a phone loses its network, a notebook is shut, a process is killed. A server that has practised polite departures alone fails at the first real one. The same is true of a client that leaves within its request or within a frame.',
      zh: '客户端不发 Close 就离开是天天都有的事：手机断网、合上笔记本、进程被杀。只演练过礼貌告别的服务器，遇到第一次真正的离开就会倒下。在请求中途或帧的中途离开也是如此。',
    },
    example: {
      timeline: [...opened, client(100, '81 9c b7 fa a1 bd d6 da d5 d8 cf 8e 81 d2 d1 da d6'), { at: 300, from: 'client', ended: 'fin' }, { at: 301, from: 'server', ended: 'rst' }],
      also: ['FRAME_CUT'],
      note: { en: "The client leaves in the middle of a frame. The reset that comes back is the system's: the process has ended, and further connections are refused.", zh: '客户端在一个帧的中途离开。回来的重置是系统发的：进程已经结束，之后的连接都被拒绝。' },
    },
    ways: {
      php: { code: 'if ($bytes === false) { die(socket_strerror(socket_last_error())); }', text: { en: '`die` for an error of one socket. Without any check it is the opposite: `socket_select` gives the dead socket again and again, and the loop takes a whole core.', zh: '一个套接字出错就 `die`。完全不检查则相反：`socket_select` 一遍遍返回这个死掉的套接字，循环吃满一个核。' } },
      node: { code: "socket.on('end', () => { throw new Error('client gone'); });", text: { en: 'An exception out of an event handler ends the process. More often it is hidden: `const { name } = clients.get(socket)` in `close`, for a client whose handshake was never done.', zh: '事件处理函数里抛出的异常会结束进程。更多时候它藏得很深：在 `close` 里 `const { name } = clients.get(socket)`，而这个客户端根本没握完手。' } },
      python: { code: 'header = conn.recv(2)\nopcode = header[0] & 0x0f', text: { en: '`recv` gives `b""` at the end, and `header[0]` raises `IndexError`: in a server with one thread, that is its end. `reader.readexactly(2)` raises `IncompleteReadError`, to be caught for each connection.', zh: '结束时 `recv` 返回 `b""`，`header[0]` 抛出 `IndexError`：单线程的服务器就此结束。`reader.readexactly(2)` 抛出的是 `IncompleteReadError`，要在每个连接里捕获。' } },
      go: { code: 'n, _ := conn.Read(buf)\nopcode := buf[:n][0] & 0x0f', text: { en: 'At the end n is 0, and the index panics; a panic in a goroutine that nobody recovers ends the program. `ReadMessage` of gorilla in a `for` that only logs its error panics as well, after a thousand calls.', zh: '结束时 n 为 0，下标访问会 panic；goroutine 里没人 recover 的 panic 会结束整个程序。gorilla 的 `ReadMessage` 出错后只记日志继续循环，调用一千次后也会 panic。' } },
      java: { code: 'int opcode = in.read() & 0x0f;', text: { en: '`read()` gives −1 at the end, and −1 & 0x0f is 15: an opcode that does not exist, in a loop that never ends. In NIO a channel at its end stays readable until it is closed, and the selector spins.', zh: '结束时 `read()` 返回 −1，而 −1 & 0x0f 是 15：一个不存在的操作码，循环永不结束。NIO 里，到达末尾的通道在关闭前一直可读，选择器会空转。' } },
      rust: { code: 'let msg = ws.next().await.unwrap().unwrap();', text: { en: 'The outer `unwrap` fails at the end, the inner one at a departure without a Close. In a spawned task only that task ends; in `main`, or while a `Mutex` is held, all.', zh: '外层 `unwrap` 在结束时失败，内层的在对方不发 Close 就离开时失败。在 spawn 出的任务里只结束这一个；在 `main` 里，或拿着 `Mutex` 时，就连累全部。' } },
    },
  },
  SERVER_DIES_OF_A_RESET: {
    clause: '',
    why: {
      en: 'A reset is how TCP ends where a process is killed, or a firewall has lost patience. To the server it comes as an error and not as an end: the read or the write fails with `ECONNRESET` or `EPIPE`. Code that handles only the end has no place for it.',
      zh: '进程被杀、防火墙失去耐心时，TCP 就以重置结束。在服务器看来它是错误而不是结束：读或写以 `ECONNRESET` 或 `EPIPE` 失败。只处理了“结束”的代码没有地方接住它。',
    },
    example: {
      timeline: [...opened, { at: 200, from: 'client', ended: 'rst' }],
      note: { en: "A handshake, and 200 ms later the client's reset. It needs no answer; but the next client finds that nobody listens any more.", zh: '握手之后 200 毫秒，客户端发来重置。它不需要答复；但下一个客户端发现已经没人监听了。' },
    },
    ways: {
      php: { code: 'set_error_handler(fn ($no, $text) => throw new ErrorException($text));', text: { en: '`socket_read` warns on a reset and gives `false`; with warnings turned into exceptions, as frameworks do, the loop ends by it. Catch around each socket.', zh: '遇到重置时 `socket_read` 发出警告并返回 `false`；框架常把警告变成异常，循环就此结束。要在每个套接字外面捕获。' } },
      node: { code: "net.createServer((socket) => { socket.on('data', onData); });", text: { en: 'An `error` event without a listener is thrown, and the process ends with `read ECONNRESET`. In an `upgrade` listener the socket needs one of its own until `ws` takes it over: `socket.on("error", console.error)`.', zh: '没人监听的 `error` 事件会被抛出，进程以 `read ECONNRESET` 结束。在 `upgrade` 监听器里，`ws` 接手之前套接字也要有自己的监听：`socket.on("error", console.error)`。' } },
      python: { code: 'data = conn.recv(1024)\nif not data: remove(conn)', text: { en: '`ConnectionResetError` comes out of `recv` before the `if` is reached. In a `select` loop, `try` and `except OSError` around each socket.', zh: '还没走到 `if`，`recv` 就抛出了 `ConnectionResetError`。在 `select` 循环里，要对每个套接字 `try` / `except OSError`。' } },
      go: { code: 'if err == io.EOF { return }\nif err != nil { panic(err) }', text: { en: '`io.EOF` is expected, `connection reset by peer` is not, and panics. Any error of a read ends that connection and nothing else.', zh: '预料到了 `io.EOF`，没料到 `connection reset by peer`，于是 panic。读取的任何错误都只应结束这一个连接。' } },
      java: { code: 'while (iterator.hasNext()) { handle(iterator.next()); }', text: { en: 'An `IOException: Connection reset` of one channel, thrown through the loop of the selector, ends the thread that serves all. In Netty override `exceptionCaught` and close the context.', zh: '某个通道的 `IOException: Connection reset` 穿过选择器循环抛出去，服务所有人的线程就结束了。Netty 里重写 `exceptionCaught` 并关闭上下文。' } },
      rust: { code: 'let n = stream.read(&mut buf).await.unwrap();', text: { en: '`ErrorKind::ConnectionReset` is an `Err` where a clean end is `Ok(0)`. `accept()` too can fail for one client alone (`ConnectionAborted`): log it and go on.', zh: '正常结束是 `Ok(0)`，重置是 `Err`，种类为 `ErrorKind::ConnectionReset`。`accept()` 也可能只因一个客户端而失败（`ConnectionAborted`）：记下来，继续循环。' } },
    },
  },
  SERVER_DIES_OF_A_REQUEST: {
    clause: "If the server, while reading the handshake, finds that the client did not send a handshake that matches the description below (note that as per [RFC2616], the order of the header fields is not important), including but not limited to any violations of the ABNF grammar specified for the components of the handshake, the server MUST stop processing the client's handshake and return an HTTP response with an appropriate error code (such as 400 Bad Request).",
    why: {
      en: 'Each port that is open to the world gets such requests within minutes: scanners, health checks, a browser that opens the address as a page. Code that takes a field for granted fails there, and with it all who are connected.',
      zh: '对外开放的端口几分钟内就会收到这种请求：扫描器、健康检查、把地址当网页打开的浏览器。理所当然地认为某个字段一定存在的代码会在这里出错，所有已连接的人跟着断开。',
    },
    example: {
      timeline: [...asked(requestWith('Sec-WebSocket-Key')), { at: 3, from: 'server', ended: 'rst' }],
      also: ['REQUEST_KEY_MISSING', 'RESPONSE_MISSING'],
      note: { en: 'The request has no key. Instead of a 400 there is a reset: the process that should have written it is gone.', zh: '请求里没有密钥。来的不是 400 而是重置：本该写它的进程已经没了。' },
    },
    ways: {
      php: { code: '$key = explode(": ", $lines[5])[1];', text: { en: 'The key is looked for in a fixed line. Reading an index that is not there is a warning, and handing the `null` on to a function with types is a `TypeError`, which ends the script.', zh: '在固定的一行里找密钥。读不存在的下标只是警告，但把 `null` 传给声明了类型的函数就是 `TypeError`，脚本随之结束。' } },
      node: { code: 'const key = head.match(/Sec-WebSocket-Key: (.+)/)[1];', text: { en: '`match` gives `null`, `null[1]` throws, and an exception in a `data` listener ends the process. `?.[1]` and a 400.', zh: '`match` 返回 `null`，`null[1]` 抛异常，而 `data` 监听器里的异常会结束进程。用 `?.[1]`，再答复 400。' } },
      python: { code: 'key = re.search(r"Sec-WebSocket-Key: (.*)", text).group(1)', text: { en: "`AttributeError: 'NoneType' object has no attribute 'group'`. `data.decode()` raises before that where a scanner sends TLS to the port.", zh: "`AttributeError: 'NoneType' object has no attribute 'group'`。扫描器往端口发 TLS 时，更早的 `data.decode()` 就抛异常了。" } },
      go: { code: 'parts := strings.Split(line, ": ")\nheader[parts[0]] = parts[1]', text: { en: "Index out of range at the first line without a colon, in a goroutine of one's own: the whole program ends. `net/http` recovers panics of its handlers, code on `net` must do it.", zh: '遇到第一个没有冒号的行就下标越界；在自己开的 goroutine 里，整个程序随之结束。`net/http` 会为处理函数 recover，在 `net` 上写的代码要自己做。' } },
      java: { code: 'match.find();\nString key = match.group(1);', text: { en: 'The result of `find()` is not looked at, and `group` throws `IllegalStateException: No match found`. In a `main` that accepts one client after another this is the end.', zh: '没看 `find()` 的结果，`group` 就抛出 `IllegalStateException: No match found`。在依次接受客户端的 `main` 里，这就是终点。' } },
      rust: { code: 'let key = req.headers().get("sec-websocket-key").unwrap().to_str().unwrap();', text: { en: 'Two `unwrap` on what a stranger sent. Set `panic = "abort"` in the release profile, as many do for size, and one request ends the process, not the task.', zh: '对陌生人发来的内容用了两个 `unwrap`。很多人为了体积在 release 里设 `panic = "abort"`，这样一个请求结束的就是整个进程，而不只是任务。' } },
    },
  },
  SERVER_DIES_OF_A_FRAME: {
    clause: 'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
    why: {
      en: 'Fourteen bytes can announce a payload of 2^62. A server that takes memory for it before one byte has come is ended by anybody who can reach the port. Other frames do it as well: a Close of one byte, a length of zero, an opcode that no branch expects.',
      zh: '十四个字节就能声明 2^62 字节的载荷。还没收到一个字节就先按它分配内存的服务器，谁能连上端口，谁就能让它倒下。别的帧也可以：只有一个字节的 Close、长度为零的帧、没有分支处理的操作码。',
    },
    example: {
      timeline: [...opened, client(100, '81 ff 40 00 00 00 00 00 00 00 b7 fa a1 bd cf 82 d9 c5'), { at: 103, from: 'server', ended: 'rst' }],
      also: ['FRAME_OVER_2_GIB'],
      note: { en: 'The header says 40 00 00 00 00 00 00 00, that is 4,611,686,018,427,387,904 bytes, and four follow. Then the process is gone.', zh: '头部里的 40 00 00 00 00 00 00 00 就是 4,611,686,018,427,387,904 字节，后面只跟了四个。然后进程就没了。' },
    },
    ways: {
      php: { code: '$payload = socket_read($socket, $length);', text: { en: 'PHP takes the memory first: “Allowed memory size … exhausted”, or “Out of memory”, is a fatal error, which no `try` catches. Compare `$length` with a limit and close with 1009.', zh: 'PHP 先分配内存：“Allowed memory size … exhausted”或“Out of memory”是致命错误，任何 `try` 都捕获不到。先把 `$length` 与上限比较，超过就以 1009 关闭。' } },
      node: { code: 'const payload = Buffer.alloc(Number(buf.readBigUInt64BE(2)));', text: { en: 'A `RangeError` in a `data` listener, and the process ends. `ws` has `maxPayload`, 100 MiB unless you say less.', zh: '`data` 监听器里的 `RangeError`，进程随之结束。`ws` 有 `maxPayload`，不设置的话是 100 MiB。' } },
      python: { code: 'payload = conn.recv(length)', text: { en: '`recv` makes a bytes object of that size at once: `MemoryError`, or `OverflowError` from 2^63 on. `websockets` has `max_size`, 1 MiB; aiohttp `max_msg_size`, 4 MiB.', zh: '`recv` 会立即建立这么大的 bytes 对象：`MemoryError`，从 2^63 起则是 `OverflowError`。`websockets` 有 `max_size`（1 MiB），aiohttp 有 `max_msg_size`（4 MiB）。' } },
      go: { code: 'payload := make([]byte, binary.BigEndian.Uint64(h[2:]))', text: { en: '`panic: runtime error: makeslice: len out of range`; with a smaller length the memory runs out instead, which nothing recovers. gorilla reads without limit until `SetReadLimit`; coder/websocket stops at 32 KiB.', zh: '`panic: runtime error: makeslice: len out of range`；长度小一些就变成内存耗尽，那是 recover 不了的。gorilla 在 `SetReadLimit` 之前没有上限；coder/websocket 到 32 KiB 为止。' } },
      java: { code: 'byte[] payload = new byte[(int) length];', text: { en: "The cast keeps 32 bits: 2^62 becomes 0, 2^31 negative (`NegativeArraySizeException`), and what lies between is an `OutOfMemoryError`. Jakarta's `maxMessageSize` and Netty's `maxFramePayloadLength` hold it back.", zh: '强制转换只留 32 位：2^62 变成 0，2^31 变成负数（`NegativeArraySizeException`），介于其间的则是 `OutOfMemoryError`。Jakarta 的 `maxMessageSize` 和 Netty 的 `maxFramePayloadLength` 可以拦住。' } },
      rust: { code: 'let mut payload = vec![0; length as usize];', text: { en: 'An allocation that fails aborts the process: “memory allocation of 4611686018427387904 bytes failed”, and no `catch_unwind` helps. tungstenite has `max_frame_size`, 16 MiB.', zh: '分配失败会让进程 abort：“memory allocation of 4611686018427387904 bytes failed”，`catch_unwind` 也没用。tungstenite 有 `max_frame_size`（16 MiB）。' } },
    },
  },
  SERVER_BLOCKED_BY_SILENT_CLIENT: {
    clause: '',
    why: {
      en: 'A client that connects and says nothing costs its owner nothing, and here it keeps all others out. It need not be malice: browsers open connections in advance, load balancers connect to see whether the port is open, and a phone vanishes between connection and request.',
      zh: '连上却什么也不说，对那个客户端毫无成本，在这里却能把所有人挡在门外。这未必是恶意：浏览器会提前建立连接，负载均衡会连上来看端口是否开着，手机也可能在连接和请求之间消失。',
    },
    example: {
      timeline: [{ at: 0, from: 'client', head: request }, { at: 8000, from: 'server', head: response }],
      note: { en: 'A good request waits for eight seconds, until another client, which never sent a byte, has given up.', zh: '一个好的请求等了八秒，直到另一个一个字节也没发过的客户端放弃为止。' },
    },
    ways: {
      php: { code: '$client = socket_accept($listener);\n$head = socket_read($client, 1024);', text: { en: 'The `socket_read` right behind `socket_accept` waits for that one client. Put the socket into the list and read it only when `socket_select` names it.', zh: '`socket_accept` 后面紧跟的 `socket_read` 只等这一个客户端。应把套接字放进列表，等 `socket_select` 报告它可读时再读。' } },
      node: { code: 'for await (const socket of connections) { await handshake(socket); }', text: { en: 'Node does not block, but an `await` in a loop over connections does: each handshake waits for the one before. A TLS or proxy-protocol step that is awaited there has the same effect.', zh: 'Node 本身不阻塞，但在遍历连接的循环里 `await` 就会：每次握手都要等前一个。在那里 await TLS 或 proxy protocol 的步骤也一样。' } },
      python: { code: 'conn, addr = s.accept()\nhandshake(conn)\nthreading.Thread(target=serve, args=(conn,)).start()', text: { en: 'The thread comes too late: the handshake is still done in the loop that accepts. With `ssl`, `wrap_socket` on the listener does the TLS handshake within `accept`.', zh: '线程开得太晚：握手还在 accept 的循环里做。用 `ssl` 时，如果对监听套接字 `wrap_socket`，TLS 握手会在 `accept` 里进行。' } },
      go: { code: 'conn, _ := ln.Accept()\nreq, err := http.ReadRequest(bufio.NewReader(conn))\ngo serve(conn, req)', text: { en: '`ReadRequest` belongs behind `go`. With `net/http` the others are served, but a silent client stays for ever unless `ReadHeaderTimeout` is set.', zh: '`ReadRequest` 应放到 `go` 里面。用 `net/http` 时其他人照常，但不设 `ReadHeaderTimeout`，沉默的客户端会永远占着。' } },
      java: { code: 'Socket client = server.accept();\nString head = readHead(client.getInputStream());\npool.submit(() -> serve(client, head));', text: { en: 'The head is read before the task is handed to the pool. `setSoTimeout` bounds the wait; reading within the task ends it.', zh: '先读头部，再交给线程池。`setSoTimeout` 能限制等待时间；把读取放进任务里才真正解决。' } },
      rust: { code: 'let (stream, _) = listener.accept().await?;\nlet ws = accept_async(stream).await?;\ntokio::spawn(serve(ws));', text: { en: '`accept_async` waits for the request, and so does the accept of tokio-rustls: both belong into the task. `tokio::time::timeout` around them lets go of those who stay silent.', zh: '`accept_async` 会等待请求，tokio-rustls 的 accept 也一样：都应放进任务里。外面再套 `tokio::time::timeout`，放弃一直沉默的客户端。' } },
    },
  },
} satisfies Record<string, RulePage>;
