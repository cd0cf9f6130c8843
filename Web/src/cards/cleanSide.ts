import createDOMPurify from "dompurify";
import { withSounds } from "./soundMarks";

/** Of its own: it knows pictures, which answers have none of. */
const purifier = createDOMPurify(window);

purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName === "A") {
    if (!/^(?:https?:|mailto:)/i.test(node.getAttribute("href") ?? "")) node.removeAttribute("href");
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer");
  }
  if (node.tagName === "IMG") {
    // Fetched by script, since an address alone shows nobody's picture; what lies elsewhere is not fetched at all.
    const name = node.getAttribute("src") ?? "";
    node.removeAttribute("src");
    if (!node.hasAttribute("alt")) node.setAttribute("alt", "");
    if (name !== "" && !/^[a-z]+:|^\//i.test(name)) node.setAttribute("data-media", decoded(name));
  }
});

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What cards of other programs are made of, and nothing that runs, dresses the page or fetches by itself. */
const allowed = {
  ALLOWED_TAGS: [
    "p", "br", "strong", "em", "b", "i", "u", "s", "small", "mark", "del", "code", "pre", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "a", "span", "div", "sup", "sub", "img", "ruby", "rt", "rp", "dl", "dt", "dd", "figure", "figcaption",
    "svg", "rect", "ellipse", "polygon",
  ],
  ALLOWED_ATTR: [
    "href", "class", "start", "data-display", "data-sound", "src", "alt", "align", "colspan", "rowspan", "viewBox", "preserveAspectRatio", "aria-hidden",
    "x", "y", "width", "height", "cx", "cy", "rx", "ry", "points",
  ],
  ALLOW_DATA_ATTR: false,
  RETURN_TRUSTED_TYPE: true,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
};

/** A text, or what the browser trusts in its place where it has Trusted Types: to be set as it is. */
export function cleanSide(html: string): string {
  return purifier.sanitize(withSounds(html), allowed) as unknown as string;
}
