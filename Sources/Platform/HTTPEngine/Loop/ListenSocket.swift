import CLinux
import Glibc

/// Makes listening sockets.
enum ListenSocket {
    /// `count` listeners on one address and port, among which the system spreads new connections.
    ///
    /// The first binds alone and only then opens the port to the others: a second server on the same port is refused instead of
    /// taking half of the connections.
    static func open(host: String, port: Int, count: Int) throws(ListenFailure) -> (descriptors: [Int32], port: Int) {
        guard (0...65_535).contains(port) else { throw ListenFailure("\(port) is not a port.") }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(host, String(port), &hints, &found)
        guard result == 0, let found else {
            throw ListenFailure("\(host) is not an address to listen on: \(String(cString: gai_strerror(result))).")
        }
        defer { freeaddrinfo(found) }

        var descriptors: [Int32] = []
        do throws(ListenFailure) {
            let first = try bound(found.pointee, at: "\(host):\(port)", shared: false)
            descriptors.append(first)
            let actual = boundPort(first)
            for _ in 1..<max(1, count) {
                setPort(found.pointee, actual)
                descriptors.append(try bound(found.pointee, at: "\(host):\(actual)", shared: true))
            }
            for descriptor in descriptors {
                guard listen(descriptor, 4096) == 0 else { throw ListenFailure("Cannot listen on \(host):\(actual).", code: errno) }
            }
            return (descriptors, actual)
        } catch {
            for descriptor in descriptors { close(descriptor) }
            throw error
        }
    }

    private static func bound(_ address: addrinfo, at place: String, shared: Bool) throws(ListenFailure) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.ai_family, kind, 0)
        guard descriptor >= 0 else { throw ListenFailure("Cannot open a socket for \(place).", code: errno) }
        set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if shared { set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
        if address.ai_family == AF_INET6 { set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
        guard bind(descriptor, address.ai_addr, address.ai_addrlen) == 0 else {
            let code = errno
            close(descriptor)
            throw ListenFailure(
                code == EADDRINUSE ? "\(place) is in use by another program." : "Cannot listen on \(place).", code: code)
        }
        if !shared { set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
        return descriptor
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    // The port stands at the same place, bytes 2 and 3, in both families' addresses.
    private static func boundPort(_ descriptor: Int32) -> Int {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &storage) { bytes in
            guard let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                getsockname(descriptor, address, &length) == 0
            else { return 0 }
            return Int(bytes[2]) << 8 | Int(bytes[3])
        }
    }

    private static func setPort(_ address: addrinfo, _ port: Int) {
        let bytes = UnsafeMutableRawPointer(address.ai_addr)
        bytes?.storeBytes(of: UInt8(port >> 8), toByteOffset: 2, as: UInt8.self)
        bytes?.storeBytes(of: UInt8(port & 0xFF), toByteOffset: 3, as: UInt8.self)
    }
}
