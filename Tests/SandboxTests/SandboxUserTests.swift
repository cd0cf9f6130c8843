@testable import Sandbox
import Testing

struct SandboxUserTests {
    static let whole = "         0          0 4294967295\n"
    static let container = "         0     100000      65536\n"
    static let alone = "         0       1000          1\n"
    static let all = "Name:\tlm\nCapEff:\t000001fffeffffff\n"
    static let none = "Name:\tlm\nCapEff:\t0000000000000000\n"

    struct Case: Sendable {
        let user: UInt32
        let map: String
        let status: String
        let expected: SandboxUser
    }

    @Test(arguments: [
        Case(user: 1000, map: whole, status: none, expected: .same), Case(user: 0, map: whole, status: all, expected: .dedicated),
        Case(user: 0, map: container, status: all, expected: .nobody), Case(user: 0, map: alone, status: all, expected: .same),
        Case(user: 0, map: whole, status: none, expected: .same), Case(user: 0, map: "", status: "", expected: .same),
        Case(user: 0, map: "0 1000 1\n1 100000 65536\n", status: all, expected: .nobody),
    ])
    func `root becomes another user where it can`(_ given: Case) {
        let choice = SandboxUser.choose(
            effectiveUser: given.user, userMap: given.map, groupMap: given.map, status: given.status)
        #expect(choice == given.expected)
    }

    @Test func `a user without its group is no use`() {
        let choice = SandboxUser.choose(effectiveUser: 0, userMap: Self.whole, groupMap: Self.container, status: Self.all)
        #expect(choice == .nobody)
    }

    @Test func `two runs at a time never have one number, however many run in between`() throws {
        let long = try #require(SandboxUser.dedicated.number())
        defer { SandboxUser.dedicated.giveBack(long) }
        for _ in 0..<200 {
            let short = SandboxUser.dedicated.number()
            #expect(short != long)
            SandboxUser.dedicated.giveBack(short)
        }
    }

    @Test(arguments: [SandboxObstacle.switchedOff, .noneAllowed, .appArmor, .chroot, .container, .unknown])
    func `every obstacle says how to mend it`(obstacle: SandboxObstacle) {
        #expect(obstacle.remedy.count > 40)
    }
}
