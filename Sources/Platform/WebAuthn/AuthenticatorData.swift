/// What an authenticator says of itself and of whoever is before it (WebAuthn, 6.1).
package struct AuthenticatorData: Sendable {
    /// A passkey that was just made.
    package struct Attested: Sendable {
        /// Which make of authenticator; all zero where it does not say.
        package let model: [UInt8]
        package let credentialID: [UInt8]
        /// As it came, to be kept.
        package let keyBytes: [UInt8]
        package let key: CredentialKey
    }

    package let partyDigest: [UInt8]
    package let isPresent: Bool
    /// By a fingerprint, a face or a code of the device.
    package let isVerified: Bool
    /// The passkey is kept on several devices.
    package let isBackedUp: Bool
    package let signCount: UInt32
    package let attested: Attested?

    package init(_ bytes: [UInt8]) throws(WebAuthnFailure) {
        guard bytes.count >= 37 else { throw .malformed("the authenticator's data are too short") }
        partyDigest = Array(bytes[..<32])
        let flags = bytes[32]
        (isPresent, isVerified, isBackedUp) = (flags & 0x01 != 0, flags & 0x04 != 0, flags & 0x10 != 0)
        signCount = bytes[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
        var position = 37
        if flags & 0x40 != 0 {
            guard bytes.count >= position + 18 else { throw .malformed("the authenticator's data are too short") }
            let model = Array(bytes[position..<position + 16])
            let length = Int(bytes[position + 16]) << 8 | Int(bytes[position + 17])
            position += 18
            guard (1...1023).contains(length), bytes.count >= position + length else {
                throw .malformed("the passkey's id is too long")
            }
            let id = Array(bytes[position..<position + length])
            position += length
            var reader = CBORReader(bytes, at: position)
            let key = try CredentialKey(try reader.next())
            attested = Attested(
                model: model, credentialID: id, keyBytes: Array(bytes[position..<reader.position]), key: key)
            position = reader.position
        } else {
            attested = nil
        }
        if flags & 0x80 != 0 {
            var reader = CBORReader(bytes, at: position)
            guard case .map = try reader.next() else { throw .malformed("the authenticator's extensions are no map") }
            position = reader.position
        }
        guard position == bytes.count else { throw .malformed("something stands behind the authenticator's data") }
    }
}
