import Ambient
import Failures
import HTTPMessages
package import HTTPServing
import Recollection

/// Memory over HTTP.
package struct MemoryRoutes: RouteCollection {
    private let service: MemoryService

    package init(service: MemoryService) { self.service = service }

    package var routes: [Route] { [list, make, export, settings, set, forgetAll, show, change, forget] }

    private static let tag = "Memory"

    private var list: Route {
        Route.get(
            "/memories", "List what is remembered of you", tag: Self.tag, query: MemoryQuery.self, returns: Page<MemoryView>.self
        ) { call, query in
            let found = try await service.list(
                kind: query.kind, text: query.q, ids: query.chosen, user: try call.user(), offset: query.paging.offset,
                limit: query.paging.limit)
            return Page(data: found.list.map(MemoryView.init), for: query.paging, total: found.total)
        }
        .described("The pinned and the latest first; with `q` those that it finds, the best first.")
    }

    private var make: Route {
        Route.post(
            "/memories", "Write down what is to be remembered", tag: Self.tag, body: NewMemory.self, returns: MemoryView.self,
            status: 201,
            failures: [.validationFailed, .conflict]
        ) { call, body in
            let made = try await service.make(body.kind, body.text, user: try call.user())
            call.addHeader("Location", "/api/v1/memories/\(made.memory.id)")
            return MemoryView(made)
        }
    }

    private var export: Route {
        Route.get("/memories/export", "Export what is remembered of you", tag: Self.tag, returns: MemoryExport.self) { call in
            let user = try call.user()
            let all = try await service.list(kind: nil, text: nil, ids: nil, user: user, offset: 0, limit: .max).list
            return MemoryExport(isOn: try await service.isOn(for: user), memories: all.map(MemoryView.init))
        }
    }

    private var settings: Route {
        Route.get("/memories/settings", "Tell whether memory is on", tag: Self.tag, returns: MemorySettings.self) { call in
            MemorySettings(isOn: try await service.isOn(for: try call.user()))
        }
    }

    private var set: Route {
        Route.put(
            "/memories/settings", "Turn memory on or off", tag: Self.tag, body: MemorySettings.self, returns: MemorySettings.self
        ) { call, body in
            try await service.set(isOn: body.isOn, for: try call.user())
            return body
        }
        .described("What is remembered stays until it is forgotten. A conversation can be left out alone: `remembers` of it.")
    }

    private var forgetAll: Route {
        Route.delete("/memories", "Forget everything", tag: Self.tag) { call in
            try await service.forgetAll(of: try call.user())
        }
    }

    private var show: Route {
        Route.get("/memories/:id", "Show a memory", tag: Self.tag, returns: MemoryView.self, failures: [.notFound]) { call in
            MemoryView(try await service.memory(try call.parameter("id"), user: try call.user()))
        }
    }

    private var change: Route {
        Route.patch(
            "/memories/:id", "Edit or pin a memory", tag: Self.tag, body: MemoryChange.self, returns: MemoryView.self,
            failures: [.notFound, .conflict]
        ) { call, body in
            let change = MemoryService.Change(kind: body.kind, text: body.text, isPinned: body.isPinned)
            return MemoryView(try await service.change(try call.parameter("id"), change, user: try call.user()))
        }
    }

    private var forget: Route {
        Route.delete("/memories/:id", "Forget a memory", tag: Self.tag, failures: [.notFound]) { call in
            try await service.forget(try call.parameter("id"), user: try call.user())
        }
        .described("With what it took the place of: nothing of it is left.")
    }
}
