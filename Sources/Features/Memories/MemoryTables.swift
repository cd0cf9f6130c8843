import Assembly
import Database

/// What of the memories' tables travels to another installation.
enum MemoryTables {
    static let all = [
        PortableTable(
            "memories", counted: true, natural: [["kind", "text_key"]], newestFirst: true,
            [
                .id, .text("kind"), .text("text"), .text("text_key"), .text("slot"), .real("confidence", 0...1), .flag("is_pinned"),
                .mention("source_id"), .link("superseded_by", to: "memories"), .text("model"), .bytes("vector"),
                .time("created_at"),
                .time("told_at"), .time("used_at"), .integer("uses", 0...1_000_000_000),
            ],
            arriving: { values in
                guard case .text(let text)? = values["text"], case .blob(let vector)? = values["vector"] else { throw RefusedRow() }
                values["text_key"] = .text(MemoryStore.key(text))
                // Compared with others only where the same model made it; of another length it would be of none.
                guard MemoryStore.isVector(vector) else { throw RefusedRow() }
            },
            reading: { _ = try MemoryStore.memory($0) }),
        PortableTable(
            "memory_settings", key: [], [.flag("is_on")], reading: { _ = try $0.get("is_on", as: Bool.self) }),
    ]
}
