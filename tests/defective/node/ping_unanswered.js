// A Ping is not answered.
// doctor: error PING_UNANSWERED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  ping() {}
}

new Defective().run();
