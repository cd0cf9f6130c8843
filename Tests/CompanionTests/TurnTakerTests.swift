@testable import Companion
import Testing

@Suite("Taking turns")
struct TurnTakerTests {
    private static func at(_ seconds: Double) -> Int { Int(seconds * 16_000) }
    private static func voice(_ from: Double, _ to: Double) -> Range<Int> { at(from)..<at(to) }

    @Test("a turn begins with a voice, is written on trial in a pause, and ends in silence")
    func turn() {
        var taker = TurnTaker()
        #expect(taker.look([], now: Self.at(1)) == [])
        #expect(taker.look([Self.voice(1, 1.1)], now: Self.at(1.1)) == [])
        #expect(taker.look([Self.voice(1, 1.2)], now: Self.at(1.2)) == [.began])
        #expect(taker.look([Self.voice(1, 2.5)], now: Self.at(2.5)) == [])
        #expect(taker.look([Self.voice(1, 2.5)], now: Self.at(2.8)) == [.paused(Self.voice(0.8, 2.7))])
        #expect(taker.look([Self.voice(1, 2.5)], now: Self.at(2.9)) == [])
        #expect(taker.look([Self.voice(1, 2.5)], now: Self.at(3.2)) == [.ended(Self.voice(0.8, 2.7))])
        #expect(taker.look([Self.voice(1.3, 2.5)], now: Self.at(3.3)) == [])
        #expect(taker.beginning == nil)
    }

    @Test("who goes on after a pause is still in the same turn")
    func goesOn() {
        var taker = TurnTaker()
        #expect(taker.look([Self.voice(1, 2)], now: Self.at(2)) == [.began])
        #expect(taker.look([Self.voice(1, 2)], now: Self.at(2.3)) == [.paused(Self.voice(0.8, 2.2))])
        #expect(taker.look([Self.voice(1, 2), Self.voice(2.4, 2.6)], now: Self.at(2.6)) == [])
        #expect(taker.look([Self.voice(1.2, 2), Self.voice(2.4, 3)], now: Self.at(3.3)) == [.paused(Self.voice(0.8, 3.2))])
        #expect(taker.look([Self.voice(2.4, 3)], now: Self.at(3.7)) == [.ended(Self.voice(0.8, 3.2))])
    }

    @Test("a turn that was over before anyone looked is one all the same")
    func late() {
        var taker = TurnTaker()
        #expect(taker.look([Self.voice(1, 2.5)], now: Self.at(6)) == [.began, .ended(Self.voice(0.8, 2.7))])
        #expect(taker.look([Self.voice(1, 2.5)], now: Self.at(6.1)) == [])
    }

    @Test("what was written on trial in a pause is the whole turn, though the finder moves its end a little")
    func steady() {
        var taker = TurnTaker()
        #expect(taker.look([Self.voice(1, 2)], now: Self.at(2)) == [.began])
        #expect(taker.isSpeaking(at: Self.at(2.05)) && !taker.isSpeaking(at: Self.at(2.15)))
        #expect(taker.look([Self.voice(1, 2)], now: Self.at(2.25)) == [.paused(Self.voice(0.8, 2.2))])
        #expect(taker.look([Self.voice(1, 2.03)], now: Self.at(2.5)) == [])
        #expect(taker.look([Self.voice(1, 2.03)], now: Self.at(2.6)) == [.ended(Self.voice(0.8, 2.2))])
    }

    @Test("more of a voice is needed to interrupt the companion")
    func overSpeech() {
        var taker = TurnTaker()
        #expect(taker.look([Self.voice(1, 1.15)], now: Self.at(1.15), least: TurnTaker.leastOverSpeech) == [])
        #expect(taker.look([Self.voice(1, 1.17)], now: Self.at(1.17), least: TurnTaker.leastOverSpeech) == [.began])
    }

    @Test("a click is no turn, and nobody speaks for ever")
    func bounds() {
        var taker = TurnTaker()
        #expect(taker.look([Self.voice(1, 1.05)], now: Self.at(1.3)) == [])
        #expect(taker.look([Self.voice(2, 3)], now: Self.at(3)) == [.began])
        #expect(taker.look([Self.voice(28, 30)], now: Self.at(30)) == [.ended(Self.voice(1.8, 30))])
    }

    @Test("the companion's own words are told from the student's")
    func echo() {
        var echo = EchoGuard()
        #expect(!echo.isEcho("stop"))
        echo.speaks("Photosynthesis turns light into chemical energy, and stores it as sugar.")
        #expect(echo.isEcho("turns light into chemical energy"))
        #expect(echo.isEcho("photosynthesis turns light in chemical energy and stores it"))
        #expect(!echo.isEcho("wait, what is chemical energy?"))
        #expect(!echo.isEcho("stop please"))
        #expect(!echo.isEcho("what stores light as chemical energy?"))
    }
}
