import { CallError } from "./client.ts";

/** What a call is refused with. @throws Error when it is not */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const outcome: unknown = await call.catch((error: unknown) => error);
  if (outcome instanceof CallError) return outcome.message;
  throw new Error(`not refused: ${JSON.stringify(outcome)}`);
}
