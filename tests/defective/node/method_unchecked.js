// The method is not looked at.
// doctor: warning SERVER_METHOD_UNCHECKED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  refusal(head) {
    return super.refusal(head.replace(/^\w+/, 'GET'));
  }
}

new Defective().run();
