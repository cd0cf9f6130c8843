import HTTPMessages

/// The media type of a `Content-Type` value.
package enum MediaType {
    /// Type and subtype in lower case, without parameters: `application/json`.
    package static func essence(_ value: String) -> String {
        let end = value.utf8.firstIndex(of: UInt8(ascii: ";")) ?? value.endIndex
        return value[..<end].trimmingOptionalWhitespace.lowercased()
    }

    /// A parameter's value, unquoted: `boundary`, `charset`. nil if it is not there or the value is malformed.
    package static func parameter(_ name: String, of value: String) -> String? {
        HeaderParameters(value).first(name)
    }

    static func isJSON(_ value: String) -> Bool {
        if value == "application/json" { return true }
        let type = essence(value)
        guard type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json")) else { return false }
        guard let charset = parameter("charset", of: value) else { return true }
        return HTTPHeaders.same(charset, "utf-8") || HTTPHeaders.same(charset, "utf8")
    }
}
