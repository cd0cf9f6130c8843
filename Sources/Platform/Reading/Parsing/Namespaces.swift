import CXML

/// The namespaces of office files under one short prefix each, whatever the file calls them, and whether it is written in the
/// transitional or in the strict form of Open XML.
enum Namespaces {
    /// By how the namespace's address ends.
    private static let prefixes: [(ending: String, prefix: String)] = [
        ("/wordprocessingml/main", "w"), ("/wordprocessingml/2006/main", "w"),
        ("/spreadsheetml/main", "x"), ("/spreadsheetml/2006/main", "x"),
        ("/presentationml/main", "p"), ("/presentationml/2006/main", "p"),
        ("/drawingml/main", "a"), ("/drawingml/2006/main", "a"),
        ("/drawingml/chart", "c"), ("/drawingml/2006/chart", "c"),
        ("/drawingml/diagram", "dgm"), ("/drawingml/2006/diagram", "dgm"),
        ("/officeDocument/math", "m"), ("/officeDocument/2006/math", "m"),
        ("/officeDocument/relationships", "r"), ("/officeDocument/2006/relationships", "r"),
        ("/wordprocessingShape", "wps"), ("urn:schemas-microsoft-com:vml", "v"), ("/markup-compatibility/2006", "mc"),
        ("xmlns:text:1.0", "text"), ("xmlns:table:1.0", "table"), ("xmlns:drawing:1.0", "draw"), ("xmlns:office:1.0", "office"),
        ("xmlns:presentation:1.0", "presentation"), ("xmlns:style:1.0", "style"), ("elements/1.1/", "dc"),
        ("/1998/Math/MathML", "math"), ("/2007/opf", "opf"), ("/extended-properties", "ep"),
    ]

    static func name(_ name: UnsafePointer<xmlChar>, in uri: UnsafePointer<xmlChar>?) -> String {
        let local = String(cString: name)
        guard let prefix = prefix(uri) else { return local }
        return "\(prefix):\(local)"
    }

    static func attribute(_ name: UnsafePointer<xmlChar>, in uri: UnsafePointer<xmlChar>?) -> String {
        let local = String(cString: name)
        return prefix(uri) == "r" ? "r:" + local : local
    }

    private static func prefix(_ uri: UnsafePointer<xmlChar>?) -> String? {
        guard let uri else { return nil }
        let address = String(cString: uri)
        return prefixes.first { address.hasSuffix($0.ending) }?.prefix
    }
}
