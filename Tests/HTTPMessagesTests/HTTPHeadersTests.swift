import HTTPMessages
import Testing

struct HTTPHeadersTests {
    @Test func `names compare without regard to case, and fields keep their order`() {
        var headers: HTTPHeaders = ["Accept": "a", "Host": "h"]
        headers.append("ACCEPT", "b")
        #expect(headers["accept"] == "a" && headers.all("aCCept") == ["a", "b"])
        #expect(headers.fields.map(\.name) == ["Accept", "Host", "ACCEPT"])
        #expect(headers["Accept-Language"] == nil && headers.all("x").isEmpty)
    }

    @Test func `setting a field replaces all of its name, and nil removes them`() {
        var headers: HTTPHeaders = ["A": "1", "a": "2", "B": "3"]
        headers["a"] = "4"
        #expect(headers.fields.map(\.value) == ["3", "4"])
        headers["A"] = nil
        #expect(headers.fields.map(\.name) == ["B"])
    }

    @Test(arguments: [("@", "`"), ("[", "{"), ("é", "É"), ("a", "ab"), ("a\u{0}", "a ")])
    func `only letters of ASCII have a case`(one: String, other: String) {
        #expect(!HTTPHeaders.same(one, other))
    }

    @Test(
        arguments: [
            ("", ""), (" \t ", ""), ("a", "a"), ("\t a b \t", "a b"), ("\u{A0}a\n ", "\u{A0}a\n"), ("e\u{301} ", "e\u{301}"),
            (" \u{301}", "\u{301}"),
        ])
    func `spaces and tabs around a value are no part of it`(text: String, value: String) {
        #expect(Array(text[...].trimmingOptionalWhitespace.utf8) == Array(value.utf8))
    }

    @Test func `asking twice is asking once, but for what makes or changes`() {
        #expect(HTTPMethod.allCases.filter { !$0.isIdempotent } == [.post, .patch])
    }
}
