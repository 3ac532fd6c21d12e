// The mask bit may be 0.
// doctor: error SERVER_TAKES_UNMASKED MASK_OPTIONAL
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  checkMask() {}
}

new Defective().run();
