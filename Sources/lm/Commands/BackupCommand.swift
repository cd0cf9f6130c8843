import App
import Backup
import FoundationEssentials

extension Command {
    static let backup = Command(
        name: "backup", operands: "[list|verify|key]", summary: "Make a back-up now, list or check those that there are.",
        options: [.init("--all", nil, "With verify: check every back-up; the newest with its log if not given.")],
        details: """
            lm backup: brings the database, the files and the keys to LM_BACKUP_URL, while the program runs or not. `lm serve` does it by \
            itself, daily or hourly (LM_BACKUP_SCHEDULE).
            lm backup list: what there is, with what can be put back.
            lm backup verify [ID]: reads all of a back-up and compares it with its checksums. Exit code 2 if something is wrong.
            lm backup key FILE: makes a key for LM_BACKUP_KEY_FILE. Keep a copy of it elsewhere: without it no back-up can be read.
            """
    ) { arguments in
        let words = arguments.rest
        switch (words.first, words.count) {
        case (nil, 0), ("now", 1): return try await backUp()
        case ("list", 1): return try await list()
        case ("verify", 1...2): return try await verify(words.dropFirst().first, all: arguments.has("--all"))
        case ("key", 2):
            try Application.makeBackupKey(at: words[1])
            Terminal.line("Made \(words[1]). Set LM_BACKUP_KEY_FILE to it, and keep a copy of it elsewhere.")
            return 0
        default: throw UsageFailure("It is `lm backup`, `lm backup list`, `lm backup verify [ID]` or `lm backup key FILE`.")
        }
    }

    private static func backUp() async throws -> Int32 {
        let (configuration, _, logger) = try Session.begin()
        let line = ProgressLine(label: "back-up")
        let made = try await Application.backUp(configuration, logger: logger) {
            line.show(stage: $0, done: $1 >> 20, total: $2 >> 20)
        }
        line.finish(
            "\(made.id): \(made.files) files, \(made.rows) rows, \(megabytes(made.size)), of which \(megabytes(made.added)) are new"
        )
        if !made.hasKeys {
            Terminal.say(
                "It has no keys, since it is not encrypted: keep signing.key and sealing.key elsewhere, or set LM_BACKUP_KEY_FILE.")
        }
        return 0
    }

    private static func list() async throws -> Int32 {
        let (configuration, _, logger) = try Session.begin()
        try await Application.withBackups(configuration, logger: logger) { service in
            let repository = try await service.repository()
            for snapshot in try await repository.snapshots() {
                let plan = try await repository.plan(snapshot.id, at: .distantFuture)
                let log = plan.changes > 0 ? ", and every state until \(BackupText.time(plan.moment))" : ""
                Terminal.line(
                    "\(snapshot.id)\t\(BackupText.time(snapshot.madeAt))\t\(snapshot.files) files\t\(megabytes(snapshot.size))\(log)"
                )
            }
        }
        return 0
    }

    private static func verify(_ id: String?, all: Bool) async throws -> Int32 {
        let (configuration, _, logger) = try Session.begin()
        return try await Application.withBackups(configuration, logger: logger) { service in
            let repository = try await service.repository()
            var plans: [BackupPlan] = []
            if all {
                for snapshot in try await repository.snapshots() {
                    plans.append(try await repository.plan(snapshot.id, at: .distantFuture))
                }
            } else {
                plans = [try await repository.plan(id)]
            }
            var isGood = true
            for plan in plans {
                let line = ProgressLine(label: plan.snapshot.id)
                let report = try await BackupVerifier(repository).verify(plan) {
                    line.show(stage: $0, done: $1 >> 20, total: $2 >> 20)
                }
                for problem in report.problems { Terminal.line("\(plan.snapshot.id): \(problem)") }
                line.finish(
                    report.problems.isEmpty
                        ? "good: \(report.items) files, \(megabytes(report.bytes)), \(report.changes) parts of the log"
                        : "\(report.problems.count) problems")
                if !report.problems.isEmpty { isGood = false }
            }
            return isGood ? 0 : 2
        }
    }

    private static func megabytes(_ bytes: Int) -> String { "\((bytes + (1 << 20) - 1) >> 20) MB" }
}
