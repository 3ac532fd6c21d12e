// Nothing is wrong: messages are taken, and none is answered.
// doctor: nothing
'use strict';

const { Server } = require('./server.js');

class Sink extends Server {
  message() {}
}

new Sink().run();
