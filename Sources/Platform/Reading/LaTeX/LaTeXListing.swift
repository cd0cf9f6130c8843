/// The caption and the label of a program's listing, which are options of it: `\begin{lstlisting}[caption={Sorting}, label=lst:sort]`.
struct LaTeXListing {
    private(set) var caption: String?
    private(set) var label: String?

    /// nil if the source begins with no listing, or with one without options.
    init?(_ source: ArraySlice<UInt8>) {
        let mark = Array("\\begin{lstlisting}".utf8)
        guard source.starts(with: mark) else { return nil }
        var input = LaTeXScanner(Array(source.dropFirst(mark.count).prefix(2_000)))
        guard let options = input.optional() else { return nil }
        for option in Self.options(input.bytes[options]) {
            guard let equals = option.firstIndex(of: "=") else { continue }
            var value = option[option.index(after: equals)...].trimmingSpaces()
            if value.hasPrefix("{"), value.hasSuffix("}") { value = String(value.dropFirst().dropLast()) }
            switch option[..<equals].trimmingSpaces() {
            case "caption", "title": caption = value
            case "label": label = value
            default: break
            }
        }
    }

    /// Between commas, but for those within braces.
    private static func options(_ bytes: ArraySlice<UInt8>) -> [String] {
        var (options, depth, start) = ([String](), 0, bytes.startIndex)
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ",") where depth == 0:
                options.append(LaTeXScanner.text(bytes[start..<index]))
                start = index + 1
            default: break
            }
        }
        return options + [LaTeXScanner.text(bytes[start...])]
    }
}
