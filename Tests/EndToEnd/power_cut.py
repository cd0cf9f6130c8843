"""A folder whose power can be cut: a file system (FUSE) before another folder, which knows of each file what was synced, and under which names.

    power_cut.py MOUNT BACKING KEPT    SIGTERM writes what a disk would hold after a power cut into KEPT, and ends.

A disk may keep more than was synced; this one keeps nothing more. As ext4 does, the sync of a file makes its name safe too; a removal or a
renaming becomes safe with the sync of its folder or of the file.
"""
from __future__ import annotations

import errno
import os
import pathlib
import signal
import sys
import threading

from fusepy import FUSE, FuseOSError, Operations


class Disk(Operations):
    def __init__(self, backing: str, kept: str) -> None:
        self.backing, self.kept = backing, kept
        self.guard = threading.Lock()
        self.content: dict[int, bytes] = {}
        self.names: dict[str, int] = {}

    def _(self, path: str) -> str:
        return self.backing + path

    # What becomes safe.

    def fsync(self, path, datasync, handle):
        with self.guard:
            number = os.fstat(handle).st_ino
            size = os.fstat(handle).st_size
            self.content[number] = os.pread(handle, size, 0)
            self._settle_names(number, path)
        return 0

    def _settle_names(self, number, path):
        for name, other in list(self.names.items()):
            if other == number and self._number(name) != number:
                del self.names[name]
        if self._number(path) == number:
            self.names[path] = number

    def fsyncdir(self, path, datasync, handle):
        with self.guard:
            prefix = path.rstrip("/") + "/"
            here = {prefix + name for name in os.listdir(self._(path))}
            for name in [name for name in self.names if name.startswith(prefix) and "/" not in name[len(prefix):]]:
                if name not in here:
                    del self.names[name]
            for name in here:
                if os.path.isfile(self._(name)):
                    self.names[name] = os.stat(self._(name)).st_ino
        return 0

    def _number(self, path):
        try:
            return os.lstat(self._(path)).st_ino
        except OSError:
            return None

    def cut(self):
        with self.guard:
            for name, number in self.names.items():
                goal = pathlib.Path(self.kept + name)
                goal.parent.mkdir(parents=True, exist_ok=True)
                goal.parent.chmod(0o700)
                # Of a file that was never synced the name alone may be there.
                goal.write_bytes(self.content.get(number, b""))
                goal.chmod(0o600 if name.count("/") < 2 else 0o400)

    # The rest is the folder behind.

    def access(self, path, mode):
        if not os.access(self._(path), mode):
            raise FuseOSError(errno.EACCES)

    def chmod(self, path, mode):
        return os.chmod(self._(path), mode)

    def chown(self, path, user, group):
        return os.chown(self._(path), user, group)

    def create(self, path, mode, info=None):
        return os.open(self._(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)

    def open(self, path, flags):
        # The kernel looks at rights; for a sync of what was opened to read, and for reading pages of what was opened to write, both are needed.
        try:
            return os.open(self._(path), (flags & ~(os.O_ACCMODE | os.O_APPEND | os.O_EXCL)) | os.O_RDWR)
        except OSError:
            return os.open(self._(path), flags)

    def getattr(self, path, handle=None):
        try:
            found = os.fstat(handle) if handle is not None else os.lstat(self._(path))
        except OSError as error:
            raise FuseOSError(error.errno) from error
        return {key: getattr(found, key) for key in ("st_atime", "st_ctime", "st_gid", "st_mode", "st_mtime", "st_nlink", "st_size", "st_uid")}

    def flush(self, path, handle):
        return 0

    def link(self, target, source):
        return os.link(self._(source), self._(target))

    def mkdir(self, path, mode):
        return os.mkdir(self._(path), mode)

    def read(self, path, size, offset, handle):
        return os.pread(handle, size, offset)

    def readdir(self, path, handle):
        return [".", "..", *os.listdir(self._(path))]

    def release(self, path, handle):
        return os.close(handle)

    def rename(self, old, new):
        return os.rename(self._(old), self._(new))

    def rmdir(self, path):
        return os.rmdir(self._(path))

    def statfs(self, path):
        found = os.statvfs(self._(path))
        return {key: getattr(found, key) for key in ("f_bavail", "f_bfree", "f_blocks", "f_bsize", "f_favail", "f_ffree", "f_files", "f_flag", "f_frsize", "f_namemax")}

    def truncate(self, path, length, handle=None):
        return os.truncate(self._(path) if handle is None else handle, length)

    def unlink(self, path):
        return os.unlink(self._(path))

    def utimens(self, path, times=None):
        return os.utime(self._(path), times)

    def write(self, path, data, offset, handle):
        return os.pwrite(handle, data, offset)


def main() -> None:
    mount, backing, kept = sys.argv[1:]
    disk = Disk(backing, kept)

    def wait():
        signal.sigwait({signal.SIGTERM})
        disk.cut()
        os._exit(0)

    # The main thread is in C, where no handler of Python's would run.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    threading.Thread(target=wait, daemon=True).start()
    FUSE(disk, mount, foreground=True, nothreads=True, allow_other=True, use_ino=False)


main()
