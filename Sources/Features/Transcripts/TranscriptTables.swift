import Assembly
import Database

/// What of the recordings' tables travels to another installation.
enum TranscriptTables {
    static let store = "recordings"

    static let all = [transcripts, segments, pieces, captions]

    private static let transcripts = PortableTable(
        "transcripts", counted: true,
        [
            .id, .text("title"), .text("filename"), .file("sha256", in: store), .integer("size"), .text("media_type"),
            .text("wish"),
            .json("vocabulary"), .text("state"), .integer("heard_ms"), .integer("duration_ms"), .text("language"), .text("engine"),
            .real("confidence", 0...1), .json("gaps"), .json("speakers"), .text("problem"), .text("shelf"), .text("shelf_problem"),
            .link("document_id", to: "documents"), .time("shelved_at"), .link("course_id", to: "courses"),
            .link("slides_id", to: "documents"), .text("parting"), .integer("parting_count", 0...1_000), .text("parting_problem"),
            .time("created_at"), .time("updated_at"), .fixed("job_id", .null),
        ],
        arriving: { values in
            // No job is at work on it here. It can go on from where it stood, as one that was stopped can.
            switch values["state"] {
            case .text(Transcript.State.pending.rawValue)?, .text(Transcript.State.processing.rawValue)?:
                values["state"] = .text(Transcript.State.cancelled.rawValue)
            case .text(Transcript.State.joining.rawValue)?: values["state"] = .text(Transcript.State.recording.rawValue)
            default: break
            }
            if values["shelf"] == .text(Transcript.Shelf.pending.rawValue) {
                values["shelf"] = .text(Transcript.Shelf.none.rawValue)
            }
            if values["parting"] == .text(Transcript.Parting.pending.rawValue) {
                values["parting"] = .text(Transcript.Parting.none.rawValue)
            }
        },
        // What a player is told of it is what it is.
        looking: { head, values in
            guard let type = SoundKind.mediaType(of: head) else { throw RefusedRow() }
            values["media_type"] = .text(type)
        },
        reading: { row in
            let transcript = try TranscriptStore.transcript(row)
            guard transcript.state == .recording || !transcript.sha256.isEmpty else { throw RefusedRow() }
        })

    private static let segments = PortableTable(
        "transcript_segments",
        [
            .id, .owner("transcript_id", in: "transcripts"), .integer("start_ms"), .integer("end_ms"), .text("text"),
            .real("confidence", 0...1), .text("speaker"), .json("words"),
        ],
        reading: { _ = try TranscriptStore.segment($0) })

    private static let pieces = PortableTable(
        "recording_pieces", key: ["transcript_id", "number"],
        [
            .owner("transcript_id", in: "transcripts"), .integer("number", 0...10_000_000), .integer("take", 0...100_000),
            .file("sha256", in: store), .integer("size"),
        ],
        reading: { guard try $0.get("sha256", as: String.self).utf8.count == 64 else { throw RefusedRow() } })

    private static let captions = PortableTable(
        "recording_captions", key: ["transcript_id", "number"],
        [
            .owner("transcript_id", in: "transcripts"), .integer("number", 0...10_000_000), .integer("start_ms"),
            .integer("end_ms"),
            .text("text"),
        ],
        reading: { _ = try $0.get("text", as: String.self) })
}
