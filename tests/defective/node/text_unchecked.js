// Nobody looks whether a text is UTF-8.
// doctor: error SERVER_TAKES_INVALID_UTF8
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  checkText() {}
}

new Defective().run();
