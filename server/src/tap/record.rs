//! What a wire reports to its tap.

/// One thing that happened on the wire, or one that could not be made to happen.
#[derive(Debug)]
pub(crate) enum Report {
    Record(Record),
    /// A command could not be carried out, and why.
    Complaint(String),
}

/// What happened; the numbers are those of version 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    ClientBytes = 0,
    ServerBytes = 1,
    ClientFin = 2,
    ServerFin = 3,
    /// Reading or writing failed: the client reset the connection.
    ClientReset = 4,
    /// We reset the connection.
    ServerReset = 5,
}

/// One record: kind, time and bytes.
#[derive(Debug)]
pub(crate) struct Record(Vec<u8>);

impl Record {
    /// `microseconds` since the connection was accepted.
    pub(crate) fn new(kind: Kind, microseconds: u64, bytes: &[u8]) -> Self {
        let mut message = Vec::with_capacity(9 + bytes.len());
        message.push(kind as u8);
        message.extend_from_slice(&microseconds.to_be_bytes());
        message.extend_from_slice(bytes);
        Self(message)
    }

    /// The binary message that it is on the tap's socket.
    pub(crate) fn into_message(self) -> Vec<u8> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Record};

    #[test]
    fn a_record_is_kind_time_and_bytes() {
        let record = Record::new(Kind::ServerBytes, 0x0102_0304, b"\x81\x00");
        assert_eq!(record.into_message(), [1, 0, 0, 0, 0, 1, 2, 3, 4, 0x81, 0]);
        assert_eq!(Record::new(Kind::ServerReset, 1, b"").into_message(), [5, 0, 0, 0, 0, 0, 0, 0, 1]);
    }
}
