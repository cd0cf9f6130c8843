import Cryptography

/// The installation as authenticators know it: passkeys are made for its host, and good on its pages alone.
package struct RelyingParty: Sendable, Hashable {
    /// The host, which passkeys are bound to.
    package let id: String
    /// `https://study.example.org`, as a browser writes it.
    package let origin: String

    /// nil where the address is none that browsers make passkeys for: an address of numbers, or plain http elsewhere than on this machine.
    ///
    /// - Parameter address: of the app.
    package init?(address: String) {
        guard let scheme = ["https", "http"].first(where: { address.hasPrefix("\($0)://") }) else { return nil }
        let authority = address.dropFirst(scheme.count + 3).prefix { $0 != "/" }.lowercased()
        let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard !authority.contains("@"), !authority.hasPrefix("[") || authority.hasPrefix("[::1]") else { return nil }
        var host = authority.hasPrefix("[") ? "[::1]" : String(parts[0])
        let port = authority.dropFirst(host.count).drop { $0 == ":" }
        // Browsers take a machine's own name, and not its numbers.
        if ["127.0.0.1", "[::1]"].contains(host) { host = "localhost" }
        let isNumeric = host.split(separator: ".").last.map { $0.allSatisfy(\.isNumber) } ?? true
        guard !isNumeric, scheme == "https" || host == "localhost" || host.hasSuffix(".localhost") else { return nil }
        id = host
        let isUsual = port.isEmpty || port == (scheme == "https" ? "443" : "80")
        origin = "\(scheme)://\(host)\(isUsual ? "" : ":\(port)")"
    }

    /// A passkey as it was made.
    package struct Registration: Sendable {
        package let credentialID: [UInt8]
        package let key: [UInt8]
        package let signCount: UInt32
        package let isBackedUp: Bool
        package let model: [UInt8]
    }

    /// Checks what came when a passkey was made (WebAuthn, 7.1): without attestation, or signed by the passkey itself.
    package func register(
        clientData: [UInt8], attestationObject: [UInt8], challenge: [UInt8]
    ) throws(WebAuthnFailure) -> Registration {
        try ClientData(clientData).check("webauthn.create", challenge: challenge, by: origin)
        let object = try CBORReader.value(of: attestationObject)
        guard let form = object["fmt"]?.asText, let bytes = object["authData"]?.asBytes,
            case .map(let statement) = object["attStmt"]
        else { throw .malformed("the attestation is not whole") }
        let data = try AuthenticatorData(bytes)
        try check(data)
        guard let attested = data.attested else { throw .malformed("there is no passkey in it") }
        switch form {
        case "none":
            guard statement.isEmpty else { throw .malformed("an attestation of none says something") }
        case "packed":
            // Who made the authenticator is nobody's business here.
            guard statement["x5c"] == nil, statement["ecdaaKeyId"] == nil,
                statement["alg"]?.asInteger == attested.key.algorithm.rawValue,
                let signature = statement["sig"]?.asBytes
            else { throw .untrusted("the attestation is not the passkey's own") }
            try attested.key.verify(signature, of: bytes + SHA256.hash(clientData))
        default: throw .untrusted("the attestation is of a kind that was not asked for")
        }
        return Registration(
            credentialID: attested.credentialID, key: attested.keyBytes, signCount: data.signCount, isBackedUp: data.isBackedUp,
            model: attested.model)
    }

    /// Checks what came when a passkey was used (WebAuthn, 7.2).
    ///
    /// - Parameters:
    ///   - key: as `register` gave it.
    ///   - signCount: the last that was seen. One that does not go on tells that there is a copy.
    package func verify(
        clientData: [UInt8], authenticatorData: [UInt8], signature: [UInt8], challenge: [UInt8], key: [UInt8], signCount: UInt32
    ) throws(WebAuthnFailure) -> AuthenticatorData {
        try ClientData(clientData).check("webauthn.get", challenge: challenge, by: origin)
        let data = try AuthenticatorData(authenticatorData)
        try check(data)
        try CredentialKey(try CBORReader.value(of: key)).verify(signature, of: authenticatorData + SHA256.hash(clientData))
        guard (data.signCount == 0 && signCount == 0) || data.signCount > signCount else {
            throw .untrusted("the passkey was copied: it counts \(data.signCount) after \(signCount)")
        }
        return data
    }

    private func check(_ data: AuthenticatorData) throws(WebAuthnFailure) {
        guard data.partyDigest == Array(SHA256.hash(id)) else { throw .untrusted("the passkey is another site's") }
        guard data.isPresent, data.isVerified else { throw .untrusted("the device did not make sure who is before it") }
    }
}
