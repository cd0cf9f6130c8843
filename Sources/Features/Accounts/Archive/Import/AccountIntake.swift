import Ambient
import Assembly
import BlobStorage
import Database
import Failures
import FoundationEssentials
import Jobs

/// Takes what is in an archive into an account, a batch of rows at a time. Each batch is kept with the count of it, so that a job that was
/// killed goes on where it stood, and counts nothing twice.
struct AccountIntake: Sendable {
    private static let batch = 100
    /// Rows that come with files.
    private static let filedBatch = 25
    /// Bytes of a line.
    private static let longestLine = 48 << 20

    /// Rows without files that go in together.
    private enum Outcome: Sendable {
        case added(UUID?)
        case known(UUID?)
        case left(ImportReport.Reason)
    }

    let archive: ArchiveFile
    let portability: [(feature: String, AccountPortability)]
    let stores: [String: any BlobStore]
    let database: any Database
    let context: JobContext
    let user: UserID
    private let imports = AccountImportStore()

    init(
        archive: ArchiveFile, portability: [(feature: String, AccountPortability)], stores: [String: any BlobStore],
        database: any Database, context: JobContext, user: UserID
    ) {
        self.archive = archive
        self.portability = portability
        self.stores = stores
        self.database = database
        self.context = context
        self.user = user
    }

    /// Where an intake stands.
    private struct Standing {
        var kept: AccountImport
        var map: IdentifierMap
        var done = 0
        let total: Int
        /// The tables that an earlier attempt went through, and rows of the last of them.
        let passed: Set<String>
        let resumed: (table: String, rows: Int)?
    }

    /// - Returns: the import with its report.
    func run(_ import: AccountImport) async throws -> AccountImport {
        let (map, total) = try await announced()
        var standing = Standing(
            kept: `import`, map: map, total: total, passed: Set(`import`.report.tables.dropLast().map(\.name)),
            resumed: `import`.report.tables.last.map { ($0.name, `import`.report.counted) })
        standing.kept.madeAt = archive.manifest.madeAt
        standing.kept.report.missing = Array(archive.manifest.missing.prefix(1_000))
        for (feature, portability) in portability {
            for table in portability.tables { try await take(table, of: feature, &standing) }
        }
        let known = Set(portability.flatMap { $0.1.tables.map(\.name) })
        for name in archive.tables.subtracting(known).sorted()
        where !standing.kept.report.tables.contains(where: { $0.name == name }) {
            standing.kept.report.change(name, of: "", isCounted: true) { $0.leave(.unknown) }
        }
        return standing.kept
    }

    // MARK: - Before anything is kept

    private struct Named: Decodable { let id: String? }

    /// The names of all that is in it, and how many rows there are.
    private func announced() async throws -> (IdentifierMap, Int) {
        var (map, total) = (IdentifierMap(user: user), 0)
        for table in portability.flatMap(\.1.tables) {
            let isNamed = table.columns.contains { if case .id = $0.form { true } else { false } }
            for piece in archive.pieces(of: table.name) {
                try context.checkCancelled()
                for line in try await lines(of: piece) ?? [] {
                    total += 1
                    guard isNamed, let id = (try? JSONDecoder().decode(Named.self, from: line))?.id, let uuid = UUID(uuidString: id)
                    else { continue }
                    guard map.announce(uuid) else { throw AccountsFailure.largeArchive }
                }
            }
        }
        return (map, total)
    }

    private func lines(of piece: String) async throws -> [Data]? {
        try await archive.content(piece).map { $0.split(separator: 10).map { Data($0) } }
    }

    // MARK: - A table

