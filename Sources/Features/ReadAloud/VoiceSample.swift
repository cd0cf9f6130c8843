/// A sentence to hear a voice by, in its language.
enum VoiceSample {
    static func text(in language: String) -> String { sentences[language] ?? sentences["en"] ?? "" }

    private static let sentences: [String: String] = [
        "en": "Every cell comes from another cell, and each carries the plan of the whole.",
        "de": "Jede Zelle stammt von einer anderen Zelle, und jede trägt den Plan des Ganzen in sich.",
        "fr": "Chaque cellule vient d'une autre cellule, et chacune porte le plan de l'ensemble.",
        "es": "Cada célula viene de otra célula, y cada una lleva el plan del conjunto.",
        "it": "Ogni cellula viene da un'altra cellula, e ognuna porta il piano dell'insieme.",
        "pt": "Cada célula vem de outra célula, e cada uma leva o plano do conjunto.",
        "nl": "Elke cel komt voort uit een andere cel, en elke cel draagt het plan van het geheel.",
        "pl": "Każda komórka pochodzi od innej komórki i niesie plan całości.",
        "sv": "Varje cell kommer från en annan cell och bär planen för helheten.",
        "ru": "Каждая клетка происходит от другой клетки и несёт в себе план целого.",
        "uk": "Кожна клітина походить від іншої клітини і несе план цілого.",
        "tr": "Her hücre başka bir hücreden gelir ve bütünün planını taşır.", "zh": "每个细胞都来自另一个细胞。", "ja": "すべての細胞は細胞から生まれます。",
        "ko": "모든 세포는 다른 세포에서 나옵니다.", "ar": "كل خلية تأتي من خلية أخرى.", "hi": "हर कोशिका दूसरी कोशिका से आती है।",
        "el": "Κάθε κύτταρο προέρχεται από άλλο κύτταρο.", "he": "כל תא בא מתא אחר.",
        "fi": "Jokainen solu syntyy toisesta solusta.",
        "cs": "Každá buňka pochází z jiné buňky.", "hu": "Minden sejt egy másik sejtből származik.",
        "ro": "Fiecare celulă provine dintr-o altă celulă.",
        "da": "Hver celle kommer fra en anden celle.",
    ]
}
