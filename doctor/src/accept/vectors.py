"""Prints the values of vectors.rs: each mistake, made on purpose, with Python's own hashlib and base64.

Run it with `python3 doctor/src/accept/vectors.py`, and paste what it prints into the table.
"""

import base64
import hashlib
import hmac
import uuid

KEY = b"dGhlIHNhbXBsZSBub25jZQ=="
# Its value has both characters that other alphabets have not, and the key a `+`.
OTHER = b"VR+OReqwhymoQ21dBtoIMQ=="
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def sha(text):
    return hashlib.sha1(text).digest()


def hexed(text):
    return hashlib.sha1(text).hexdigest().encode()


def b64(digest):
    return base64.b64encode(digest).decode()


def dashed(digest):
    return "-".join(f"{byte:02X}" for byte in digest).encode()


def swapped(digest):
    return bytes((byte << 4 | byte >> 4) & 0xFF for byte in digest)


def line(value, *causes, key=KEY):
    value = value.replace('"', '\\"')
    print(f'    ("{key.decode()}", "{value}", &[{", ".join("Accept" + cause for cause in causes)}]),')


right = sha(KEY + GUID)
typo = GUID.replace(b"C5AB", b"5AB")
utf16 = (KEY + GUID).decode().encode("utf-16-le")

# How the digest is written.
line(b64(hexed(KEY + GUID)), "OfHexDigest")
line(b64(hexed(KEY + GUID).upper()), "OfHexDigest")
line(b64(dashed(right)), "OfHexDigest")
line(b64(hexed(KEY + GUID) + b"  -\n"), "OfHexDigest")
line(hexed(KEY + GUID).decode(), "NotInBase64")
line(hexed(KEY + GUID).decode().upper(), "NotInBase64")
line(b64(right).lower(), "LowerCased")
line(b64(right).upper(), "UpperCased")
line(b64(right).rstrip("="), "WithoutPadding")
line(base64.urlsafe_b64encode(right).decode(), "UrlSafe")
line(base64.urlsafe_b64encode(sha(OTHER + GUID)).decode(), "UrlSafe", key=OTHER)
line(base64.urlsafe_b64encode(right).decode().rstrip("="), "UrlSafe", "WithoutPadding")
line(b64(b64(right).encode()), "EncodedTwice")
line(f'"{b64(right)}"', "Quoted")
line(str(base64.b64encode(right)), "Quoted")
line(b64(right).replace("=", "%3D").replace("+", "%2B"), "Escaped")
line(b64(right).replace("+", " "), "Escaped")
line(b64(right.decode("latin-1").encode()), "DigestAsText")
line(b64(right.decode("utf-8", "replace").encode()), "DigestAsText")
line(b64(b"".join(right[at : at + 4][::-1] for at in range(0, 20, 4))), "DigestByteOrder")
line(b64(right[::-1]), "DigestByteOrder")
line(b64(right[:11]), "DigestLength")
line(b64(right[:16]), "DigestLength")
line(b64(right + b"\0"), "DigestLength")

# How it is hashed.
line(b64(sha(right)), "HashedTwice")
line(b64(sha(hexed(KEY + GUID))), "HashedTwice")
line(b64(hmac.new(GUID, KEY, hashlib.sha1).digest()), "Hmac")
line(b64(hmac.new(KEY, GUID, hashlib.sha1).digest()), "Hmac")
line(b64(hashlib.md5(KEY + GUID).digest()), "OtherHash")
line(b64(hashlib.sha256(KEY + GUID).digest()), "OtherHash")
line(b64(hashlib.sha512(KEY + GUID).digest()), "OtherHash")
line(b64(hashlib.sha256(KEY + GUID).digest()[:20]), "OtherHash")

# What is taken for the key.
line(b64(sha(base64.b64decode(KEY) + GUID)), "OfDecodedKey")
line(b64(sha(b"undefined" + GUID)), "OfPlaceholder")
line(b64(sha(b"null" + GUID)), "OfPlaceholder")
line(b64(sha(b"None" + GUID)), "OfPlaceholder")
for end in (b"\r", b"\n", b"\r\n"):
    line(b64(sha(KEY + end + GUID)), "KeyWithLineEnd")
