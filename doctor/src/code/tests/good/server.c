/* The accept value and the header of a frame, as RFC 6455 asks. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

void websocket_accept(const char *key, char *out) {
    unsigned char digest[SHA_DIGEST_LENGTH];
    char text[64 + sizeof GUID];
    snprintf(text, sizeof text, "%s%s", key, GUID);
    SHA1((unsigned char *)text, strlen(text), digest);
    EVP_EncodeBlock((unsigned char *)out, digest, sizeof digest);
}

int websocket_response(const char *accept, char *out, size_t size) {
    return snprintf(out, size,
                    "HTTP/1.1 101 Switching Protocols\r\n"
                    "Upgrade: websocket\r\n"
                    "Connection: Upgrade\r\n"
                    "Sec-WebSocket-Accept: %s\r\n\r\n",
                    accept);
}

size_t websocket_header(uint8_t opcode, uint64_t length, uint8_t *out) {
    out[0] = 0x80 | opcode;
    if (length < 126) {
        out[1] = (uint8_t)length;
        return 2;
    }
    if (length <= 0xffff) {
        out[1] = 126;
        out[2] = (uint8_t)(length >> 8);
        out[3] = (uint8_t)length;
        return 4;
    }
    out[1] = 127;
    for (int i = 0; i < 8; i++) {
        out[2 + i] = (uint8_t)(length >> (56 - 8 * i));
    }
    return 10;
}

void websocket_unmask(uint8_t *payload, uint64_t length, const uint8_t mask[4]) {
    for (uint64_t i = 0; i < length; i++) {
        payload[i] ^= mask[i & 3];
    }
}
