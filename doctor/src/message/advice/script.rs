//! What to do about the page's script.

use super::advice;

advice! {
    ClosedWhileConnecting { Client, none, "close-while-connecting", "Close a socket that is still connecting in its `open` handler, or ignore this warning where the page leaves.", "Search the script for `close()`: a clean-up that runs at once is the usual one." }
    MountedTwice { Client, none, "close-while-connecting", "Ignore it in development, or open the socket outside the effect; it does not happen in a production build.", "See whether the second socket opens: then nothing is broken." }
    SentTooEarly { Client, none, "send-while-connecting", "Send in the `open` handler, or queue until then.", "Search for `send(` right behind `new WebSocket`." }
    SentTooLate { Client, none, "send-after-close", "Look at `readyState` before sending, and connect again on `close`.", "Read the code of the `close` event that came before." }
    UrlHasFragment { Client, none, none, "Take the `#` and what follows out of the URL.", none }
    UrlSchemeWrong { Client, none, none, "Write ws: or wss:.", none }
    UrlUnreadable { Client, none, none, "Write `ws://host:port/path`.", "Print the URL before it is used: an undefined variable in it is the usual one." }
    SubprotocolArgumentWrong { Client, HandshakeViolation::RequestProtocol, none, "Pass names of letters, digits and `-._~`, each once; a JWT goes elsewhere.", "Print the second argument before it is used." }
    MixedContent { Client, none, none, "Use wss:, and give the server TLS or a proxy that has it.", none }
    PolicyForbids { Client, none, none, "Add the address, with scheme and port, to `connect-src`; `'self'` does not cover another port.", "Read the page's Content-Security-Policy: only an `error` event comes, and no `close`." }
    CloseArgumentWrong { Client, none, none, "Use 1000 or 3000 to 4999, and a reason of 123 bytes at most in UTF-8.", none }
    NotAConstructor { Client, none, none, "Use `new WebSocket(…)`; in older Node, `import WebSocket from 'ws'`.", none }
    DataUnexpected { Client, none, none, "Look at what `event.data` is: a Blob or ArrayBuffer is to be decoded first; not every message is JSON.", "Print `event.data` and its type." }
}
