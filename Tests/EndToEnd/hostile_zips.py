"""Zips that no packer would write, byte by byte."""

from __future__ import annotations

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator


def member(
    name: bytes, data: bytes, *, crc: int = 0, size: int | None = None, method: int = 8, flags: int = 0, extra: bytes = b"",
    mode: int = 0, offset: int = 0, packed: int | None = None
) -> tuple[bytes, bytes]:
    """The local header with its data, and the entry of the directory."""
    packed, size = len(data) if packed is None else packed, len(data) if size is None else size
    common = struct.pack("<HHHHHIIIHH", 20, flags, method, 0, 0x21, crc, packed, size, len(name), len(extra))
    local = b"PK\x03\x04" + common + name + extra + data
    entry = b"PK\x01\x02" + struct.pack("<H", 0x0314) + common + struct.pack("<HHHII", 0, 0, 0, mode << 16, offset) + name + extra
    return local, entry


def archive(parts: list[tuple[bytes, bytes]], *, count: int | None = None, offset: int | None = None, comment: bytes = b"") -> bytes:
    """Members as `member` makes them, with offsets of 0 put right."""
    body, directory = b"", b""
    for local, entry in parts:
        if entry[42:46] == bytes(4):
            entry = entry[:42] + struct.pack("<I", len(body)) + entry[46:]
        body += local
        directory += entry
    count = min(len(parts), 0xFFFF) if count is None else count
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body) if offset is None else offset, len(comment))
    return body + directory + b"PK\x05\x06" + end + comment


@functools.cache
def deflated(size: int, byte: bytes = b"\0") -> bytes:
    """So many equal bytes, packed: a megabyte that refers to nothing before it, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = (byte * (1 << 20))[: 1 << 20]
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (size >> 20) + packer.compress(piece[: size % (1 << 20)]) + packer.flush()


@functools.cache
def zlibbed(size: int, byte: bytes = b"\0") -> bytes:
    """The same in zlib's envelope."""
    piece, sum = (byte * (1 << 20))[: 1 << 20], 1
    for _ in range(size >> 20):
        sum = zlib.adler32(piece, sum)
    sum = zlib.adler32(piece[: size % (1 << 20)], sum)
    return b"\x78\xda" + deflated(size, byte) + struct.pack(">I", sum)


def zipped(members: dict[str, bytes], stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def flat(size: int, name: str = "zeros.txt") -> bytes:
    data = deflated(size, b"a ")
    return archive([member(name.encode(), data, size=size)])


def overlapping(files: int, size: int) -> bytes:
    """Every entry of the directory leads to the same packed bytes."""
    kernel = deflated(size, b"b ")
    local, _ = member(b"0.txt", kernel, size=size)
    entries = [member(b"%d.txt" % number, b"", size=size, packed=len(kernel))[1] for number in range(files)]
    directory = b"".join(entries)
    end = struct.pack("<HHHHIIH", 0, 0, files, files, len(directory), len(local), 0)
    return local + directory + b"PK\x05\x06" + end


def quoted(files: int, size: int) -> bytes:
    """Each local header is within the data of the one before, which quotes it as a stored block (the shape of zbsm)."""
    kernel = deflated(size, b"c ")
    data, locals_, offset_entries = kernel, b"", []
    pieces: list[tuple[bytes, bytes]] = []
    for number in reversed(range(files)):
        name = b"%d.txt" % number
        if pieces:
            header = pieces[-1][0]
            data = b"\x00" + struct.pack("<HH", len(header), len(header) ^ 0xFFFF) + header + data
        local, entry = member(name, b"", size=size + 64 * len(pieces), packed=len(data))
        pieces.append((local, entry))
        locals_ = local
    body = pieces[-1][0] + data
    at = 0
    for number, (local, entry) in enumerate(reversed(pieces)):
        offset_entries.append(entry[:42] + struct.pack("<I", at) + entry[46:])
        at += len(local) + 5
    directory = b"".join(offset_entries)
    assert locals_
    return body + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, files, files, len(directory), len(body), 0)


