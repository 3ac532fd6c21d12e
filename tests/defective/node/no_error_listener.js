// Nobody listens for the errors of a socket.
// doctor: error SERVER_DIES_OF_A_RESET NO_ERROR_LISTENER
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  errors() {}
}

new Defective().run();
