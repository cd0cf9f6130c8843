package import Failures

/// Why a model gave no answer.
package struct LanguageModelFailure: Failure {
    package enum Kind: Sendable, Hashable {
        case unreachable
        /// The key is missing or wrong.
        case unauthorised
        case rateLimited
        case overloaded
        /// The server has no such model. The text says how to get it.
        case missingModel(hint: String)
        /// The server refused the request; the text is the server's.
        case rejected(status: Int, String)
        /// The answer broke off, or was not what the protocol says.
        case broken
        /// The answer is not of the form that was asked for.
        case malformed
        /// The settings do not make sense.
        case misconfigured(String)
    }

    package let kind: Kind
    /// The model's name in the settings.
    package let model: String
    package let retryAfter: Duration?
    package let underlying: (any Error)?

    package init(_ kind: Kind, model: String, retryAfter: Duration? = nil, underlying: (any Error)? = nil) {
        self.kind = kind
        self.model = model
        self.retryAfter = retryAfter
        self.underlying = underlying
    }

    package var code: FailureCode {
        switch kind {
        case .unreachable, .unauthorised, .rateLimited, .overloaded, .missingModel: .unavailable
        case .rejected, .broken, .malformed: .badGateway
        case .misconfigured: .internal
        }
    }

    package var message: String {
        switch kind {
        case .unreachable: "The language model \(model) cannot be reached. Try again, or ask whoever runs this installation."
        case .unauthorised: "The server of the language model \(model) does not accept the key in the settings."
        case .rateLimited: "The language model \(model) has too many requests at the moment. Try again shortly."
        case .overloaded: "The language model \(model) is overloaded at the moment. Try again shortly."
        case .missingModel(let hint): "The server has no language model \(model). \(hint)"
        case .rejected(let status, _): "The language model \(model) refused the request (\(status))."
        case .broken: "The answer of the language model \(model) broke off. Try again."
        case .malformed: "The language model \(model) did not answer in the form that was asked for. Try again."
        case .misconfigured(let why): why
        }
    }

    package var description: String {
        var text = "\(code.rawValue): \(message)"
        if case .rejected(_, let body) = kind { text += " [\(body)]" }
        if let underlying { text += " <- \(underlying)" }
        return text
    }
}
