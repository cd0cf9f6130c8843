import { useEffect } from "react";
import { accounts } from "../api/accounts";
import { startSession } from "./session";

/** How often it is tried whether the server is there again, in milliseconds. */
const pause = 4000;

/** While the server cannot be reached, goes on by itself as soon as it can. */
export function useReturn(away: boolean): void {
  useEffect(() => {
    if (!away) return undefined;
    const look = () => void accounts.status().then(() => startSession(), () => undefined);
    const timer = window.setInterval(look, pause);
    window.addEventListener("online", look);
    return () => {
      window.clearInterval(timer);
      window.removeEventListener("online", look);
    };
  }, [away]);
}
