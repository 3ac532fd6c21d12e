// Another version is refused without a word of which is spoken.
// doctor: warning SERVER_VERSION_UNNAMED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  refusal(head) {
    return super.refusal(head)?.replace(/\r\n.*/, '');
  }
}

new Defective().run();
