// A text that is not JSON ends the connection.
// doctor: note SERVER_ENDS_AT_A_TEXT
'use strict';

const { Server, Violation } = require('./server.js');

class Defective extends Server {
  message(client, opcode, payload) {
    try {
      JSON.parse(payload);
    } catch {
      throw new Violation(1003);
    }
  }
}

new Defective().run();
