import Ambient
import FoundationEssentials
import JSON
import Testing

@testable import HTTPServing

@Suite struct JSONTextTests {
    struct Everything: Codable {
        var zeta = "a\"b\\c\n\r\t\u{1}\u{7F}/é€😀"
        var alpha = [1, -2, 3]
        var empty: [String] = []
        var nested = ["k": ["x": 1.5]]
        var none: String?
        var flag = true
        var big = UInt64.max
        var small = Int64.min
        var tiny = Double.leastNonzeroMagnitude
        var float: Float = 0.1
        var date = Date(timeIntervalSince1970: 1_767_323_045)
        var id = UserID(UUIDv7.make(at: Date(timeIntervalSince1970: 0)))
        var level = Level.hard
        var list: [Level?] = [.easy, nil]
        var page = Page(data: [Card(id: SampleRoutes.user, front: "a", tags: [], level: .easy)], page: 1, limit: 2, total: 3)
    }

    @Test func `writes what the decoder reads back`() throws {
        let value = Everything()
        let bytes = try JSONCoding.bytes(value)
        let back = try JSONCoding.decoder.decode(Everything.self, from: Data(bytes))
        #expect(back.page.data == value.page.data)
        #expect(back.zeta == value.zeta)
        #expect(back.big == value.big && back.small == value.small && back.tiny == value.tiny && back.float == value.float)
        #expect(back.nested == value.nested && back.list == value.list && back.date == value.date && back.id == value.id)
    }

    @Test func `keeps the type's order of keys`() throws {
        let text = String(decoding: try JSONCoding.bytes(Pagination(page: 1, limit: 2, total: 3)), as: UTF8.self)
        #expect(text == #"{"page":1,"limit":2,"total":3,"pages":2}"#)
        #expect(String(decoding: try JSONCoding.bytes(["a/b", "\u{2}"]), as: UTF8.self) == #"["a/b","\u0002"]"#)
        #expect(String(decoding: try JSONCoding.bytes([String: Int]()), as: UTF8.self) == "{}")
        #expect(String(decoding: try JSONCoding.bytes("x"), as: UTF8.self) == "\"x\"")
        #expect(String(decoding: try JSONCoding.bytes([Int?.none, 1]), as: UTF8.self) == "[null,1]")
    }

    @Test func `a number that JSON has not is refused`() {
        #expect(throws: EncodingError.self) { try JSONCoding.bytes([Double.nan]) }
        #expect(throws: EncodingError.self) { try JSONCoding.bytes(["a": Double.infinity]) }
    }

    /// Encodes through containers made by hand.
    struct ByHand: Encodable {
        enum Keys: CodingKey { case outer, inner, after }
        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: Keys.self)
            var nested = fields.nestedContainer(keyedBy: Keys.self, forKey: .outer)
            try nested.encode(1, forKey: .inner)
            var list = fields.nestedUnkeyedContainer(forKey: .after)
            try list.encode(2)
        }
    }

    @Test func `leaves hand-made containers to the general encoder`() throws {
        let value = try JSONCoding.decoder.decode(JSONValue.self, from: Data(JSONCoding.bytes(["x": ByHand()])))
        #expect(value["x"]?["outer"]?["inner"] == 1)
        #expect(value["x"]?["after"] == [2])
    }

    /// Two types beside each other in one object.
    struct Joined: Encodable {
        func encode(to encoder: any Encoder) throws {
            try PageQuery(page: 2, limit: 3).encode(to: encoder)
            var fields = encoder.container(keyedBy: AnyKey.self)
            try fields.encode("x", forKey: AnyKey("more"))
        }
    }

    @Test func `joins types that encode into one object`() throws {
        #expect(String(decoding: try JSONCoding.bytes([Joined()]), as: UTF8.self) == #"[{"page":2,"limit":3,"more":"x"}]"#)
    }
}
