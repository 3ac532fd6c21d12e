// A request without Host is taken.
// doctor: warning SERVER_HOST_UNCHECKED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  refusal(head) {
    return super.refusal(/\r\nHost:/i.test(head) ? head : head.replace('\r\n', '\r\nHost: localhost\r\n'));
  }
}

new Defective().run();
