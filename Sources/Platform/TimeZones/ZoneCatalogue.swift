import FoundationEssentials
import Synchronization

/// The time zones that the machine knows, each read once.
package final class ZoneCatalogue: Sendable {
    package static let system = ZoneCatalogue(folder: "/usr/share/zoneinfo")

    private let folder: String
    private let known = Mutex<[String: ZoneRules]>(["UTC": .utc])

    package init(folder: String) { self.folder = folder }

    /// The rules of `Europe/Berlin`; nil where there is no such zone. A file of two kilobytes is read when it is asked for first.
    package func zone(_ name: String) -> ZoneRules? {
        if let zone = known.withLock({ $0[name] }) { return zone }
        guard Self.isName(name), let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(name)")), data.count < 100_000,
            let zone = ZoneRules(name: name, tzif: Array(data))
        else { return nil }
        known.withLock { $0[name] = zone }
        return zone
    }

    /// The zone of this machine: that of the variable `TZ`, or the one that `/etc/localtime` points to; UTC where neither names one.
    package var local: ZoneRules {
        if let name = ProcessInfo.processInfo.environment["TZ"] {
            return zone(name.hasPrefix(":") ? String(name.dropFirst()) : name) ?? .utc
        }
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/etc/localtime")
        return target?.firstRange(of: "/zoneinfo/").flatMap { zone(String(target?[$0.upperBound...] ?? "")) } ?? .utc
    }

    /// Letters, digits and few signs, in at most three parts, so that nothing but a zone is read.
    private static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return name.utf8.count <= 64 && (1...3).contains(parts.count)
            && parts.allSatisfy { part in
                guard let first = part.first, (65...90).contains(first) || (97...122).contains(first) else { return false }
                return part.allSatisfy {
                    (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "_-+".utf8.contains($0)
                }
            }
    }
}
