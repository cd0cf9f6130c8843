/// A voice that texts can be read in.
package struct Voice: Sendable, Hashable {
    package enum Gender: String, Sendable, Codable, CaseIterable { case female, male, unknown }

    /// How natural it sounds: the order in which voices are chosen where none is asked for.
    package enum Quality: Int, Sendable, Comparable {
        case robotic, plain, natural

        package static func < (one: Quality, other: Quality) -> Bool { one.rawValue < other.rawValue }
    }

    /// `joe`, `slt`, `espeak-de`: what a request names it by.
    package let id: String
    package let name: String
    /// `piper`
    package let engine: String
    /// As ISO 639-1, `en`; `mul` for one that speaks whatever it is given.
    package let language: String
    package let gender: Gender
    package let licence: String
    package let quality: Quality

    /// What `language` is where it has none of its own (ISO 639-2).
    package static let manyLanguages = "mul"

    package func speaks(_ language: String) -> Bool { self.language == language || self.language == Self.manyLanguages }

    package init(
        id: String, name: String, engine: String, language: String, gender: Gender, licence: String, quality: Quality
    ) {
        self.id = id
        self.name = name
        self.engine = engine
        self.language = language
        self.gender = gender
        self.licence = licence
        self.quality = quality
    }
}
