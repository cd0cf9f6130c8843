/// English words as the index has them: one form for “written” and “write”, “colour” and “color”, “analyses” and “analysis”.
enum EnglishWord {
    /// The term of a word in lower case and plain letters.
    static func stem(_ word: String) -> String {
        guard word.utf8.count > 2 else { return word }
        return PorterStemmer.stem(irregular[word] ?? spelling(word))
    }

    /// British spellings as American ones, and the Greek plurals that Porter's rules do not know.
    private static func spelling(_ word: String) -> String {
        var bytes = Array(word.utf8)
        guard bytes.count >= 5, bytes.allSatisfy({ $0 >= 97 && $0 <= 122 }) else { return word }
        if bytes.count >= 6, ends(bytes, "sis") {
            bytes[bytes.count - 2] = UInt8(ascii: "e")
            return String(decoding: bytes, as: UTF8.self)
        }
        for ending in endings where ends(bytes, ending) {
            let stem = bytes.count - ending.utf8CodeUnitCount
            let isY = ending.utf8Start[0] == UInt8(ascii: "y")
            if stem >= (isY ? 3 : 4), bytes[..<stem].contains(where: isVowel) { bytes[stem + 1] = UInt8(ascii: "z") }
            break
        }
        if let at = bytes.indices.dropFirst(2).first(where: { $0 + 2 < bytes.count && holds(bytes, "our", $0) }),
            ourStems.contains(String(decoding: bytes[..<at], as: UTF8.self))
        {
            bytes.remove(at: at + 1)
        }
        if bytes.count >= 7 {
            for pair in ["ae", "oe"] as [StaticString] {
                if let at = bytes.indices.first(where: { $0 + 1 < bytes.count && holds(bytes, pair, $0) }) { bytes.remove(at: at) }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let endings: [StaticString] = [
        "isations", "isation", "ising", "ised", "isers", "iser", "ises", "ise", "ysing", "ysed", "yser", "yse",
    ]

    private static func isVowel(_ byte: UInt8) -> Bool { "aeiouy".utf8.contains(byte) }

    private static func ends(_ word: [UInt8], _ ending: StaticString) -> Bool {
        let count = ending.utf8CodeUnitCount
        return word.count >= count && holds(word, ending, word.count - count)
    }

    private static func holds(_ word: [UInt8], _ part: StaticString, _ at: Int) -> Bool {
        for index in 0..<part.utf8CodeUnitCount where word[at + index] != part.utf8Start[index] { return false }
        return true
    }

    private static let ourStems: Set<String> = [
        "col", "discol", "behavi", "lab", "fav", "hon", "neighb", "flav", "harb", "hum", "rum", "vap", "tum", "vig", "arm", "od",
        "rig",
        "savi", "endeav", "parl", "ferv", "clam", "glam", "ranc", "splend", "val",
    ]

    /// Each line: the base, then its other forms.
    private static let irregular: [String: String] = {
        var forms: [String: String] = [:]
        for line in table.split(separator: ";") {
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            for form in words.dropFirst() { forms[form] = words[0] }
        }
        return forms
    }()

    private static let table = """
        arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became; begin began begun; bend bent; bind bound; \
        bite bit bitten; blow blew blown; break broke broken; bring brought; build built; burn burnt; buy bought; catch caught; \
        choose chose chosen; come came; creep crept; deal dealt; dig dug; draw drew drawn; drink drank drunk; drive drove driven; \
        eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found; fly flew flown; forbid forbade forbidden; \
        forget forgot forgotten; freeze froze frozen; get got gotten; give gave given; go went gone; grow grew grown; hang hung; \
        hear heard; hide hid hidden; hold held; keep kept; know knew known; lay laid; lead led; leave left; lend lent; lose lost; \
        make made; mean meant; meet met; pay paid; prove proven; ride rode ridden; ring rang rung; rise rose risen; run ran; say said; \
        see saw seen; seek sought; sell sold; send sent; shake shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk; \
        sing sang sung; sink sank sunk; sit sat; sleep slept; speak spoke spoken; spend spent; spin spun; spring sprang sprung; \
        stand stood; steal stole stolen; stick stuck; strike struck stricken; strive strove striven; swear swore sworn; swim swam swum; \
        swing swung; take took taken; teach taught; tear tore torn; tell told; think thought; throw threw thrown; understand understood; \
        wake woke woken; wear wore worn; weave wove woven; win won; withdraw withdrew withdrawn; write wrote written; \
        overcome overcame; undergo underwent undergone; undertake undertook undertaken; \
        child children; foot feet; goose geese; man men; mouse mice; louse lice; ox oxen; tooth teeth; woman women; person people; \
        criterion criteria; phenomenon phenomena; datum data; medium media; bacterium bacteria; curriculum curricula; \
        spectrum spectra; stratum strata; quantum quanta; vertex vertices; matrix matrices; index indices; appendix appendices; \
        axis axes; nucleus nuclei; stimulus stimuli; radius radii; focus foci; locus loci; fungus fungi; alumnus alumni; genus genera; \
        corpus corpora; vertebra vertebrae; formula formulae; larva larvae; alga algae; antenna antennae; leaf leaves; life lives; \
        half halves; knife knives; wife wives; wolf wolves; shelf shelves; thief thieves; self selves; calf calves; loaf loaves; \
        center centre centres centred centring centers centered centering; meter metre metres; kilometer kilometre kilometres; \
        centimeter centimetre centimetres; millimeter millimetre millimetres; liter litre litres; fiber fibre fibres; \
        theater theatre theatres; caliber calibre; gray grey; program programme programmes; catalog catalogue catalogues; \
        dialog dialogue dialogues; analog analogue analogues; defense defence; offense offence; license licence licences; \
        practice practise practised practising; sulfur sulphur; aluminum aluminium; judgment judgement; aging ageing; tire tyre tyres; \
        plow plough; mold mould moulds; email emails
        """
}
