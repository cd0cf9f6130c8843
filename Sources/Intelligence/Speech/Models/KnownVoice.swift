/// A voice of Piper that can be fetched by its name.
package struct KnownVoice: Sendable, Equatable {
    /// What it is asked for by.
    package let id: String
    /// Of its files.
    package let name: String
    package let language: String
    package let licence: String
    /// What is to be known before it is fetched, in one sentence.
    package let notice: String

    package static let all = [
        KnownVoice(
            id: "joe", name: "en_US-joe-medium", language: "en",
            licence: "unclear: CC0 recordings, tuned from a voice for research",
            notice: """
                The recordings of “joe” are in the public domain, but the voice was tuned from another, “lessac”, whose recordings were \
                published for research only and not for products that speak: whether you may use it is for you to judge.
                """)
    ]

    package static func named(_ name: String) -> KnownVoice? { all.first { $0.name == name || $0.id == name } }
}
