import FoundationEssentials

/// What a client says in a live talk, besides sound.
struct LiveRequest: Decodable, Sendable {
    enum Kind: String, Decodable, Sendable { case hello, mute, unmute, interrupt, text, played, end }

    var type: Kind
    var text: String?
    var number: Int?
    /// Whether the browser takes the loudspeakers' sound out of the microphone's.
    var echoCancellation: Bool?

    private enum CodingKeys: String, CodingKey {
        case type, text, number
        case echoCancellation = "echo_cancellation"
    }
}

/// What the server says in a live talk, besides sound.
struct LiveNote: Encodable, Sendable {
    enum Kind: String, Encodable, Sendable { case state, partial, heard, sentence, spoken, answer, interrupted, notice, error }

    var type: Kind
    var state: LiveTalk.State?
    var text: String?
    var number: Int?
    var code: String?
    var messageID: String?
    var imageURL: String?

    private enum CodingKeys: String, CodingKey {
        case type, state, text, number, code
        case messageID = "message_id"
        case imageURL = "image_url"
    }

    init(
        _ type: Kind, state: LiveTalk.State? = nil, text: String? = nil, number: Int? = nil, code: String? = nil,
        messageID: String? = nil,
        imageURL: String? = nil
    ) {
        (self.type, self.state, self.text, self.number, self.code) = (type, state, text, number, code)
        (self.messageID, self.imageURL) = (messageID, imageURL)
    }
}
