/// Why a WebSocket closes (RFC 6455, section 7.4).
package struct WebSocketCloseCode: RawRepresentable, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let normal = Self(rawValue: 1000)
    /// The server stops, or the page is left.
    package static let goingAway = Self(rawValue: 1001)
    package static let protocolError = Self(rawValue: 1002)
    package static let unsupportedData = Self(rawValue: 1003)
    /// Text that is not UTF-8.
    package static let invalidData = Self(rawValue: 1007)
    package static let policyViolation = Self(rawValue: 1008)
    package static let tooLarge = Self(rawValue: 1009)
    package static let internalError = Self(rawValue: 1011)

    /// Whether it may stand in a close frame: 1005, 1006 and 1015 only ever stand for what was seen, and what lies between the defined
    /// ones and 3000 belongs to later versions.
    package var mayBeSent: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
