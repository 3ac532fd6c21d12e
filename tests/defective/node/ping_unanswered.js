// A Ping is not answered.
// doctor: error SERVER_PING_NOT_ANSWERED
'use strict';

const { Server, Violation, GUID } = require('./server.js');

class Defective extends Server {
  ping() {}
}

new Defective().run();
