import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, createWriteStream, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { once } from "node:events";

const root = resolve(__dirname, "../..");

/** A part of the demo, as the server gives it: the address lets a browser in, once. */
export interface Pane {
  name: string;
  label?: string;
  url: string;
}

/**
 * The real binary with the sample organization, in a folder of its own and on
 * a port that the system chose. Nobody is simulated.
 */
export class Server {
  private process: ChildProcess | undefined;
  private readonly data = mkdtempSync(join(tmpdir(), "hiwar-e2e-"));
  private port = 0;
  private readonly log;

  constructor(
    name: string,
    private readonly settings: Record<string, string>,
  ) {
    const logs = resolve(root, "artifacts/e2e/logs");
    mkdirSync(logs, { recursive: true });
    this.log = createWriteStream(join(logs, `${name}.log`));
  }

  /** The address of the demo's page, on the host that the personas share a site with. */
  get origin(): string {
    return `http://hiwar.localhost:${this.port}`;
  }

  /** The address that programs without a browser's knowledge of host names ask. */
  get base(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const settings = Object.entries(this.settings).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
    const args = [
      "demo",
      "--sim=off",
      "--starts-at-once=0",
      "--requests-at-once=0",
      "--listen",
      `127.0.0.1:${this.port}`,
      "--data",
      this.data,
      ...settings,
    ];
    const made = spawn(process.env.E2E_BINARY ?? join(root, "bin/hiwar"), args, {
      cwd: this.data,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process = made;
    made.stderr.pipe(this.log, { end: false });
    this.port = await announced(made);
  }

  /** Ends it as a planned stop does, and starts it again on the same port and data. */
  async restart(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    await this.stop(signal);
    await this.start();
  }

  private async stop(signal: NodeJS.Signals): Promise<void> {
    const running = this.process;
    if (!running || running.exitCode !== null) return;
    const ended = once(running, "exit");
    running.kill(signal);
    await ended;
  }

  async close(): Promise<void> {
    await this.stop("SIGTERM");
    this.log.end();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** A fresh way in for one part of the demo, or one person of the sample. */
  async pane(name: string, lang: string): Promise<Pane> {
    const answer = await fetch(`${this.base}/api/v1/demo?lang=${lang}`, {
      headers: { "Accept-Language": lang },
    });
    if (!answer.ok) throw new Error(`GET /api/v1/demo: ${answer.status} ${await answer.text()}`);
    const { panes } = (await answer.json()) as { panes: Pane[] };
    const found = panes.find((pane) => pane.name === name);
    if (!found) throw new Error(`the demo has no part ${name}`);
    return found;
  }
}

/** The port in the address that the server prints when it is ready. */
async function announced(made: ChildProcess): Promise<number> {
  let said = "";
  return new Promise((found, failed) => {
    made.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const port = /https?:\/\/[^\s/:]+:(\d+)/.exec(said)?.[1];
      if (port) found(Number(port));
    });
    made.once("exit", (code) => failed(new Error(`hiwar ended with ${code} before it was ready: ${said}`)));
    made.once("error", failed);
  });
}
