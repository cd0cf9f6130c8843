@testable import Companion
import Testing

@Suite("Where a turn goes")
struct TurnRouteTests {
    @Test(
        "each thing said takes its way",
        arguments: [
            ("Hello!", TurnRoute.conversation(.greeting)), ("Good morning", .conversation(.greeting)),
            ("Hallo", .conversation(.greeting)),
            ("Thank you", .conversation(.thanks)), ("Danke!", .conversation(.thanks)), ("Good night", .conversation(.farewell)),
            ("How are you today?", .conversation(.wellbeing)), ("Who are you?", .conversation(.identity)),
            ("Bist du ein Mensch?", .conversation(.identity)), ("I'm so stressed", .conversation(.low)),
            ("Ich habe keine Lust", .conversation(.low)), ("I finally understand it now", .conversation(.high)),
            ("My exam is on Friday", .conversation(.telling)), ("Ich heiße Anna", .conversation(.telling)),
            ("What do you know about me?", .conversation(.remembering)), ("Was weißt du über mich?", .conversation(.remembering)),
            ("Draw me a diagram of the water cycle", .image(topic: "water cycle")),
            ("Please draw a concept map of photosynthesis please", .image(topic: "photosynthesis")),
            ("Zeichne mir ein Diagramm von der Zelle", .image(topic: "zelle")), ("Say that again", .audio(.again)),
            ("Slower please", .audio(.slower)), ("Kannst du das wiederholen?", .audio(.again)),
            ("I want to die", .distress(.crisis)),
            ("What is photosynthesis?", .question), ("Was ist Photosynthese?", .question), ("hello world program in C", .question),
            ("Thanks to what does the heart beat?", .question), ("Why do plants repeat that cycle every day?", .question),
            ("Explain the diagram of the cell on page 4", .question), ("What is a good night's sleep good for?", .question),
        ])
    func way(_ said: String, _ route: TurnRoute) { #expect(TurnRoute(of: said) == route) }

    @Test(
        "the language of a few words",
        arguments: [("What is it?", "en"), ("Was ist das?", "de"), ("Ich mag Biologie", "de"), ("Photosynthesis", nil)])
    func language(_ said: String, _ language: String?) { #expect(Phrase(said).language == language) }
}
