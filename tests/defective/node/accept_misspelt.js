// The name of the accept field is misspelt.
// doctor: TBD
'use strict';

const { Server, Violation, GUID } = require('./server.js');

class Defective extends Server {
  response(accept) {
    return super.response(accept).replace('Accept', 'Accpet');
  }
}

new Defective().run();
