using System;
using System.Buffers.Binary;
using System.IO;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

static class Frames
{
    const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static string Accept(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Guid)));

    public static string Response(string key) =>
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        $"Sec-WebSocket-Accept: {Accept(key)}\r\n\r\n";

    public static byte[] Text(string message)
    {
        var payload = Encoding.UTF8.GetBytes(message);
        var frame = new MemoryStream();
        frame.WriteByte(0x81);
        if (payload.Length <= 125)
        {
            frame.WriteByte((byte)payload.Length);
        }
        else
        {
            frame.WriteByte(126);
            Span<byte> size = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)payload.Length);
            frame.Write(size);
        }
        frame.Write(payload);
        return frame.ToArray();
    }

    public static async Task Echo(WebSocket socket, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        while (socket.State == WebSocketState.Open)
        {
            var result = await socket.ReceiveAsync(buffer, cancel);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", cancel);
                return;
            }
            await socket.SendAsync(buffer.AsMemory(0, result.Count), result.MessageType, result.EndOfMessage, cancel);
        }
    }
}