    private func take(_ table: PortableTable, of feature: String, _ standing: inout Standing) async throws {
        var position = 0
        var later: [(id: UUID, ArrivingRow.Later)] = []
        let counted =
            standing.passed.contains(table.name) ? .max : standing.resumed?.table == table.name ? standing.resumed?.rows ?? 0 : 0
        let size = table.stores.isEmpty ? Self.batch : Self.filedBatch
        for piece in archive.pieces(of: table.name) {
            guard let lines = try await lines(of: piece) else {
                position += 1
                if position > counted {
                    standing.kept.report.change(table.name, of: feature, isCounted: table.isCounted) { $0.leave(.unreadable) }
                    standing.kept.report.counted = position
                    let kept = standing.kept
                    try await context.keep(in: database) { try await imports.update(kept, in: $0) }
                }
                continue
            }
            for start in stride(from: 0, to: lines.count, by: size) {
                let part = Array(lines[start..<min(start + size, lines.count)])
                later += try await take(
                    part, into: table, of: feature, isCounted: position + part.count <= counted, rows: position + part.count,
                    &standing)
                position += part.count
                standing.done += part.count
                context.progress(stage: feature, done: standing.done, total: standing.total)
            }
        }
        try await link(later, in: table, standing.map)
    }

    /// - Parameter isCounted: whether an earlier attempt took them, and they are looked at to know what they are called.
    /// - Returns: what is to be referred to once it is there.
    private func take(
        _ lines: [Data], into table: PortableTable, of feature: String, isCounted: Bool, rows: Int, _ standing: inout Standing
    ) async throws -> [(id: UUID, ArrivingRow.Later)] {
        let decoder = JSONDecoder()
        let fields = lines.map { line in
            line.count > Self.longestLine ? nil : try? decoder.decode([String: ArchivedValue].self, from: line)
        }
        let isNamed = table.columns.contains { if case .id = $0.form { true } else { false } }
        let here = isNamed ? try await existing(fields.compactMap { $0?["id"]?.uuid }, in: table, standing.map) : [:]
        var planned = here
        var refused: [ArrivingRow.Refusal] = []
        var arriving: [ArrivingRow] = []
        for each in fields {
            guard let each else {
                refused.append(.init(.unreadable))
                continue
            }
            if isNamed, let old = each["id"]?.uuid, here[old] == nil { planned[old] = standing.map.made(of: old) }
            do {
                arriving.append(try ArrivingRow(each, for: table, standing.map, planned: planned, user: user))
            } catch let refusal as ArrivingRow.Refusal {
                refused.append(.init(refusal.reason, refusal.title ?? ArrivingRow.title(of: each)))
                // What refers to it is not to lead to nothing.
                if isNamed, let old = each["id"]?.uuid { planned[old] = nil }
            }
        }
        for (old, id) in here { standing.map.note(old, of: table.name, is: id) }
        let known = arriving.filter { $0.old.map { here[$0] != nil } ?? false }
        let new = arriving.filter { !($0.old.map { here[$0] != nil } ?? false) }
        if isCounted {
            try await recall(new, in: table, &standing)
            return links(of: arriving, in: table, standing.map)
        }
        standing.kept.report.change(table.name, of: feature, isCounted: table.isCounted) { report in
            report.known += known.count
            for each in refused { report.leave(each.reason, called: each.title) }
        }
        if table.stores.isEmpty {
            if try await insert(new[...], into: table, of: feature, countedTo: rows, &standing) {
                return links(of: arriving, in: table, standing.map)
            }
        } else {
            try await insertFiled(new, into: table, of: feature, &standing)
        }
        standing.kept.report.counted = rows
        let kept = standing.kept
        try await context.keep(in: database) { try await imports.update(kept, in: $0) }
        return links(of: arriving, in: table, standing.map)
    }

    /// What rows that were made here are to refer to; what was here before is left as it is.
    private func links(
        of rows: [ArrivingRow], in table: PortableTable, _ map: IdentifierMap
    ) -> [(id: UUID, ArrivingRow.Later)] {
        rows.flatMap { row -> [(id: UUID, ArrivingRow.Later)] in
            guard let old = row.old, let id = map.find(old, in: table.name), id == old || id == map.made(of: old) else { return [] }
            return row.later.map { (id, $0) }
        }
    }

