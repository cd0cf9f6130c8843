/// A text as words that can be compared: lower case, without endings.
package enum Words {
    /// The words in order, as stems.
    package static func stems(of text: String) -> [String] { split(text).map(stem) }

    /// Letters and digits; apostrophes and hyphens end a word, except that “'s” goes. A figure keeps its point, and its thousands are
    /// joined. Scripts without spaces between words are cut into pairs of neighbours.
    static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var run: [Character] = []
        func endRun() {
            if run.count == 1 { words.append(String(run[0])) }
            for (a, b) in zip(run, run.dropFirst()) { words.append(String([a, b])) }
            run = []
        }
        func endWord() {
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        let lower = Array(text.lowercased())
        for (index, character) in lower.enumerated() {
            if Script.isPaired(character) {
                endWord()
                run.append(character)
            } else if character.isLetter || character.isNumber {
                endRun()
                if character == "ß" { word += "ss" } else { word.append(character) }
            } else if character == "." || character == ",", word.last?.isNumber == true,
                index + 1 < lower.count, lower[index + 1].isNumber,
                word.allSatisfy({ $0.isNumber || $0 == "." })
            {
                if character == "." { word.append(character) }
            } else if character != "\u{AD}", character != "\u{200B}" {
                endRun()
                endWord()
            }
        }
        endRun()
        endWord()
        // “cell's” has become “cell”, “s”.
        return words.filter { $0 != "s" && $0 != "t" && $0 != "re" && $0 != "ll" && $0 != "ve" || words.count == 1 }
    }

    /// A light English stemmer: plural, -ing, -ed, -ly, doubled consonants, final e. Two words that it leaves apart may still match by
    /// their beginnings, see `match`.
    static func stem(_ word: String) -> String { irregular[word] ?? stemmed(word) }

    private static func stemmed(_ word: String) -> String {
        var w = word
        func isVowel(_ c: Character) -> Bool { "aeiouy".contains(c) }
        func hasVowel(_ s: Substring) -> Bool { s.contains(where: isVowel) }
        guard w.count > 3, w.allSatisfy({ $0.isASCII }) else { return w }
        if w.hasSuffix("sses") {
            w.removeLast(2)
        } else if w.hasSuffix("ies"), w.count > 4 {
            w.removeLast(3)
            w += "y"
        } else if w.hasSuffix("s"), !w.hasSuffix("ss"), !w.hasSuffix("us"), !w.hasSuffix("is") {
            w.removeLast()
        }
        for suffix in ["ing", "ed"] where w.hasSuffix(suffix) {
            let rest = w.dropLast(suffix.count)
            guard rest.count >= 3, hasVowel(rest) else { continue }
            w = String(rest)
            if let last = w.last, w.dropLast().last == last, !"lsz".contains(last), !isVowel(last) { w.removeLast() }
            break
        }
        if w.count > 5, w.hasSuffix("ly"), !w.hasSuffix("ply") { w.removeLast(2) }
        if w.count > 3, w.hasSuffix("e") { w.removeLast() }
        return w
    }

    /// Forms that no ending gives away.
    private static let irregular: [String: String] = [
        "children": "child", "men": "man", "women": "woman", "mice": "mouse", "feet": "foot",
        "teeth": "tooth", "data": "datum",
        "criteria": "criterion", "phenomena": "phenomenon", "bacteria": "bacterium",
        "nuclei": "nucleus", "analyses": "analysis",
        "indices": "index", "matrices": "matrix", "vertices": "vertex", "axes": "axis",
        "wrote": "write", "written": "write",
        "ran": "run", "went": "go", "gone": "go", "saw": "see", "seen": "see", "knew": "know",
        "known": "know", "ate": "eat",
        "eaten": "eat", "spoke": "speak", "spoken": "speak", "taught": "teach", "thought": "think",
        "bought": "buy", "sold": "sell",
        "won": "win", "led": "lead", "died": "die", "dying": "die", "lying": "lie", "stood": "stand",
        "understood": "understand",
        "drove": "drive", "driven": "drive", "flew": "fly", "flown": "fly", "swam": "swim",
        "sang": "sing", "sung": "sing",
    ].mapValues { stemmed($0) }

    /// Equal stems, or long ones with the same beginning: “diffus” and “diffusion”, “photosynthesis” and “photosynthetic”.
    static func match(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        let shorter = min(a.count, b.count)
        let longer = max(a.count, b.count)
        // “apply” and “application”, “multiply” and “multiplication”
        if a.hasSuffix("y") != b.hasSuffix("y"), shorter >= 5 {
            let (verb, noun) = a.hasSuffix("y") ? (a, b) : (b, a)
            if noun == verb.dropLast() + "ication" { return true }
        }
        guard shorter >= 5, longer - shorter <= 6 else { return false }
        if a.first != b.first { return false }
        let common = zip(a, b).prefix { $0 == $1 }.count
        return common >= 5 && common * 4 >= longer * 3 || common == shorter && common * 5 >= longer * 3
    }

    /// Words that carry no topic.
    static let stopWords: Set<String> = Set(
        """
        a about above after again against all also am an and any are as at be because been before being below between both but by can
        cannot could did do does doing done down during each either else ever every few for from further get gets got had has have
        having he her here hers him his how i if in into is it its itself just let like many may me might more most much must my
        myself neither no nor not now of off often on once one only or other others our out over own per please rather same shall she
        should since so some something such than that the their them then there these they thing things this those through to too
        under until up upon us use used uses using very was we were what when where whether which while who whom whose why will with
        within without would yes yet you your tell know want say says said according document documents text texts source sources
        file files notes slides lecture chapter
        der die das ein eine und oder ist sind was wie warum wer wo wann den dem des im mit für von zu auf nicht
        le la les un une des et ou est sont que quoi comment pourquoi qui où quand de du dans avec pour
        el los las una y o es son qué cómo por quién dónde cuándo en con para del
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// General verbs and adjectives that a source may well say otherwise: “rises” for “increases”.
    static let softWords: Set<String> = Set(
        """
        increase decrease rise fall raise lower reduce affect influence occur begin start end become change produce create develop
        grow form open close lose lost gain move enter leave contain involve include require need help lead allow enable prevent stop
        measure calculate determine find found discover invent large small big high low fast slow strong weak common typical usual
        current modern early late first last biggest largest smallest highest best pure hot cold long short big happen exist carry
        """.split(whereSeparator: \.isWhitespace).map { stem(String($0)) })

    /// Words that say what kind of answer is wanted rather than what about; they weigh little.
    static let askingWords: Set<String> = Set(
        """
        answer compare comparison define definition describe detail difference differ different discuss example explain explanation
        feature function give goal happen idea identify important importance kind list main major mean meaning mention name number
        outline part point principle purpose reason result role show stage state step summarize summarise summary term type way work
        advantage disadvantage benefit characteristic property cause effect factor call make need take matter
        """.split(whereSeparator: \.isWhitespace).map { stem(String($0)) })
}

extension Words {
    /// The stems without the words that carry no topic.
    package static func contentStems(of text: String) -> [String] {
        split(text).filter { !stopWords.contains($0) }.map(stem)
    }

    /// Whether a stem names what a text is about, rather than what is asked or done.
    package static func isTopic(_ stem: String) -> Bool { !askingWords.contains(stem) && !mayDiffer(stem) }

    /// Whether a source may well say it with another word.
    static func mayDiffer(_ stem: String) -> Bool { softWords.contains(stem) || Verbs.isGeneral(stem) }

    /// Whether a stem says what kind of answer is wanted: “difference”, “explain”.
    package static func isAsking(_ stem: String) -> Bool { askingWords.contains(stem) }
}
