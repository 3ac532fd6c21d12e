// The request is never answered.
// doctor: error SERVER_DOES_NOT_ANSWER
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  handshake() {}
}

new Defective().run();
