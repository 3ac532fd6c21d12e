// A server on net/http, as RFC 6455 asks.
package main

import (
	"bufio"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"io"
	"log"
	"net/http"
	"strings"
)

const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

func accept(key string) string {
	h := sha1.New()
	io.WriteString(h, key+guid)
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

func encode(first byte, payload []byte) []byte {
	header := []byte{first, byte(len(payload))}
	switch {
	case len(payload) > 65535:
		header = make([]byte, 10)
		header[0], header[1] = first, 127
		binary.BigEndian.PutUint64(header[2:], uint64(len(payload)))
	case len(payload) > 125:
		header = []byte{first, 126, 0, 0}
		binary.BigEndian.PutUint16(header[2:], uint16(len(payload)))
	}
	return append(header, payload...)
}

func serve(w http.ResponseWriter, r *http.Request) {
	key := r.Header.Get("Sec-WebSocket-Key")
	if !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") || key == "" {
		http.Error(w, "Upgrade Required", http.StatusUpgradeRequired)
		return
	}
	conn, rw, err := w.(http.Hijacker).Hijack()
	if err != nil {
		log.Print(err)
		return
	}
	defer conn.Close()
	rw.WriteString("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
		"Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
	rw.Flush()
	echo(rw)
}

func echo(rw *bufio.ReadWriter) {
	for {
		var header [2]byte
		if _, err := io.ReadFull(rw, header[:]); err != nil {
			return
		}
		opcode, length := header[0]&0x0f, uint64(header[1]&0x7f)
		switch length {
		case 126:
			var size [2]byte
			io.ReadFull(rw, size[:])
			length = uint64(binary.BigEndian.Uint16(size[:]))
		case 127:
			var size [8]byte
			io.ReadFull(rw, size[:])
			length = binary.BigEndian.Uint64(size[:])
		}
		var mask [4]byte
		io.ReadFull(rw, mask[:])
		payload := make([]byte, length)
		if _, err := io.ReadFull(rw, payload); err != nil {
			return
		}
		for i := range payload {
			payload[i] ^= mask[i%4]
		}
		if opcode == 9 {
			opcode = 10
		}
		rw.Write(encode(0x80|opcode, payload))
		rw.Flush()
		if opcode == 8 {
			return
		}
	}
}

func main() {
	http.HandleFunc("/ws", serve)
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", nil))
}
