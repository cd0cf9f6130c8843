import FoundationEssentials
package import HTTPClient

/// A model that sees pictures, on a server that speaks OpenAI's chat protocol: the page's text, without the places of its words.
package struct VisionService: RecognitionService {
    private static let instruction = """
        Transcribe all text of this page exactly as it is written, in reading order and in its own language. Separate paragraphs by an \
        empty line, write formulas as TeX between dollar signs, and rows of a table as lines whose cells stand apart by " | ". Add \
        nothing, explain nothing. If there is no text, answer with nothing.
        """

    package var name: String { "the model \(model)" }
    private let url: String
    private let model: String
    private let key: String?
    private let client: HTTPClient

    /// - Parameter url: with the version, `https://api.openai.com/v1`.
    package init(url: String, model: String, key: String?, client: HTTPClient) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.model = model
        self.key = key
        self.client = client
    }

    package func read(_ picture: [UInt8], width: Double, height: Double) async throws -> RecognisedPage {
        let type = PictureFile.format(head: Array(picture.prefix(16)))?.mediaType ?? "image/png"
        let data = "data:\(type);base64,\(Data(picture).base64EncodedString())"
        let body = Request(
            model: model, temperature: 0,
            messages: [
                .init(
                    role: "user",
                    content: [
                        .init(type: "text", text: Self.instruction, image: nil),
                        .init(type: "image_url", text: nil, image: .init(url: data)),
                    ])
            ])
        var headers = ["content-type": "application/json", "accept": "application/json"]
        if let key { headers["authorization"] = "Bearer \(key)" }
        let bytes = try await RecognitionUpload(service: name, client: client).post(
            Array(try JSONEncoder().encode(body)), to: url + "/chat/completions", headers: headers)
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(bytes)), let choice = answer.choices.first,
            choice.reason == nil || choice.reason == "stop"
        else { throw RecognitionServiceFailure(service: name, reason: "its answer is none, or was cut off") }
        var page = RecognisedPage(width: width, height: height, language: "", lines: [])
        let text = (choice.message.content ?? "").withoutNULs.trimmingSpaces()
        page.text = text
        page.isBlank = text.isEmpty
        return page
    }

    private struct Request: Encodable {
        struct Message: Encodable {
            struct Part: Encodable {
                struct Image: Encodable { let url: String }
                let type: String
                let text: String?
                let image: Image?
                enum CodingKeys: String, CodingKey {
                    case type, text
                    case image = "image_url"
                }
            }

            let role: String
            let content: [Part]
        }

        let model: String
        let temperature: Double
        let messages: [Message]
    }

    private struct Answer: Decodable {
        struct Choice: Decodable {
            struct Message: Decodable { let content: String? }
            let message: Message
            let reason: String?
            enum CodingKeys: String, CodingKey {
                case message
                case reason = "finish_reason"
            }
        }

        let choices: [Choice]
    }
}
