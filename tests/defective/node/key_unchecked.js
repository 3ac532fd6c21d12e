// Any key is taken, and none.
// doctor: warning SERVER_KEY_UNCHECKED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  refusal(head) {
    const key = this.key;
    this.key = () => 'AQIDBAUGBwgJCgsMDQ4PEA==';
    const refusal = super.refusal(head);
    this.key = key;
    return refusal;
  }
}

new Defective().run();
