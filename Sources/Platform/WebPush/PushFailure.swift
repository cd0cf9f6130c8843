package import Failures

/// Why a push was not taken.
package struct PushFailure: Failure {
    package enum Kind: Sendable, Hashable {
        /// The browser has no such subscription any more.
        case gone
        /// The service says no for now.
        case temporary
        /// The service, or we, say no to this message for good.
        case refused
    }

    package let kind: Kind
    package let message: String
    package let retryAfter: Duration?

    package init(_ kind: Kind, _ message: String, retryAfter: Duration? = nil) {
        (self.kind, self.message, self.retryAfter) = (kind, message, retryAfter)
    }

    package var code: FailureCode {
        switch kind {
        case .gone: .notFound
        case .temporary: .unavailable
        case .refused: .unprocessable
        }
    }
}
