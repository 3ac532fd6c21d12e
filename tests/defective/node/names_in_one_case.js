// The names of the fields are compared as they are written.
// doctor: error SERVER_CASE_SENSITIVE_FIELDS KEY_PATTERN_CASE
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  fields(head) {
    const exact = ['Host', 'Upgrade', 'Connection', 'Sec-WebSocket-Key', 'Sec-WebSocket-Version', 'Origin'];
    const lines = head.split('\r\n').filter((line) => exact.includes(line.split(':')[0]));
    return super.fields(['', ...lines].join('\r\n'));
  }
}

new Defective().run();
