package import Ambient
import FoundationEssentials
package import HTTPClient
import HTTPMessages

/// A server that speaks OpenAI's `/images/generations`: OpenAI's own, and those that people run themselves.
package struct OpenAIPictures: PictureModel {
    /// Bytes that a picture may have.
    static let longest = 16 << 20

    private let model: String
    private let transport: ModelTransport

    /// - Parameter url: with the version, `https://api.openai.com/v1`.
    package init(url: String, key: APIKey?, model: String, client: HTTPClient) {
        self.model = model
        var headers: HTTPHeaders = [:]
        if let key { headers.append("Authorization", "Bearer \(key.value)") }
        transport = ModelTransport(url: url, model: model, headers: headers, client: client)
    }

    package var name: String { model }

    package func picture(of description: String, for user: UserID) async throws -> DrawnPicture {
        // OpenAI's newer models answer in Base64 alone, and refuse to be asked for it.
        let form = model.hasPrefix("gpt-image") ? nil : "b64_json"
        let response = try await transport.post(
            "/images/generations", Request(model: model, prompt: description, n: 1, size: "1024x1024", form: form),
            accept: "application/json", timeouts: ClientTimeouts(connect: .seconds(5), total: .seconds(120), idle: .seconds(120)))
        let bytes = try await transport.translated { try await response.body.collect(upTo: Self.longest / 3 * 4 + (64 << 10)) }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(bytes)), let text = answer.data.first?.base64,
            let file = Data(base64Encoded: text, options: .ignoreUnknownCharacters).map(Array.init), !file.isEmpty,
            let form = PictureForm(of: file)
        else { throw LanguageModelFailure(.broken, model: model) }
        return DrawnPicture(bytes: file, form: form)
    }

    private struct Request: Encodable {
        let model: String
        let prompt: String
        let n: Int
        let size: String
        let form: String?

        enum CodingKeys: String, CodingKey {
            case model, prompt, n, size
            case form = "response_format"
        }
    }

    private struct Answer: Decodable {
        struct Picture: Decodable {
            let base64: String?
            enum CodingKeys: String, CodingKey { case base64 = "b64_json" }
        }
        let data: [Picture]
    }
}
