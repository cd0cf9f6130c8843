import Synchronization

/// Token buckets in the memory of the process: each process counts for itself. Memory is bounded.
package final class MemoryRateLimits: RateLimitStore {
    private struct Bucket {
        var tokens: Double
        var updated: Duration
        /// What it was taken from last, by which it fills.
        var allowance: RateLimits.Allowance

        /// Fills it up to now.
        mutating func fill(_ now: Duration) {
            tokens = min(Double(allowance.burst), tokens + max(0, (now - updated).seconds) * allowance.perSecond)
            updated = now
        }
    }

    /// A part of the buckets under its own lock, so loops seldom meet.
    private final class Shard: Sendable {
        let buckets = Mutex<[RateLimitKey: Bucket]>([:])
    }

    private let shards: [Shard]
    private let shardCapacity: Int
    private let uptime: @Sendable () -> Duration

    /// - Parameters:
    ///   - capacity: callers remembered at once; beyond it those who waited longest are forgotten.
    ///   - uptime: time since some fixed moment.
    package init(capacity: Int = 100_000, shards: Int = 16, uptime: @escaping @Sendable () -> Duration) {
        self.shards = (0..<shards).map { _ in Shard() }
        shardCapacity = max(1, capacity / shards)
        self.uptime = uptime
    }

    package func take(_ key: RateLimitKey, of allowance: RateLimits.Allowance) async -> RateLimitOutcome {
        let now = uptime()
        return shard(of: key).buckets.withLock { buckets in
            let known = buckets[key]
            if known == nil, buckets.count >= shardCapacity { makeRoom(&buckets, now) }
            var bucket = known ?? Bucket(tokens: Double(allowance.burst), updated: now, allowance: allowance)
            bucket.allowance = allowance
            bucket.fill(now)
            let wait: Duration? = bucket.tokens >= 1 ? nil : .seconds((1 - bucket.tokens) / allowance.perSecond)
            if wait == nil { bucket.tokens -= 1 }
            buckets[key] = bucket
            return RateLimitOutcome(
                remaining: Int(bucket.tokens), reset: .seconds((Double(allowance.burst) - bucket.tokens) / allowance.perSecond),
                wait: wait)
        }
    }

    package func giveBack(_ key: RateLimitKey, of allowance: RateLimits.Allowance) async {
        shard(of: key).buckets.withLock { buckets in
            guard var bucket = buckets[key] else { return }
            bucket.tokens = min(Double(allowance.burst), bucket.tokens + 1)
            buckets[key] = bucket
        }
    }

    /// Callers remembered now.
    var count: Int { shards.reduce(0) { $0 + $1.buckets.withLock { $0.count } } }

    private func shard(of key: RateLimitKey) -> Shard { shards[Int(UInt(bitPattern: key.hashValue) % UInt(shards.count))] }

    /// Drops buckets that have filled up again, which say nothing; if there are none, those not used for longest.
    private func makeRoom(_ buckets: inout [RateLimitKey: Bucket], _ now: Duration) {
        buckets = buckets.filter { _, bucket in
            var bucket = bucket
            bucket.fill(now)
            return bucket.tokens < Double(bucket.allowance.burst)
        }
        guard buckets.count >= shardCapacity else { return }
        for (key, _) in buckets.sorted(by: { $0.value.updated < $1.value.updated }).prefix(max(1, shardCapacity / 8)) {
            buckets[key] = nil
        }
    }
}
