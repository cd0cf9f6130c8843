"""FastAPI under uvicorn, one worker: what `http-bench` serves, from an async handler."""
import asyncio
import socket

import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def load():
    await asyncio.sleep(0)
    return {"id": 42, "name": "Photosynthesis", "tags": ["biology", "plants"], "done": False}


@app.get("/json")
async def json():
    return await load()


@app.get("/stream")
async def stream():
    async def events():
        yield "data: open\n\n"
        while True:
            await asyncio.sleep(15)
            yield ":\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
print(f"listening on {listener.getsockname()[1]}", flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[listener])
