package import Ambient
import Glibc

/// Whose calls are counted together, in which class.
package struct RateLimitKey: Sendable, Hashable {
    package enum Subject: Sendable, Hashable {
        case user(UserID)
        /// One machine has a whole IPv6 network of 64 bits to call from.
        case network(UInt64)
        case address(String)
        /// What the request is about, such as an account, from one address: `name` tells nobody which it is.
        indirect case part(of: Subject, name: String)
    }

    package let limit: RateLimitClass
    package let subject: Subject

    package init(_ limit: RateLimitClass, _ subject: Subject) { (self.limit, self.subject) = (limit, subject) }

    /// A user if there is one, else the address.
    init(_ limit: RateLimitClass, _ principal: Principal?, _ address: String) {
        self.init(limit, principal.map { .user($0.userID) } ?? Subject(address: address))
    }

    /// As a store outside the process names it.
    package var text: String { "\(limit.name):\(subject.text)" }
}

extension RateLimitKey.Subject {
    package init(address: String) {
        var parsed = in6_addr()
        guard address.utf8.contains(UInt8(ascii: ":")), inet_pton(AF_INET6, address, &parsed) == 1 else {
            self = .address(address)
            return
        }
        self = withUnsafeBytes(of: parsed) { bytes in
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            return isMapped ? .address(address) : .network(UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
        }
    }

    fileprivate var text: String {
        switch self {
        case .user(let id): "user/\(id)"
        case .network(let prefix): "network/\(String(prefix, radix: 16))"
        case .address(let address): "address/\(address)"
        case .part(let whole, let name): "\(whole.text)/\(name)"
        }
    }
}
