import CXML
import Manuscript

/// XML and HTML by libxml2, as a tree of `Node`. Entities that a file defines are never expanded, nothing outside of it is fetched, and
/// depth and size are bounded.
enum MarkupParser {
    /// Elements within each other: what walks the tree recurses.
    static let deepest = 240
    private static let mostNodes = 4_000_000

    /// - Throws: `ReadingFault.damaged` if it is not well-formed.
    static func xml(_ bytes: [UInt8]) throws(ReadingFault) -> Node {
        let builder = TreeBuilder(deepest: deepest, mostNodes: mostNodes, isHTML: false)
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { context, name, _, uri, _, _, count, _, values in
            guard let name, let builder = TreeBuilder.of(context) else { return }
            builder.open(Namespaces.name(name, in: uri), TreeBuilder.attributes(values, count: Int(count)))
        }
        handler.endElementNs = { context, _, _, _ in TreeBuilder.of(context)?.close() }
        handler.characters = { TreeBuilder.of($0)?.characters($1, $2) }
        handler.cdataBlock = { TreeBuilder.of($0)?.characters($1, $2) }
        handler.serror = { _, _ in }
        let context = Unmanaged.passUnretained(builder).toOpaque()
        let status = bytes.withUnsafeBytes { buffer in
            xmlSAXUserParseMemory(&handler, context, buffer.baseAddress, Int32(clamping: buffer.count))
        }
        withExtendedLifetime(builder) {}
        if builder.isTooMuch { throw .tooLarge }
        guard status == 0, let root = builder.root else { throw .damaged }
        return root
    }

    /// HTML as browsers take it, however badly it is formed.
    static func html(_ text: String) throws(ReadingFault) -> Node {
        let builder = TreeBuilder(deepest: deepest, mostNodes: mostNodes, isHTML: true)
        var handler = xmlSAXHandler()
        handler.startElement = { context, name, values in
            guard let name, let builder = TreeBuilder.of(context) else { return }
            builder.open(String(cString: name).lowercased(), TreeBuilder.plainAttributes(values))
        }
        handler.endElement = { context, _ in TreeBuilder.of(context)?.close() }
        handler.characters = { TreeBuilder.of($0)?.characters($1, $2) }
        handler.ignorableWhitespace = { TreeBuilder.of($0)?.characters($1, $2) }
        handler.cdataBlock = { TreeBuilder.of($0)?.characters($1, $2) }
        handler.serror = { _, _ in }
        let context = Unmanaged.passUnretained(builder).toOpaque()
        var text = text
        text.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                guard
                    let parser = htmlCreatePushParserCtxt(
                        &handler, context, characters.baseAddress, 0, nil, XML_CHAR_ENCODING_UTF8)
                else { return }
                let options =
                    HTML_PARSE_RECOVER.rawValue | HTML_PARSE_IGNORE_ENC.rawValue | HTML_PARSE_NONET.rawValue
                    | HTML_PARSE_NOERROR.rawValue
                _ = htmlCtxtUseOptions(parser, Int32(options))
                // In pieces, so that one parser call never sees more than it can count.
                var at = 0
                while at < characters.count, !builder.isTooMuch {
                    let count = min(1 << 20, characters.count - at)
                    htmlParseChunk(parser, characters.baseAddress.map { $0 + at }, Int32(count), 0)
                    at += count
                }
                htmlParseChunk(parser, nil, 0, 1)
                htmlFreeParserCtxt(parser)
            }
        }
        withExtendedLifetime(builder) {}
        if builder.isTooMuch { throw .tooLarge }
        return builder.root ?? Node("html")
    }
}

/// Puts the tree together from the parser's events.
private final class TreeBuilder {
    private(set) var root: Node?
    private(set) var isTooMuch = false
    private var open: [Node] = []
    private var nodes = 0
    private let deepest: Int
    private let mostNodes: Int
    private let isHTML: Bool

    init(deepest: Int, mostNodes: Int, isHTML: Bool) {
        self.deepest = deepest
        self.mostNodes = mostNodes
        self.isHTML = isHTML
    }

    static func of(_ context: UnsafeMutableRawPointer?) -> TreeBuilder? {
        context.map { Unmanaged<TreeBuilder>.fromOpaque($0).takeUnretainedValue() }
    }

    func open(_ name: String, _ attributes: [String: String]) {
        nodes += 1
        if open.count >= deepest || nodes > mostNodes { isTooMuch = true }
        let node = Node(name, attributes)
        if !isTooMuch {
            if let parent = open.last {
                parent.append(node)
            } else if let root, isHTML {
                root.append(node)
            } else {
                root = node
            }
        }
        open.append(node)
    }

    func close() { _ = open.popLast() }

    func characters(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
        guard !isTooMuch, let bytes, count > 0 else { return }
        let text = String(decoding: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
        (open.last ?? root)?.append(text: text)
    }

    /// Of five pointers each: name, prefix, namespace, the value's start and end.
    static func attributes(_ values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int) -> [String: String] {
        guard let values, count > 0 else { return [:] }
        var result: [String: String] = [:]
        for index in 0..<count {
            guard let name = values[index * 5], let start = values[index * 5 + 3], let end = values[index * 5 + 4] else { continue }
            let value = String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
            result[Namespaces.attribute(name, in: values[index * 5 + 2])] = unescaped(value)
        }
        return result
    }

    /// Pairs of name and value, ended by a null.
    static func plainAttributes(_ values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) -> [String: String] {
        guard let values else { return [:] }
        var result: [String: String] = [:]
        var index = 0
        while let name = values[index] {
            let key = String(cString: name).lowercased()
            if result[key] == nil { result[key] = values[index + 1].map { String(cString: $0) } ?? "" }
            index += 2
        }
        return result
    }

    /// Without a tree libxml2 hands an ampersand in an attribute on as the reference `&#38;`.
    private static func unescaped(_ value: String) -> String {
        guard value.contains("&#38;") else { return value }
        return value.split(separator: "&#38;", omittingEmptySubsequences: false).joined(separator: "&")
    }
}
