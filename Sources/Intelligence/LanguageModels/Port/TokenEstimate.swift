/// How many tokens a text is likely to have: a rough count on the safe side, since no tokenizer of a foreign model is at hand.
package enum TokenEstimate {
    package static func tokens(in text: String) -> Int { text.utf8.count / 3 + 4 }
}
