import App

extension Command {
    static let keys = Command(
        name: "keys", operands: "rotate", summary: "Put new keys in the place of those in the data folder.", options: [],
        details: """
            New tokens are signed, and secrets in the database sealed, with new keys; nobody is signed out, and the program may run meanwhile: \
            each process takes the new keys up within a second. Where several processes have a data folder each, rotate in one and copy \
            signing.key and sealing.key to the others at once.
            """
    ) { arguments in
        guard arguments.rest == ["rotate"] else { throw UsageFailure("It is `lm keys rotate`.") }
        let (configuration, _, logger) = try Session.begin()
        let count = try await Application.rotateKeys(configuration: configuration, logger: logger)
        Terminal.line(
            "The keys are new. \(count) secret\(count == 1 ? "" : "s") in the database \(count == 1 ? "is" : "are") sealed with them."
        )
        return 0
    }
}
