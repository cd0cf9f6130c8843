import Ambient
import Glibc
import Synchronization

/// Token buckets per caller and class: a user if there is one, else the address (of IPv6 the network of 64 bits). Memory is bounded.
final class RateLimiter: Sendable {
    private struct Key: Hashable {
        let limit: RateLimitClass
        let subject: Subject
    }

    private enum Subject: Hashable {
        case user(UserID)
        case network(UInt64)
        case address(String)
    }

    private struct Bucket {
        var tokens: Double
        var updated: Duration
    }

    /// A part of the buckets under its own lock, so loops seldom meet.
    private final class Shard: Sendable {
        let buckets = Mutex<[Key: Bucket]>([:])
    }

    private let limits: RateLimits
    private let shards: [Shard]
    private let shardCapacity: Int

    init(_ limits: RateLimits, shards: Int = 16) {
        self.limits = limits
        self.shards = (0..<shards).map { _ in Shard() }
        shardCapacity = max(1, limits.capacity / shards)
    }

    /// Takes one call from the caller's allowance. nil if it may pass, else how long until the next may.
    func take(_ limit: RateLimitClass, _ principal: Principal?, _ address: String, at now: Duration) -> Duration? {
        guard let allowance = limits.allowances[limit] else { return nil }
        let key = Self.key(limit, principal, address)
        let shard = shard(of: key)
        let perSecond = Double(allowance.perMinute) / 60
        return shard.buckets.withLock { buckets in
            var bucket = buckets[key] ?? Bucket(tokens: Double(allowance.burst), updated: now)
            bucket.tokens = min(Double(allowance.burst), bucket.tokens + max(0, (now - bucket.updated).seconds) * perSecond)
            bucket.updated = now
            let wait: Duration? = bucket.tokens >= 1 ? nil : .seconds((1 - bucket.tokens) / perSecond)
            if wait == nil { bucket.tokens -= 1 }
            if buckets.count >= shardCapacity, buckets[key] == nil { makeRoom(&buckets, now) }
            buckets[key] = bucket
            return wait
        }
    }

    /// Gives back a call that was taken, where only failures count.
    func giveBack(_ limit: RateLimitClass, _ principal: Principal?, _ address: String) {
        guard let allowance = limits.allowances[limit], allowance.countsFailures else { return }
        let key = Self.key(limit, principal, address)
        shard(of: key).buckets.withLock { buckets in
            guard var bucket = buckets[key] else { return }
            bucket.tokens = min(Double(allowance.burst), bucket.tokens + 1)
            buckets[key] = bucket
        }
    }

    private static func key(_ limit: RateLimitClass, _ principal: Principal?, _ address: String) -> Key {
        Key(limit: limit, subject: principal.map { .user($0.userID) } ?? subject(of: address))
    }

    private func shard(of key: Key) -> Shard { shards[Int(UInt(bitPattern: key.hashValue) % UInt(shards.count))] }

    /// Callers remembered now.
    var count: Int { shards.reduce(0) { $0 + $1.buckets.withLock { $0.count } } }

    /// Drops buckets that have filled up again, which say nothing; if there are none, those not used for longest.
    private func makeRoom(_ buckets: inout [Key: Bucket], _ now: Duration) {
        buckets = buckets.filter { key, bucket in
            guard let allowance = limits.allowances[key.limit] else { return false }
            let filled = bucket.tokens + (now - bucket.updated).seconds * Double(allowance.perMinute) / 60
            return filled < Double(allowance.burst)
        }
        guard buckets.count >= shardCapacity else { return }
        for (key, _) in buckets.sorted(by: { $0.value.updated < $1.value.updated }).prefix(max(1, shardCapacity / 8)) {
            buckets[key] = nil
        }
    }

    /// One machine has a whole IPv6 network of 64 bits to call from.
    private static func subject(of address: String) -> Subject {
        guard address.utf8.contains(UInt8(ascii: ":")) else { return .address(address) }
        var parsed = in6_addr()
        guard inet_pton(AF_INET6, address, &parsed) == 1 else { return .address(address) }
        return withUnsafeBytes(of: parsed) { bytes in
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            return isMapped ? .address(address) : .network(UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
        }
    }
}
