/** What the server said went wrong, as its one error table words it. */
export class APIError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, string>,
    readonly requestID: string | null,
    /** Seconds to wait before another try, when the server says so. */
    readonly retryAfter: number | null,
  ) {
    super(message);
  }

  static async from(response: Response): Promise<APIError> {
    const text = await response.text().catch(() => "");
    return APIError.fromText(response.status, text, response.headers.get("Retry-After"));
  }

  static fromText(status: number, text: string, retryAfter: string | null): APIError {
    const seconds = Number.parseInt(retryAfter ?? "", 10);
    const wait = Number.isFinite(seconds) ? seconds : null;
    try {
      const body = JSON.parse(text) as Partial<ErrorBody>;
      return new APIError(status, body.error ?? "Unknown", body.message ?? fallback(status), body.details ?? {}, body.request_id ?? null, wait);
    } catch {
      return new APIError(status, "Unknown", fallback(status), {}, null, wait);
    }
  }
}

interface ErrorBody {
  error: string;
  message: string;
  details: Record<string, string>;
  request_id: string;
}

/** The server could not be reached, or the connection broke. */
export class ConnectionError extends Error {
  constructor() {
    super("The server cannot be reached. Check that Little Monster is running, then try again.");
  }
}

function fallback(status: number): string {
  switch (status) {
    case 401: return "Sign in again to go on.";
    case 403: return "This is not yours to open.";
    case 404: return "This is no longer here.";
    case 413: return "This is larger than the server takes.";
    case 429: return "Too many requests. Wait a moment, then try again.";
    case 503: return "The server is busy or starting. Try again in a moment.";
    default: return `The server answered with an error (${status}).`;
  }
}

/** One sentence for a person, with what to do where the error tells. */
export function describe(error: unknown): string {
  if (error instanceof APIError) {
    if (error.status === 429 && error.retryAfter !== null) return `Too many requests. Try again in ${waitText(error.retryAfter)}.`;
    if (error.status >= 500 && error.requestID !== null) return `${error.message} (Request ${error.requestID})`;
    return error.message;
  }
  if (error instanceof ConnectionError) return error.message;
  return error instanceof Error ? error.message : String(error);
}

function waitText(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
