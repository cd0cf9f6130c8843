import { waitText } from "../strings/amounts";
import { formatted, messageFor, t } from "../strings/t";

/** What the server said went wrong, as its one error table words it. */
export class APIError extends Error {
  constructor(
    readonly status: number,
    /** One of the server's closed list of codes; empty where the answer is not Little Monster's own. */
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
      return new APIError(status, body.error ?? "", body.message ?? "", body.details ?? {}, body.request_id ?? null, wait);
    } catch {
      return new APIError(status, "", "", {}, null, wait);
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
    super(t("api.unreachable"));
  }
}

/** One sentence for a person, with what to do where the error tells. */
export function describe(error: unknown): string {
  if (error instanceof APIError) {
    const problem = coded(error.code, error.message, error.retryAfter) ?? byStatus(error.status);
    return error.status >= 500 && error.requestID !== null ? t("api.inTheLog", { problem, request: error.requestID }) : problem;
  }
  return error instanceof Error ? error.message : String(error);
}

/** A problem by its code, in the reader's words; the server's own sentence where nobody has translated the code. */
export function coded(code: string, message: string, retryAfter: number | null = null): string | null {
  const known = code === "RateLimited" && retryAfter === null ? undefined : messageFor("codes", code);
  if (known === undefined) return message === "" ? null : message;
  return formatted(known, { message, ...(retryAfter === null ? {} : { wait: waitText(retryAfter) }) });
}

function byStatus(status: number): string {
  switch (status) {
    case 401: return t("api.status401");
    case 403: return t("api.status403");
    case 404: return t("api.status404");
    case 413: return t("api.status413");
    case 429: return t("api.status429");
    case 503: return t("api.status503");
    default: return t("api.statusOther", { status: String(status) });
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
