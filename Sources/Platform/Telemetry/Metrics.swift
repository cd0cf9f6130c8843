import Synchronization

/// Counters, gauges and histograms, rendered in the Prometheus text format (version 0.0.4).
///
/// A series is a name and its labels. Names and label names are constants of ours; label values are escaped, and must come from a
/// closed set (a route's pattern, never a path): each distinct value is a series kept for the life of the process.
package final class Metrics: Sendable {
    package typealias Labels = [(String, String)]

    private enum Value {
        case counter(Double)
        case gauge(Double)
        case histogram(counts: [UInt64], sum: Double, bounds: [Double])
    }

    private struct Family {
        var help: String
        var type: String
        var series: [String: Value] = [:]
    }

    /// Seconds; fits requests from 1 ms to 10 s.
    package static let latencyBounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let families = Mutex<[String: Family]>([:])
    private let collectors = Mutex<[@Sendable (Metrics) -> Void]>([])

    package init() {}

    package func increment(_ name: String, _ labels: Labels = [], by amount: Double = 1, help: String = "") {
        update(name, labels, type: "counter", help: help) { value in
            if case .counter(let old) = value { value = .counter(old + amount) } else { value = .counter(amount) }
        }
    }

    /// A counter whose total is known elsewhere, and never falls.
    package func count(_ name: String, _ labels: Labels = [], is total: Double, help: String = "") {
        update(name, labels, type: "counter", help: help) { $0 = .counter(total) }
    }

    package func set(_ name: String, _ labels: Labels = [], to amount: Double, help: String = "") {
        update(name, labels, type: "gauge", help: help) { $0 = .gauge(amount) }
    }

    package func observe(
        _ name: String, _ labels: Labels = [], _ amount: Double, bounds: [Double] = latencyBounds, help: String = ""
    ) {
        update(name, labels, type: "histogram", help: help) { value in
            var (counts, sum) = ([UInt64](repeating: 0, count: bounds.count + 1), 0.0)
            if case .histogram(let old, let total, _) = value { (counts, sum) = (old, total) }
            counts[bounds.firstIndex { amount <= $0 } ?? bounds.count] += 1
            value = .histogram(counts: counts, sum: sum + amount, bounds: bounds)
        }
    }

    /// Adds what was counted elsewhere to a histogram.
    ///
    /// - Parameter counts: one more than `bounds`; the last is of what is beyond them all.
    package func merge(
        _ name: String, _ labels: Labels = [], counts more: [UInt64], sum: Double, bounds: [Double] = latencyBounds,
        help: String = ""
    ) {
        precondition(more.count == bounds.count + 1, "a histogram has one count more than bounds")
        update(name, labels, type: "histogram", help: help) { value in
            if case .histogram(let old, let total, _) = value {
                value = .histogram(counts: zip(old, more).map { $0 + $1 }, sum: total + sum, bounds: bounds)
            } else {
                value = .histogram(counts: more, sum: sum, bounds: bounds)
            }
        }
    }

    /// `collect` runs before each rendering, for values that are read rather than counted.
    package func onCollect(_ collect: @escaping @Sendable (Metrics) -> Void) { collectors.withLock { $0.append(collect) } }

    package func rendered() -> String {
        for collect in collectors.withLock({ $0 }) { collect(self) }
        return families.withLock { families in
            var text = ""
            for (name, family) in families.sorted(by: { $0.key < $1.key }) {
                if !family.help.isEmpty { text += "# HELP \(name) \(family.help)\n" }
                text += "# TYPE \(name) \(family.type)\n"
                for (labels, value) in family.series.sorted(by: { $0.key < $1.key }) {
                    switch value {
                    case .counter(let amount), .gauge(let amount):
                        text += "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(amount)\n"
                    case .histogram(let counts, let sum, let bounds):
                        let joint = labels.isEmpty ? "" : labels + ","
                        var running: UInt64 = 0
                        for (count, bound) in zip(counts, bounds) {
                            running += count
                            text += "\(name)_bucket{\(joint)le=\"\(bound)\"} \(running)\n"
                        }
                        running += counts.last ?? 0
                        text += "\(name)_bucket{\(joint)le=\"+Inf\"} \(running)\n"
                        text += "\(name)_sum\(labels.isEmpty ? "" : "{\(labels)}") \(sum)\n"
                        text += "\(name)_count\(labels.isEmpty ? "" : "{\(labels)}") \(running)\n"
                    }
                }
            }
            return text
        }
    }

    private func update(_ name: String, _ labels: Labels, type: String, help: String, _ change: (inout Value) -> Void) {
        let key = labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
        families.withLock { families in
            var value = families[name]?.series[key] ?? .counter(0)
            change(&value)
            families[name, default: Family(help: help, type: type)].series[key] = value
        }
    }

    private func escaped(_ value: String) -> String {
        guard value.contains(where: { $0 == "\"" || $0 == "\\" || $0 == "\n" }) else { return value }
        return value.reduce(into: "") { out, character in
            switch character {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            default: out.append(character)
            }
        }
    }
}
