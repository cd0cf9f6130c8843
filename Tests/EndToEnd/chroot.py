"""A folder that is all that a program sees of this machine, put together from mounts that end with the program."""

from __future__ import annotations

import os
import pathlib
import subprocess

from server import ROOT, binary

#: Makes the folder in a mount namespace of its own, so that nothing is left behind, and becomes the program within it.
ENTER = """
set -eu
root=$1 user=$2
shift 2
mount -t tmpfs none "$root"
mkdir -m 1777 "$root/tmp"
mkdir "$root/proc" "$root/dev" "$root/etc"
while [ "$1" != -- ]; do
    mkdir -p "$root$1"
    mount --bind "$1" "$root$1"
    shift
done
shift
for name in bin lib lib64 sbin; do ln -s "usr/$name" "$root/$name"; done
for name in null zero random urandom; do touch "$root/dev/$name"; mount --bind "/dev/$name" "$root/dev/$name"; done
mount -t proc none "$root/proc"
exec chroot --userspec="$user" "$root" "$@"
"""


def is_possible() -> bool:
    return os.geteuid() == 0 and subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode == 0


def prefix(root: pathlib.Path, *folders: pathlib.Path, user: str = "0:0") -> list[str]:
    """Words to put before a command that is to run in a chroot at `root`, which sees `/usr`, the checkout and `folders`."""
    root.mkdir()
    seen = {"/usr", str(ROOT), *map(str, folders)}
    if models := os.environ.get("LM_MODEL_DIR"):
        seen.add(models)
    for link in (ROOT / ".models", ROOT / "Web/dist"):
        if link.exists():
            seen.add(str(link.resolve()))
    # A debug build finds Swift's libraries where Swift is installed.
    for line in subprocess.run(["ldd", binary()], capture_output=True, text=True, check=True).stdout.splitlines():
        path = line.partition("=> ")[2].split(" ")[0]
        if path.startswith("/") and not path.startswith(("/usr/", "/lib")):
            seen.add(str(pathlib.Path(path).parent))
    return ["unshare", "-m", "sh", "-c", ENTER, "enter", str(root), user, *sorted(seen), "--"]
