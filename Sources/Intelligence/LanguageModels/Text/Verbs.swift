/// Verbs that say much the same, so that “makes oxygen” is found where a text says “releases oxygen”.
enum Verbs {
    /// Whether a text may use one for the other.
    static func related(_ a: String, _ b: String) -> Bool {
        guard let x = groups[a], let y = groups[b] else { return false }
        return !x.isDisjoint(with: y)
    }

    /// Whether the stem is a verb that texts replace by others; it says little of what a question is about.
    static func isGeneral(_ stem: String) -> Bool { groups[stem] != nil }

    /// What keeps something from happening.
    static func hinders(_ stem: String) -> Bool { hindering.contains(stem) }

    /// One line a group; irregular forms are written out, since the stemmer leaves them alone.
    private static let table = """
        make made produce create form generate release evolve yield give gave given build built
        choose chose chosen pick select decide determine
        lower reduce decrease fall fell
        raise increase rise rose grow grew
        begin began begun start
        stop block inhibit prevent halt hinder interrupt
        find found discover detect locate
        recover restore regain repair
        protect guard defend
        guarantee ensure provide offer give gave given assure
        improve better enhance
        affect depend influence determine regulate
        join combine bind bound connect attach
        split break broke broken divide
        move carry transport bring brought send sent travel
        hold held contain keep kept
        turn convert change transform become became
        show shown demonstrate prove
        need require
        avoid evade escape
        accept receive take took taken
        """

    private static let groups: [String: Set<Int>] = {
        var found: [String: Set<Int>] = [:]
        for (number, line) in table.split(separator: "\n").enumerated() {
            for word in line.split(separator: " ") { found[Words.stem(String(word)), default: []].insert(number) }
        }
        return found
    }()

    private static let hindering: Set<String> = Set(
        [
            "block", "inhibit", "prevent", "stop", "halt", "hinder", "interrupt", "poison", "disrupt", "destroy", "damage",
            "forbid",
        ].map(Words.stem))
}
