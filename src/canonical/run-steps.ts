import type { Api, Held, Request, Steps } from "../model/api.ts";

/** Runs steps against an organisation. What the organisation refuses is thrown into the steps, which may handle it. */
export function runSteps<Result>(api: Api, kind: string, steps: Steps<Result>): Promise<Result> {
  return runWith(steps, (request) => api.send(request, kind));
}

/**
 * Runs steps that write one object. From the first request on that changed something they go on to their end although the run
 * is being stopped, so that no half-written object stays behind.
 */
export async function runWrites<Result>(api: Api, kind: string, steps: Steps<Result>): Promise<Result> {
  let held: Held | undefined;
  try {
    return await runWith(steps, async (request) => {
      const answer = await (held ?? api).send(request, kind);
      if (isChange(request)) held ??= api.hold?.();
      return answer;
    });
  } finally {
    held?.release();
  }
}

async function runWith<Result>(
  steps: Steps<Result>,
  send: (request: Request) => ReturnType<Api["send"]>,
): Promise<Result> {
  let turn = steps.next();
  while (turn.done !== true) {
    turn = await send(turn.value).then(
      (answer) => steps.next(answer),
      (error: unknown) => steps.throw(error),
    );
  }
  return turn.value;
}

function isChange(request: Request): boolean {
  return "op" in request && !request.op.startsWith("GET ");
}
