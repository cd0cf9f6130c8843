import Ambient
package import Database
package import Events
package import Jobs
package import Settings

/// The manifests of all features, checked against each other and folded: what the program needs to know before it makes anything.
package struct FeatureCatalogue: Sendable {
    /// In the order in which their tables refer to each other.
    package let manifests: [FeatureManifest]

    /// - Throws: `AssemblyFailure` that names the feature and what is wrong with it.
    package init(_ manifests: [FeatureManifest]) throws(AssemblyFailure) {
        self.manifests = try Self.ordered(manifests)
        try check()
    }

    package var migrations: [Migration] { manifests.flatMap(\.migrations) }
    package var settings: [any AnySetting] { manifests.flatMap(\.settings) }
    package var events: [EventKind] { manifests.flatMap(\.events) }
    package var periodic: [PeriodicJob] { manifests.flatMap(\.periodic) }
    package var measures: [FeatureMeasure] { manifests.flatMap(\.measures) }
    package var programs: Set<String> { manifests.reduce(into: []) { $0.formUnion($1.programs) } }
    package var portability: [(feature: String, AccountPortability)] {
        manifests.compactMap { manifest in manifest.portability.map { (manifest.name, $0) } }
    }

    /// The services that some feature belongs to, in the catalogue's order.
    package var services: [ServiceName] {
        ServiceName.catalogue.filter { service in manifests.contains { $0.service == service } }
    }

    /// How many jobs of each queue run side by side.
    package func queues(in source: SettingsSource) throws(SettingsFailure) -> [String: Int] {
        var widths: [String: Int] = [:]
        for queue in manifests.flatMap(\.queues) { widths[queue.name] = try queue.width(in: source) }
        return widths
    }

    /// Enqueues the jobs that react to an event. For `EventOutbox`.
    package func reacting(through jobs: JobQueue) -> EventOutbox.Companion {
        let reactions = Dictionary(grouping: manifests.flatMap(\.reactions), by: \.event)
        return { event, transaction in
            for reaction in reactions[event.type] ?? [] {
                try await jobs.enqueue(
                    reaction.kind, event, user: event.userID, uniqueKey: event.id.description, in: transaction)
            }
        }
    }

    /// The kinds of events that stand in the audit log.
    package var securityEvents: Set<String> { Set(events.filter(\.isSecurity).map(\.name)) }

    /// Throws if a handler's queue is nobody's: its jobs would wait for ever.
    package func check(_ handlers: [JobHandler]) throws(AssemblyFailure) {
        let queues = Set(manifests.flatMap(\.queues).map(\.name))
        for handler in handlers where !queues.contains(handler.queue) {
            throw AssemblyFailure("The jobs \(handler.kind) are for the queue \(handler.queue), which no feature declares.")
        }
    }

    /// Each feature after those whose tables it refers to; else in the order given.
    private static func ordered(_ manifests: [FeatureManifest]) throws(AssemblyFailure) -> [FeatureManifest] {
        var open = manifests
        var done: [FeatureManifest] = []
        while !open.isEmpty {
            let next = open.firstIndex { $0.after.allSatisfy { name in done.contains { $0.name == name } } }
            guard let next else {
                let names = open.map { "\($0.name) after \($0.after.joined(separator: ", "))" }.joined(separator: "; ")
                throw AssemblyFailure("These features wait for each other, or for one that is not there: \(names).")
            }
            done.append(open.remove(at: next))
        }
        return done
    }

    private func check() throws(AssemblyFailure) {
        try Self.once(manifests.map(\.name), "feature")
        try Self.once(settings.map(\.name), "setting")
        try Self.once(events.map(\.name), "event")
        try Self.once(manifests.flatMap(\.queues).map(\.name), "queue")
        try Self.once(periodic.map(\.kind.name) + manifests.flatMap(\.reactions).map(\.kind.name), "kind of job")
        for event in events where event.isSecurity && !event.isStored {
            throw AssemblyFailure("\(event.name) is of security, and not stored.")
        }
        let queues = Set(manifests.flatMap(\.queues).map(\.name))
        let stored = Set(events.filter(\.isStored).map(\.name))
        for manifest in manifests {
            for migration in manifest.migrations where migration.feature != manifest.name {
                throw AssemblyFailure("A migration of \(manifest.name) says that it is of \(migration.feature).")
            }
            for job in manifest.periodic where !queues.contains(job.kind.queue) {
                throw AssemblyFailure("\(job.kind.name) is for the queue \(job.kind.queue), which no feature declares.")
            }
            for reaction in manifest.reactions {
                guard stored.contains(reaction.event) else {
                    throw AssemblyFailure("\(manifest.name) reacts to \(reaction.event), which no feature stores.")
                }
                guard queues.contains(reaction.kind.queue) else {
                    throw AssemblyFailure(
                        "\(reaction.kind.name) is for the queue \(reaction.kind.queue), which no feature declares.")
                }
            }
        }
    }

    private static func once(_ names: [String], _ what: String) throws(AssemblyFailure) {
        let twice = Dictionary(grouping: names, by: \.self).filter { $0.value.count > 1 }.keys.sorted()
        if let name = twice.first { throw AssemblyFailure("The \(what) \(name) is declared twice.") }
    }
}
