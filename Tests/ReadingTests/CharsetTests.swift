import Glibc
import Manuscript
@testable import Reading
import Testing

/// `text` in another encoding, nil if it cannot be written there.
func encoded(_ text: String, as charset: Charset) -> [UInt8]? {
    let handle = iconv_open(charset.name, "UTF-8")
    guard let handle, Int(bitPattern: handle) != -1 else { return nil }
    defer { iconv_close(handle) }
    var input = Array(text.utf8)
    var output = [UInt8](repeating: 0, count: input.count * 8 + 16)
    let free = input.withUnsafeMutableBytes { source in
        output.withUnsafeMutableBytes { target in
            var (from, left) = (source.baseAddress?.assumingMemoryBound(to: CChar.self), source.count)
            var (to, free) = (target.baseAddress?.assumingMemoryBound(to: CChar.self), target.count)
            return iconv(handle, &from, &left, &to, &free) == -1 ? -1 : free
        }
    }
    return free < 0 ? nil : Array(output.prefix(output.count - free))
}

struct CharsetTests {
    private static let texts = [
        "zh": "叶绿体是植物细胞中进行光合作用的场所。光合作用把二氧化碳和水变成糖和氧气。", "zht": "葉綠體是植物細胞中進行光合作用的場所。光合作用把二氧化碳和水變成糖和氧氣，學生都要學。",
        "ja": "富士山は日本で一番高い山です。高さは三千七百七十六メートルで、夏には多くの人が登ります。", "ko": "한라산은 대한민국에서 가장 높은 산이다. 제주도에 있으며 높이는 천구백오십 미터이다.",
        "ru": "Озеро Байкал является самым глубоким озером в мире. Его глубина достигает 1642 метров, а вода очень прозрачна.",
        "uk": "Дніпро є найдовшою річкою України. Її довжина становить понад дві тисячі кілометрів, і вона впадає в Чорне море.",
        "el":
            "Η Αθήνα είναι η πρωτεύουσα της Ελλάδας. Το ψηλότερο βουνό είναι ο Όλυμπος και έχει ύψος σχεδόν τρεις χιλιάδες μέτρα.",
        "pl": "Żółw błotny żyje w stawach i rzekach. Wisła ma 1047 kilometrów długości i płynie przez całą Polskę aż do morza.",
        "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy. Vltava je nejdelší řeka v Česku a teče přes Prahu do Labe.",
        "tr": "Türkiye'nin en uzun nehri Kızılırmak'tır. Öğrenciler hücrenin yapısını öğrenir ve şeker üretimini gözlemler.",
        "de":
            "Die Zelle ist die kleinste lebende Einheit. Größere Organismen bestehen aus vielen Zellen, die sich häufig teilen müssen.",
        "he": "התא הוא היחידה הבסיסית של החיים. התלמידים לומדים על הפוטוסינתזה ועל מבנה הצמח בבית הספר.",
        "ar": "الخلية هي الوحدة الأساسية للحياة. يدرس الطلاب عملية التمثيل الضوئي في المدرسة ويتعلمون عن النباتات.",
        "th": "เซลล์เป็นหน่วยพื้นฐานของสิ่งมีชีวิต นักเรียนเรียนรู้เรื่องการสังเคราะห์ด้วยแสงในโรงเรียน",
    ]

    @Test(arguments: [
        ("zh", "GB18030"), ("zht", "BIG5"), ("ja", "SHIFT_JIS"), ("ja", "EUC-JP"), ("ja", "ISO-2022-JP"), ("ko", "EUC-KR"),
        ("ru", "KOI8-R"),
        ("ru", "CP1251"), ("ru", "ISO-8859-5"), ("ru", "CP866"), ("uk", "KOI8-U"), ("uk", "CP1251"), ("el", "CP1253"),
        ("el", "ISO-8859-7"),
        ("pl", "CP1250"), ("pl", "ISO-8859-2"), ("cs", "CP1250"), ("cs", "ISO-8859-2"), ("tr", "CP1254"), ("de", "CP1252"),
        ("de", "ISO-8859-1"),
        ("he", "CP1255"), ("ar", "CP1256"), ("th", "TIS-620"), ("zh", "UTF-16LE"), ("zh", "UTF-16BE"), ("ru", "UTF-16LE"),
        ("de", "UTF-16BE"),
        ("ja", "UTF-32LE"), ("ja", "UTF-32BE"), ("pl", "UTF-16"), ("ko", "UTF-8"),
    ])
    func `a text says its encoding by what it is made of`(language: String, name: String) throws {
        let text = try #require(Self.texts[language])
        let bytes = try #require(encoded(text, as: Charset(name)))
        let read = try TextReader.read(bytes)
        #expect(read.lines == [text], "\(read.charset ?? "")")
    }

    @Test(arguments: ["café", "Größe: 5 m²", "it’s “so”"]) func `a few letters are those of Western Europe`(text: String) throws {
        let bytes = try #require(encoded(text, as: Charset("CP1252")))
        #expect(try TextReader.read(bytes).lines == [text])
    }

    @Test func `a text of UTF-8 with a broken byte is one all the same`() throws {
        let bytes = Array(Self.texts["pl"]!.utf8) + [0xFF] + Array(" koniec".utf8)
        #expect(try TextReader.read(bytes).lines[0].hasPrefix("Żółw błotny"))
    }

    @Test(arguments: [
        ("CP850", "Die Größe der Zellen läßt sich prüfen: für jede Prüfung müssen die Mädchen zwölf Blätter auflösen und zählen."),
        (
            "MACINTOSH",
            "L’élève étudie la lumière à l’école; la chlorophylle a été observée après l’été, où les forêts étaient très vertes."
        ),
        ("CP1258", "Tế bào là đơn vị cơ bản của sự sống. Học sinh học về quá trình quang hợp ở trường."),
        ("CP1252", "Le cœur bat – «voilà» – et l’élève, déjà âgé, naïf, l’écoute: ‚gut‘, „schön“, señor; Ångström, ŠKODA, Œuvre."),
        ("ISO-8859-2", texts["pl"]!),
    ])
    func `letters of the West are read as what makes words of them`(name: String, text: String) throws {
        let bytes = try #require(encoded(text, as: Charset(name)))
        let charset = try #require(Charset.detect(bytes))
        #expect(charset.decode(bytes) == text)
    }
}
