import App

extension Command {
    static let keys = Command(
        name: "keys", operands: "rotate", summary: "Put new keys in the place of those in the data folder.", options: [],
        details: """
            New tokens are signed, and secrets in the database sealed, with new keys; nobody is signed out. Stop the program first and start it \
            afterwards: a process that runs knows the old keys alone. Where several processes have a data folder each, copy signing.key \
            and sealing.key to all of them before they start.
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
