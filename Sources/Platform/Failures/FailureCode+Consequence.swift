/// How loud a failure is in the log.
package enum FailureSeverity: Sendable { case debug, notice, warning, error }

/// What a job that failed with it does next.
package enum FailureOutcome: Sendable {
    /// Try again later: the cause may pass.
    case retry
    /// Trying again gives the same answer.
    case giveUp
    /// Somebody asked for the end of it.
    case stop
}

extension FailureCode {
    /// The one table: HTTP status, severity in the log, and what a job does.
    package var consequence: (status: Int, severity: FailureSeverity, outcome: FailureOutcome) {
        switch self {
        case .badRequest: (400, .debug, .giveUp)
        case .validationFailed: (400, .debug, .giveUp)
        case .unauthenticated: (401, .debug, .giveUp)
        case .forbidden: (403, .notice, .giveUp)
        case .notFound: (404, .debug, .giveUp)
        case .methodNotAllowed: (405, .debug, .giveUp)
        case .requestTimeout: (408, .debug, .retry)
        case .conflict: (409, .debug, .giveUp)
        case .preconditionFailed: (412, .debug, .giveUp)
        case .payloadTooLarge: (413, .debug, .giveUp)
        case .unsupportedMediaType: (415, .debug, .giveUp)
        case .rangeNotSatisfiable: (416, .debug, .giveUp)
        case .unprocessable: (422, .debug, .giveUp)
        case .rateLimited: (429, .notice, .retry)
        case .headersTooLarge: (431, .debug, .giveUp)
        case .cancelled: (499, .debug, .stop)
        case .internal: (500, .error, .retry)
        case .notImplemented: (501, .debug, .giveUp)
        case .badGateway: (502, .warning, .retry)
        case .unavailable: (503, .warning, .retry)
        case .versionNotSupported: (505, .debug, .giveUp)
        case .insufficientStorage: (507, .error, .retry)
        }
    }

    package var status: Int { consequence.status }
    package var severity: FailureSeverity { consequence.severity }
    package var outcome: FailureOutcome { consequence.outcome }
}

extension FailureCode {
    /// The code of any error: a `Failure`'s own; `cancelled` for a cancellation; `internal` for what nobody foresaw.
    package init(of error: any Error) {
        switch error {
        case let failure as any Failure: self = failure.code
        case is CancellationError: self = .cancelled
        default: self = .internal
        }
    }
}
