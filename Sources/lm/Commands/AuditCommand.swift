import App

extension Command {
    static let audit = Command(
        name: "audit", operands: "verify [SEQUENCE:HASH]", summary: "Check that the audit log is as it was written.", options: [],
        details: """
            Reads the whole chain of hashes; exit code 2 if an entry was changed, taken out or put in. Who can write to the database could make \
            the chain anew: note the last entry that it prints where they cannot write, and give it with the next check.
            """
    ) { arguments in
        guard arguments.rest.first == "verify", arguments.rest.count <= 2 else {
            throw UsageFailure("It is `lm audit verify`, with SEQUENCE:HASH of an entry that you noted.")
        }
        var known: (sequence: Int64, hash: String)?
        if let text = arguments.rest.dropFirst().first {
            let parts = text.split(separator: ":")
            guard parts.count == 2, let sequence = Int64(parts[0]), parts[1].utf8.count == 64 else {
                throw UsageFailure("“\(text)” is not SEQUENCE:HASH, as `lm audit verify` prints it.")
            }
            known = (sequence, String(parts[1]))
        }
        let (configuration, _, logger) = try Session.begin()
        let verdict = try await Application.verifyAudit(configuration: configuration, knowing: known, logger: logger)
        if let problem = verdict.problem {
            Terminal.complain("The audit log is not as it was written. \(problem)")
            return 2
        }
        Terminal.line("\(verdict.entries) entr\(verdict.entries == 1 ? "y is" : "ies are") as written.")
        Terminal.line("The last is \(verdict.last)")
        return 0
    }
}
