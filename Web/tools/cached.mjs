import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cache } from "./paths.mjs";

const kept = join(cache, "kept");
/** What no build has used for so long is dropped, in milliseconds: branches that one goes back and forth between keep theirs. */
const life = 30 * 24 * 3600 * 1000;

/** The hash of all that something is made of: texts, and the bytes of files. */
export function hashOf(...ingredients) {
  const hash = createHash("sha256");
  for (const each of ingredients) hash.update(`${each.length}:`).update(each);
  return hash.digest("hex");
}

/**
 * Where a file is that takes long to make, made only when what it is made of is new.
 * @param name its folder and name below `key`, such as `fonts/inter.woff2`.
 * @param key `hashOf` all that decides what is in it, its making included.
 * @param make writes it at the path that it is given; a promise is waited for.
 */
export async function cached(name, key, make) {
  const file = join(kept, key.slice(0, 32), name);
  if (existsSync(file)) {
    const now = new Date();
    utimesSync(file, now, now);
    return file;
  }
  mkdirSync(dirname(file), { recursive: true });
  // A build that is broken off leaves no half of a file under its name.
  const half = `${file}.${process.pid}`;
  try {
    await make(half);
    renameSync(half, file);
  } finally {
    rmSync(half, { force: true });
  }
  return file;
}

/** The same for what fits into memory: answers the bytes. */
export async function cachedBytes(name, key, make) {
  return readFileSync(await cached(name, key, async (path) => writeFileSync(path, await make())));
}

/** Drops what has not been used for long. */
export function dropOld() {
  if (!existsSync(kept)) return;
  for (const key of readdirSync(kept)) {
    const folder = join(kept, key);
    const used = Math.max(0, ...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs));
    if (Date.now() - used > life) rmSync(folder, { recursive: true });
  }
}
