import { describe, expect, it } from "vitest";
import { againstFloor } from "../../bench/requests.ts";
import { documentOf } from "./support/cli.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "seed", standby: "empty" });

/** Requests to the primary while a command runs that differ in number from the floor, as `REQUEST: sent/floor`. */
async function besideFloor(which: "full" | "unchanged", work: () => Promise<unknown>): Promise<string[]> {
  const [state, mark] = [await stage.control.state("primary"), await stage.control.mark()];
  await work();
  const log = (await stage.control.log(mark)).filter(({ org, path }) => org === "primary" && path.startsWith("/api/"));
  return againstFloor(state, log, which)
    .filter(({ sent, floor }) => sent !== floor)
    .map(({ request, sent, floor }) => `${request}: ${sent}/${floor}`);
}

describe("the requests of a snapshot", () => {
  it("are the fewest possible, the first time and without a change since", async () => {
    const workspace = await stage.workspace();
    const told: string[] = [];
    const sent: number[] = [];
    const snapshot = async (): Promise<void> => {
      const ended = await workspace.hurried("snapshot", "primary");
      expect(ended.exit, ended.stderr).toBe(0);
      told.push(/needs about (.*)/.exec(ended.stderr)?.[1] ?? "");
      sent.push(documentOf<{ requests: { total: number } }>(ended).requests.total);
    };
    expect(await besideFloor("full", snapshot)).toEqual([]);
    expect(await besideFloor("unchanged", snapshot)).toEqual([]);
    // What will be needed is told where an earlier reading counted it, and is near to what is.
    expect(told[0]).toBe("");
    const [, full, since] = /^(\d+) requests; since .* only (\d+)$/.exec(told[1] ?? "") ?? [];
    for (const [at, expected] of [full, since].entries()) {
      expect(Math.abs(Number(expected) / (sent[at] ?? 0) - 1), `${told[1]} ${sent.join(" ")}`).toBeLessThan(0.1);
    }
  });
});
