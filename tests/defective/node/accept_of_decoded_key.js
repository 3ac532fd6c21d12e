// The key is decoded before it is hashed.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_OF_DECODED_KEY
'use strict';

const { Server, GUID } = require('./server.js');

class Defective extends Server {
  acceptValue(key) {
    return require('node:crypto').createHash('sha1').update(Buffer.from(key, 'base64')).update(GUID).digest('base64');
  }
}

new Defective().run();
