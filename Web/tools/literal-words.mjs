/** Attributes of elements and components that a person reads or hears. */
const shownAttributes = /^(label|title|placeholder|alt|hint|problem|lead|heading|description|summary|aria-label|aria-description|aria-roledescription|aria-valuetext)$/;
/** Names under which data carries what is shown. */
const shownProperties = /^(label|title|text|hint|what|place|message|problem|lead|action|placeholder)$/;

/**
 * Words for people that stand in a source: text between tags, attributes that are read, and any text that looks like a
 * sentence or a title ("Sign in", "It could not be deleted.").
 */
export function literalWords(ts, file) {
  const found = [];
  const add = (node, text) => {
    if (/\p{L}{2}/u.test(text)) found.push({ line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1, text: text.trim() });
  };
  const visit = (node) => {
    if (ts.isJsxText(node)) add(node, node.text);
    // A TypeError is a programmer's fault, told to programmers.
    else if (ts.isNewExpression(node) && node.expression.getText() === "TypeError") return;
    else if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    // Names of classes and the like are words of the style sheet.
    else if (ts.isJsxAttribute(node) && /^(className|d|viewBox|transform|accept|autoComplete|rel)$/.test(node.name.getText())) return;
    else if (ts.isStringLiteralLike(node)) {
      if (isShown(ts, node) || isProse(node.text)) add(node, node.text);
    } else if (ts.isTemplateExpression(node)) {
      const text = node.head.text + node.templateSpans.map((span) => ` ${span.literal.text}`).join("");
      const pieces = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
      if (isShown(ts, node) ? /\p{L}{2}/u.test(text) : pieces.some(isProse) || /^\p{Lu}\p{L}{2,} $/u.test(node.head.text)) add(node, text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.filter(({ text }) => text !== "Little Monster" && text !== "Bearer");
}

/** "Sign in", "Nothing was found. Try again.": a capital, then several words or a full stop. */
function isProse(text) {
  return /^[“"]?\p{Lu}\p{Ll}+(?: \p{L}|[^\p{L}]* \p{Ll}+ |.*[.!?…]$)/u.test(text) || /\p{Ll}{2,} \p{Ll}{2,} \p{Ll}{2,}/u.test(text) && !/[-_:;{}()\[\]#=<>|]/.test(text);
}

/** Whether a text ends up before a reader by the place where it stands: child of an element, a read attribute, a shown property. */
function isShown(ts, node) {
  let at = node;
  let above = node.parent;
  while (above) {
    if (ts.isConditionalExpression(above) && above.condition !== at || ts.isParenthesizedExpression(above) || isFallback(ts, above, at)) [at, above] = [above, above.parent];
    else if (ts.isJsxExpression(above)) [at, above] = [above, above.parent];
    else break;
  }
  if (!above) return false;
  if (ts.isJsxElement(above) || ts.isJsxFragment(above)) return true;
  if (ts.isJsxAttribute(above)) return shownAttributes.test(above.name.getText());
  if (ts.isPropertyAssignment(above) && above.initializer === at) return shownProperties.test(above.name.getText()) && /^\p{Lu}/u.test(node.text ?? node.head?.text ?? "");
  return ts.isCallExpression(above) && above.arguments.includes(at) && /^(showToast|usePage)$/.test(above.expression.getText());
}

function isFallback(ts, above, at) {
  return ts.isBinaryExpression(above) && above.right === at && ["??", "||", "&&"].includes(above.operatorToken.getText());
}
