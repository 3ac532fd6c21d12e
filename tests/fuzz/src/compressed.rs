//! A connection with permessage-deflate: fed whole and in pieces as in [`feeding`](crate::feeding), and sending to another
//! end as in [`encoding`](crate::encoding).

use arbitrary::Unstructured;

use crate::setup::{Setup, agreement};
use crate::{encoding, feeding};

/// The first byte says which of the two, the second what was agreed on.
pub fn check(data: &[u8]) {
    let mut u = Unstructured::new(data);
    let kind: u8 = u.arbitrary().unwrap_or(0);
    let agreement = agreement(u.arbitrary().unwrap_or(0));
    let setup = Setup::read(&mut u).compressed(agreement);
    if kind & 1 == 0 { feeding::feed(&mut u, setup) } else { encoding::converse(&mut u, setup) }
}
