import { describe, expect, it } from "vitest";
import { againstFloor } from "../../bench/requests.ts";
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
    const snapshot = async (): Promise<void> => {
      const { exit, stderr } = await workspace.hurried("snapshot", "primary");
      expect(exit, stderr).toBe(0);
    };
    expect(await besideFloor("full", snapshot)).toEqual([]);
    expect(await besideFloor("unchanged", snapshot)).toEqual([]);
  });
});
