import Ambient
import Database
import FoundationEssentials
import JSON

extension AccountsService {
    /// A person's profile, for themselves or for whoever looks after the installation.
    ///
    /// - Throws: `notFound` where it is neither, and if there is no such account.
    func profile(of id: UserID, for reader: UserID, isAdministrator: Bool) async throws -> Profile {
        guard reader == id || isAdministrator else { throw AccountsFailure.noSuchUser }
        let profile = try await database.read(as: reader == id ? .user(id) : .system) {
            try await profiles.find(id, in: $0)
        }
        guard var profile else { throw AccountsFailure.noSuchUser }
        profile.user = judged(profile.user)
        return profile
    }

    /// Changes what a person says of themselves. Preferences are merged; what is too much changes nothing.
    func changeProfile(of id: UserID, _ change: ProfileChange) async throws -> Profile {
        let name = try change.displayName.map { try Self.cleaned(displayName: $0) }
        let subjects = try change.subjects.map { try Self.cleaned(subjects: $0) }
        if let patch = change.preferences { try Self.check(preferences: patch) }
        return try await database.transaction(as: .user(id)) { transaction in
            guard var profile = try await profiles.find(id, locking: true, in: transaction) else { throw AccountsFailure.noUser }
            if let name { profile.user.displayName = name }
            if let colour = change.avatarColour { profile.user.avatarColour = colour }
            if let subjects { profile.subjects = subjects }
            if let patch = change.preferences {
                profile.preferences = profile.preferences.merged(with: patch)
                try Self.check(preferences: profile.preferences)
            }
            try await profiles.save(profile, in: transaction)
            profile.user = judged(profile.user)
            return profile
        }
    }

    /// Figures of what a person has brought and learned. Each is asked what it knows, in one snapshot.
    func figures(of id: UserID) async throws -> StudyFigures.Standing {
        try await database.read(as: .user(id)) { transaction in
            guard try await store.user(id, in: transaction) != nil else { throw AccountsFailure.noUser }
            return try await studyFigures.standing(of: id, at: ambient.now(), in: transaction)
        }
    }

    private static func cleaned(subjects: [String]) throws(AccountsFailure) -> [String] {
        var seen: Set<String> = []
        var cleaned: [String] = []
        for subject in subjects {
            let text = subject.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard !text.isEmpty else { continue }
            guard text.count <= Profile.longestSubject,
                !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
            else {
                throw .invalid("subjects", "must each have at most \(Profile.longestSubject) characters, and no control characters")
            }
            if seen.insert(text.composed.lowercased()).inserted { cleaned.append(text) }
        }
        guard cleaned.count <= Profile.mostSubjects else {
            throw .invalid("subjects", "must be at most \(Profile.mostSubjects)")
        }
        return cleaned
    }

    private static func check(preferences: [String: JSONValue]) throws {
        guard preferences.asObject.depth <= Profile.deepestPreferences else {
            throw AccountsFailure.invalid("preferences", "must not lie deeper than \(Profile.deepestPreferences) objects")
        }
        guard try JSONColumn.text(preferences).utf8.count <= Profile.mostPreferences else {
            throw AccountsFailure.invalid("preferences", "must have at most \(Profile.mostPreferences) bytes in all")
        }
    }
}

extension [String: JSONValue] {
    fileprivate var asObject: JSONValue { .object(map { JSONValue.Field(name: $0.key, value: $0.value) }) }

    fileprivate func merged(with patch: [String: JSONValue]) -> [String: JSONValue] {
        guard case .object(let fields) = asObject.merged(with: patch.asObject) else { return self }
        return Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
    }
}
