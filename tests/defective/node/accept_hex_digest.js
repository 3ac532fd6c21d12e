// The digits of the digest are encoded instead of its bytes.
// doctor: error RESPONSE_ACCEPT_WRONG ACCEPT_OF_HEX_DIGEST
'use strict';

const { Server, GUID } = require('./server.js');

class Defective extends Server {
  acceptValue(key) {
    return Buffer.from(require('node:crypto').createHash('sha1').update(key + GUID).digest('hex')).toString('base64');
  }
}

new Defective().run();
