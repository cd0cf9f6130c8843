package import Lifecycle
package import Telemetry

/// Removes files that no document refers to any more: those of an account that went away at once, every hour what crashes and refusals left.
package struct LibraryKeeper: Service {
    package let name = "library"
    private let library: LibraryService
    private let interval: Duration
    private let logger: Logger

    package init(_ library: LibraryService, interval: Duration = .seconds(3600), logger: Logger = .silent) {
        self.library = library
        self.interval = interval
        self.logger = logger.labelled("library")
    }

    package func run(until shutdown: ShutdownSignal) async throws {
        shutdown.onTrigger { [orphans = library.orphans] in orphans.close() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [library] in
                for await digests in library.orphans.arriving { await library.removeFiles(digests) }
            }
            group.addTask { [library, interval, logger] in
                // The first sweep at once: nobody has to wait for it.
                repeat {
                    do { try await library.sweep() } catch { logger.failure("old files were not removed", error) }
                } while (try? await Task.sleep(for: interval)) != nil
            }
            await group.next()
            group.cancelAll()
        }
    }
}

/// Digests of files that have lost their document, on their way to being removed.
package final class OrphanedFiles: Sendable {
    let arriving: AsyncStream<[String]>
    private let arrival: AsyncStream<[String]>.Continuation

    package init() {
        // Where nobody removes them (a process that only signs people in) few are kept; another process's sweep finds the files.
        (arriving, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1024))
    }

    func add(_ digests: [String]) {
        if !digests.isEmpty { arrival.yield(digests) }
    }

    func close() { arrival.finish() }
}
