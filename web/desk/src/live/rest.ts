// Requests to the REST API. A command is repeated with the same id until it is
// answered, so a lost answer never makes it happen twice.
import { newId, Refusal } from "../../../protocol/src/socket";
import { prove } from "./proof";

const base = "/api/v1";
const retryAfterMs = [500, 1500, 4000];

/** Reads something. */
export const read = <T>(path: string): Promise<T> => request<T>("GET", path, undefined, undefined);

/** Changes something; the promise is rejected with a Refusal. What has the same id has one effect. */
export const command = <T = void>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: object,
  id = newId(),
): Promise<T> => request<T>(method, path, body, id);

/** What wants proof of being oneself is done once that was given. */
async function request<T>(...asked: Parameters<typeof answered>): Promise<T> {
  try {
    return await answered<T>(...asked);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "proof_needed" || !(await prove())) throw error;
    return await answered<T>(...asked);
  }
}

async function answered<T>(
  method: string,
  path: string,
  body: object | undefined,
  id: string | undefined,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const answer = await once(method, path, body, id);
    const wait = retryAfterMs[attempt];
    // Not sent, not answered, or not stored: the same again, with the same id.
    if (wait === undefined || (answer && answer.status !== 503)) return await result<T>(answer);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function once(
  method: string,
  path: string,
  body: object | undefined,
  id: string | undefined,
): Promise<Response | undefined> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang,
  };
  if (body) headers["Content-Type"] = "application/json";
  if (id) headers["Idempotency-Key"] = id;
  try {
    return await fetch(base + path, {
      method,
      headers,
      credentials: "same-origin",
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch {
    return undefined;
  }
}

async function result<T>(answer: Response | undefined): Promise<T> {
  if (!answer) throw new Refusal("unavailable");
  const text = await answer.text();
  const data: unknown = text === "" ? undefined : parse(text);
  if (answer.ok) return data as T;
  const problem = (data ?? {}) as { code?: string; detail?: string; params?: Record<string, unknown> };
  throw new Refusal(problem.code ?? "internal", problem.params, problem.detail);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
