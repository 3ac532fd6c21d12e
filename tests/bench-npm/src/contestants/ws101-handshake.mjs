// Ours: the opening handshake.

import {
  Connection, HeadReader, acceptKey, buildRequest, buildResponse, generateKey, verifyRequest, verifyResponse,
} from 'ws101';

/** The head that arrived in a chunk. */
function headOf(chunk) {
  const reader = new HeadReader();
  const found = reader.receive(chunk);
  reader.free();
  if (found === null) throw new Error('the head is not complete');
  return found.head;
}

/** @type {import('./index.mjs').Contestant[]} */
export const contestants = [
  {
    name: 'ws101',
    standing: 'ours',
    packages: ['ws101'],

    serve: () => ({
      connection: (request) => request,
      answer(request) {
        const response = buildResponse({ key: verifyRequest(headOf(request)).key });
        // The others make what will read the frames, too.
        Connection.server().free();
        return response;
      },
    }),

    open: () => (respond) => {
      const key = generateKey();
      const response = respond(buildRequest({ host: 'chat.example.com', target: '/rooms/5', key }));
      verifyResponse(headOf(response), { key });
      Connection.client().free();
    },

    accept: acceptKey,
  },
];
