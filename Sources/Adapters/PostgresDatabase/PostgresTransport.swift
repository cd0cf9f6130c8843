import CPostgreSQL
import Glibc

/// How the way to the server is guarded: by what the connection string says, or the environment, or a rule where neither says anything.
///
/// libpq by itself takes plain text from a server that offers no TLS, and so from whoever sits on the line and says so. To another machine
/// TLS is therefore demanded unless somebody says otherwise (`sslmode=disable`).
package struct PostgresTransport: Sendable {
    package enum Guarding: Sendable, Equatable {
        /// A socket of this machine, or its loopback.
        case local
        /// Or whatever the server offers.
        case plain
        /// Nobody checks whose certificate it is, or only who signed it.
        case encrypted
        case verified
        /// A service file says it.
        case elsewhere
    }

    package let guarding: Guarding
    /// The `sslmode` that libpq is told; nil where it knows by itself.
    let mode: String?

    /// - Parameter environment: the process's variables.
    package init(url: String, environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }) {
        let said = Self.options(of: url)
        func value(_ keyword: String, _ variable: String) -> String? {
            (said[keyword] ?? environment(variable)).flatMap { $0.isEmpty ? nil : $0 }
        }
        let isLocal = Self.isLocal(
            hosts: value("hostaddr", "PGHOSTADDR") ?? value("host", "PGHOST") ?? "")
        if let sslmode = value("sslmode", "PGSSLMODE") {
            mode = said["sslmode"] == nil ? sslmode : nil
            guarding = isLocal ? .local : Self.guarding(of: sslmode)
        } else if value("service", "PGSERVICE") != nil {
            (mode, guarding) = (nil, .elsewhere)
        } else {
            (mode, guarding) = isLocal ? (nil, .local) : ("require", .encrypted)
        }
    }

    private static func guarding(of sslmode: String) -> Guarding {
        switch sslmode {
        case "verify-full": .verified
        case "require", "verify-ca": .encrypted
        default: .plain
        }
    }

    /// Several may be named, of which each may be asked. None is libpq's socket.
    private static func isLocal(hosts: String) -> Bool {
        hosts.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { host in
            host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || host.lowercased() == "localhost"
                || isLoopback(String(host))
        }
    }

    private static func isLoopback(_ address: String) -> Bool {
        var (four, six) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, address, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
        guard inet_pton(AF_INET6, address, &six) == 1 else { return false }
        return withUnsafeBytes(of: six) { Array($0) } == [UInt8](repeating: 0, count: 15) + [1]
    }

    /// What libpq reads in a connection string, by keyword; nothing in one that it cannot read.
    private static func options(of url: String) -> [String: String] {
        guard let options = PQconninfoParse(url, nil) else { return [:] }
        defer { PQconninfoFree(options) }
        var found: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { found[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return found
    }
}
