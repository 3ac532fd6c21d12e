// The value of Connection must be `Upgrade` and nothing else.
// doctor: error SERVER_CONNECTION_NOT_A_LIST CONNECTION_COMPARED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  upgrades(fields, names) {
    return fields.connection === 'Upgrade' && names('upgrade', 'websocket');
  }
}

new Defective().run();
