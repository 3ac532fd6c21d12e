// The body of a Close is not looked at.
// doctor: warning SERVER_TAKES_BAD_CLOSE
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  closed(client, payload) {
    this.send(client, 8, payload.subarray(0, 2));
    this.end(client);
  }
}

new Defective().run();