line(b64(sha(b" " + KEY + GUID)), "KeyWithBlank")
line(b64(sha(KEY + b" " + GUID)), "KeyWithBlank")
line(b64(sha(b" " + KEY + b"\r" + GUID)), "KeyWithBlank", "KeyWithLineEnd")
line(b64(sha(b'"' + KEY + b'"' + GUID)), "KeyWithQuotes")
line(b64(sha(b"b'" + KEY + b"'" + GUID)), "KeyWithQuotes")
line(b64(sha(b"Sec-WebSocket-Key: " + KEY + GUID)), "KeyWithName")
line(b64(sha(b"Sec-WebSocket-Key: " + KEY + b"\r\n" + GUID)), "KeyWithName")
line(b64(sha(KEY + b"\0" + GUID)), "KeyWithNul")
line(b64(sha(KEY[:-1] + GUID)), "KeyCut")
line(b64(sha(KEY[1:] + GUID)), "KeyCut")
line(b64(sha(KEY.rstrip(b"=") + GUID)), "KeyCut")
line(b64(sha(KEY.lower() + GUID)), "KeyCase")
line(b64(sha(OTHER.replace(b"+", b" ") + GUID)), "KeyUnescaped", key=OTHER)
line(b64(sha(OTHER.replace(b"+", b"%2B").replace(b"=", b"%3D") + GUID)), "KeyUnescaped", key=OTHER)
line(b64(sha(base64.b64encode(KEY) + GUID)), "KeyEncoded")

# What is taken for the GUID.
line(b64(sha(KEY)), "WithoutGuid")
line(b64(sha(KEY + GUID[:20].lower() + GUID[20:])), "GuidCase")
line(b64(sha(KEY + typo)), "GuidTypo")
line(b64(sha(KEY + GUID.replace(b"E914", b"E941"))), "GuidTypo")
line(b64(sha(KEY + GUID.replace(b"0DC8", b"ODC8"))), "GuidTypo")
line(b64(sha(KEY + GUID + b"1")), "GuidTypo")
line(b64(sha(KEY + GUID + b" ")), "GuidBlank")
for end in (b"\r\n", b"\n", b"\0"):
    line(b64(sha(KEY + GUID + end)), "GuidLineEnd")
line(b64(sha(KEY + GUID.replace(b"-", b""))), "GuidWithoutDashes")
line(b64(sha(KEY + b"{" + GUID + b"}")), "GuidWithBraces")
line(b64(sha(KEY + uuid.UUID(GUID.decode()).bytes)), "GuidAsBytes")
line(b64(sha(KEY + uuid.UUID(GUID.decode()).bytes_le)), "GuidAsBytes")
line(b64(sha(KEY + GUID + GUID)), "GuidTwice")

# How the two are put together.
line(b64(sha(GUID + KEY)), "GuidFirst")
line(b64(sha(KEY + b"-" + GUID)), "Separated")
line(b64(sha(KEY + b":" + GUID)), "Separated")
line(b64(sha(utf16)), "OfUtf16")
line(b64(sha((KEY + GUID).decode().encode("utf-16-be"))), "OfUtf16")
line(b64(sha((KEY + GUID).lower())), "OfOtherCase")
line(b64(sha(base64.b64encode(KEY + GUID))), "OfEncodedText")

# Several at once.
line(b64(sha(b"")), "OfNoKey", "WithoutGuid")
line(b64(swapped(sha(GUID.lower()))), "OfNoKey", "GuidCase", "DigestNibbles")
line(b64(sha(base64.b64decode(KEY) + GUID)).lower(), "OfDecodedKey", "LowerCased")
line(b64(hexed(KEY + b"\r" + GUID)), "KeyWithLineEnd", "OfHexDigest")
line(b64(hexed(KEY + typo)), "GuidTypo", "OfHexDigest")
line(b64(sha(typo)), "OfNoKey", "GuidTypo")
line(b64(sha(KEY + b"\r\n" + GUID.replace(b"47DA", b"47AD"))), "KeyWithLineEnd", "GuidTypo")
line(b64(hexed(KEY + GUID + b"\n") + b"  -\n"), "GuidLineEnd", "OfHexDigest")
line(hexed(KEY + GUID.lower()).decode(), "GuidCase", "NotInBase64")
line(b64(dashed(sha(utf16))), "OfUtf16", "OfHexDigest")
line(b64(hexed(KEY + GUID)).lower(), "OfHexDigest", "LowerCased")
line(b64(hashlib.md5(KEY + GUID).hexdigest().encode()), "OtherHash", "OfHexDigest")
