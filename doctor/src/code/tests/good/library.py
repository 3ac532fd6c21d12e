import asyncio
import json

from websockets.asyncio.server import serve

CLIENTS = set()


async def handler(websocket):
    CLIENTS.add(websocket)
    try:
        async for message in websocket:
            event = json.loads(message)
            if len(message) > 125:
                print("long", websocket.request.headers["Sec-WebSocket-Key"])
            await asyncio.gather(*(client.send(json.dumps(event)) for client in CLIENTS))
    finally:
        CLIENTS.discard(websocket)


async def main():
    async with serve(handler, "127.0.0.1", 8080, ping_interval=20) as server:
        await server.serve_forever()


asyncio.run(main())
