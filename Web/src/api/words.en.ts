const words = {
  // Answers that are not Little Monster's own, such as a proxy's.
  status401: "Sign in again to go on.",
  status403: "This is not yours to open.",
  status404: "This is no longer here.",
  status413: "This is larger than the server takes.",
  status429: "Too many requests. Wait a moment, then try again.",
  status503: "The server is busy or starting. Try again in a moment.",
  statusOther: "The server answered with an error ({status}).",
  inTheLog: "{problem} (Request {request})",
  unreachable: "The server cannot be reached. Check that Little Monster is running, then try again.",
  unreadDocument: "The document could not be read.",
  noHealth: "The health of this server can only be asked for on the server itself.",
} as const;

export default words;
