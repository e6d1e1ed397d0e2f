// Works away from the page, which stays as quick as it was.
import { solve } from "./solve";

export interface Task {
  token: string;
  zeros: number;
}

addEventListener("message", ({ data }: MessageEvent<Task>) => postMessage(solve(data.token, data.zeros)));
