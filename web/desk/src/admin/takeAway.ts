import { prove } from "../live/proof";
import { read } from "../live/rest";

/** Has the browser fetch a file that wants proof. It does that itself, so proof is asked for before. */
export async function takeAway(path: string): Promise<void> {
  const { proven } = await read<{ proven: boolean }>("/me/second-step");
  if (proven || (await prove())) location.assign(`/api/v1${path}`);
}
