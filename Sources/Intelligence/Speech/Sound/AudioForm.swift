/// A form in which sound is sent.
package enum AudioForm: String, Sendable, Codable, CaseIterable {
    case mp3, opus, wav

    package var mediaType: String {
        switch self {
        case .mp3: "audio/mpeg"
        case .opus: "audio/ogg"
        case .wav: "audio/wav"
        }
    }

    package var fileExtension: String { self == .opus ? "ogg" : rawValue }
}
