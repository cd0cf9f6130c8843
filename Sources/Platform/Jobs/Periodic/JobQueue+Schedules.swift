import Database
import Failures
package import FoundationEssentials

/// A schedule as it stands: when it is due, and what came of it last.
package struct ScheduleStanding: Sendable {
    package let job: PeriodicJob
    package let nextDue: Date?
    package let lastDue: Date?
    package let lastRun: Job?
}

extension JobQueue {
    /// All schedules that this process knows, in the order of their names.
    package func schedules() async throws -> [ScheduleStanding] {
        let store = PeriodicStore()
        let (now, runs, jobs) = try await database.read(as: .system) { transaction in
            let runs = try await store.runs(in: transaction)
            let ids = runs.values.compactMap(\.job)
            let rows = ids.isEmpty ? [] : try await transaction.query("SELECT * FROM jobs WHERE id IN \(list: ids)")
            return (try await store.now(in: transaction), runs, try rows.map { try Job($0) })
        }
        let byID = Dictionary(jobs.map { ($0.id, $0) }) { first, _ in first }
        return handlers.periodic.map { job in
            let run = runs[job.kind.name]
            return ScheduleStanding(
                job: job, nextDue: job.schedule.due(at: now).next, lastDue: run?.dueAt, lastRun: run?.job.flatMap { byID[$0] })
        }
    }

    /// Does now what a schedule does later. Throws `notFound` where there is none of that name.
    @discardableResult
    package func runNow(_ name: String) async throws -> Job {
        guard let job = handlers.periodic(name) else { throw JobFailure(.notFound, "There is no schedule of that name.") }
        return try await database.transaction(as: .system) { transaction in
            let id = try await runPeriodic(job, in: transaction)
            guard let made = try await self.store.job(id, in: transaction) else { throw JobFailure.notFound }
            return made
        }
    }
}
