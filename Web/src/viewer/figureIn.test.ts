import assert from "node:assert/strict";
import test from "node:test";
import { figureIn } from "./figureIn";

const figures = [{ page: 2, caption: "Figure 1: The wall of a cell, drawn" }, { page: 2, caption: "" }, { page: 3, caption: "Figure 2: A leaf" }];

test("the figure is the one whose caption the passage holds, on its page", () => {
  assert.equal(figureIn(figures, 2, "Walls are thick. Figure 1. The wall of a\ncell, drawn")?.caption, figures[0]?.caption);
  assert.equal(figureIn(figures, 2, "Figure 2: A leaf"), null);
  assert.equal(figureIn(figures, 3, "Leaves, as in Figure 2."), null);
});
