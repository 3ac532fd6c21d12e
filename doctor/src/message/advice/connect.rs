//! What to do about the way to the server.

use super::advice;

advice! {
    NothingListens { Server, none, none, "Start the server, and compare its address and port with the URL; in a container, let it listen on 0.0.0.0 and publish the port.", "List what listens: `ss -ltnp`." }
    NameUnknown { Client, none, none, "Correct the name, or use one that this machine resolves; the name of a container is known only in its network.", "Look the name up on the machine that connects: `getent hosts NAME`." }
    PortBlocked { Client, none, none, "Let the server listen on another port.", "Look the port up in the Fetch standard's list of bad ports." }
    TlsToPlainServer { Client, none, none, "Connect with ws:, or give the server a certificate; where a proxy speaks TLS, connect to the proxy's port.", "Ask the port with `curl -v https://HOST:PORT/`." }
    PlainToTlsServer { Client, none, none, "Connect with wss:.", "Ask the port with `curl -vk https://HOST:PORT/`." }
    CertificateUntrusted { Server, none, none, "Use a certificate that the client trusts, for this very name; for a test, open the https: address once and accept it, or install a local authority.", "Open the https: address of the same host and port in a tab: the browser says what is wrong." }
    TlsFailed { Server, none, none, "Let both ends speak TLS 1.2 or later with a common cipher; see that the port speaks TLS at all.", "Ask the port with `openssl s_client -connect HOST:PORT`." }
    NetworkGone { Between, none, none, "See to the network; let the port through the firewall.", "Try the port from the same machine: `nc -vz HOST PORT`." }
    ClosedBeforeAnswer { Server, DoctorRule::ResponseMissing, "fin-before-head", "Read the server's log of that moment; a request without the header that its code expects often ends it.", "See whether the server's process is still there after the attempt." }
    ResetBeforeAnswer { Server, DoctorRule::ResponseMissing, "reset-before-head", "Read the server's log of that moment; then look at what is between.", "Record both ends: see who sent the RST." }
    AnswerTookTooLong { Server, DoctorRule::ResponseMissing, none, "Have the server answer each handshake at once; one that waits for a silent client, or for the terminal, stops all others.", "Connect a second time while the first waits: if both hang, the server handles one client at a time." }
    EarlierHandshakeBlocks { Server, none, none, "Have the server answer or refuse every handshake; then the next goes on.", "Close other tabs with the same server and try once more." }
    TunnelRefused { Between, none, none, "Let the proxy connect to this host and port, or go around it.", "See which proxy the system, or `HTTPS_PROXY`, names." }
    NetworkChanged { Client, none, none, "Connect again when the page is visible or `online` comes.", "See whether the machine slept, or a VPN came up, at that time." }
    LocalNetworkBlocked { Client, none, none, "Grant the permission in the site's settings, serve the page from the same local server, or put the server on a public address with wss:.", "See whether the server logged a connection at all; look at the site's permissions for the local network." }
    BlockedByExtension { Client, none, none, "Allow the address in the extension.", "Try a window without extensions." }
    TooManySockets { Client, none, none, "Close sockets that are not used; wait longer between attempts.", "Count the open sockets in the network panel: a loop opens them." }
    Http2WithoutConnect { Server, none, none, "Let the server answer the upgrade over HTTP/1.1 for this route, or switch on extended CONNECT (RFC 8441).", "Ask with `curl -v`: see which HTTP version the server chose by ALPN." }
    AddressInUse { Server, none, none, "End the other process, or choose another port.", "List what listens: `ss -ltnp`." }
    FileDescriptorsGone { Server, none, none, "Raise the limit (`ulimit -n`), and close connections that are gone.", "Count them: `ls /proc/PID/fd | wc -l`." }
}
