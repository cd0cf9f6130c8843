import Failures
import HTTPMessages
import HTTPServingTesting
import SeededTesting
import Testing

@testable import HTTPServing

@Suite struct MultipartTests {
    /// What a form holds, as text to compare.
    struct Read: Equatable {
        var name: String
        var filename: String?
        var type: String?
        var body: [UInt8]
    }

    /// Feeds the bytes in pieces of `step` and collects the parts.
    func parse(_ bytes: [UInt8], boundary: String = "b", step: Int, limits: MultipartLimits = MultipartLimits()) throws -> [Read] {
        var parser = try #require(MultipartParser(boundary: boundary, limits: limits))
        var parts: [Read] = []
        var index = 0
        while true {
            while let event = try parser.next() {
                switch event {
                case .part(let head): parts.append(Read(name: head.name, filename: head.filename, type: head.contentType, body: []))
                case .data(let bytes): parts[parts.count - 1].body += bytes
                case .partEnd: continue
                }
            }
            if parser.isDone || index >= bytes.count { break }
            let end = min(bytes.count, index + step)
            parser.push(Array(bytes[index..<end]))
            index = end
        }
        try parser.finish()
        return parts
    }

    func form(_ parts: String...) -> [UInt8] {
        Array((parts.map { "--b\r\n\($0)" }.joined(separator: "\r\n") + "\r\n--b--\r\n").utf8)
    }

    static let steps = [1, 2, 3, 7, 64, 100_000]

