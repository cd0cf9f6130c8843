import CPostgreSQL
import Database

/// Parameters as libpq takes them: untyped text, so the server infers their types; bytes in binary.
enum PostgresParameters {

    /// The pointers live as long as `body` runs.
    static func withPointers(
        _ values: [SQLValue],
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Int32
    ) -> Int32 {
        guard !values.isEmpty else { return body(0, nil, nil, nil) }
        // All values in one buffer, each ended by a zero; `starts` are offsets into it, -1 for NULL.
        var buffer: [UInt8] = []
        var starts: [Int] = []
        var lengths: [Int32] = []
        var formats: [Int32] = []
        for value in values {
            let start = buffer.count
            var (isNull, format) = (false, Int32(0))
            switch value {
            case .null: isNull = true
            case .integer(let number): buffer += String(number).utf8
            case .real(let number): buffer += text(number).utf8
            case .boolean(let flag): buffer.append(UInt8(ascii: flag ? "t" : "f"))
            case .text(let string): buffer += string.utf8
            case .blob(let bytes):
                buffer += bytes
                format = 1
            }
            starts.append(isNull ? -1 : start)
            lengths.append(Int32(clamping: buffer.count - start))
            formats.append(format)
            buffer.append(0)
        }
        return buffer.withUnsafeBytes { bytes in
            let base = bytes.bindMemory(to: CChar.self).baseAddress
            let pointers = starts.map { start in start < 0 ? nil : base.map { $0 + start } }
            return pointers.withUnsafeBufferPointer { pointers in
                body(Int32(values.count), pointers.baseAddress, lengths, formats)
            }
        }
    }

    private static func text(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return String(number)
    }
}
