package import HTTPServing

extension DocumentView.SharedByView: APIType {
    package static var schemaName: String { "SharedBy" }
    package static var constraints: [Constraint<Self>] {
        [
            .describe("name", "How the owner is called."),
            .describe(
                "via",
                "Whether the document itself is shared with you, its course, or it with a class of yours; that is what you can leave."
            ),
        ]
    }
}
