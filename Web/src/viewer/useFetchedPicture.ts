import { useEffect, useState } from "react";
import { describe } from "../api/errors";

interface FetchedPicture {
  /** For `src`; null until it is there. */
  address: string | null;
  /** Why it is not. */
  problem: string | null;
}

/**
 * A picture that only the signed-in user may fetch, so that its address alone would not do.
 *
 * @param fetch another function fetches anew; null as long as the picture is not wanted.
 */
export function useFetchedPicture(fetch: ((signal: AbortSignal) => Promise<Blob>) | null): FetchedPicture {
  const [address, setAddress] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (fetch === null) return undefined;
    const controller = new AbortController();
    let made: string | null = null;
    setProblem(null);
    fetch(controller.signal).then((blob) => {
      if (controller.signal.aborted) return;
      made = URL.createObjectURL(blob);
      setAddress(made);
    }).catch((error: unknown) => {
      if (!controller.signal.aborted) setProblem(describe(error));
    });
    return () => {
      controller.abort();
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [fetch]);
  return { address, problem };
}
