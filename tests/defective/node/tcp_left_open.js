// After the closing handshake the TCP connection stays.
// doctor: warning CONNECTION_KEPT
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  closed(client, payload) {
    this.end = () => {};
    super.closed(client, payload);
    delete this.end;
  }
}

new Defective().run();
