// The sounds, made here note by note: there is no file to fetch. Soft, short,
// and different enough to be told apart without looking.
import type { SoundEvent } from "../settings/preferences";

interface Note {
  hertz: number;
  /** Glides there while it sounds. */
  to?: number;
  /** Seconds from the beginning, and how long. */
  at: number;
  lasts: number;
}

export const tunes: Record<SoundEvent, readonly Note[]> = {
  request: [
    { hertz: 659, at: 0, lasts: 0.22 },
    { hertz: 880, at: 0.18, lasts: 0.4 },
  ],
  message: [{ hertz: 392, at: 0, lasts: 0.25 }],
  tick: [{ hertz: 1319, at: 0, lasts: 0.05 }],
  missed: [{ hertz: 523, to: 330, at: 0, lasts: 0.5 }],
  accepted: [
    { hertz: 988, at: 0, lasts: 0.07 },
    { hertz: 988, at: 0.13, lasts: 0.07 },
  ],
  interrupted: [{ hertz: 262, at: 0, lasts: 0.45 }],
};

export class Player {
  private context: AudioContext | undefined;
  private master: GainNode | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly open: () => AudioContext = () => new AudioContext(),
    private readonly touched: () => boolean = () => navigator.userActivation?.hasBeenActive ?? false,
  ) {}

  /** Browsers let nothing sound before somebody has done something on the page. */
  get blocked(): boolean {
    return this.context?.state !== "running" && !this.touched();
  }

  /** To be called from a press: from then on sounds are heard. */
  async unlock(): Promise<void> {
    this.changed();
    try {
      this.context ??= this.open();
      await this.context.resume();
    } catch {
      // No way to make a sound here; everything is visible and spoken as well.
    }
    this.changed();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Plays at a volume of 0 to 100, unless blocked. */
  play(event: SoundEvent, volume: number): void {
    if (this.blocked || volume <= 0) return;
    const context = (this.context ??= this.open());
    if (context.state === "suspended") void context.resume();
    const master = context.createGain();
    // Loudness is felt by the power of the amplitude.
    master.gain.value = (volume / 100) ** 2;
    master.connect(context.destination);
    this.master = master;
    for (const note of tunes[event]) strike(context, master, note);
  }

  /** Silence, at once. */
  stop(): void {
    this.master?.disconnect();
    this.master = undefined;
  }
}

function strike(context: AudioContext, to: AudioNode, note: Note): void {
  const start = context.currentTime + note.at;
  const end = start + note.lasts;
  const tone = context.createOscillator();
  const shape = context.createGain();
  tone.type = "sine";
  tone.frequency.setValueAtTime(note.hertz, start);
  if (note.to) tone.frequency.exponentialRampToValueAtTime(note.to, end);
  // In quickly and out slowly, or the loudspeaker clicks.
  shape.gain.setValueAtTime(0, start);
  shape.gain.linearRampToValueAtTime(0.6, start + 0.015);
  shape.gain.exponentialRampToValueAtTime(0.001, end);
  tone.connect(shape).connect(to);
  tone.start(start);
  tone.stop(end);
}
