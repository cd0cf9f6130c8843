/// Writes the answers of WebDAV: a `multistatus`, or what was wrong.
struct DAVText {
    private static let head =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    private static let namespaces =
        "xmlns:D=\"\(DAVName.dav)\" xmlns:C=\"\(DAVName.calDAV)\" xmlns:S=\"\(DAVName.calendarServer)\" xmlns:A=\"\(DAVName.apple)\""
    private var body = ""

    /// What a resource has of what was asked for.
    ///
    /// - Parameter wanted: nil for all that it has.
    mutating func add(_ href: String, _ properties: [DAVProperty], wanted: [DAVName]?) {
        let known = Dictionary(properties.map { ($0.name, $0.content) }) { first, _ in first }
        let names = wanted ?? properties.map(\.name)
        let there = names.filter { known[$0] != nil }.map { $0.element(known[$0] ?? "") }.joined()
        let missing = names.filter { known[$0] == nil }.map { $0.element() }.joined()
        body += "<D:response><D:href>\(Self.escaped(href))</D:href>"
        if !there.isEmpty || missing.isEmpty { body += Self.stat(there, "200 OK") }
        if !missing.isEmpty { body += Self.stat(missing, "404 Not Found") }
        body += "</D:response>\n"
    }

    mutating func addMissing(_ href: String) {
        body += "<D:response><D:href>\(Self.escaped(href))</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>\n"
    }

    mutating func add(syncToken: String) { body += "<D:sync-token>\(Self.escaped(syncToken))</D:sync-token>" }

    var text: String { Self.head + "<D:multistatus \(Self.namespaces)>\n\(body)</D:multistatus>\n" }

    static func error(_ precondition: DAVName?, _ message: String) -> String {
        head
            + "<D:error \(namespaces)>\(precondition?.element() ?? "")<D:responsedescription>\(escaped(message))</D:responsedescription></D:error>\n"
    }

    private static func stat(_ properties: String, _ status: String) -> String {
        "<D:propstat><D:prop>\(properties)</D:prop><D:status>HTTP/1.1 \(status)</D:status></D:propstat>"
    }

    static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
            case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
            case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
            case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
            case 13: bytes += Array("&#13;".utf8)
            case 9, 10, 32...255: bytes.append(byte)
            default: break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
