/// The name of a property or precondition of WebDAV, with the namespaces that are spoken here.
struct DAVName: Sendable, Hashable {
    var namespace: String
    var name: String

    static let dav = "DAV:"
    static let calDAV = "urn:ietf:params:xml:ns:caldav"
    static let calendarServer = "http://calendarserver.org/ns/"
    static let apple = "http://apple.com/ns/ical/"

    static func d(_ name: String) -> DAVName { DAVName(namespace: dav, name: name) }
    static func c(_ name: String) -> DAVName { DAVName(namespace: calDAV, name: name) }
    static func s(_ name: String) -> DAVName { DAVName(namespace: calendarServer, name: name) }
    static func a(_ name: String) -> DAVName { DAVName(namespace: apple, name: name) }

    init(namespace: String, name: String) { (self.namespace, self.name) = (namespace, name) }
    init(_ element: XMLElement) { self.init(namespace: element.namespace, name: element.name) }

    private var prefix: String? {
        switch namespace {
        case Self.dav: "D"
        case Self.calDAV: "C"
        case Self.calendarServer: "S"
        case Self.apple: "A"
        default: nil
        }
    }

    /// The element with something in it, which is XML already.
    func element(_ content: String = "") -> String {
        let tag = prefix.map { "\($0):\(name)" } ?? "x:\(name)"
        let head = prefix == nil ? "\(tag) xmlns:x=\"\(DAVText.escaped(namespace))\"" : tag
        return content.isEmpty ? "<\(head)/>" : "<\(head)>\(content)</\(tag)>"
    }
}

/// A property of a resource, as XML.
struct DAVProperty: Sendable {
    var name: DAVName
    var content: String

    init(_ name: DAVName, _ content: String) { (self.name, self.content) = (name, content) }
}
