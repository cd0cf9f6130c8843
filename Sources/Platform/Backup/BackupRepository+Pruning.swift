package import FoundationEssentials

extension BackupRepository {
    /// Removes back-ups that need not be kept, what of the log nothing starts from any more, and pieces that nobody names. Only whoever holds
    /// the lock of back-ups may call it: a piece that a back-up in the making counts on must not go.
    ///
    /// - Returns: how many back-ups went.
    @discardableResult
    package func prune(keeping retention: BackupRetention, now: Date) async throws -> Int {
        let all = try await snapshots()
        let gone = retention.superfluous(among: all, now: now)
        for id in gone.sorted() { try await store.remove("snapshots/\(id)") }
        let kept = all.filter { !gone.contains($0.id) }
        let parts = try await pruneLog(keeping: kept, now: now)
        var used: Set<String> = []
        for snapshot in kept {
            used.formUnion(snapshot.contents.map(pieceName))
            for item in try await contents(of: snapshot).items { used.formUnion(item.allPieces.map(pieceName)) }
        }
        for part in parts { for item in try await files(of: part) { used.formUnion(item.item.allPieces.map(pieceName)) } }
        for name in try await pieceNames().keys where !used.contains(name) { try await store.remove(name) }
        return gone.count
    }

    /// Returns what stays.
    private func pruneLog(keeping snapshots: [BackupSnapshot], now: Date) async throws -> [LogPart] {
        let bound = now.addingTimeInterval(-BackupRetention.logged)
        // From the last back-up before the bound on, each can be gone on from.
        let starting = snapshots.last { $0.madeAt <= bound }.map(\.madeAt) ?? .distantPast
        var kept: [LogPart] = []
        for part in try await logParts() {
            let isNeeded = part.time >= starting && snapshots.contains { $0.log?.generation == part.generation }
            // A generation that began just now may have no back-up yet.
            if isNeeded || part.time > now.addingTimeInterval(-86_400) {
                kept.append(part)
            } else {
                for name in [part.name, part.filesName] { try await store.remove(name) }
            }
        }
        return kept
    }
}
