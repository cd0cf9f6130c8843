import assert from "node:assert/strict";
import test from "node:test";
import { withoutSounds, withSounds } from "./soundMarks";

test("a sound's mark becomes the place of a button, and nothing else does", () => {
  assert.equal(withSounds('The heart [sound:beat 1.mp3] [no:sound] [sound:"x"]'), 'The heart <span class="card-sound" data-sound="beat 1.mp3"></span> [no:sound] [sound:"x"]');
  assert.equal(withoutSounds("Haus [sound:haus.mp3]"), "Haus  ");
});
