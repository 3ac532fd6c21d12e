// An interim response stands before the 101.
// doctor: warning RESPONSE_INTERIM INTERIM_RESPONSE
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  response(accept) {
    return `HTTP/1.1 100 Continue\r\n\r\n${super.response(accept)}`;
  }
}

new Defective().run();
