//! A recording, from bytes that lie one after another and numbers that say which are what.

use ws101_doctor::{End, Ended, Moment, Recording, Streams, What};

/// The length of a part that was not recorded, as opposed to an empty one.
pub const ABSENT: u32 = u32::MAX;

/// It is not known to have ended the connection.
pub const NOT_ENDED: u32 = 0;
/// It ended the connection in order.
pub const ENDED_BY_FIN: u32 = 1;
/// It ended the connection by a reset.
pub const ENDED_BY_RST: u32 = 2;

/// The client did it.
pub const FROM_CLIENT: u32 = 0;
/// The server did it.
pub const FROM_SERVER: u32 = 1;

/// Words of a moment.
const MOMENT: usize = 5;

/// What each end sent: how the server ended the connection, then the lengths of the four parts.
pub(crate) fn streams(bytes: &[u8], words: &[u32]) -> Streams {
    let [end, lengths @ ..] = *words.first_chunk::<5>().unwrap_or(&[NOT_ENDED, ABSENT, ABSENT, 0, 0]);
    let mut rest = bytes;
    let [request, response, from_server, from_client] = lengths.map(|length| part(&mut rest, length));
    Streams {
        request,
        response,
        from_server: from_server.unwrap_or_default(),
        from_client: from_client.unwrap_or_default(),
        ended: ended(end),
    }
}

/// What happened when.
pub(crate) fn timeline(bytes: &[u8], words: &[u32]) -> Recording {
    let mut rest = bytes;
    let moments = words.as_chunks::<MOMENT>().0.iter().map(|&[low, high, from, end, length]| Moment {
        at: u64::from(high) << 32 | u64::from(low),
        from: if from == FROM_SERVER { End::Server } else { End::Client },
        what: match ended(end) {
            Some(ended) => What::Ended(ended),
            None => What::Bytes(part(&mut rest, length).unwrap_or_default()),
        },
    });
    Recording::of_timeline(moments.collect())
}

const fn ended(number: u32) -> Option<Ended> {
    match number {
        ENDED_BY_FIN => Some(Ended::Fin),
        ENDED_BY_RST => Some(Ended::Rst),
        _ => None,
    }
}

/// The next `length` of the bytes that are left, or all of them where there are fewer.
fn part(rest: &mut &[u8], length: u32) -> Option<Vec<u8>> {
    if length == ABSENT {
        return None;
    }
    let (part, after) = rest.split_at(rest.len().min(length as usize));
    *rest = after;
    Some(part.to_vec())
}
