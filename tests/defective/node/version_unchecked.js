// The version is not looked at.
// doctor: warning SERVER_VERSION_UNCHECKED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  refusal(head) {
    return super.refusal(head.replace(/Version: \d+/, 'Version: 13'));
  }
}

new Defective().run();
