const { WebSocketServer, WebSocket } = require('ws');
const wss = new WebSocketServer({ port: 8080, maxPayload: 1 << 20 });
const users = new Map();
let next = 0;

wss.on('connection', (ws, request) => {
  const id = ++next;
  users.set(id, { ws, ip: request.socket.remoteAddress });
  ws.isAlive = true;
  ws.on('error', console.error);
  ws.on('pong', () => { ws.isAlive = true; });
  ws.on('message', (data, isBinary) => {
    for (const client of wss.clients) {
      if (client.readyState === WebSocket.OPEN) client.send(data, { binary: isBinary });
    }
  });
  ws.on('close', (code, reason) => users.delete(id));
});

setInterval(() => {
  for (const ws of wss.clients) {
    if (!ws.isAlive) { ws.terminate(); continue; }
    ws.isAlive = false;
    ws.ping();
  }
}, 30000);

const client = new WebSocket('ws://127.0.0.1:8080', ['chat']);
client.on('open', () => client.send('hello'));
client.on('error', (error) => console.error(error.message));
process.on('SIGTERM', () => wss.close(() => client.close(1001, 'going away')));
