package import Ambient
package import Courses
package import Database
import FoundationEssentials
import Planning
import TimeZones

/// Brings calendars of other programs in, from a file or an address.
package struct ImportService: Sendable {
    private let database: any Database
    private let events: PlannerEvents
    private let file: CalendarFile
    private let address: CalendarUpload
    private let ambient: Ambient
    private let settings = PlannerSettingsStore()

    package init(
        database: any Database, events: PlannerEvents, file: CalendarFile, address: CalendarUpload, ambient: Ambient = .live
    ) {
        self.database = database
        self.events = events
        self.file = file
        self.address = address
        self.ambient = ambient
    }

    /// How a calendar is brought in.
    package struct Wishes: Sendable {
        package var course: CourseID?
        /// Only says what would come in.
        package var isPreview = false

        package init() {}
    }

    struct Brought: Sendable {
        var name: String?
        var outcome: CalendarMerge.Outcome
        var problems: [CalendarContent.Problem]
        /// nil where nothing was kept.
        var undo: PlannerUndoID?
    }

    /// - Parameter zone: of times that name none; nil for the student's own.
    func read<Parts: AsyncSequence>(
        _ parts: Parts, zone: ZoneRules?, user: UserID
    ) async throws -> CalendarContent where Parts.Element == [UInt8] {
        try await file.read(parts, zone: try await self.zone(zone, user: user), now: ambient.now())
    }

    func read(address text: String, zone: ZoneRules?, user: UserID) async throws -> CalendarContent {
        guard case .calendar(let body, _) = try await address.fetch(try CalendarUpload.url(text)) else {
            throw PlannerFailure.noCalendarFile
        }
        return try await CalendarUpload.told { try await read(body, zone: zone, user: user) }
    }

    func bring(_ content: CalendarContent, _ wishes: Wishes, user: UserID) async throws -> Brought {
        let merge = CalendarMerge(course: wishes.course, isPreview: wishes.isPreview, ambient: ambient)
        let undo: PlannerUndoID? = wishes.isPreview ? nil : ambient.newID()
        let outcome = try await database.transaction(as: .user(user)) { transaction in
            let outcome = try await merge.merge(content, user: user, in: transaction)
            guard let undo, !outcome.made.isEmpty || !outcome.stood.isEmpty else { return outcome }
            let now = ambient.now()
            try await UndoStore().keep(
                PlannerUndo(id: undo, kind: .calendar, made: outcome.made, stood: outcome.stood), of: user, now: now,
                oldest: now.addingTimeInterval(-UndoService.days * 86_400), in: transaction)
            try await events.appendCalendar(CalendarNews(outcome), user: user, in: transaction)
            return outcome
        }
        let isChange = !outcome.made.isEmpty || !outcome.stood.isEmpty
        return Brought(name: content.name, outcome: outcome, problems: content.problems, undo: isChange ? undo : nil)
    }

    private func zone(_ zone: ZoneRules?, user: UserID) async throws -> ZoneRules {
        if let zone { return zone }
        let kept = try await database.read(as: .user(user)) { try await settings.settings(of: user, in: $0) }
        return kept.flatMap { ZoneCatalogue.system.zone($0.timeZone) } ?? .utc
    }
}
