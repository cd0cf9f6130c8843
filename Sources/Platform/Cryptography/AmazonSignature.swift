/// Signs a request as Amazon's services ask for it (Signature Version 4).
package struct AmazonSignature: Sendable {
    private let accessKey: String
    private let secretKey: String
    private let region: String
    private let service: String

    /// - Parameter service: as in the scope of its signatures: `textract`, `polly`, `s3`.
    package init(accessKey: String, secretKey: String, region: String, service: String) {
        (self.accessKey, self.secretKey, self.region, self.service) = (accessKey, secretKey, region, service)
    }

    /// The value of `Authorization`.
    ///
    /// - Parameters:
    ///   - query: escaped, its parameters in the order of their names.
    ///   - headers: those that are signed, by their names in lower case; `host` and `x-amz-date` are among them.
    ///   - time: `20150830T123600Z`, as in `x-amz-date`.
    package func authorization(
        method: String, path: String, query: String = "", headers: [String: String], body: [UInt8], time: String
    ) -> String {
        let names = headers.keys.sorted()
        let signed = names.joined(separator: ";")
        let lines = names.map { "\($0):\(Self.trimmed(headers[$0] ?? ""))\n" }.joined()
        let request = "\(method)\n\(path)\n\(query)\n\(lines)\n\(signed)\n\(Self.digest(body))"
        let day = String(time.prefix(8))
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let text = "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(Self.digest(Array(request.utf8)))"
        var key = Array("AWS4\(secretKey)".utf8)
        for part in [day, region, service, "aws4_request"] {
            key = MessageAuthentication.code(for: Array(part.utf8), key: key)
        }
        let signature = Hexadecimal.encode(MessageAuthentication.code(for: Array(text.utf8), key: key))
        return "AWS4-HMAC-SHA256 Credential=\(accessKey)/\(scope), SignedHeaders=\(signed), Signature=\(signature)"
    }

    private static func trimmed(_ value: String) -> Substring {
        let start = value.drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
    }

    private static func digest(_ bytes: [UInt8]) -> String { Hexadecimal.encode(SHA256.hash(bytes)) }
}
