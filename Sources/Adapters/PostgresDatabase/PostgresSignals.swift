import FoundationEssentials
import Signals

/// Signals as notifications of one channel: who sends, then each signal as its topic, its length in bytes and its text. What fits into
/// one notification travels together.
struct PostgresSignals: Sendable {
    static let channel = "lm_signals"
    /// Less than the server's 8,000 bytes.
    private static let capacity = 7900

    /// Tells this process' signals from those of others.
    private let origin = UUID().uuidString

    /// Notifications that hold the signals, in order.
    func payloads(of signals: [Signal]) -> [String] {
        var payloads: [String] = []
        for signal in signals {
            let part = "\(signal.topic.name) \(signal.text.utf8.count) \(signal.text)"
            if let last = payloads.last, last.utf8.count + part.utf8.count <= Self.capacity {
                payloads[payloads.count - 1] += part
            } else {
                payloads.append("\(origin) \(part)")
            }
        }
        return payloads
    }

    /// The signals of a notification; none if it is our own or not of this form.
    func signals(in payload: String) -> [Signal] {
        var rest = Array(payload.utf8)[...]
        func word() -> String? {
            guard let space = rest.firstIndex(of: UInt8(ascii: " ")) else { return nil }
            defer { rest = rest[(space + 1)...] }
            return String(decoding: rest[..<space], as: UTF8.self)
        }
        guard let sender = word(), sender != origin else { return [] }
        var signals: [Signal] = []
        while !rest.isEmpty {
            guard let topic = word(), let length = word().flatMap({ Int($0) }), length >= 0, length <= rest.count else { return [] }
            signals.append(Signal(SignalTopic(topic), String(decoding: rest.prefix(length), as: UTF8.self)))
            rest = rest.dropFirst(length)
        }
        return signals
    }
}
