extension Substring {
    /// Without the spaces and tabs that may stand around a header's value and the items of a list in it (RFC 9110, 5.6.3).
    package var trimmingOptionalWhitespace: Substring {
        let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        let head = utf8.drop(while: isBlank)
        guard let last = head.lastIndex(where: { !isBlank($0) }) else { return self[endIndex...] }
        return Substring(head[...last])
    }
}
