import Ambient
import Concurrency
import Lifecycle

/// Runs the making of an answer against everything that may end it sooner. While it waits for its turn it is as alive as one that is
/// made: whoever follows is told, its lease is kept, and a stop ends it.
struct AnswerRace: Sendable {
    enum Outcome: Sendable {
        case done(AnswerMaker.Answer)
        case failed(any Error)
        case stopped
        /// Another process ended it, or the database does not take it: nothing more to write.
        case lost
        /// The program ends: the next start goes on.
        case interrupted
    }

    let id: MessageID
    let configuration: ChatConfiguration
    let running: RunningAnswer
    let log: AnswerLog
    let shutdown: ShutdownSignal
    private let clock = AnswerClock()

    init(
        _ id: MessageID, _ running: RunningAnswer, log: AnswerLog, configuration: ChatConfiguration, shutdown: ShutdownSignal
    ) {
        self.id = id
        self.running = running
        self.log = log
        self.configuration = configuration
        self.shutdown = shutdown
    }

    /// What comes first.
    func outcome(of making: @escaping @Sendable () async throws -> AnswerMaker.Answer) async -> Outcome {
        await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await made(making) }
            group.addTask {
                await running.stop.wait()
                return running.stop.isTriggered ? .stopped : nil
            }
            group.addTask {
                await log.lost.wait()
                return log.lost.isTriggered ? .lost : nil
            }
            group.addTask { await interrupted() }
            group.addTask {
                do { try await clock.runOut(after: configuration.answerTimeout) } catch { return nil }
                return .failed(ChatFailure(.tooSlow))
            }
            group.addTask {
                while true {
                    await running.look.wait(atMost: configuration.lease / 3)
                    if Task.isCancelled { return nil }
                    log.beat()
                }
            }
            defer { group.cancelAll() }
            while let outcome = await group.next() {
                if let outcome { return outcome }
            }
            return .interrupted
        }
    }

    private func made(_ making: () async throws -> AnswerMaker.Answer) async -> Outcome? {
        do {
            return .done(try await making())
        } catch is CancellationError {
            return nil
        } catch let failure as ChatFailure where failure.kind == .shuttingDown {
            return .interrupted
        } catch {
            return .failed(error)
        }
    }

    /// Takes what comes of the making into the log.
    func tell(_ step: AnswerMaker.Step) throws {
        switch step {
        case .waiting:
            clock.pause()
            try log.add(.waiting, WaitingPayload(id: id))
        case .began:
            if shutdown.isTriggered { throw ChatFailure(.shuttingDown) }
            clock.resume()
        case .retrieval(let query, let passages):
            try log.add(.retrieval, RetrievalPayload(query: query, passages: passages))
        case .text(let text): log.add(text)
        case .citation(let citation): try log.add(citation)
        }
    }

    private func interrupted() async -> Outcome? {
        await shutdown.wait()
        // What is nearly done may finish; what has not begun is left at once.
        if !clock.isPaused { try? await Task.sleep(for: .seconds(3)) }
        return Task.isCancelled && !shutdown.isTriggered ? nil : .interrupted
    }
}
