/// One thing that `lm` can do.
struct Command: Sendable {
    let name: String
    /// What follows the name: `FILES…`.
    let operands: String
    let summary: String
    let options: [Arguments.Option]
    /// More for `lm help NAME`: what it does, an example.
    let details: String
    let run: @Sendable (Arguments) async throws -> Int32

    static let all: [Command] = [
        .serve, .worker, .migrate, .doctor, .account, .audit, .keys, .backup, .restore, .importFiles, .export, .ask, .speech,
        .voice, .openAPI, .settings,
        .version,
    ]

    static func overview() -> String {
        var text = "lm: Little Monster, the study companion that you own\n\nUsage: lm COMMAND [OPTIONS]\n\n"
        for command in all {
            let head = command.name + (command.operands.isEmpty ? "" : " " + command.operands)
            text += "  " + head.padded(to: 22) + command.summary + "\n"
        }
        text += "\n`lm help COMMAND` says more. Settings come from the environment; `lm settings` lists them.\n"
        text += "Exit codes: 0 done, 1 failed, 2 something needs mending (doctor), 64 wrong usage, 69 a service is not available.\n"
        return text
    }

    func help() -> String {
        var text =
            "\(summary)\n\nUsage: lm \(name)\(options.isEmpty ? "" : " [OPTIONS]")\(operands.isEmpty ? "" : " " + operands)\n"
        if !options.isEmpty {
            text += "\n"
            for option in options {
                text += "  " + (option.name + (option.value.map { " " + $0 } ?? "")).padded(to: 22) + option.purpose + "\n"
            }
        }
        if !details.isEmpty { text += "\n\(details)\n" }
        return text
    }
}

extension String {
    /// Filled with spaces to a width, and always followed by at least one.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(1, width - count)) }
}
