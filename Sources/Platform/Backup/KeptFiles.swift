import FoundationEssentials
import Synchronization

/// The files of a back-up that is being made, by their folders.
final class KeptFiles: Sendable {
    private struct State {
        var files: [String: [String: BackupContents.Item]] = [:]
        var linked: [String: Set<String>] = [:]
    }

    private let state = Mutex(State())

    func add(_ item: BackupContents.Item, to folder: String) {
        state.withLock { $0.files[folder, default: [:]][item.sha256] = item }
    }

    /// Forgets what is not there any more; returns what was not brought yet, which is to be linked.
    func narrow(_ folder: String, to digests: Set<String>) -> Set<String> {
        state.withLock { state in
            state.files[folder] = state.files[folder, default: [:]].filter { digests.contains($0.key) }
            let new = digests.subtracting(state.files[folder, default: [:]].keys)
            state.linked[folder] = new
            return new
        }
    }

    var linked: [(folder: String, digest: String)] {
        state.withLock { $0.linked.flatMap { folder, digests in digests.sorted().map { (folder, $0) } } }
    }

    var files: [String: [BackupContents.Item]] {
        state.withLock { $0.files.mapValues { $0.values.sorted { $0.sha256 < $1.sha256 } } }
    }
}

/// The moment that a copy shows.
final class Standing: Sendable {
    private let state = Mutex<(Date, BackupSnapshot.LogPosition?)?>(nil)

    func set(_ date: Date, _ position: BackupSnapshot.LogPosition?) { state.withLock { $0 = (date, position) } }
    var value: (Date, BackupSnapshot.LogPosition?)? { state.withLock { $0 } }
}

/// What keeps files from being removed, for as long as it is held.
final class FileLocks: Sendable {
    private let held = Mutex<[any Sendable]>([])

    func add(_ lock: any Sendable) { held.withLock { $0.append(lock) } }
    func release() { held.withLock { $0 = [] } }
}
