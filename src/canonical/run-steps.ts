import type { Api, Steps } from "../model/api.ts";

/** Runs steps against an organisation. What the organisation refuses is thrown into the steps, which may handle it. */
export async function runSteps<Result>(api: Api, kind: string, steps: Steps<Result>): Promise<Result> {
  let turn = steps.next();
  while (turn.done !== true) {
    const request = turn.value;
    turn = await api.send(request, kind).then(
      (answer) => steps.next(answer),
      (error: unknown) => steps.throw(error),
    );
  }
  return turn.value;
}
