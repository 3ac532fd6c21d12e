//! The keys, the challenge and its answer (§1.3, §4.1, §5.2).

use md5::{Digest as _, Md5};

use crate::hixie76::Hixie76Violation as Violation;

/// The value of a `Sec-WebSocket-Key1` or `-Key2` field: a number, multiplied by some count of spaces and written in
/// decimal, with the spaces and other characters strewn in.
///
/// ```
/// use ws101_core::hixie76::Key;
/// assert_eq!(Key::number_of(b"4 @1  46546xW%0l 1 5")?, 829_309_203); // 4146546015 / 5
///
/// let random = [0x5a; Key::RANDOM_LENGTH]; // random bytes, fresh for each key
/// let key = Key::from_random(random);
/// assert_eq!(Key::number_of(key.as_str().as_bytes())?, key.number());
/// # Ok::<(), ws101_core::hixie76::Hixie76Violation>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    text: [u8; Self::MAX_LENGTH],
    length: usize,
    number: u32,
}

impl Key {
    /// Random bytes that [`from_random`](Self::from_random) takes.
    pub const RANDOM_LENGTH: usize = 46;
    /// Characters of the longest key that is made here: ten digits, twelve spaces and twelve others.
    pub const MAX_LENGTH: usize = 34;

    /// The most spaces, and the most other characters, that a client strews in (§4.1 items 16 and 21).
    const MOST_STREWN: u8 = 12;

    /// Makes a key as §4.1 items 16 to 22 say, of random bytes that are fresh for each key: eight for the number, one
    /// each for how many spaces and other characters there are, and the rest for which and where.
    ///
    /// A byte that chooses among some count of things does not choose quite evenly; the key holds no secret.
    #[must_use]
    pub fn from_random(random: [u8; Self::RANDOM_LENGTH]) -> Self {
        let mut random = random.into_iter();
        let mut below = |count: usize| usize::from(random.next().unwrap_or_default()) * count / 256;
        let most = usize::from(Self::MOST_STREWN);
        let spaces = 1 + below(most);
        let others = 1 + below(most);
        let product = {
            let wide = (0..8).fold(0, |number: u64, _| number << 8 | below(256) as u64);
            let limit = u64::from(u32::MAX) / spaces as u64;
            wide % (limit + 1) * spaces as u64
        };

        let mut key = Self { text: [0; Self::MAX_LENGTH], length: 0, number: 0 };
        key.number = u32::try_from(product / spaces as u64).unwrap_or_default();
        let mut rest = product;
        loop {
            key.insert(0, b'0' + (rest % 10) as u8);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        for _ in 0..others {
            let character = STREWN[below(STREWN.len())];
            key.insert(below(key.length + 1), character);
        }
        for _ in 0..spaces {
            // Neither before the first character nor behind the last.
            key.insert(1 + below(key.length - 1), b' ');
        }
        key
    }

    /// The number that a key stands for: its digits, read as one number, divided by its spaces (§5.2 items 4 to 7).
    ///
    /// # Errors
    /// A key without digit or space, of which the spaces do not divide the digits, or of more than 32 bits.
    pub fn number_of(text: &[u8]) -> Result<u32, Violation> {
        let mut digits = text.iter().filter(|byte| byte.is_ascii_digit()).peekable();
        if digits.peek().is_none() {
            return Err(Violation::KeyWithoutDigit);
        }
        let append = |number: u32, digit: &u8| number.checked_mul(10)?.checked_add(u32::from(digit - b'0'));
        let number = digits.try_fold(0, append).ok_or(Violation::KeyTooLarge)?;
        let spaces = text.iter().fold(0_u32, |count, &byte| count.saturating_add(u32::from(byte == b' ')));
        // §5.2: without a space among its characters the connection is aborted.
        if spaces == 0 {
            return Err(Violation::KeyWithoutSpace);
        }
        // §5.2: so it is where the number is not a multiple of the spaces.
        if !number.is_multiple_of(spaces) {
            return Err(Violation::KeyNotMultiple);
        }
        Ok(number / spaces)
    }

    /// The key as it is written in the field.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.text[..self.length]).unwrap_or_default()
    }

    /// The number that it stands for.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    fn insert(&mut self, at: usize, character: u8) {
        self.text.copy_within(at..self.length, at + 1);
        self.text[at] = character;
        self.length += 1;
    }
}

/// The characters that are strewn in beside spaces: U+0021 to U+002F and U+003A to U+007E (§4.1 item 21).
const STREWN: [u8; 84] = {
    let mut characters = [0; 84];
    let mut count = 0;
    let mut character = 0x21_u8;
    while character <= 0x7e {
        if !character.is_ascii_digit() {
            characters[count] = character;
            count += 1;
        }
        character += 1;
    }
    characters
};

/// What a client asks a server to hash: both keys' numbers and the eight bytes behind the request (§5.2 item 8).
///
/// ```
/// use ws101_core::hixie76::Challenge;
/// let challenge = Challenge { numbers: [829_309_203, 259_970_620], key3: *b"^n:ds[4U" };
/// assert_eq!(&challenge.response(), b"8jKS'y:G*Co,Wxa-");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Challenge {
    /// The numbers of the first and the second key.
    pub numbers: [u32; 2],
    /// The eight bytes behind the request.
    pub key3: [u8; 8],
}

impl Challenge {
    /// The sixteen bytes that answer it: its MD5, each number in four bytes with the highest first (§5.2 item 9).
    #[must_use]
    pub fn response(&self) -> [u8; 16] {
        let [first, second] = self.numbers.map(u32::to_be_bytes);
        Md5::new().chain_update(first).chain_update(second).chain_update(self.key3).finalize().into()
    }
}
