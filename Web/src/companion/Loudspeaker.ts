/** Plays sound as it comes, each piece right behind the one before. */
export class Loudspeaker {
  private readonly context = new AudioContext();
  private readonly analyser = this.context.createAnalyser();
  private readonly sources = new Set<AudioBufferSourceNode>();
  private readonly levels = new Float32Array(512);
  private next = 0;
  private last = 0;
  private done: number | null = null;

  /** @param played is told the number of the sentence up to which all is played, once nothing follows. */
  constructor(private readonly rate: number, private readonly played: (number: number) => void) {
    this.analyser.fftSize = 512;
    this.analyser.connect(this.context.destination);
    void this.context.resume();
  }

  play(samples: Int16Array, number: number): void {
    if (samples.length === 0) return;
    const buffer = this.context.createBuffer(1, samples.length, this.rate);
    buffer.copyToChannel(Float32Array.from(samples, (sample) => sample / 32768), 0);
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.analyser);
    const start = Math.max(this.context.currentTime + 0.03, this.next);
    this.next = start + buffer.duration;
    this.last = number;
    this.sources.add(source);
    source.onended = () => {
      this.sources.delete(source);
      this.tell();
    };
    source.start(start);
  }

  /** Nothing follows the sentence of this number for now. */
  finish(number: number): void {
    this.done = number;
    this.tell();
  }

  private tell(): void {
    if (this.done === null || this.sources.size > 0) return;
    const number = Math.max(this.done, this.last);
    this.done = null;
    this.played(number);
  }

  /** Is silent at once. */
  stop(): void {
    for (const source of this.sources) {
      source.onended = null;
      source.stop();
    }
    this.sources.clear();
    this.next = 0;
    this.done = null;
  }

  /** How loud it is now, 0 to 1. */
  get level(): number {
    this.analyser.getFloatTimeDomainData(this.levels);
    const mean = this.levels.reduce((sum, sample) => sum + sample * sample, 0) / this.levels.length;
    return Math.min(1, Math.sqrt(mean) * 5);
  }

  close(): void {
    this.stop();
    void this.context.close();
  }
}
