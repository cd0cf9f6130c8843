package import JSON

extension JSONValue {
    /// JSON text with fields in their order, indented for people.
    package var text: String {
        var out = ""
        write(&out, indent: 0)
        return out
    }

    private func write(_ out: inout String, indent: Int) {
        switch self {
        case .null: out += "null"
        case .bool(let value): out += value ? "true" : "false"
        case .integer(let value): out += String(value)
        case .number(let value): out += value.isFinite ? "\(value)" : "null"
        case .string(let value): Self.quote(value, &out)
        case .array(let items):
            if items.isEmpty {
                out += "[]"
            } else if items.allSatisfy(\.isScalar) {
                out += "["
                for (index, item) in items.enumerated() {
                    if index > 0 { out += ", " }
                    item.write(&out, indent: 0)
                }
                out += "]"
            } else {
                block("[", "]", items.count, indent, &out) { index, out in items[index].write(&out, indent: indent + 1) }
            }
        case .object(let fields):
            if fields.isEmpty {
                out += "{}"
            } else {
                block("{", "}", fields.count, indent, &out) { index, out in
                    Self.quote(fields[index].name, &out)
                    out += ": "
                    fields[index].value.write(&out, indent: indent + 1)
                }
            }
        }
    }

    private func block(
        _ open: String, _ close: String, _ count: Int, _ indent: Int, _ out: inout String, _ item: (Int, inout String) -> Void
    ) {
        out += open
        for index in 0..<count {
            out += index > 0 ? ",\n" : "\n"
            out += String(repeating: "  ", count: indent + 1)
            item(index, &out)
        }
        out += "\n" + String(repeating: "  ", count: indent) + close
    }

    private static func quote(_ text: String, _ out: inout String) {
        let buffer = JSONTextBuffer()
        buffer.write(text)
        out += String(decoding: buffer.bytes, as: UTF8.self)
    }
}
