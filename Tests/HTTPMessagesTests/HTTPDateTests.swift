import HTTPMessages
import Testing

struct HTTPDateTests {
    @Test func `writes the preferred form`() {
        #expect(HTTPDate.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.text(0) == "Thu, 01 Jan 1970 00:00:00 GMT")
    }

    @Test(
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
            ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
            ("Thursday, 29-Feb-24 12:00:00 GMT", 1_709_208_000), ("Fri, 31 Dec 1999 23:59:60 GMT", 946_684_800),
        ])
    func `reads each form that a recipient must take`(text: String, seconds: Int) {
        #expect(HTTPDate.parse(text) == seconds)
    }

    @Test(
        arguments: [
            "", "yesterday", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Wed, 29 Feb 2023 12:00:00 GMT",
            "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 08:x:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
            "Sun, +6 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT", "Wed, 31 Dec 1969 23:59:59 GMT",
            "Sun, 99999999999 Nov 1994 08:49:37 GMT",
        ])
    func `reads nothing else`(text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }
}
