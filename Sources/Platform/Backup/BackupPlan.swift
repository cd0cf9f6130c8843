import Failures
package import FoundationEssentials

/// What would be put back: a back-up, and how far the log of changes goes on from it.
package struct BackupPlan: Sendable {
    package let snapshot: BackupSnapshot
    let parts: [LogPart]
    /// The moment that is put back.
    package let moment: Date
    /// The log has a gap: what it tells after it is lost.
    package let breaksOff: Bool

    package var changes: Int { parts.count }
}

extension BackupRepository {
    /// Finds what shows a moment.
    ///
    /// - Parameters:
    ///   - id: that back-up as it is; with a moment, that and the log.
    ///   - moment: the last state before it; the newest there is if nil.
    package func plan(_ id: String? = nil, at moment: Date? = nil) async throws -> BackupPlan {
        if let id {
            let snapshot = try await snapshot(id)
            guard let moment else { return BackupPlan(snapshot: snapshot, parts: [], moment: snapshot.madeAt, breaksOff: false) }
            return try await plan(from: snapshot, to: moment)
        }
        let all = try await snapshots()
        let older = all.filter { $0.madeAt <= moment ?? .distantFuture }
        guard let last = older.last else {
            throw BackupFailure(
                .notFound, all.isEmpty ? "There is no back-up at \(place)." : "Every back-up at \(place) is younger than that.")
        }
        let plan = try await plan(from: last, to: moment)
        // One that was made beside the program knows no log; one before it may lead further.
        guard last.log == nil, let logged = older.last(where: { $0.log != nil }) else { return plan }
        let other = try await self.plan(from: logged, to: moment)
        return other.moment > plan.moment ? other : plan
    }

    private func plan(from snapshot: BackupSnapshot, to moment: Date?) async throws -> BackupPlan {
        guard let position = snapshot.log else {
            return BackupPlan(snapshot: snapshot, parts: [], moment: snapshot.madeAt, breaksOff: false)
        }
        var parts: [LogPart] = []
        var breaksOff = false
        for part in try await logParts(of: position.generation) where part.number > position.number {
            if let moment, part.time > moment { break }
            guard part.number == position.number + parts.count + 1 else {
                breaksOff = true
                break
            }
            parts.append(part)
        }
        // Parts that end before the back-up's own moment lead to no state of their own.
        let last = parts.last.map(\.time) ?? snapshot.madeAt
        return BackupPlan(snapshot: snapshot, parts: parts, moment: max(last, snapshot.madeAt), breaksOff: breaksOff)
    }
}
