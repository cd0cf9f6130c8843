/// The tokens of Whisper's models for many languages, which whisper.cpp's format leaves to be known.
///
/// Source: openai/whisper, `tokenizer.py`.
struct WhisperTokens {
    /// Every token by its number, letters as GPT-2's vocabulary writes them.
    let all: [String]
    /// ISO 639-1 where there is one, in the order of their tokens.
    let languages: [String]
    /// Those that are no speech, and never written: marks of brackets, notes and the like.
    let suppressed: [Int]
    private let first: Int

    /// - Parameters:
    ///   - text: the tokens that are text.
    ///   - count: of all tokens.
    /// - Throws: `SpeechModelFailure.damaged` for a model of English alone, or of a size that none is known to have.
    init(text: [String], count: Int) throws(SpeechModelFailure) {
        let languages = Self.known.prefix(max(0, count - 51_766))
        let special =
            ["<|endoftext|>", "<|startoftranscript|>"] + languages.map { "<|\($0)|>" } + [
                "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
            ] + (0...1500).map { "<|\($0 / 50).\($0 % 50 < 5 ? "0" : "")\($0 % 50 * 2)|>" }
        guard languages.count >= 99, text.count + special.count == count else {
            throw .damaged("a model with other tokens than those for many languages")
        }
        all = text + special
        first = text.count
        self.languages = Array(languages)
        let tasks = text.count + 2 + languages.count
        suppressed = Self.noSpeech + [text.count + 1] + (tasks..<tasks + 5)
    }

    var endOfText: Int { first }
    var start: Int { first + 1 }
    var translate: Int { first + 2 + languages.count }
    var transcribe: Int { translate + 1 }
    var startOfPrevious: Int { translate + 3 }
    var noTimes: Int { translate + 5 }
    /// Whether a token is text.
    func isText(_ number: Int) -> Bool { number < first }

    /// By the numbers that the vocabulary for many languages gives them.
    private static let noSpeech = [
        1, 2, 7, 8, 9, 10, 14, 25, 26, 27, 28, 29, 31, 58, 59, 60, 61, 62, 63, 90, 91, 92, 93, 359, 503, 522, 542, 873, 893, 902,
        918,
        922, 931, 1350, 1853, 1982, 2460, 2627, 3246, 3253, 3268, 3536, 3846, 3961, 4183, 4667, 6585, 6647, 7273, 9061, 9383,
        10_428,
        10_929, 11_938, 12_033, 12_331, 12_562, 13_793, 14_157, 14_635, 15_265, 15_618, 16_553, 16_604, 18_362, 18_956, 20_075,
        21_675,
        22_520, 26_130, 26_161, 26_435, 28_279, 29_464, 31_650, 32_302, 32_470, 36_865, 42_863, 47_425, 49_870, 50_254,
    ]

    private static let known = """
        en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az \
        sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as \
        tt haw ln ha ba jw su yue
        """.split(separator: " ").map(String.init)
}
