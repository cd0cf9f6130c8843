@testable import Companion
import Testing

/// What students say, with what is in it: in English and German, distress and what only sounds like it.
enum SaidByStudents {
    static let crisis = [
        "I don't want to live anymore", "Sometimes I wish I was dead", "I've been thinking about suicide", "I want to kill myself",
        "I started cutting myself again", "Everyone would be better off without me", "There's no reason to live", "I'm suicidal",
        "I just want to end it all", "I keep hurting myself when I fail", "I don't want to be here anymore, not in this world",
        "I have suicidal thoughts before every exam", "Life is not worth living", "I want to die if I fail this",
        "Ich will nicht mehr leben", "Ich denke an Selbstmord", "Am liebsten wäre ich tot",
        "Ich habe wieder angefangen, mich zu ritzen, ich ritze mich",
        "Ich habe Suizidgedanken", "Ich möchte sterben", "Ohne mich wären alle besser dran, ohne mich besser dran",
        "Ich will mich umbringen",
        "Ich könnte mir etwas antun", "Ich sehe keinen Sinn mehr zu leben", "Ich will mich selbst verletzen",
    ]
    static let panic = [
        "I'm having a panic attack", "I am so anxious about tomorrow", "I can't breathe, the exam is in an hour",
        "I can't stop crying",
        "I'm completely overwhelmed", "I feel hopeless about this exam", "I'm terrified of the exam", "I can't cope any more",
        "Everything is too much right now", "My anxiety is killing my concentration", "I can't do this anymore",
        "I think I'm falling apart",
        "I am panicking", "I feel so overwhelmed by all of it",
        "Ich habe Panik vor der Prüfung", "Ich bekomme Panik", "Ich kann nicht mehr", "Ich bin völlig überfordert",
        "Mir wird alles zu viel, das wird mir alles zu viel",
        "Ich habe solche Angst vor morgen", "Ich bin verzweifelt", "Ich habe Prüfungsangst", "Ich kriege keine Luft mehr",
        "Ich kann nicht aufhören zu weinen", "Ich halte das nicht mehr aus",
        "Ich schaffe das alles nicht mehr, ich schaffe das alles nicht",
    ]
    static let neither = [
        "What is apoptosis, the death of a cell?", "Explain Durkheim's study of suicide", "How do I kill a process in Linux?",
        "What are the causes of panic disorder?", "Define anxiety in Freud's terms", "What is a panic attack?",
        "I have an exam on Friday",
        "Why did Romeo want to die?", "What does the kernel panic message mean?", "I'm tired", "I'm nervous", "I passed my exam!",
        "How did the dinosaurs die out?", "What are symptoms of anxiety disorders?", "When did the depression of 1929 end?",
        "Give me an example of self-harm prevention programmes", "What is the suicide rate in Norway?", "Which cells kill viruses?",
        "Who killed Caesar?", "How does overfitting hurt a model?", "Explain how enzymes cut DNA", "Draw me a diagram of a cell",
        "What is the lethal dose of caffeine in the text?", "How does the heart pump when I breathe?", "I can't find chapter three",
        "I can't understand this formula", "This is too much text, summarise it", "My phone died", "That exam was killing, haha",
        "Was ist Apoptose?", "Erkläre Durkheims Theorie zum Selbstmord", "Wie beende ich einen Prozess?",
        "Was sind Symptome einer Panikstörung?",
        "Ich habe am Freitag eine Prüfung", "Warum wollte Werther sterben?", "Was ist eine Panikattacke?",
        "Wer hat Cäsar umgebracht?",
        "Wie stirbt eine Zelle?", "Ich bin müde", "Was bedeutet Angst bei Kierkegaard?", "Wie entstand die Weltwirtschaftskrise?",
        "Ich verstehe das nicht", "Was ist Prüfungsangst?", "Kannst du das wiederholen?",
    ]
}

@Suite("Distress")
struct DistressTests {
    @Test("what is said of harm to oneself is heard, all of it", arguments: SaidByStudents.crisis)
    func crisis(_ text: String) { #expect(Distress(in: text) == .crisis) }

    @Test("panic is heard", arguments: SaidByStudents.panic)
    func panic(_ text: String) { #expect(Distress(in: text) == .panic) }

    @Test("words of the subject are no distress", arguments: SaidByStudents.neither)
    func neither(_ text: String) { #expect(Distress(in: text) == nil) }

    @Test("the answer points to help in the language of the talk, and names no illness", arguments: ["en", "de"])
    func help(_ language: String) {
        for distress in Distress.allCases {
            let text = OwnWords.help(distress, language)
            #expect(text.contains("112") && text.contains("116 123"))
            #expect(!["depress", "disorder", "störung", "diagnos"].contains { text.lowercased().contains($0) })
        }
    }
}
