import Glibc

/// Texts as C functions take them.
func withPointers<Result>(
    to texts: [ContiguousArray<CChar>], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    let copies = texts.map { text in text.withUnsafeBufferPointer { $0.baseAddress.flatMap { strdup($0) } } }
    defer { copies.forEach { free($0) } }
    return copies.map { $0.map { UnsafePointer($0) } }.withUnsafeBufferPointer { pointers in
        // Of none too there is an address.
        var none = UnsafePointer<CChar>?.none
        return pointers.baseAddress.map(body) ?? body(&none)
    }
}

/// A text, or no pointer where there is none.
func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString(body)
}

func logarithm(_ value: Double) -> Double { Glibc.log(value) }
func exponential(_ value: Double) -> Double { Glibc.exp(value) }
