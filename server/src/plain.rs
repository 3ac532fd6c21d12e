//! Answers in plain text that end the connection, for what neither the core nor hyper answers.

/// A whole response: `status` is the code and its phrase.
pub(crate) fn response(status: &str, text: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n\
         X-Content-Type-Options: nosniff\r\nContent-Length: {}\r\n\r\n{text}",
        text.len()
    )
    .into_bytes()
}
