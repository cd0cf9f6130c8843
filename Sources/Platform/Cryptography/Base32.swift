/// RFC 4648 section 6 without padding, as authenticator apps take secrets that are typed.
package enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var out: [UInt8] = []
        var (bits, held): (UInt32, UInt32) = (0, 0)
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            held += 8
            while held >= 5 {
                held -= 5
                out.append(alphabet[Int(bits >> held & 31)])
            }
        }
        if held > 0 { out.append(alphabet[Int(bits << (5 - held) & 31)]) }
        return String(decoding: out, as: UTF8.self)
    }
}
