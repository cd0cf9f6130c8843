const key = "little-monster-signed-in";

/** Remembers whether somebody was signed in, so that the next load shows them no form of sign-in for a moment. */
export function rememberSignedIn(signedIn: boolean): void {
  try {
    if (signedIn) window.localStorage.setItem(key, "true");
    else window.localStorage.removeItem(key);
  } catch {
    // Storage may be forbidden; the form then shows until it is known who is there.
  }
}

export function wasSignedIn(): boolean {
  try {
    return window.localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}
