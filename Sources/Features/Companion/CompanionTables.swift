import Assembly
import Database
import LanguageModels

/// What of the companion's tables travels to another installation.
enum CompanionTables {
    static let store = "voice"

    static let all = [sessions, personas, pictures]

    static let staying: [String: StayingReason] = ["companion_audio": .derived, "graph_checkpoints": .passing]

    private static let sessions = PortableTable(
        "companion_sessions",
        [
            .owner("id", in: "chat_conversations"), .text("persona"), .text("language"), .flag("remembers"),
            .integer("turns", 0...1_000_000_000), .time("created_at"),
        ],
        reading: { _ = try CompanionStore.session($0) })

    private static let personas = PortableTable(
        "companion_personas", counted: true, key: ["name_key"], [.text("name_key"), .json("persona")],
        reading: { row in
            let persona = try JSONColumn.value(row.get("persona"), as: Persona.self)
            guard (0.25...4).contains(persona.speed), persona.key == (try row.get("name_key")) else { throw RefusedRow() }
        })

    private static let pictures = PortableTable(
        "companion_pictures", counted: true,
        [
            // A session has its conversation's name.
            .id, .owner("session_id", in: "chat_conversations"), .text("title"), .text("svg"), .flag("from_model"),
            .file("sha256", in: store), .text("media_type"), .time("created_at"),
        ],
        arriving: { values in
            // A drawing of whoever wrote the archive is as little to be trusted as a model's.
            guard case .text(let svg)? = values["svg"], !svg.isEmpty else { return }
            guard let clean = SVGSanitiser.drawing(in: svg) else { throw RefusedRow() }
            values["svg"] = .text(clean)
        },
        looking: { head, values in
            guard let form = PictureForm(of: head) else { throw RefusedRow() }
            values["media_type"] = .text(form.mediaType)
        },
        reading: { row in
            let (svg, digest): (String, String?) = (try row.get("svg"), try row.optional("sha256"))
            guard svg.isEmpty != (digest == nil) else { throw RefusedRow() }
        })
}
