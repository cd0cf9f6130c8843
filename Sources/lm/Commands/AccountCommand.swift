import App
import Glibc

extension Command {
    static let account = Command(
        name: "account", operands: "add EMAIL", summary: "Make an account; the first is the administrator.",
        options: [.init("--name", "NAME", "How to address the person; the part before the @ if not given.")],
        details: "Asks for the password on a terminal; reads one line of standard input when piped."
    ) { arguments in
        guard arguments.rest.count == 2, arguments.rest[0] == "add" else { throw UsageFailure("It is `lm account add EMAIL`.") }
        let email = arguments.rest[1]
        let password = try Password.ask("Password for \(email) (10 characters or more): ")
        let name = arguments["--name"] ?? String(email.prefix { $0 != "@" })
        let (configuration, _, logger) = try Session.begin()
        let user = try await Application.addAccount(
            email: email, password: password, name: name, configuration: configuration, logger: logger)
        Terminal.line("Made \(user.email), \(user.role).")
        return 0
    }
}
