// Every request is answered with 101.
// doctor: warning SERVER_ANSWERS_ANY_GET REQUEST_UNCHECKED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  refusal() {
    return undefined;
  }
}

new Defective().run();
