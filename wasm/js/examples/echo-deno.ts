// An echo server in Deno: `deno run --allow-net echo-deno.ts [port]`.
import { acceptStream } from 'ws101';

const listener = Deno.listen({ hostname: '127.0.0.1', port: Number(Deno.args[0] ?? 8080) });
console.log(`ws://127.0.0.1:${listener.addr.port}/`);

for await (const transport of listener) {
  echo(transport).catch((error) => console.error(error.message));
}

async function echo(transport: Deno.TcpConn) {
  const stream = await acceptStream(transport, { keepAlive: { interval: 30_000, patience: 10_000 } });
  await stream.readable.pipeTo(stream.writable);
  const { code, reason } = await stream.closed;
  console.log('closed', code, reason);
}
