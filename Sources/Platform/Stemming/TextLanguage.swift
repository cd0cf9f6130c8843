/// A language of the Latin script whose words are told apart by its function words and have a stemmer of their own. Greek, Russian and
/// Hindi are known by their letters.
package enum TextLanguage: String, CaseIterable, Sendable {
    case english = "en", german = "de", french = "fr", spanish = "es", italian = "it", portuguese = "pt", dutch = "nl", swedish =
        "sv"
    case danish = "da", norwegian = "nb", finnish = "fi", hungarian = "hu", romanian = "ro", turkish = "tr", catalan = "ca"

    /// Which function words of each language a text has; each counts once, since code repeats its few letters.
    package struct Evidence: Sendable {
        private var counts = [Int](repeating: 0, count: TextLanguage.allCases.count)

        package init() {}

        /// - Parameter words: in lower case and plain letters.
        package init(of words: some Sequence<String>) {
            var seen: Set<Int> = []
            for word in words {
                guard let known = TextLanguage.byFunctionWord[word], seen.insert(known.number).inserted else { continue }
                for language in known.languages { counts[language] += 1 }
            }
        }

        package func count(of language: TextLanguage) -> Int {
            TextLanguage.allCases.firstIndex(of: language).map { counts[$0] } ?? 0
        }

        package static func += (sum: inout Evidence, more: Evidence) {
            for index in sum.counts.indices { sum.counts[index] += more.counts[index] }
        }

        /// The language that has clearly more than each other one.
        package func winner(among languages: [TextLanguage] = TextLanguage.allCases, least: Int) -> TextLanguage? {
            let found = TextLanguage.allCases.enumerated().filter { languages.contains($0.element) }
                .map { (language: $0.element, count: counts[$0.offset]) }.sorted { $0.count > $1.count }
            guard let best = found.first, best.count >= least else { return nil }
            let second = found.count > 1 ? found[1].count : 0
            return best.count > second && best.count * 5 >= second * 6 ? best.language : nil
        }
    }

    /// As a column has them.
    package static func list(_ languages: Set<TextLanguage>) -> String { languages.map(\.rawValue).sorted().joined(separator: " ") }
    package static func set(_ list: String) -> Set<TextLanguage> {
        Set(list.split(separator: " ").compactMap { TextLanguage(rawValue: String($0)) })
    }

    /// Words that say how, not what, in plain letters.
    package var functionWords: Set<String> { Self.words[self] ?? [] }

    private static let byFunctionWord: [String: (number: Int, languages: [Int])] = {
        var all: [String: (number: Int, languages: [Int])] = [:]
        for (index, language) in allCases.enumerated() {
            for word in language.functionWords where word.utf8.count > 1 {
                let number = all[word]?.number ?? all.count
                all[word] = (number, (all[word]?.languages ?? []) + [index])
            }
        }
        return all
    }()

    private static let words: [TextLanguage: Set<String>] = lists.mapValues { Set($0.split(separator: " ").map(String.init)) }

    private static let lists: [TextLanguage: String] = [
        .english: """
        a about above after again against all am an and any are arent as at be because been before being below between both but \
        by can cannot could couldnt did didnt do does doesnt doing dont down during each few for from further had hadnt has \
        hasnt have havent having he her here hers herself him himself his how i if im in into is isnt it its itself ive me more \
        most my myself no nor not of off on once only or other our ours ourselves out over own please same she should so some \
        such tell than that thats the their theirs them themselves then there these they this those through to too under until \
        up us very was we were what whats when where which while who whom whose why will with would you your yours yourself \
        yourselves
        """,
        .german: """
        aber alle als am an auch auf aus bei beim bin bis da damit dann das dass dem den der des die dies diese diesem diesen dieser dieses \
        doch dort du durch ein eine einem einen einer eines er es etwas fur hat hatte ich ihr ihre im in ist ja jede jeder kann kein keine \
        konnen man mehr mein mich mit muss nach nicht noch nun nur ob oder ohne sehr sein seine sich sie sind so soll sollte uber um und uns \
        unter vom von vor war waren warum was weil welche welcher welches wenn wer werden wie wieder wird wo wurde zu zum zur zwischen
        """,
        .french: """
        a afin ai ainsi alors au aucun aussi autre aux avec avez avoir bien c car ce ceci cela ces cet cette chaque ci comme comment d dans de \
        des donc dont du elle elles en entre est et etait etc ete etre fait il ils j je l la le les leur leurs lorsque lui m mais me meme mes \
        mon n ne nos notre nous on ont ou par pas peut peuvent plus pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa \
        sans se sera ses si son sont sous sur t ta te tous tout toute toutes tres tu un une vers vos votre vous y
        """,
        .spanish: """
        a al algo algunos ante antes aunque cada como con contra cual cuales cuando de del desde donde dos e el ella ellos en entre era es esa \
        ese eso esta estan este esto estos fue ha han hasta hay la las le les lo los mas me mi muy ni no nos o otra otro otros para pero por \
        porque pueda puede pueden que quien se sea segun ser si sin sobre son su sus tambien tiene tienen todo todos tu un una unas uno unos \
        usted y ya
        """,
        .italian: """
        a ad ai al alla alle allo anche ancora c che chi ci come con cosa cosi cui d da dagli dai dal dalla dalle dei degli del della delle dello \
        di dove e ed era essere fra gli ha hanno i il in io l la le lei li lo loro lui ma mi molto ne negli nei nel nella nelle no noi non o \
        ogni per perche piu poi possono prima puo qual quale quali quando quanto quella quello questa queste questi questo se sei senza si sia \
        siano solo sono sono sta stato su sua sui sul sulla suo tra tutti tutto un una uno vi voi
        """,
        .portuguese: """
        a ao aos apenas as ate com como da das de dela dele deve do dos e ela elas ele eles em entre era essa esse esta estao estas este estes \
        eu foi foram ha isso isto ja la lhe mais mas me mesmo meu muito na nao nas nem no nos nossa num numa o onde os ou para pela pelas pelo \
        pelos pode podem por porque posso qual quais quando que quem sao se sem ser seu seus si sob sobre sua suas tambem tem tudo um uma umas \
        uns voce
        """,
        .dutch: """
        aan al alle als andere bij daar dan dat de deze die dit door een en er geen had hebben heeft het hij hoe hun ik in is ja je kan kunnen \
        maar meer men met mijn moet na naar niet nog nu of om omdat ons ook op over te tegen toch tot u uit uw van veel voor waar waarom wanneer \
        want waren was wat we wel welke werd wie wij worden wordt zal ze zelf zich zij zijn zo zoals zonder zou
        """,
        .swedish: """
        alla att av bara blev bli blir da de deras dess dessa det detta dig din du dar efter ej eller en er ett fran for ha hade han har hon hur \
        i icke inte ja jag kan man med mellan men mig min mot mycket nagot nar ni nu och om oss pa sa samma sig sin sina ska skulle som till \
        under upp ut utan vad var vara varfor varit vi vid vilka vilken vill
        """,
        .danish: """
        ad af alle alt anden at blev blive bliver da de dem den denne der deres det dette dig din disse du efter eller en end er et for fra ham \
        han hans har havde hun hvad hvem hver hvis hvor hvordan hvorfor i ikke ind ja jeg jo kan kunne man mange med meget men mere mig min mod \
        ned noget nogle nu nar og ogsa om op os over pa sa selv sig sin sine skal som til ud under var ved vi vil ville vor
        """,
        .norwegian: """
        alle at av bare ble bli blir da de den denne der deres det dette din disse du eller en enn er et etter for fordi fra ha hadde han har \
        hun hva hvem hver hvilken hvis hvor hvordan hvorfor i ikke inn ja jeg kan kunne man mange med meg men mer mot mye na nar noe noen og \
        ogsa om opp oss over pa sa seg selv sin sine skal slik som til ut var vart ved vi vil ville
        """,
        .finnish: """
        ei eika eli en enemman etta han hanen he hyvin ja jo joka joita jolla jonka jos jossa jotka joten kaikki kanssa kautta kuin kuinka kun \
        kuten kylla me mika mikali miksi milloin minka minun mita miten muita mukaan mutta myos ne niiden niin nyt oli olla on ovat sen siella \
        siina sita se tai taman tama tassa vain vai voi voidaan vuoksi
        """,
        .hungarian: """
        a abban ahhoz aki akkor alatt ami amely amikor az azok azt azzal be csak de ebben egy egyik el elott es ez ezek ezt fel ha hanem hogy \
        hogyan ha igen ill ilyen is ki kell kozott le lehet legyen lenne lesz ma maga mar meg mely mert mi miert milyen minden mint mit mivel \
        nagyon ne nem nincs ott pedig sem s szerint szamara tehat tobb utan vagy van vannak volt
        """,
        .romanian: """
        a acea aceasta aceste acest acestea ai al ale am ar are asa au avea ca care ce cel cele cei cu cum cand da daca dar de deci decat din \
        doar dupa ea ei el era este eu fara fi fie fiind fost i iar il in insa intre isi la le lor lui mai mult ne nici noi nu o or pe pentru \
        peste poate prin sa sau se si sub sunt te un una unde unei unor unui va voi vor
        """,
        .turkish: """
        acaba ama ancak bana bazi ben bir biri biz bu buna bunu bunun da daha de degil diye en gibi hem hep her hic icin ile ise kadar karsi \
        kendi ki kim mi mu nasil ne neden nerede o olan olarak oldu olur ona onlar onu onun sanki sen siz su tum var ve veya ya yani yok
        """,
        .catalan: """
        a al als amb aquest aquesta aquests aixo cada com d dels del des el ella els en entre era es esta fins ha han hi i l la les li mes molt \
        n no o on per pero perque pot poden qual quan que qui s se sense ser seu seva si sobre son tambe te tot un una uns va vol
        """,
    ]
}
