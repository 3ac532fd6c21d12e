// The value of Upgrade must be in lower case.
// doctor: warning SERVER_UPGRADE_CASE_SENSITIVE
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  upgrades(fields, names) {
    return fields.upgrade === 'websocket' && names('connection', 'upgrade');
  }
}

new Defective().run();
