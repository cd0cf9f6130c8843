import assert from "node:assert/strict";
import test from "node:test";
import { blocksOf } from "./markdown";

const html = (markdown: string) => blocksOf(markdown, [1, 2, 12]).map((block) => block.html.trim()).join("");
const cite = (number: number) => `<button type="button" class="cite" data-cite="${number}" aria-label="Source ${number}">${number}</button>`;

test("a number in brackets becomes a source's button", () => {
  assert.equal(html("Water moves [1]."), `<p>Water <span class="kept">moves ${cite(1)}.</span></p>`);
  assert.equal(html("As follows [2]:"), `<p>As <span class="kept">follows ${cite(2)}:</span></p>`);
  assert.equal(html("Both [1][12]."), `<p><span class="kept">Both ${cite(1)}${cite(12)}.</span></p>`);
});

test("code and links keep their brackets", () => {
  assert.equal(html("`a[1]`"), "<p><code>a[1]</code></p>");
  assert.equal(html("[1](https://example.org)"), '<p><a href="https://example.org">1</a></p>');
  assert.equal(html("[note]"), "<p>[note]</p>");
});

test("what is no citation stays as it is written", () => {
  const texts = ["An element a[1] and a[0]", "f(x)[1]", "the set [1, 6]", "no source [3]", "x = [1]", "x &lt; [2]", "[[1]]", "\\[1\\]"];
  for (const text of texts) assert.ok(!html(text).includes("data-cite"), text);
  assert.equal(html("[[1]]"), "<p>[[1]]</p>");
  assert.ok(html("水会流动[1]。").includes(cite(1)));
  assert.ok(html("The set [1, 6] holds six [1].").includes(`six ${cite(1)}.`));
});

test("formulas are kept for the typesetter", () => {
  assert.equal(html("So $a_1 < b$."), '<p>So <span class="math" data-display="false">a_1 &lt; b</span>.</p>');
  assert.equal(html("$$\nE = mc^2\n$$"), '<div class="math" data-display="true">E = mc^2</div>');
  assert.equal(html("\\(x\\)"), '<p><span class="math" data-display="false">x</span></p>');
  assert.equal(html("It costs $5 and $6."), "<p>It costs $5 and $6.</p>");
});

test("tags in an answer are shown, not obeyed", () => {
  assert.ok(!html("<img src=x onerror=alert(1)> and <b>bold</b>").includes("<img"));
  assert.ok(!html("<script>alert(1)</script>").includes("<script"));
});

test("blocks that are finished do not change as the answer grows", () => {
  const short = blocksOf("# One\n\nTwo two\n\nThr");
  const long = blocksOf("# One\n\nTwo two\n\nThree and more");
  assert.deepEqual(long.slice(0, 2), short.slice(0, 2));
  assert.equal(long.length, 3);
});
