import createDOMPurify from "dompurify";

const purifier = createDOMPurify(window);

purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName === "A") {
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer");
  }
});

/** Only what Markdown needs, citation buttons and formulas; no images, since an answer has none of its own. */
const allowed = {
  ALLOWED_TAGS: [
    "p", "br", "strong", "em", "del", "code", "pre", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "a", "span", "div", "button", "sup", "sub", "input",
  ],
  ALLOWED_ATTR: ["href", "class", "type", "start", "align", "data-cite", "data-display", "aria-label", "checked", "disabled"],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
  RETURN_TRUSTED_TYPE: true,
};

/** A text, or what the browser trusts in its place where it has Trusted Types: to be set as it is. */
export function sanitized(html: string): string {
  return purifier.sanitize(html, allowed) as unknown as string;
}
