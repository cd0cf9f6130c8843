/**
 * What goes wrong, by the code that the server's one error table gives it, filled in with what the answer says. Where the
 * code only tells the kind, the server's own sentence is the better one: `{message}`.
 */
const words = {
  BadRequest: "{message}",
  ValidationFailed: "{message}",
  Unauthenticated: "{message}",
  Forbidden: "{message}",
  NotFound: "{message}",
  MethodNotAllowed: "{message}",
  RequestTimeout: "{message}",
  Conflict: "{message}",
  PreconditionFailed: "{message}",
  PayloadTooLarge: "{message}",
  UnsupportedMediaType: "{message}",
  RangeNotSatisfiable: "{message}",
  Unprocessable: "{message}",
  RateLimited: "Too many requests. Try again in {wait}.",
  HeadersTooLarge: "{message}",
  Cancelled: "{message}",
  InternalError: "{message}",
  NotImplemented: "{message}",
  BadGateway: "{message}",
  ServiceUnavailable: "{message}",
  HTTPVersionNotSupported: "{message}",
  InsufficientStorage: "{message}",
} as const;

export default words;
