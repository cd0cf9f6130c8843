import App
import Assembly
import Glibc

extension Command {
    static let export = Command(
        name: "export", operands: "FOLDER", summary: "Write everything that is kept of a person into a new folder.",
        options: [.init("--user", "EMAIL", "Whose; the first administrator's if not given.")],
        details: "JSON as the API gives it, and the documents as they were brought. Example: lm export --user ann@example.org ann"
    ) { arguments in
        guard arguments.rest.count == 1, let folder = arguments.rest.first else { throw UsageFailure("Name one folder.") }
        let (configuration, _, logger) = try Session.begin()
        // Exports of all features are declared, so none has to be made.
        let application = try await Application(configuration: configuration, services: [.auth], logger: logger)
        let result: Result<Int, any Error>
        do {
            let owner = try await application.owner(email: arguments["--user"])
            let line = ProgressLine(label: owner.email)
            let count = try await application.export(owner.id, to: folder) { line.show(stage: "writing", done: $0, total: $1) }
            line.finish("\(count) files in \(folder)")
            result = .success(count)
        } catch { result = .failure(error) }
        await application.close()
        _ = try result.get()
        return 0
    }
}
