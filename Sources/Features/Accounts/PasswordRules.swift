/// Which passwords are taken: long ones that are not among the first that anybody would guess (NIST SP 800-63B, 3.1.1.2). Nothing is asked of
/// which characters they have.
package struct PasswordRules: Sendable {
    package static let minimumCharacters = 10
    package static let maximumBytes = 1024

    private let common: CommonPasswords

    package init(common: CommonPasswords = CommonPasswords()) { self.common = common }

    /// Why a password is not acceptable; nil if it is.
    func objection(to password: String, email: EmailAddress) -> String? {
        guard password.count >= Self.minimumCharacters else { return "must have at least \(Self.minimumCharacters) characters" }
        guard password.utf8.count <= Self.maximumBytes else { return "must have at most \(Self.maximumBytes) bytes" }
        let plain = password.lowercased()
        let name = String(email.key.prefix { $0 != "@" })
        if plain.contains(email.key) || (name.count >= 4 && plain.contains(name)) { return "must not contain the email address" }
        if plain.filter({ $0.isLetter }).contains(Self.product) { return "must not contain the name of this program" }
        if isCommon(plain) { return "is among the most common ones; choose one that is harder to guess" }
        return nil
    }

    private static let product = "littlemonster"

    private func isCommon(_ plain: String) -> Bool {
        if Set(plain).count <= 2 || Self.isRun(plain) || Self.long.contains(plain) || common.contains(plain) { return true }
        // `Password2026!` and `123qwerty123`: a common word with figures around it, or written twice.
        let core = plain.trimmed { !$0.isLetter }
        if isWord(core) || isWord(core.unleeted)
            || (core.isEmpty && plain.allSatisfy(\.isNumber) && plain.count < 14 && Set(plain).count <= 4)
        {
            return true
        }
        let half = core.count / 2
        return core.count.isMultiple(of: 2) && half > 0 && core.prefix(half) == core.suffix(half)
            && isWord(String(core.prefix(half)))
    }

    /// Whether figures and signs around it do not make it hard to guess.
    private func isWord(_ core: String) -> Bool { Self.words.contains(core) || core.count >= 4 && common.contains(core) }

    /// Each character follows the one before: `1234567890`, `abcdefghij`, `zyxwvutsrq`.
    private static func isRun(_ plain: String) -> Bool {
        let codes = plain.unicodeScalars.map { Int($0.value) }
        let steps = zip(codes, codes.dropFirst()).map { $1 - $0 }
        return steps.allSatisfy { $0 == 1 || $0 == -9 } || steps.allSatisfy { $0 == -1 || $0 == 9 }
    }

    /// Long passwords at the top of published lists.
    private static let long: Set<String> = lines(
        """
        1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc 1qaz2wsx3edc4rfv q1w2e3r4t5 q1w2e3r4t5y6 qwertyuiop qwertyuiop123
        qwertyuiop[] qwertyuiopasdfghjkl asdfghjkl; asdfghjkl123 zxcvbnm123 zxcvbnm,./ qazwsxedc1 qazwsxedcrfv qazwsxedcrfvtgb
        poiuytrewq 0987654321 9876543210 1234567890 0123456789 12345678910 123456789a 1234567891 123456789q 123456789123
        1234554321 1122334455 1212121212 1231231231 123123123123 123321123321 147258369 1472583690 159753159753 102030405060
        1029384756 0102030405 5555555555 1111111111 0000000000 9999999999 1010101010 a123456789 a1b2c3d4e5 aa12345678 aa123456789
        abc1234567 abcd123456 abcd1234567 abcdef1234 abcdefg123 abc123abc123 q123456789 qwer123456 qwert12345 qwerty12345
        qwerty123456 qwerty1234567 qwerty123456789 passw0rd123 p@ssw0rd123 p@ssw0rd12 p@ssword123 pa$$w0rd123 passwordpassword
        password1234 password12345 mypassword mypassword1 newpassword newpassword1 password123 password321 changeme123
        letmein123 letmein1234 welcome123 welcome1234 iloveyou12 iloveyou123 iloveyou1234 iloveyouforever ilovemyself
        ilovemydog ilovemycat ilovemymom ilovemyfamily loveyou123 football123 baseball123 basketball basketball1 superman123
        princess123 sunshine123 monkey1234 dragon1234 master1234 trustno1trustno1 adminadmin administrator admin12345 admin123456
        root123456 test123456 testtest123 testing123 guest12345 user123456 student123 student1234 university computer123
        motherfucker fuckyou123 fuckyou1234 jesuschrist jesus12345 godisgood1 blessed123 michael123 jordan2323 jennifer123
        charlie123 alexander1 christopher elizabeth1 liverpool1 liverpoolfc manchester manchester1 manchesterunited arsenal123
        chelsea123 barcelona1 realmadrid realmadrid1 juventus123 spongebob1 starwars123 pokemon123 minecraft1 minecraft123
        samsung123 google12345 facebook123 instagram1 linkedin123 whatsapp123 internet123 microsoft1 thunderbird
        slipknot666 metallica1 greenday123 eminem1234 hellokitty hellokitty1 babygirl123 chocolate1 butterfly1 butterfly123
        correcthorsebatterystaple correct horse battery staple abcdefghijk abcdefghijklmnop zaq12wsxcde3 zaq1xsw2cde3 !qaz2wsx3edc
        qweasdzxc123 qwe123asd456 qweqweqwe123 asdasdasd123 asdf123456 zxcvbn123456 monalisa123 naruto12345
        """)

    /// Words that stay common with figures or signs around them.
    private static let words: Set<String> = lines(
        """
        password passwort passwd motdepasse contrasena contraseña parola senha wachtwoord haslo пароль qwerty qwertz azerty qwertyui
        qwertyuiop asdfgh asdfghjkl asdfasdf zxcvbn zxcvbnm qazwsx qazwsxedc abc abcd abcde abcdef abcdefg abcdefgh iloveyou iloveu
        loveyou love mylove welcome willkommen bienvenue letmein login access secret secrets geheim admin administrator root user
        guest test tester testing temp default changeme changemenow hello hallo hola bonjour master monkey dragon football baseball
        basketball soccer hockey superman batman spiderman princess prinzessin sunshine shadow ashley michael jordan jennifer jessica
        daniel andrew joshua matthew charlie thomas robert william george hannah nicole amanda samantha alexander pokemon naruto
        starwars minecraft fortnite ninja mustang ferrari porsche mercedes corvette harley cookie cheese chocolate banana orange
        apple summer winter spring autumn sommer herbst monday friday january february march april june july august september
        october november december flower butterfly rainbow tigger snoopy pepper ginger maggie buster killer hunter ranger whatever
        trustno freedom computer internet samsung google facebook liverpool chelsea arsenal barcelona juventus manchester student
        students university school schule school college teacher littlemonster monster studying
        """)

    private static func lines(_ text: String) -> Set<String> { Set(text.split(whereSeparator: \.isWhitespace).map(String.init)) }
}

extension String {
    /// `p@ssw0rd` is `password`.
    fileprivate var unleeted: String {
        let letters: [Character: Character] = [
            "@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "5": "s", "$": "s", "7": "t",
        ]
        return String(map { letters[$0] ?? $0 })
    }

    fileprivate func trimmed(_ unwanted: (Character) -> Bool) -> String {
        var text = self[...]
        while let first = text.first, unwanted(first) { text.removeFirst() }
        while let last = text.last, unwanted(last) { text.removeLast() }
        return String(text)
    }
}
