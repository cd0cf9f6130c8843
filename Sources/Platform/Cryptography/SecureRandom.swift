/// Bytes that nobody can guess, from the kernel.
package enum SecureRandom {
    package static func bytes(_ count: Int) -> [UInt8] {
        // On Linux the system generator is getrandom(2).
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// One of `count` numbers from zero on, each as likely as the others.
    package static func index(below count: Int) -> Int {
        var generator = SystemRandomNumberGenerator()
        return Int.random(in: 0..<count, using: &generator)
    }

    /// A secret to hand out: `bytes` random bytes as base64url text.
    package static func token(bytes count: Int = 32) -> String { Base64URL.encode(bytes(count)) }
}
