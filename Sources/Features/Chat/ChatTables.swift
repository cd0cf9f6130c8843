import Assembly
import Database

/// What of the conversations' tables travels to another installation.
enum ChatTables {
    static let all = [
        PortableTable(
            "chat_conversations", counted: true,
            [
                .id, .text("title"), .json("document_ids"), .link("course_id", to: "courses"), .flag("remembers"), .text("summary"),
                .integer("summarised"), .time("created_at"), .time("updated_at"),
            ],
            reading: { _ = try ChatStore().conversation($0) }),
        PortableTable(
            "chat_messages", counted: true, natural: [["conversation_id", "number"]],
            [
                .id, .owner("conversation_id", in: "chat_conversations"), .text("role"), .text("content"), .text("status"),
                .json("citations"), .json("usage"), .text("error"), .link("question_id", to: "chat_messages"), .integer("number"),
                .json("offers"), .text("scope"), .json("memories"), .json("proposal"), .text("arguments"), .time("created_at"),
                .time("updated_at"), .fixed("leased_until", .null), .fixed("last_event", .integer(0)),
                .fixed("attempts", .integer(0)),
            ],
            arriving: { values in
                // Nobody writes it here.
                if values["status"] == .text(ChatMessage.Status.streaming.rawValue) {
                    values["status"] = .text(ChatMessage.Status.stopped.rawValue)
                }
            },
            reading: { _ = try ChatStore().message($0) }),
    ]

    static let staying: [String: StayingReason] = ["chat_message_log": .passing]
}
