import assert from "node:assert/strict";
import test from "node:test";
import { moved, readCovered, writeCovered } from "./occlusion";

test("a covered picture is read as it was written, with shapes of other programs kept", () => {
  const covered = { picture: 'a & "b".png', parts: [{ left: 0.1, top: 0.2, width: 0.3, height: 0.05 }], hidesAll: true, others: ["{{c7::image-occlusion:ellipse:left=.5:top=.5:rx=.1:ry=.2:oi=1}}"] };
  const text = writeCovered(covered);
  assert.equal(text, '<img src="a &amp; &quot;b&quot;.png">\n{{c1::image-occlusion:rect:left=0.1:top=0.2:width=0.3:height=0.05:oi=1}}\n{{c2::image-occlusion:ellipse:left=.5:top=.5:rx=.1:ry=.2:oi=1}}');
  assert.deepEqual(readCovered(text), { ...covered, others: ["{{c2::image-occlusion:ellipse:left=.5:top=.5:rx=.1:ry=.2:oi=1}}"] });
  assert.deepEqual(readCovered(""), { picture: "", parts: [], hidesAll: false, others: [] });
});

test("a part stays within the picture, and never becomes nothing", () => {
  assert.deepEqual(moved({ left: 0.9, top: 0, width: 0.1, height: 0.1 }, { left: 0.5, top: -1 }), { left: 0.9, top: 0, width: 0.1, height: 0.1 });
  assert.equal(moved({ left: 0, top: 0, width: 0.02, height: 0.1 }, { width: -0.5 }).width, 0.01);
});
