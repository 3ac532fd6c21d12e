// A client in workerd: what is posted to it is sent to an echo server, and what comes back is the response.
import { connect } from 'cloudflare:sockets';
import { connectStream } from 'ws101';

export default {
  async fetch(request, { ADDRESS }) {
    const stream = await connectStream(connect(ADDRESS), { host: ADDRESS, target: '/' });
    const writer = stream.writable.getWriter();
    await writer.write(await request.text());
    const { value } = await stream.readable.getReader().read();
    await stream.close(1000);
    return new Response(value);
  },
};
