import App
import Failures
import Glibc

extension Command {
    static let importFiles = Command(
        name: "import", operands: "FILES…", summary: "Bring documents in and wait until they are ready.",
        options: [
            .init("--user", "EMAIL", "Whose library; the first administrator's if not given."),
            .init("--subject", "NAME", "The subject to file them under."),
        ],
        details:
            "Example: lm import --subject Biology lectures/*.pdf\nExit code 1 if a file could not be brought in; the others are."
    ) { arguments in
        guard !arguments.rest.isEmpty else { throw UsageFailure("Name one or more files.") }
        return try await Session.run { application in
            let owner = try await application.owner(email: arguments["--user"])
            var failed = 0
            for path in arguments.rest {
                let line = ProgressLine(label: path.split(separator: "/").last.map(String.init) ?? path)
                do {
                    let document = try await application.importFile(path: path, subject: arguments["--subject"], user: owner.id) {
                        line.show(stage: $0, done: $1, total: $2)
                    }
                    line.finish(
                        document.isDuplicate ? "is here already" : "ready, \(document.pages) pages, \(document.passages) passages")
                } catch let failure as any Failure where failure.code != .internal {
                    failed += 1
                    line.finish("failed: \(failure.message)")
                }
            }
            return failed == 0 ? 0 : 1
        }
    }
}
