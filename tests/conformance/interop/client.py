"""A WebSocket client by the library "websockets" (10 or later), for a test that tells it what to do.

    client.py URL

A line of standard input is a step, a JSON array: its name, then its arguments. It is answered by a line of JSON: what
came of it. The steps are the methods of Client. It ends with its input.
"""

import asyncio
import json
import sys

import websockets

DEADLINE_S = 15


def status_of(error):
    """The HTTP status of a refused handshake; it moved between versions."""
    response = getattr(error, "response", None)
    return getattr(response, "status_code", None) or getattr(error, "status_code", None)


def extensions_of(socket):
    holder = socket if hasattr(socket, "extensions") else socket.protocol
    return [extension.name for extension in holder.extensions]


class Client:
    def __init__(self, url):
        self.url = url
        self.socket = None

    async def connect(self, options):
        try:
            # Compression is offered, as the library does by default.
            self.socket = await websockets.connect(self.url, max_size=2**22, **options)
        except Exception as error:
            return {"refused": status_of(error)}
        return {"subprotocol": self.socket.subprotocol, "extensions": extensions_of(self.socket)}

    async def send(self, text):
        await self.socket.send(text)

    async def send_fragments(self, pieces):
        await self.socket.send(pieces)

    async def send_bytes(self, length):
        await self.socket.send(bytes(length))

    async def receive(self, kind):
        while True:
            message = json.loads(await self.socket.recv())
            if message["type"] == kind:
                return message

    async def ping(self, text):
        await (await self.socket.ping(text))

    async def close(self, code, reason):
        await self.socket.close(code, reason)
        return self.ending()

    async def wait_closed(self):
        await self.socket.wait_closed()
        return self.ending()

    def ending(self):
        return {"code": self.socket.close_code, "reason": self.socket.close_reason}


async def main(url):
    client = Client(url)
    while line := await asyncio.to_thread(sys.stdin.readline):
        name, *arguments = json.loads(line)
        result = await asyncio.wait_for(getattr(client, name)(*arguments), DEADLINE_S)
        print(json.dumps(result), flush=True)


asyncio.run(main(sys.argv[1]))
