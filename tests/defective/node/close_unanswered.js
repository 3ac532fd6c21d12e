// A Close ends the TCP connection without an answer.
// doctor: error CLOSE_UNANSWERED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  closed(client) {
    this.end(client);
  }
}

new Defective().run();