    /// Rows that are here, by what the archive calls them: it may have been made of this account, or have been taken in before.
    private func existing(_ ids: [UUID], in table: PortableTable, _ map: IdentifierMap) async throws -> [UUID: UUID] {
        if ids.isEmpty { return [:] }
        let names = Dictionary(ids.flatMap { [($0, $0), (map.made(of: $0), $0)] }) { first, _ in first }
        let wanted = names.keys.map { Identifier<Never>($0) }
        let rows = try await database.read(as: .user(user)) {
            try await $0.query(
                "SELECT id FROM \(unsafe: table.name) WHERE user_id = \(user) AND id IN \(list: wanted)")
        }
        var found: [UUID: UUID] = [:]
        for row in rows {
            let id: Identifier<Never> = try row.get("id")
            if let old = names[id.uuid] { found[old] = id.uuid }
        }
        return found
    }

    /// What rows that were counted before are called.
    private func recall(_ rows: [ArrivingRow], in table: PortableTable, _ standing: inout Standing) async throws {
        let twins = try await database.read(as: .user(user)) { transaction in
            var twins: [UUID: UUID] = [:]
            for row in rows {
                if let old = row.old, let id = try await row.twin(in: table, user: user, in: transaction) ?? nil { twins[old] = id }
            }
            return twins
        }
        for (old, id) in twins { standing.map.note(old, of: table.name, is: id) }
    }

    // MARK: - Keeping

    private func put(_ row: ArrivingRow, into table: PortableTable, in transaction: any Transaction) async throws -> Outcome {
        if try await row.insert(into: table, user: user, in: transaction) { return .added(row.id) }
        guard let twin = try await row.twin(in: table, user: user, in: transaction) else { return .left(.clash) }
        return .known(twin)
    }

    private func tell(_ row: ArrivingRow, _ outcome: Outcome, _ table: PortableTable, _ feature: String, _ standing: inout Standing)
    {
        switch outcome {
        case .added(let id), .known(let id):
            if let old = row.old, let id { standing.map.note(old, of: table.name, is: id) }
        case .left: break
        }
        Self.count(row, outcome, table, feature, in: &standing.kept.report)
    }

    private static func count(
        _ row: ArrivingRow, _ outcome: Outcome, _ table: PortableTable, _ feature: String, in report: inout ImportReport
    ) {
        report.change(table.name, of: feature, isCounted: table.isCounted) { counts in
            switch outcome {
            case .added: counts.added += 1
            case .known: counts.known += 1
            case .left(let reason): counts.leave(reason, called: row.title)
            }
        }
    }

    /// One that a database refuses takes no others with it: the half that it is in is tried again by halves.
    ///
    /// - Parameter end: how far the report counts with these rows; nil where they are a part of a batch.
    /// - Returns: whether the report was kept with them.
    @discardableResult
    private func insert(
        _ rows: ArraySlice<ArrivingRow>, into table: PortableTable, of feature: String, countedTo end: Int? = nil,
        _ standing: inout Standing
    ) async throws -> Bool {
        if rows.isEmpty { return false }
        do {
            let before = standing.kept
            let outcomes = try await context.keep(in: database) { transaction in
                var outcomes: [Outcome] = []
                for row in rows { outcomes.append(try await put(row, into: table, in: transaction)) }
                if let end {
                    var kept = before
                    for (row, outcome) in zip(rows, outcomes) { Self.count(row, outcome, table, feature, in: &kept.report) }
                    kept.report.counted = end
                    try await imports.update(kept, in: transaction)
                }
                return outcomes
            }
            for (row, outcome) in zip(rows, outcomes) { tell(row, outcome, table, feature, &standing) }
            if let end { standing.kept.report.counted = end }
            return end != nil
        } catch let failure as DatabaseFailure where Self.isOfRow(failure) {
            guard rows.count > 1 else {
                let reason: ImportReport.Reason = failure.kind == .reference ? .orphaned : .unreadable
                for row in rows { tell(row, .left(reason), table, feature, &standing) }
                return false
            }
            let middle = rows.startIndex + rows.count / 2
            try await insert(rows[..<middle], into: table, of: feature, &standing)
            try await insert(rows[middle...], into: table, of: feature, &standing)
            return false
        }
    }

