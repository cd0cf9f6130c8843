package import Ambient
import Cryptography
import Failures
package import FoundationEssentials
package import Lifecycle
import Synchronization
package import Telemetry

/// Brings what SQLite commits to the place of the back-ups every few seconds, with the files that came with it: what a lost machine takes with
/// it is no more than that.
///
/// Each start is a generation of its own, and asks for a back-up to go on from; so does a log that missed something.
package final class ContinuousBackup: Service {
    package let name = "continuous back-up"

    /// What an administrator sees of it.
    package struct Status: Sendable {
        package var isWorking = false
        /// Up to when everything that was committed is at the place.
        package var shownUntil: Date?
        package var parts = 0
    }

    private struct State {
        var status = Status()
        var position: BackupSnapshot.LogPosition?
        /// The generation that a back-up leads to.
        var begun: String?
    }

    private let repository: @Sendable () async throws -> BackupRepository
    private let log: any ChangeLog
    private let files: [any CopyableFiles]
    private let interval: Duration
    private let ambient: Ambient
    private let logger: Logger
    private let hold: @Sendable () async throws -> any Sendable
    private let askForBackup: @Sendable () async throws -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - hold: keeps pieces from being removed for as long as what it returns lives.
    ///   - askForBackup: has one made soon, by whichever process.
    package init(
        repository: @escaping @Sendable () async throws -> BackupRepository, log: any ChangeLog, files: [any CopyableFiles],
        every interval: Duration = .seconds(10), ambient: Ambient = .live, logger: Logger = .silent,
        hold: @escaping @Sendable () async throws -> any Sendable, askForBackup: @escaping @Sendable () async throws -> Void
    ) {
        self.repository = repository
        self.log = log
        self.files = files
        self.interval = interval
        self.ambient = ambient
        self.logger = logger.labelled("backup")
        self.hold = hold
        self.askForBackup = askForBackup
    }

    package var status: Status { state.withLock { $0.status } }

    /// Where the log stands, for a back-up that is about to be made.
    package var position: BackupSnapshot.LogPosition? { state.withLock { $0.position } }

    /// A back-up is whole from which the log goes on.
    package func goesOn(from position: BackupSnapshot.LogPosition) { state.withLock { $0.begun = position.generation } }

    package func run(until shutdown: ShutdownSignal) async throws {
        var isFailing = false
        while !shutdown.isTriggered, !Task.isCancelled {
            do {
                try await generation(until: shutdown) { isFailing = false }
            } catch is ChangeLogBroken {
                logger.notice("the log of changes missed something, and begins anew")
            } catch {
                if !isFailing, !(error is CancellationError) { logger.failure("changes cannot be brought to the back-ups", error) }
                isFailing = true
            }
            state.withLock { ($0.position, $0.status.isWorking) = (nil, false) }
            if !shutdown.isTriggered { await shutdown.wait(atMost: isFailing ? .seconds(15) : .zero) }
        }
        await log.close()
    }

    private func generation(until shutdown: ShutdownSignal, onSuccess: () -> Void) async throws {
        let repository = try await repository()
        let generation = Hexadecimal.encode(SecureRandom.bytes(8))
        try await log.begin()
        var known = try await present()
        state.withLock { state in
            state.position = BackupSnapshot.LogPosition(generation: generation, number: 0)
            state.status = Status(isWorking: true, shownUntil: nil, parts: 0)
        }
        var isLast = false
        var number = 0
        while true {
            let time = ambient.now()
            if let changes = try await log.take() {
                // Read after the log: a file is in its place before the row that names it is committed.
                let now = try await present()
                // Nothing is tidied up meanwhile; what may have been before is written again.
                let lock = try await hold()
                let writer = PieceWriter(repository, names: [])
                var fresh: [LoggedFile] = []
                for files in files {
                    for digest in now[files.name, default: []].subtracting(known[files.name, default: []]) {
                        if let item = try await writer.write(file: files.path(of: digest)) {
                            fresh.append(LoggedFile(folder: files.name, item: item))
                        }
                    }
                }
                number += 1
                try await repository.write(LogPart(generation: generation, number: number, time: time), changes, files: fresh)
                withExtendedLifetime(lock) {}
                known = now
                let position = BackupSnapshot.LogPosition(generation: generation, number: number)
                state.withLock { ($0.position, $0.status.parts) = (position, position.number) }
            }
            // Again until there is one: one that was on its way already may have begun before the log did.
            if state.withLock({ $0.begun }) != generation { try await askForBackup() }
            state.withLock { $0.status.shownUntil = $0.begun == generation ? time : nil }
            onSuccess()
            if isLast { return }
            await shutdown.wait(atMost: interval)
            // Once more after the signal to stop: what came last is brought too.
            isLast = shutdown.isTriggered
        }
    }

    private func present() async throws -> [String: Set<String>] {
        var all: [String: Set<String>] = [:]
        for files in files { all[files.name] = Set(try await files.all().keys) }
        return all
    }
}
