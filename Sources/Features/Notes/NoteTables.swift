import Assembly
import Database

/// What of the notes' tables travels to another installation: with their versions.
enum NoteTables {
    static let all = [
        PortableTable(
            "notes", counted: true,
            [
                .id, .link("course_id", to: "courses"), .text("title"), .text("form"), .text("status"), .text("content"),
                .json("citations"), .json("base"), .json("map"), .json("wish"), .json("making"), .text("problem"),
                .integer("version", 0...1_000_000_000), .time("created_at"), .time("updated_at"), .fixed("job_id", .null),
            ],
            arriving: { values in
                // Nobody writes it here.
                guard values["status"] == .text(Note.Status.generating.rawValue) else { return }
                values["status"] = .text(Note.Status.failed.rawValue)
                values["problem"] = .text(NoteProblem.cancelled.rawValue)
            },
            reading: { _ = try NoteStore.note($0) }),
        PortableTable(
            "note_versions", counted: true, key: ["note_id", "version"],
            [
                .owner("note_id", in: "notes"), .integer("version", 0...1_000_000_000), .text("title"), .text("content"),
                .json("citations"), .text("origin"), .text("editor"), .time("begun_at"), .time("created_at"),
            ],
            reading: { _ = try NoteVersionStore.version($0) }),
    ]
}