    @Test(arguments: steps) func `reads a form cut anywhere`(_ step: Int) throws {
        let bytes = form(
            "Content-Disposition: form-data; name=\"title\"\r\n\r\nA title",
            "content-disposition: form-data; name=file; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--\r\n-b\r\n--a\r\r\n",
            "Content-Disposition: form-data; name=\"empty\"\r\n\r\n")
        let parts = try parse(Array("preamble\r\n".utf8) + bytes + Array("epilogue --b".utf8), step: step)
        #expect(
            parts == [
                Read(name: "title", filename: nil, type: nil, body: Array("A title".utf8)),
                Read(name: "file", filename: "a.pdf", type: "application/pdf", body: Array("%PDF\r\n--\r\n-b\r\n--a\r\r\n".utf8)),
                Read(name: "empty", filename: nil, type: nil, body: []),
            ])
    }

    @Test(arguments: [
        ("", "ends before"), ("--b", "ends before"), ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nbody", "ends before"),
        ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nbody\r\n--b", "ends before"),
        ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nbody\r\n--b-", "ends before"),
        ("--bx\r\n", "goes on"), ("--b\n", "goes on"), ("--b-x", "goes on"),
        ("--b\r\nno colon\r\n\r\n", "broken header"), ("--b\r\nA b: c\r\n\r\n", "broken header"),
        ("--b\r\nA: \u{0}\r\n\r\n", "broken header"), ("--b\r\nA: b\nC: d\r\n\r\n", "broken header"),
        ("--b\r\n\r\nbody\r\n--b--", "does not name"),
        ("--b\r\nContent-Disposition: attachment; name=a\r\n\r\n", "does not name"),
        ("--b\r\nContent-Disposition: form-data\r\n\r\n", "does not name"),
    ])
    func `refuses a malformed form, whole and byte by byte`(_ text: String, _ reason: String) {
        for step in [1, 100_000] {
            #expect {
                try parse(Array(text.utf8), step: step)
            } throws: { error in
                let failure = error as? HTTPFailure
                return failure?.code == .badRequest && failure?.message.contains(reason) == true
            }
        }
    }

    @Test(arguments: [1, 100_000]) func `holds its limits`(_ step: Int) {
        let part = "Content-Disposition: form-data; name=a\r\n\r\n0123456789"
        func code(_ bytes: [UInt8], _ limits: MultipartLimits) -> FailureCode? {
            do {
                _ = try parse(bytes, step: step, limits: limits)
                return nil
            } catch { return FailureCode(of: error) }
        }
        #expect(code(form(part, part, part), MultipartLimits(parts: 2)) == .payloadTooLarge)
        #expect(code(form(part), MultipartLimits(partBytes: 9)) == .payloadTooLarge)
        #expect(code(form(part), MultipartLimits(partBytes: 10)) == nil)
        #expect(
            code(form("X: \(String(repeating: "a", count: 200))\r\n" + part), MultipartLimits(headerBytes: 100)) == .headersTooLarge
        )
        #expect(code(form("X: \(String(repeating: "a", count: 9000))"), MultipartLimits()) == .headersTooLarge)
    }

    @Test(arguments: [
        ("filename=\"a.pdf\"", "a.pdf"), ("filename=a.pdf", "a.pdf"), ("filename=\"a\\\"b.pdf\"", "a\"b.pdf"),
        ("filename=\"a%22b.pdf\"", "a\"b.pdf"), ("filename=\"100%.pdf\"", "100%.pdf"), ("filename=\"a;b.pdf\"", "a;b.pdf"),
        ("filename=\"naïve.pdf\"", "naïve.pdf"), ("filename=\"x.pdf\"; filename*=UTF-8''na%C3%AFve.pdf", "naïve.pdf"),
        ("filename*=latin1''x; filename=\"y.pdf\"", "y.pdf"), ("filename=\"../../etc/passwd\"", "passwd"),
        ("filename=\"C:\\papers\\week 1.pdf\"", "week 1.pdf"), ("filename=\"..\"", "file"), ("filename=\"\"", "file"),
        ("filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", "passwd"), ("filename=\".htaccess\"", "htaccess"),
        ("filename=\"fdp\u{202E}cod.exe\"", "fdpcod.exe"),
    ])
    func `makes a plain name of a file's`(_ parameter: String, _ name: String) throws {
        let bytes = form("Content-Disposition: form-data; name=\"f\"; \(parameter)\r\n\r\nx")
        #expect(try parse(bytes, step: 5).first?.filename == name)
    }

    @Test func `shortens a long name and keeps its ending`() {
        let name = Filename.sanitised(String(repeating: "ü", count: 300) + ".pdf")
        #expect(name.utf8.count <= 200)
        #expect(name.hasSuffix("ü.pdf"))
    }

    @Test(arguments: ["", String(repeating: "a", count: 71), "a\"b", "ends ", "ü", "a;b"])
    func `refuses a boundary that is none`(_ boundary: String) {
        #expect(MultipartParser(boundary: boundary, limits: MultipartLimits()) == nil)
    }

    @Test func `gives the same for any cut of any mutated form`() throws {
        var random = SeededGenerator(seed: 7)
        let seed = form(
            "Content-Disposition: form-data; name=\"title\"\r\n\r\nA title",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n\r\n--b\r\r\n-data"
        )
        let tokens = [
            "--b", "\r\n", "--", "\r", "\n", "\"", ";", "name=", "%22", "\\", "Content-Disposition: form-data; name=x\r\n\r\n",
        ]
        for _ in 0..<4000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let at = Int.random(in: 0...bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1 where at < bytes.count:
                    bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...8, using: &random)))
                case 2: bytes.insert(contentsOf: Array((tokens.randomElement(using: &random) ?? "").utf8), at: at)
                default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
                }
            }
            func result(_ step: Int) -> String {
                do { return "\(try parse(bytes, step: step))" } catch { return "\(FailureCode(of: error))" }
            }
            let whole = result(bytes.count + 1)
            #expect(result(1) == whole)
            #expect(result(Int.random(in: 2...40, using: &random)) == whole)
        }
    }

    @Test func `streams parts, skips what is not read, and reads no faster than it is asked`() async throws {
        let big = [UInt8](repeating: 65, count: 300_000)
        let form = TestForm().text("title", "Notes").file("file", filename: "a.bin", big).file("other", filename: "b.bin", big)
            .text("last", "end")
        let source = CountingSource(form.bytes, step: 1000)
        let request = HTTPRequest(
            method: .post, target: "/", headers: ["Content-Type": form.contentType],
            body: HTTPRequestBody(length: nil, source: source))
        var names: [String] = []
        var size = 0
        for try await part in try MultipartReader(request) {
            names.append(part.name)
            switch part.name {
            case "title":
                #expect(try await part.body.text() == "Notes")
                #expect(source.taken <= 2000)
            case "file": for try await bytes in part.body { size += bytes.count }
            case "last": #expect(try await part.body.text() == "end")
            default: continue
            }
        }
        #expect(names == ["title", "file", "other", "last"])
        #expect(size == big.count)
        #expect(source.taken == form.bytes.count)
    }

    @Test func `a request that is no form is 415, without a boundary 400`() {
        func code(_ type: String) -> FailureCode? {
            do throws(HTTPFailure) {
                _ = try MultipartReader(HTTPRequest(method: .post, target: "/", headers: ["Content-Type": type]))
                return nil
            } catch { return error.code }
        }
        #expect(code("application/json") == .unsupportedMediaType)
        #expect(code("multipart/form-data") == .badRequest)
        #expect(code("multipart/form-data; boundary=\"a b\"") == nil)
    }
}