    private static func isOfRow(_ failure: DatabaseFailure) -> Bool {
        switch failure.kind {
        case .unique, .reference, .constraint, .text, .statement, .decoding, .denied: true
        case .contention, .connection, .damaged, .full, .readOnly, .unsupported, .timeout, .cancelled: false
        }
    }

    private func insertFiled(
        _ rows: [ArrivingRow], into table: PortableTable, of feature: String, _ standing: inout Standing
    ) async throws {
        let small = try await archive.small(Set(rows.compactMap { $0.file?.sha256 }))
        for row in rows {
            guard let file = row.file else {
                try await insert([row], into: table, of: feature, &standing)
                continue
            }
            do {
                let outcome = try await putFiled(row, file, small[file.sha256], into: table)
                tell(row, outcome, table, feature, &standing)
            } catch let failure as DatabaseFailure where Self.isOfRow(failure) {
                tell(row, .left(failure.kind == .reference ? .orphaned : .unreadable), table, feature, &standing)
            }
        }
    }

    /// A row with its file, whose bytes must be in the archive: to know what is in somebody's file is not to have it.
    private func putFiled(
        _ row: ArrivingRow, _ file: ArchivedRows.NamedFile, _ bytes: [UInt8]?, into table: PortableTable
    ) async throws -> Outcome {
        guard let store = stores[file.store], let size = archive.size(of: file.sha256), let parts = archive.parts(of: file.sha256)
        else { return .left(.fileMissing) }
        let keep: @Sendable (ReceivedBlob) async throws -> Outcome = { received in
            guard received.blob.sha256 == file.sha256 else { return .left(.fileMissing) }
            var row = row
            if let looking = table.looking {
                let head = try await Self.head(ofFileAt: received.path)
                do { try looking(head, &row.values) } catch { return .left(.unreadable) }
            }
            try await received.store()
            let final = row
            return try await context.keep(in: database) { transaction in
                try await table.holding?(file.sha256, transaction)
                try await received.confirm()
                return try await put(final, into: table, in: transaction)
            }
        }
        do {
            guard let bytes else { return try await store.receive(from: parts, limit: size, keep) }
            return try await store.receive(from: HeldParts(bytes: bytes), limit: max(size, bytes.count), keep)
        } catch let failure as AccountsFailure where failure.code == .unprocessable {
            return .left(.fileMissing)
        } catch let failure as BlobFailure where failure.code == .payloadTooLarge {
            return .left(.fileMissing)
        }
    }

    private static func head(ofFileAt path: String) async throws -> [UInt8] {
        try await BlobContent.file(path: path).parts.first { _ in true } ?? []
    }

    /// Rows of a table that refer to others of it which came after them.
    private func link(_ links: [(id: UUID, ArrivingRow.Later)], in table: PortableTable, _ map: IdentifierMap) async throws {
        for start in stride(from: 0, to: links.count, by: Self.batch) {
            let part = links[start..<min(start + Self.batch, links.count)].compactMap { id, later in
                map.find(later.target, in: table.name).map { (id, later.column, $0) }
            }
            try await context.keep(in: database) { transaction in
                for (id, column, target) in part {
                    try await transaction.execute(
                        """
                        UPDATE \(unsafe: table.name) SET \(unsafe: column) = \(ArrivingRow.value(target))
                        WHERE user_id = \(user) AND id = \(ArrivingRow.value(id)) AND \(unsafe: column) IS NULL
                        """)
                }
            }
        }
    }
}
