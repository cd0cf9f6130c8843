"""FastAPI and asyncpg: one row of a course by its id, for whoever has a signed token. `peer:app` under uvicorn."""
import os
import uuid

import asyncpg
import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

KEY = "a key for measurements that is long enough to sign with"
app = FastAPI()
bearer = HTTPBearer()
pool = None


@app.on_event("startup")
async def connect():
    global pool
    pool = await asyncpg.create_pool(os.environ["PEER_DATABASE"], min_size=10, max_size=10, server_settings={"search_path": os.environ["PEER_SCHEMAS"]})


def user(credentials: HTTPAuthorizationCredentials = Depends(bearer)) -> uuid.UUID:
    try:
        return uuid.UUID(jwt.decode(credentials.credentials, KEY, algorithms=["HS256"], audience="bench")["sub"])
    except jwt.InvalidTokenError:
        raise HTTPException(401)


@app.get("/courses/{course}")
async def show(course: uuid.UUID, user: uuid.UUID = Depends(user)):
    row = await pool.fetchrow(
        "SELECT id, name, colour, term, exam_date, is_archived, position, created_at, updated_at FROM courses WHERE id = $1 AND user_id = $2", course, user)
    if row is None:
        raise HTTPException(404)
    return dict(row)
