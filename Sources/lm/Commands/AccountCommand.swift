import App
import Glibc

extension Command {
    static let account = Command(
        name: "account", operands: "add|reset|role EMAIL [ROLE]",
        summary: "Make an account, or give one a new password or another role.",
        options: [
            .init("--name", "NAME", "With add: how to address the person; the part before the @ if not given."),
            .init("--without-code", nil, "With reset: their sign-in takes no code of an app any more either."),
        ],
        details: """
            add asks for the password on a terminal and reads one line of standard input when piped; the first account is the \
            administrator's.
            reset is the way back in for who lost the password: it prints a link, good once and for an hour, by which they choose \
            another. The old password is worth nothing from then on, and all their sessions end. Who also lost their authenticator app and \
            the recovery codes gets in with --without-code; make sure that it is they who ask.
            role makes the person an administrator, a moderator, a teacher or a student: `lm account role EMAIL teacher`. Who may \
            no longer do something is signed out everywhere. One administrator always stays.
            """
    ) { arguments in
        let operands = arguments.rest
        switch (operands.first, operands.count) {
        case ("add", 2): return try await add(operands[1], name: arguments["--name"])
        case ("reset", 2): return try await reset(operands[1], withoutCode: arguments.has("--without-code"))
        case ("role", 3): return try await setRole(operands[2], of: operands[1])
        default: throw usage
        }
    }

    private static let usage = UsageFailure(
        "It is `lm account add EMAIL`, `lm account reset EMAIL` or `lm account role EMAIL administrator|moderator|teacher|student`."
    )

    private static func add(_ email: String, name: String?) async throws -> Int32 {
        let password = try Password.ask("Password for \(email) (10 characters or more): ")
        let (configuration, _, logger) = try Session.begin()
        let user = try await Application.addAccount(
            email: email, password: password, name: name ?? String(email.prefix { $0 != "@" }), configuration: configuration,
            logger: logger)
        Terminal.line("Made \(user.email), \(user.role).")
        return 0
    }

    private static func setRole(_ role: String, of email: String) async throws -> Int32 {
        let (configuration, _, logger) = try Session.begin()
        let user = try await Application.setRole(role, email: email, configuration: configuration, logger: logger)
        Terminal.line("\(user.email) is \(user.role) now.")
        return 0
    }

    private static func reset(_ email: String, withoutCode: Bool) async throws -> Int32 {
        let (configuration, _, logger) = try Session.begin()
        let link = try await Application.resetAccount(
            email: email, withoutCode: withoutCode, configuration: configuration, logger: logger)
        Terminal.line(link.address + link.page)
        Terminal.say(
            """
            \(link.email) chooses a new password there, within an hour. Behind a proxy, put the app's own address before \
            \(link.page.prefix { $0 != "=" })=….
            """)
        return 0
    }
}
