//! Which mistake makes exactly this wrong `Sec-WebSocket-Accept`.