def nested(depth: int, inner: bytes = b"deep water") -> bytes:
    content = inner
    for level in range(depth):
        content = zipped({f"{depth - level}.zip" if level else "deep.txt": content})
    return content


def names() -> Iterator[tuple[str, bytes]]:
    """Archives whose members want to lie where they must not."""
    text = b"Otters eat eels in the river every evening. "
    for number, name in enumerate([
        b"../../../../etc/cron.d/otter.txt", b"/etc/otter.txt", b"..\\..\\otter.txt", b"C:\\otter.txt", b"otter\0.txt", b"\0", b"a/" * 5000 + b"otter.txt",
        b"o" * 10_000 + b".txt", b"./././otter.txt", b"//server/otter.txt", "\u202etxt.exe.md".encode(), b"\xff\xfe\xfd.txt", b"otter.txt\n\r.md", b"", b"..", b"CON.txt",
        b"<img src=x onerror=alert(1)>.txt", b"$(touch /tmp/otter).txt", b"-rf.txt", b"~/.ssh/otter.txt",
    ]):
        body = text + b"%d" % number
        yield f"name {number}", archive([member(name, body, method=0, crc=zlib.crc32(body)), member(b"good.txt", text * 2, method=0, crc=zlib.crc32(text * 2))])
    for number, mode in enumerate((0o120777, 0o020666, 0o060666, 0o010666, 0o140666)):
        target = b"/etc/passwd" if number == 0 else b""
        yield f"special file {number}", archive([member(b"link.txt", target, method=0, crc=zlib.crc32(target), mode=mode)])
    link = member(b"folder", b"/etc", method=0, crc=zlib.crc32(b"/etc"), mode=0o120777)
    yield "through a link", archive([link, member(b"folder/passwd", text, method=0, crc=zlib.crc32(text))])
    yield "same name twice", archive([member(b"one.txt", text + b"%d" % n, method=0, crc=zlib.crc32(text + b"%d" % n)) for n in range(50)])


def lies() -> Iterator[tuple[str, bytes]]:
    """Archives that do not say what is in them."""
    text = b"A weir holds water back. " * 40
    packed = zlib.compress(text)[2:-4]
    crc = zlib.crc32(text)
    good = member(b"weir.txt", packed, crc=crc, size=len(text))
    huge = deflated(200 << 20)
    yield "size said to be small", archive([member(b"weir.txt", huge, size=10)])
    yield "size said to be huge", archive([member(b"weir.txt", packed, crc=crc, size=0xFFFFFFFE)])
    yield "wrong checksum", archive([member(b"weir.txt", packed, crc=crc ^ 1, size=len(text))])
    yield "unknown method", archive([member(b"weir.txt", packed, crc=crc, size=len(text), method=97)])
    yield "encrypted", archive([member(b"weir.txt", packed, crc=crc, size=len(text), flags=1)])
    yield "data past the end", archive([member(b"weir.txt", packed, crc=crc, size=len(text), packed=1 << 30)])
    yield "directory past the end", archive([good], offset=1 << 30)
    yield "more entries than there are", archive([good], count=60_000)
    yield "no entries", archive([])
    yield "zip64 of no end", archive([member(
        b"weir.txt", packed, crc=crc, size=0xFFFFFFFF, packed=0xFFFFFFFF, extra=struct.pack("<HHQQQ", 1, 24, 2**63, 2**63, 2**63))])
    yield "extra field past its end", archive([member(b"weir.txt", packed, crc=crc, size=len(text), extra=b"\x01\x00\xff\xff")])
    yield "comment", archive([good], comment=b"PK\x05\x06" * 10_000)
    yield "directory of itself", archive([(b"", good[1])], offset=0)
    yield "empty files", archive([member(b"%d.txt" % n, b"", method=0) for n in range(60_000)])
    yield "folders", archive([member(b"d/" * 200 + b"%d/" % n, b"", method=0) for n in range(5_000)])
