import App
import Backup

extension Command {
    static let restore = Command(
        name: "restore", operands: "[ID]", summary: "Put a back-up into a new folder and an empty database.",
        options: [
            .init("--at", "TIME", "The last state before it: 2026-11-30T20:15:00Z."),
            .init("--to", "FOLDER", "The new data folder; LM_DATA_DIR if not given."),
            .init("--dry-run", nil, "Only say what would be put back, and whether it can be."),
        ],
        details: """
            Takes the newest back-up, with what was logged since, unless ID or --at says another. Nothing is written over what lives: the \
            folder has to be new or empty. A back-up of PostgreSQL goes into the database of LM_DATABASE_URL, which has to be empty.
            LM_BACKUP_URL and its key must be set. Example: lm restore --to /srv/lm-again --at 2026-11-30T20:15:00Z
            """
    ) { arguments in
        guard arguments.rest.count <= 1 else { throw UsageFailure("Name one back-up at most.") }
        let moment = try arguments["--at"].map { text throws(UsageFailure) in
            guard let date = BackupText.moment(text) else { throw UsageFailure("--at wants a time such as 2026-11-30T20:15:00Z.") }
            return date
        }
        let (configuration, _, logger) = try Session.begin()
        let isTried = arguments.has("--dry-run")
        let line = ProgressLine(label: "restore")
        let done = try await Application.restore(
            arguments.rest.first, at: moment, to: arguments["--to"], isTried: isTried, configuration: configuration, logger: logger
        ) { line.show(stage: $0, done: $1 >> 20, total: $2 >> 20) }
        let snapshot = done.plan.snapshot
        if done.plan.breaksOff { Terminal.say("The log of changes has a gap: what it told after it is lost.") }
        guard let outcome = done.outcome else {
            Terminal.line(
                "It can be done: \(snapshot.id) and \(done.plan.changes) parts of the log, as of \(BackupText.time(done.plan.moment)), into \(done.folder)."
            )
            return 0
        }
        line.finish(
            "\(outcome.files) files and \(outcome.rows) rows, as of \(BackupText.time(done.plan.moment)), in \(done.folder)")
        if !outcome.hasKeys {
            Terminal.say(
                "The back-up has no keys: put signing.key and sealing.key into \(done.folder) before you start, or everybody signs in anew and codes of apps stop working."
            )
        }
        return 0
    }
}
