import { expect, it, vi } from "vitest";
import { soundEvents } from "../settings/preferences";
import { Player, tunes } from "./sound";

/** As much of an audio context as a note needs. */
function context(state: "running" | "suspended") {
  const tones: { start: number; stop: number }[] = [];
  const param = () => ({
    value: 0,
    setValueAtTime: vi.fn(),
    linearRampToValueAtTime: vi.fn(),
    exponentialRampToValueAtTime: vi.fn(),
  });
  const gains: { gain: { value: number }; disconnect: () => void }[] = [];
  const fake = {
    state: state as string,
    currentTime: 10,
    destination: {},
    resume: vi.fn(() => {
      fake.state = "running";
      return Promise.resolve();
    }),
    createGain: () => {
      const gain = { gain: param(), connect: vi.fn((to: unknown) => to), disconnect: vi.fn() };
      gains.push(gain);
      return gain;
    },
    createOscillator: () => {
      const tone = { start: 0, stop: 0 };
      tones.push(tone);
      return {
        frequency: param(),
        connect: (to: unknown) => to,
        start: (at: number) => (tone.start = at),
        stop: (at: number) => (tone.stop = at),
      };
    },
  };
  return { fake: fake as unknown as AudioContext, resume: fake.resume, tones, gains };
}

it("has a tune for everything that makes a sound, none longer than a second", () => {
  for (const event of soundEvents)
    for (const note of tunes[event]) expect(note.at + note.lasts, event).toBeLessThanOrEqual(1);
});

it("keeps silent until somebody has touched the page, and says so", async () => {
  const { fake, tones } = context("suspended");
  const player = new Player(
    () => fake,
    () => false,
  );
  const told = vi.fn();
  player.onChange(told);
  expect(player.blocked).toBe(true);
  player.play("request", 50);
  expect(tones).toEqual([]);
  await player.unlock();
  expect([player.blocked, told.mock.calls.length > 0]).toEqual([false, true]);
  player.play("request", 50);
  expect(tones).toEqual([
    { start: 10, stop: 10.22 },
    { start: 10.18, stop: 10.58 },
  ]);
});

it("is as loud as was chosen, and silent at once when stopped", () => {
  const { fake, gains, tones } = context("running");
  const player = new Player(
    () => fake,
    () => true,
  );
  player.play("message", 50);
  expect(gains[0]?.gain.value).toBe(0.25);
  player.stop();
  expect(gains[0]?.disconnect).toHaveBeenCalledTimes(1);
  player.play("message", 0);
  expect(tones.length).toBe(1);
});

it("goes on without sound where there is none to be had", async () => {
  const player = new Player(
    () => {
      throw new Error("no audio");
    },
    () => false,
  );
  await expect(player.unlock()).resolves.toBeUndefined();
});
