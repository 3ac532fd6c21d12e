// Upgrade and Connection are not looked at.
// doctor: warning SERVER_UPGRADE_UNCHECKED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  upgrades() {
    return true;
  }
}

new Defective().run();
