/** A recording of which something is still on this device. */
export interface KeptRecording {
  id: string;
  /** Whose it is: another person at this device neither sees nor sends it. */
  user: string;
  title: string;
  /** Milliseconds since 1970. */
  begunAt: number;
  /** How long it is so far, in seconds. */
  seconds: number;
  /** How many pieces have been made, sent or not. */
  made: number;
  /** That of the last piece: a recording that was interrupted goes on with the next. */
  take: number;
  /** How many of them this device lost before they were sent: those after them take their numbers. */
  lost: number;
  /** No more pieces come. */
  ended: boolean;
}

interface KeptPiece {
  id: string;
  number: number;
  take: number;
  sound: Blob;
}

/** What could not be written to this device's disk: it is there for as long as the page is. */
const inMemory = new Map<string, KeptPiece>();

/** Who closes the page now would lose what only it has. */
function guard(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function keepInMemory(piece: KeptPiece): void {
  inMemory.set(`${piece.id}/${piece.number}`, piece);
  window.addEventListener("beforeunload", guard);
}

function dropFromMemory(key: string): boolean {
  const was = inMemory.delete(key);
  if (inMemory.size === 0) window.removeEventListener("beforeunload", guard);
  return was;
}

let opening: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("recordings", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("recordings", { keyPath: "id" });
      request.result.createObjectStore("pieces", { keyPath: ["id", "number"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
  opening.catch(() => (opening = null));
  return opening;
}

/** Resolves when it is on the disk. */
async function run<Value>(stores: string[], mode: IDBTransactionMode, body: (transaction: IDBTransaction) => IDBRequest<Value> | null): Promise<Value | null> {
  const transaction = (await database()).transaction(stores, mode);
  return new Promise((resolve, reject) => {
    const request = body(transaction);
    transaction.oncomplete = () => resolve(request ? request.result : null);
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB"));
  });
}

const all = (id: string) => IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);

/** Pieces of recordings that the server has not confirmed, on this device's disk. */
export const keptPieces = {
  recordings: async (user: string): Promise<KeptRecording[]> =>
    ((await run<KeptRecording[]>(["recordings"], "readonly", (it) => it.objectStore("recordings").getAll())) ?? []).filter((each) => each.user === user),

  change: async (recording: KeptRecording): Promise<void> => {
    await run(["recordings"], "readwrite", (it) => it.objectStore("recordings").put(recording));
  },

  /** False where this device has no room: the piece is kept in memory. */
  add: async (recording: KeptRecording, number: number, take: number, sound: Blob): Promise<boolean> => {
    const piece: KeptPiece = { id: recording.id, number, take, sound };
    try {
      await run(["recordings", "pieces"], "readwrite", (it) => {
        it.objectStore("recordings").put(recording);
        return it.objectStore("pieces").put(piece);
      });
      return true;
    } catch {
      keepInMemory(piece);
      return false;
    }
  },

  piece: async (id: string, number: number): Promise<KeptPiece | null> =>
    inMemory.get(`${id}/${number}`) ?? (await run<KeptPiece | undefined>(["pieces"], "readonly", (it) => it.objectStore("pieces").get([id, number])).catch(() => null)) ?? null,

  /** Whether some of it lives only as long as the page. */
  isUnsafe: (id: string): boolean => [...inMemory.keys()].some((key) => key.startsWith(`${id}/`)),

  /** Whether anything of it is here: another tab may have sent and forgotten it. */
  isHere: async (id: string): Promise<boolean> =>
    keptPieces.isUnsafe(id) || (await run<KeptRecording | undefined>(["recordings"], "readonly", (it) => it.objectStore("recordings").get(id)).then((found) => found !== undefined && found !== null, () => true)),

  /** Once the server has confirmed it. */
  drop: async (id: string, number: number): Promise<void> => {
    // A disk that is full, or that no browser gives, has nothing of it.
    if (dropFromMemory(`${id}/${number}`)) return;
    await run(["pieces"], "readwrite", (it) => it.objectStore("pieces").delete([id, number]));
  },

  /** All that is here of a recording, in order, to be saved as a file. */
  sound: async (id: string): Promise<Blob[]> => {
    const onDisk = (await run<KeptPiece[]>(["pieces"], "readonly", (it) => it.objectStore("pieces").getAll(all(id))).catch(() => null)) ?? [];
    const pieces = [...onDisk, ...[...inMemory.values()].filter((piece) => piece.id === id)];
    return pieces.sort((one, other) => one.number - other.number).map(({ sound }) => sound);
  },

  forget: async (id: string): Promise<void> => {
    for (const key of [...inMemory.keys()]) if (key.startsWith(`${id}/`)) dropFromMemory(key);
    await run(["recordings", "pieces"], "readwrite", (it) => {
      it.objectStore("recordings").delete(id);
      return it.objectStore("pieces").delete(all(id));
    });
  },
};
