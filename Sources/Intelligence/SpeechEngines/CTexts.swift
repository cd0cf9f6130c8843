import Glibc

/// Texts as C functions take them.
func withPointers<Result>(to texts: [ContiguousArray<CChar>], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Result)
    -> Result
{
    let copies = texts.map { text in text.withUnsafeBufferPointer { strdup($0.baseAddress!) } }
    defer { copies.forEach { free($0) } }
    return copies.map { $0.map { UnsafePointer($0) } }.withUnsafeBufferPointer(body)
}

/// A text, or no pointer where there is none.
func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString(body)
}

func logarithm(_ value: Double) -> Double { Glibc.log(value) }
func exponential(_ value: Double) -> Double { Glibc.exp(value) }
