/// Builds a multipart form.
package struct TestForm: Sendable {
    private let boundary = "----test-form-7MA4YWxkTrZu0gW"
    private var parts: [UInt8] = []

    package init() {}

    package var contentType: String { "multipart/form-data; boundary=\(boundary)" }
    package var bytes: [UInt8] { parts + Array("--\(boundary)--\r\n".utf8) }

    package func text(_ name: String, _ value: String) -> TestForm {
        adding("Content-Disposition: form-data; name=\"\(name)\"\r\n", Array(value.utf8))
    }

    package func file(_ name: String, filename: String, type: String = "application/octet-stream", _ bytes: [UInt8]) -> TestForm {
        adding("Content-Disposition: form-data; name=\"\(name)\"; filename=\"\(filename)\"\r\nContent-Type: \(type)\r\n", bytes)
    }

    private func adding(_ head: String, _ body: [UInt8]) -> TestForm {
        var form = self
        form.parts += Array("--\(boundary)\r\n\(head)\r\n".utf8) + body + Array("\r\n".utf8)
        return form
    }
}
