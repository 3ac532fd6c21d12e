// A request longer than 4,096 bytes is refused.
// doctor: note SERVER_HEAD_CUT_AT_8000 READ_OF_KILOBYTES
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  refusal(head) {
    return head.length > 4096 ? '431 Request Header Fields Too Large' : super.refusal(head);
  }
}

new Defective().run();
