// The key is searched for, and used without looking whether it was found.
// doctor: error SERVER_DIES_OF_A_REQUEST MATCH_UNCHECKED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  key(head) {
    return head.match(/\nSec-WebSocket-Key:[ \t]*(\S+)/i)[1];
  }

  refusal(head) {
    const refusal = super.refusal(head);
    this.key(head);
    return refusal;
  }
}

new Defective().run();
