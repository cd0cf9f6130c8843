import HTTPMessages

extension Route {
    /// What a token must be allowed to call it; nil where only somebody's own sign-in may. It follows from the route's tag, and from
    /// whether it reads or changes.
    package var scope: TokenScope? {
        guard !details.needsSignIn else { return nil }
        let area = details.tag.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        return TokenScope(method == .get || method == .head || details.onlyReads ? .read : .write, of: area)
    }

    /// The same route where no token will do: what opens or closes an account, or looks after others'.
    package func needingSignIn() -> Route { with { $0.needsSignIn = true } }

    /// The same route where a token that reads will do: it asks by a body, and changes nothing.
    package func onlyReading() -> Route { with { $0.onlyReads = true } }
}

extension Route.Details {
    /// Tags whose routes are about the account itself, or about others'.
    static let tagsOfSignIn: Set<String> = ["Accounts", "Administration", "Tokens"]
}
