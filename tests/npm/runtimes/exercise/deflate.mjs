// permessage-deflate (RFC 7692): its negotiation, the examples of §7.2.3 at every split, and both ends.

import { arrivals, bytes, hex } from './checks.mjs';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** What a server sends, and the text that it is. */
const EXAMPLES = [
  ['c107 f248cdc9c90700', 'Hello'],
  ['c105 f200110000', 'Hello'],
  ['4103 f248cd 8004 c9c90700', 'Hello'],
  ['c10b 000500faff48656c6c6f00', 'Hello'],
  ['c108 f348cdc9c9070000', 'Hello'],
  ['c101 00', ''],
];

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
export function deflate(entry, checks) {
  const { Connection, acceptDeflate, agreeDeflate, buildRequest, offerDeflate, verifyRequest } = entry;
  const offer = offerDeflate({ serverMaxWindowBits: 10, clientMaxWindowBits: true }, {});
  checks.same('offers are written', offer, 'permessage-deflate; server_max_window_bits=10; client_max_window_bits, permessage-deflate');
  const request = verifyRequest(buildRequest({ host: 'a', key: KEY, extensions: offer }));
  const accepted = acceptDeflate(request.extensions, { clientNoContextTakeover: true });
  checks.same('one is taken', accepted?.response, 'permessage-deflate; client_no_context_takeover; server_max_window_bits=10');
  const answer = verifyRequest(buildRequest({ host: 'a', key: KEY, extensions: accepted.response })).extensions;
  const agreed = agreeDeflate(offer, answer);
  const { response, ...agreement } = accepted;
  checks.same('and the client agrees', agreed, agreement);
  checks.throws('or says why not', () => agreeDeflate(offerDeflate({ serverNoContextTakeover: true }), answer), {
    name: 'Ws101Error', code: 'RESPONSE_DEFLATE_SERVER_TAKEOVER', section: 'RFC 7692 §7.1.1.1',
  });

  const stream = bytes(EXAMPLES.map(([digits]) => digits).join(''));
  for (const pieces of arrivals(stream)) {
    const client = Connection.client({ deflate: {} });
    const told = pieces.flatMap((piece) => Array.from(client.receive(piece.slice()), ({ data }) => data));
    checks.same('the examples of §7.2.3', told, EXAMPLES.map(([, text]) => text));
    client.free();
  }
  const server = Connection.server({ deflate: { threshold: 0 } });
  for (const text of ['Hello', 'Hello', '']) server.sendText(text);
  checks.same('and written', hex(server.takeOutgoing()), 'c107f248cdc9c90700c105f200110000c10100');

  const message = 'there and back '.repeat(20_000);
  const [here, there] = [Connection.client({ deflate: agreed }), Connection.server({ deflate: accepted })];
  here.sendText(message);
  const crossed = here.takeOutgoing();
  checks.that('what is sent is smaller', crossed.length < message.length / 50, crossed.length);
  for (const { data } of there.receive(crossed)) there.sendText(data);
  checks.that('what was sent comes back', [...here.receive(there.takeOutgoing())][0]?.data === message);

  const small = Connection.server({ maxMessage: 1000, deflate: {} });
  const large = Connection.client({ deflate: {} });
  large.sendText(message);
  const [violation] = [...small.receive(large.takeOutgoing())];
  checks.same('the limit counts inflated bytes', [violation.type, violation.error.code], ['violation', 'MESSAGE_TOO_BIG']);
}
