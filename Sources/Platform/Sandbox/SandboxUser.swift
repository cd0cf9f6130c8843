import FoundationEssentials
import Glibc
import Synchronization

/// The user that a sandboxed program is, seen from outside of its sandbox (inside it is always 65534).
///
/// The kernel holds nobody to RLIMIT_NPROC who is user 0 of the machine (`copy_process` in kernel/fork.c), in a user namespace neither.
/// So root runs its sandboxes as somebody else. Since Linux 5.14 the limit counts a user's processes in each user namespace for itself,
/// so that sandboxes do not take processes from each other, nor from the user who runs the server.
package enum SandboxUser: Sendable, Equatable {
    /// The one that this process is.
    case same
    /// For each run a number that nobody else has, so that no other process on the machine may touch it.
    case dedicated
    /// 65534, where a container has no such high numbers.
    case nobody

    /// What this process can do and should.
    package static let here = choose(
        effectiveUser: geteuid(), userMap: text("/proc/self/uid_map"), groupMap: text("/proc/self/gid_map"),
        status: text("/proc/self/status"))

    /// - Parameters:
    ///   - userMap: `/proc/self/uid_map`: lines of the first number here, the first number outside, and how many.
    ///   - status: `/proc/self/status`, for its `CapEff`.
    package static func choose(effectiveUser: UInt32, userMap: String, groupMap: String, status: String) -> SandboxUser {
        guard effectiveUser == 0, hasCapabilities(status) else { return .same }
        func has(_ range: ClosedRange<UInt64>) -> Bool { maps(userMap, range) && maps(groupMap, range) }
        if has(reserved) { return .dedicated }
        return has(65534...65534) ? .nobody : .same
    }

    /// The number for one more run, until it is given back; nil for `same`. It is the group's number too.
    func number() -> UInt32? {
        switch self {
        case .same: nil
        case .nobody: 65534
        case .dedicated:
            // 2^22 process numbers (the kernel's PID_MAX_LIMIT) of 64 runs each are just the reserved range.
            UInt32(Self.reserved.lowerBound) + UInt32(getpid()) << 6 + Self.place()
        }
    }

    /// Numbers that neither distributions nor systemd give to anybody: systemd.io/UIDS-GIDS.
    private static let reserved: ClosedRange<UInt64> = 1_879_048_192...2_147_483_647
    /// Which of this process's 64 numbers are a run's now, and the one to try next. Two runs of one number would count their threads
    /// together; and the kernel is done with a namespace a little after its last process, so a number rests before it is given again.
    private static let places = Mutex((taken: UInt64(0), next: 0))

    private static func place() -> UInt32 {
        places.withLock { places in
            // A pool runs eight at a time, so there is always a free one; a 65th would share.
            var place = places.next
            for _ in 0..<64 where places.taken & (1 << UInt64(place)) != 0 { place = (place + 1) & 63 }
            places.taken |= 1 << UInt64(place)
            places.next = (place + 1) & 63
            return UInt32(place)
        }
    }

    /// Gives a run's number back once nothing of the run is left.
    func giveBack(_ number: UInt32?) {
        guard self == .dedicated, let number else { return }
        Self.places.withLock { $0.taken &= ~(1 << UInt64(number & 63)) }
    }

    private static func maps(_ map: String, _ range: ClosedRange<UInt64>) -> Bool {
        map.split(separator: "\n").contains { line in
            let numbers = line.split(separator: " ").compactMap { UInt64($0) }
            guard numbers.count == 3 else { return false }
            return numbers[0] <= range.lowerBound && range.upperBound < numbers[0] + numbers[2]
        }
    }

    /// CAP_SETGID and CAP_SETUID to become another, CAP_KILL to end it.
    private static func hasCapabilities(_ status: String) -> Bool {
        let needed: UInt64 = 1 << 5 | 1 << 6 | 1 << 7
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("CapEff:") }),
            let effective = UInt64(line.dropFirst(7).drop { $0 == "\t" || $0 == " " }, radix: 16)
        else { return false }
        return effective & needed == needed
    }

    private static func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
}
