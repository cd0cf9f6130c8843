package import Ambient
import Cryptography
import FoundationEssentials
package import HTTPClient

/// Amazon Textract (`DetectDocumentText`): words with their places.
package struct TextractService: RecognitionService {
    /// What it takes as bytes in one request.
    private static let most = 10 << 20

    package let name = "Amazon Textract"
    private let url: String
    private let host: String
    private let signature: AmazonSignature
    private let client: HTTPClient
    private let ambient: Ambient

    /// - Parameter url: of the service, `https://textract.eu-central-1.amazonaws.com`.
    package init(
        url: String, accessKey: String, secretKey: String, region: String, client: HTTPClient, ambient: Ambient = .live
    ) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        host = String(self.url.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "/" })
        signature = AmazonSignature(accessKey: accessKey, secretKey: secretKey, region: region, service: "textract")
        self.client = client
        self.ambient = ambient
    }

    package func read(_ picture: [UInt8], width: Double, height: Double) async throws -> RecognisedPage {
        guard picture.count <= Self.most else {
            throw RecognitionServiceFailure(service: name, reason: "the picture is larger than it takes")
        }
        let body = Array(try JSONEncoder().encode(Request(document: .init(bytes: Data(picture)))))
        let time = Self.time(ambient.now())
        var headers = [
            "content-type": "application/x-amz-json-1.1", "host": host, "x-amz-date": time,
            "x-amz-target": "Textract.DetectDocumentText",
        ]
        let authorization = signature.authorization(method: "POST", path: "/", headers: headers, body: body, time: time)
        headers["authorization"] = authorization
        // The client names the host itself.
        headers["host"] = nil
        let bytes = try await RecognitionUpload(service: name, client: client).post(body, to: url + "/", headers: headers)
        do {
            return try JSONDecoder().decode(Answer.self, from: Data(bytes)).page(width: width, height: height)
        } catch let error as DecodingError {
            throw RecognitionServiceFailure(service: name, reason: "its answer is none: \(error)")
        }
    }

    /// `20150830T123600Z`.
    static func time(_ date: Date) -> String {
        Timestamp.text(date).prefix(19).filter { $0.isNumber || $0 == "T" } + "Z"
    }

    private struct Request: Encodable {
        struct Document: Encodable {
            let bytes: Data
            enum CodingKeys: String, CodingKey { case bytes = "Bytes" }
        }

        let document: Document
        enum CodingKeys: String, CodingKey { case document = "Document" }
    }

    struct Answer: Decodable {
        struct Block: Decodable {
            struct Geometry: Decodable {
                struct Box: Decodable {
                    let left: Double
                    let top: Double
                    let width: Double
                    let height: Double
                    enum CodingKeys: String, CodingKey { case left = "Left", top = "Top", width = "Width", height = "Height" }
                }

                let box: Box
                enum CodingKeys: String, CodingKey { case box = "BoundingBox" }
            }

            struct Relationship: Decodable {
                let type: String
                let ids: [String]
                enum CodingKeys: String, CodingKey { case type = "Type", ids = "Ids" }
            }

            let kind: String
            let id: String
            let text: String?
            let confidence: Double?
            let geometry: Geometry?
            let relationships: [Relationship]?

            enum CodingKeys: String, CodingKey {
                case kind = "BlockType"
                case id = "Id"
                case text = "Text"
                case confidence = "Confidence"
                case geometry = "Geometry"
                case relationships = "Relationships"
            }
        }

        let blocks: [Block]
        enum CodingKeys: String, CodingKey { case blocks = "Blocks" }

        /// Lines with their words; places are shares of the page there, and points here.
        func page(width: Double, height: Double) -> RecognisedPage {
            let words = Dictionary(
                blocks.filter { $0.kind == "WORD" }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            var lines: [RecognisedPage.Line] = []
            var last: Block.Geometry.Box?
            var group = 1
            for line in blocks where line.kind == "LINE" {
                guard let box = line.geometry?.box else { continue }
                // Lines of a paragraph follow each other closely, one below the other.
                if let before = last,
                    box.top - before.top - before.height > before.height * 0.8 || box.top < before.top
                        || box.left > before.left + before.width || box.left + box.width < before.left
                {
                    group += 1
                }
                last = box
                let children = (line.relationships ?? []).filter { $0.type == "CHILD" }.flatMap(\.ids).compactMap { words[$0] }
                let parts = (children.isEmpty ? [line] : children).compactMap { part -> RecognisedPage.Word? in
                    guard let text = part.text?.withoutNULs.trimmingSpaces(), !text.isEmpty, let box = part.geometry?.box else {
                        return nil
                    }
                    let values = [
                        box.left * width, box.top * height, (box.left + box.width) * width, (box.top + box.height) * height,
                    ]
                    return RecognisedPage.Word(
                        text: text, box: values.map { ($0 * 10).rounded() / 10 },
                        confidence: max(0, min(100, Int((part.confidence ?? 0).rounded()))))
                }
                if !parts.isEmpty { lines.append(RecognisedPage.Line(block: group, words: parts)) }
            }
            return RecognisedPage(width: width, height: height, language: "", lines: lines)
        }
    }
}
