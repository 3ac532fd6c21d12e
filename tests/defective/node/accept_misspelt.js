// The name of the accept field is misspelt.
// doctor: error RESPONSE_ACCEPT_MISSING ACCEPT_MISSING_IN_ANSWER
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  response(accept) {
    return super.response(accept).replace('Accept', 'Accpet');
  }
}

new Defective().run();
