import Ambient
import Assembly
import Database
import FoundationEssentials

/// A row of an archive on its way into a table here.
struct ArrivingRow: Sendable {
    /// A row that is not here yet: what is to refer to it does so afterwards.
    struct Later: Sendable {
        let column: String
        let target: UUID
    }

    /// What the archive calls it; nil in tables whose rows have no names of their own.
    let old: UUID?
    /// What it is called here.
    let id: UUID?
    var values: [String: SQLValue]
    /// The file that comes with it.
    let file: ArchivedRows.NamedFile?
    let later: [Later]

    /// What a person would call it.
    var title: String? {
        for name in ["title", "name", "front", "stem", "text", "filename", "content"] {
            if case .text(let text)? = values[name], !text.isEmpty { return String(text.prefix(80)) }
        }
        return nil
    }

    /// - Parameters:
    ///   - planned: what rows before it are to be called that come with it.
    ///   - user: whose it is to be.
    /// - Throws: `Refusal`.
    init(
        _ fields: [String: ArchivedValue], for table: PortableTable, _ map: IdentifierMap, planned: [UUID: UUID], user: UserID
    ) throws {
        var (values, later): ([String: SQLValue], [Later]) = ([:], [])
        var (old, id, file): (UUID?, UUID?, ArchivedRows.NamedFile?) = (nil, nil, nil)
        for column in table.columns {
            let field = fields[column.name] ?? .null
            switch column.form {
            case .fixed(let value): values[column.name] = value
            case .id:
                guard let uuid = field.uuid, let name = planned[uuid] else { throw Refusal(.unreadable) }
                (old, id) = (uuid, name)
                values[column.name] = Self.value(name)
            case .reference(let target, let isNeeded):
                values[column.name] = .null
                if field == .null, !isNeeded { continue }
                guard let uuid = field.uuid else { throw Refusal(field == .null ? .orphaned : .unreadable) }
                if let found = map.find(uuid, in: target) ?? (target == table.name ? planned[uuid] : nil) {
                    values[column.name] = Self.value(found)
                } else if isNeeded {
                    throw Refusal(.orphaned)
                } else if target == table.name {
                    later.append(Later(column: column.name, target: uuid))
                }
            case .mention:
                if field == .null {
                    values[column.name] = .null
                    continue
                }
                guard let uuid = field.uuid else { throw Refusal(.unreadable) }
                values[column.name] = Self.value(map.mentioned(uuid))
            case .file(let store):
                if case .text(let text) = field, text.utf8.count == 64 {
                    guard text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
                        throw Refusal(.unreadable)
                    }
                    file = ArchivedRows.NamedFile(store: store, sha256: text)
                    values[column.name] = .text(text)
                } else if let uuid = field.uuid {
                    // A version of a document that is past has its name where the others have their file's.
                    values[column.name] = Self.value(map.mentioned(uuid))
                } else if field == .null || field == .text("") {
                    values[column.name] = field == .null ? .null : .text("")
                } else {
                    throw Refusal(.unreadable)
                }
            case .text, .json:
                guard let value = field.sqlValue(as: column.form) else { throw Refusal(.unreadable) }
                if case .text(let text) = value {
                    values[column.name] = .text(map.rewritten(text))
                } else {
                    values[column.name] = value
                }
            case .flag, .time, .integer, .real, .bytes:
                guard let value = field.sqlValue(as: column.form) else { throw Refusal(.unreadable) }
                values[column.name] = value
            }
        }
        do {
            try table.arriving?(&values)
            var row = values
            row["user_id"] = user.sqlValue
            let names = row.keys.sorted()
            try table.reading(
                Row(
                    columns: Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) }),
                    values: names.map { row[$0] ?? .null }))
        } catch {
            throw Refusal(.unreadable, Self.title(of: fields))
        }
        (self.old, self.id, self.values, self.file, self.later) = (old, id, values, file, later)
    }

    /// Why a row is left out before anything is written.
    struct Refusal: Error {
        let reason: ImportReport.Reason
        let title: String?

        init(_ reason: ImportReport.Reason, _ title: String? = nil) { (self.reason, self.title) = (reason, title) }
    }

    static func title(of fields: [String: ArchivedValue]) -> String? {
        for name in ["title", "name", "front", "stem", "text", "filename", "content"] {
            if case .text(let text)? = fields[name], !text.isEmpty { return String(text.prefix(80)) }
        }
        return nil
    }

    static func value(_ id: UUID) -> SQLValue { .text(id.uuidString.lowercased()) }

    /// - Returns: false where there is one already that it clashes with.
    func insert(into table: PortableTable, user: UserID, in transaction: any Transaction) async throws -> Bool {
        let names = values.keys.sorted()
        let columns = (["user_id"] + names).joined(separator: ", ")
        var sql: SQL = "INSERT INTO \(unsafe: table.name) (\(unsafe: columns)) VALUES (\(user)"
        for name in names { sql += ", \(values[name] ?? .null)" as SQL }
        sql += ") ON CONFLICT DO NOTHING" as SQL
        return try await transaction.execute(sql) > 0
    }

    /// The row of this person that is there in its place.
    /// - Returns: nil where there is none of theirs; else what it is called, in tables whose rows have names.
    func twin(in table: PortableTable, user: UserID, in transaction: any Transaction) async throws -> UUID?? {
        let selected = id == nil ? "1 AS id" : "id"
        // In the order of how sure it is that they are the same.
        for columns in [table.key] + table.natural {
            var sql: SQL = "SELECT \(unsafe: selected) FROM \(unsafe: table.name) WHERE user_id = \(user)"
            let compared = columns.map { ($0, values[$0] ?? .null) }
            if compared.contains(where: { $0.1 == .null }) { continue }
            for (name, value) in compared { sql += " AND \(unsafe: name) = \(value)" as SQL }
            sql += " LIMIT 1" as SQL
            guard let row = try await transaction.first(sql) else { continue }
            guard id != nil else { return .some(nil) }
            let found: Identifier<Never> = try row.get("id")
            return .some(found.uuid)
        }
        return nil
    }
}

extension ArchivedValue {
    var uuid: UUID? {
        guard case .text(let text) = self, text.utf8.count == 36 else { return nil }
        return UUID(uuidString: text)
    }
}
