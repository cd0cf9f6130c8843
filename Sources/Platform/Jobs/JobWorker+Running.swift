import Ambient
import Failures
import FoundationEssentials
import Lifecycle
import Synchronization
import Telemetry

extension JobWorker {
    private enum Ending: Sendable {
        case returned(JobResult?)
        case threw(any Error)
    }

    /// Works on one claimed job to its end, and says how it ended.
    func run(_ job: Job) async {
        let span = tracer.span("job \(job.kind)", .consumer, parent: job.origin)
        if let user = job.userID { span.identify(user: user) }
        span.note(
            [
                ("messaging.system", .text("little-monster")), ("messaging.operation.type", .text("process")),
                ("messaging.destination.name", .text(job.queue)), ("messaging.message.id", .text(job.id.description)),
                ("lm.job.kind", .text(job.kind)), ("lm.job.attempt", .count(job.attempt)),
            ])
        await span.run { await attend(to: job, span) }
    }

    private func attend(to job: Job, _ span: Span) async {
        let start = ContinuousClock.now
        let context = JobContext(
            job, worker: store.worker, ambient: queue.ambient, clock: queue.clock,
            logger: logger.with(["job": "\(job.id)", "kind": job.kind, "attempt": "\(job.attempt)"]),
            onProgress: { [onUpdate] progress in
                onUpdate(JobUpdate(jobID: job.id, kind: job.kind, userID: job.userID, state: .running, progress: progress))
            })
        running.withLock { $0[job.id] = context }
        queue.bell.onCancel(job.id) { context.stop(.cancelled) }
        onUpdate(JobUpdate(jobID: job.id, kind: job.kind, userID: job.userID, state: .running, progress: nil))
        if job.isCancelRequested { context.stop(.cancelled) }

        let ending = await work(job, context)
        if Task.isCancelled { context.stop(.shutdown) }
        let settlement = settlement(of: ending, job, context)
        // Awaited at once. A task of its own, since the one we are in may be cancelled, and the end must be written all the same.
        let state = await Task { await self.settle(job, settlement, context) }.value

        span.note([("lm.job.state", .text(state?.rawValue ?? "lost"))])
        if state == .failed || state == .dead { span.fail(state?.rawValue ?? "") }
        queue.bell.onCancel(job.id, nil)
        running.withLock { $0[job.id] = nil }
        busy.withLock { $0[job.queue, default: 1] -= 1 }
        metrics?.increment(
            "jobs_attempts_total", [("kind", job.kind), ("state", state?.rawValue ?? "lost")], help: "Attempts at jobs that ended.")
        metrics?.observe(
            "job_duration_seconds", [("kind", job.kind)], (ContinuousClock.now - start).inSeconds,
            bounds: [0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 1800], help: "Time of one attempt.")
        if let state { onUpdate(JobUpdate(jobID: job.id, kind: job.kind, userID: job.userID, state: state, progress: nil)) }
        queue.bell.ring(job.queue)
    }

    /// The handler beside its time limit, its stop signal and the writer of its news. Returns when all have ended.
    private func work(_ job: Job, _ context: JobContext) async -> Ending {
        guard let registration = queue.handlers.handler(for: job.kind) else {
            return .threw(JobFailure(.internal, "There is no handler for \(job.kind)."))
        }
        return await withTaskGroup(of: Ending?.self) { group in
            group.addTask {
                do { return .returned(try await registration.run(job, context)) } catch { return .threw(error) }
            }
            group.addTask {
                if (try? await Task.sleep(for: registration.timeout)) != nil { context.stop(.timedOut) }
                return nil
            }
            group.addTask {
                await context.stopped.wait()
                return nil
            }
            group.addTask { [store] in
                for await _ in context.pokes {
                    let news = context.takeNews()
                    do {
                        try await store.write(news, of: context)
                    } catch let failure as JobFailure where failure.code == .cancelled {
                        // Not ours any more; or the handler has ended it, and the rest is written at its end. If even that cannot be
                        // read, the next news or heartbeat tells.
                        context.putBack(news)
                        if let ended = try? await store.hasSucceeded(context), !ended { context.stop(.leaseLost) }
                    } catch {
                        context.putBack(news)
                    }
                    try? await Task.sleep(for: .milliseconds(250))
                }
                return nil
            }
            var ending: Ending?
            while let next = await group.next() {
                if let next { ending = next }
                // The handler is done, or is to be: either way the others end too.
                if ending != nil || context.stopReason != nil { group.cancelAll() }
            }
            return ending ?? .threw(CancellationError())
        }
    }

    private func settlement(of ending: Ending, _ job: Job, _ context: JobContext) -> JobStore.Settlement? {
        if context.hasSucceeded { return nil }
        let failure: any Error
        switch ending {
        case .returned(let result): return .succeeded(result)
        case .threw(let error):
            switch context.stopReason {
            case .cancelled: return .cancelled
            case .shutdown: return .released
            case .leaseLost: return nil
            case .timedOut: failure = JobFailure.timedOut
            case nil:
                if let snooze = error as? JobSnooze { return .snoozed(after: max(0, snooze.pause.inSeconds)) }
                failure = error
            }
        }
        let code = FailureCode(of: failure)
        // An internal fault's text is for the log alone.
        let told = code == .internal ? nil : (failure as? any Failure)?.message
        let message = told ?? "Something went wrong on our side."
        context.logger.failure("attempt failed", failure)
        switch code.outcome {
        case .giveUp: return .dead(code: code.rawValue, message: message)
        case .retry, .stop:
            // A cancellation that nobody asked for is a fault like another.
            guard job.attempt < job.maxAttempts else { return .dead(code: code.rawValue, message: message) }
            let backoff = queue.handlers.handler(for: job.kind)?.backoff ?? JobBackoff()
            var delay = backoff.delay(afterAttempt: job.attempt, random: random())
            if let wanted = (failure as? any Failure)?.retryAfter { delay = max(delay, wanted) }
            return .failed(code: code.rawValue, message: message, after: delay.inSeconds)
        }
    }

    private func settle(_ job: Job, _ settlement: JobStore.Settlement?, _ context: JobContext) async -> JobState? {
        let news = context.takeNews()
        if context.hasSucceeded {
            do {
                try await store.writeLast(news, of: context)
            } catch {
                context.logger.failure("the last of a job's log cannot be written", error)
            }
            return .succeeded
        }
        guard let settlement else { return nil }
        for delay in [0.2, 1, 3, nil] as [Double?] {
            do {
                let state: JobState?
                if case .succeeded(let result) = settlement, news.isEmpty {
                    state = try await successes.write(job, result) ? .succeeded : nil
                } else {
                    state = try await store.settle(job, settlement, news: news)
                }
                if state == nil { context.logger.warning("the job was taken over by another worker; its outcome is dropped") }
                return state
            } catch {
                context.logger.failure("the end of a job cannot be written", error)
                if let delay { try? await Task.sleep(for: .seconds(delay)) }
            }
        }
        // The lease runs out, and the job is tried again.
        return nil
    }
}
