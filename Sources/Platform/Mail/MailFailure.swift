package import Failures

/// Why a message was not taken.
package struct MailFailure: Failure {
    package enum Kind: Sendable, Hashable {
        /// The server says no for now (4yz), or cannot be reached.
        case temporary
        /// The server says no to this message for good (5yz).
        case refused
        /// The server does not let us in, or the connection is not secure: the settings are wrong, and no message is at fault.
        case settings
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var code: FailureCode {
        switch kind {
        case .temporary, .settings: .unavailable
        case .refused: .unprocessable
        }
    }
}
