package import HTTPServing
package import Jobs
package import Lifecycle

/// What a feature brings to a process once it is made.
package struct FeatureParts: Sendable {
    /// Below `/api/v1`, in a process that serves the feature.
    package var routes: [any RouteCollection]
    /// At the root of the server, in a process that serves the feature: where a standard says the address.
    package var rootRoutes: [any RouteCollection]
    /// What runs its jobs, those of its periodic work and of its reactions among them.
    package var handlers: [JobHandler]
    /// Work that is done again and again at times that a setting says; what has its time by itself stands in the manifest.
    package var periodic: [PeriodicJob]
    /// What runs beside the server, in a process that serves the feature.
    package var services: [any Service]
    /// What runs in every process that makes the feature, also where it only serves others.
    package var everywhere: [any Service]
    /// What runs in the one process that works on the jobs of an embedded database, and in each that works on those of a server.
    package var besideJobs: [any Service]
    /// What the feature needs, for `/ready`.
    package var checks: [ReadinessCheck]
    /// What the tutor and the companion may call.
    package var tools: [AssistantTool]
    /// Awaited in every process that makes the feature, before the first request and the first job.
    package var beforeServing: (@Sendable () async throws -> Void)?
    /// Awaited in a process that works on jobs before the first is claimed: puts in line what an earlier run left.
    package var beforeJobs: (@Sendable () async throws -> Void)?
    /// Called before anything runs where other processes may work on the same database.
    package var whenShared: (@Sendable () -> Void)?

    package init(
        routes: [any RouteCollection] = [], rootRoutes: [any RouteCollection] = [], handlers: [JobHandler] = [],
        periodic: [PeriodicJob] = [], services: [any Service] = [], everywhere: [any Service] = [], besideJobs: [any Service] = [],
        checks: [ReadinessCheck] = [], tools: [AssistantTool] = [],
        beforeServing: (@Sendable () async throws -> Void)? = nil, beforeJobs: (@Sendable () async throws -> Void)? = nil,
        whenShared: (@Sendable () -> Void)? = nil
    ) {
        self.routes = routes
        self.rootRoutes = rootRoutes
        self.handlers = handlers
        self.periodic = periodic
        self.services = services
        self.everywhere = everywhere
        self.besideJobs = besideJobs
        self.checks = checks
        self.tools = tools
        self.beforeServing = beforeServing
        self.beforeJobs = beforeJobs
        self.whenShared = whenShared
    }
}
