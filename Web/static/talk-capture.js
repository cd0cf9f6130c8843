// Runs beside the page, in the sound's own thread: brings the microphone to 16,000 samples a second, and hands on a tenth of a second
// at a time. A file of its own, since the page allows no script within it.
class TalkCapture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.step = sampleRate / 16000;
    this.place = 0;
    this.sum = 0;
    this.count = 0;
    this.out = new Int16Array(1600);
    this.filled = 0;
    this.loud = 0;
  }

  process(inputs) {
    const channel = inputs[0]?.[0];
    if (!channel) return true;
    for (const sample of channel) {
      // The mean of what falls on one sample: it keeps out what is too high for the lower rate.
      this.sum += sample;
      this.count += 1;
      this.place += 1;
      if (this.place < this.step) continue;
      this.place -= this.step;
      const value = Math.max(-1, Math.min(1, this.sum / this.count));
      this.sum = 0;
      this.count = 0;
      this.loud += value * value;
      this.out[this.filled++] = value * 32767;
      if (this.filled === this.out.length) this.hand();
    }
    return true;
  }

  hand() {
    const level = Math.sqrt(this.loud / this.out.length);
    this.port.postMessage({ samples: this.out.buffer, level }, [this.out.buffer]);
    this.out = new Int16Array(1600);
    this.filled = 0;
    this.loud = 0;
  }
}

registerProcessor("talk-capture", TalkCapture);
