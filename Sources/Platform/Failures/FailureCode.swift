/// The closed list of what can go wrong, as the person who asked is told it. The raw value is the `error` field on the wire.
package enum FailureCode: String, Sendable, CaseIterable, Codable {
    /// The request is malformed: syntax, framing, a missing parameter.
    case badRequest = "BadRequest"
    /// The request is well formed and one or more of its fields are not acceptable.
    case validationFailed = "ValidationFailed"
    /// There is no valid token.
    case unauthenticated = "Unauthenticated"
    /// The caller is known and may not do this.
    case forbidden = "Forbidden"
    /// There is no such thing, or it is not the caller's to see.
    case notFound = "NotFound"
    case methodNotAllowed = "MethodNotAllowed"
    /// The client was too slow.
    case requestTimeout = "RequestTimeout"
    /// It clashes with what exists.
    case conflict = "Conflict"
    /// It is not in the state that the request makes its condition.
    case preconditionFailed = "PreconditionFailed"
    case payloadTooLarge = "PayloadTooLarge"
    case unsupportedMediaType = "UnsupportedMediaType"
    case rangeNotSatisfiable = "RangeNotSatisfiable"
    /// The input was understood and cannot be processed: an encrypted PDF, an empty recording.
    case unprocessable = "Unprocessable"
    case rateLimited = "RateLimited"
    case headersTooLarge = "HeadersTooLarge"
    /// The caller, a stop button or a shutdown ended it.
    case cancelled = "Cancelled"
    /// A fault of ours; its text never leaves the log.
    case `internal` = "InternalError"
    case notImplemented = "NotImplemented"
    /// Another system answered wrongly.
    case badGateway = "BadGateway"
    /// Something that this needs is down.
    case unavailable = "ServiceUnavailable"
    case versionNotSupported = "HTTPVersionNotSupported"
    /// The disk, or a quota, is full.
    case insufficientStorage = "InsufficientStorage"
}
