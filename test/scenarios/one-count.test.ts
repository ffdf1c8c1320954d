import { expect, it } from "vitest";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "seed", standby: "empty" });

it("a snapshot is told by one count, in its progress, its text and its JSON", async () => {
  const workspace = await stage.workspace();
  const { stdout, stderr } = await workspace.run(["snapshot", "primary"]);
  const counts = [/: (\d+) objects read with/.exec(stderr)?.[1], /: (\d+) objects in /.exec(stdout)?.[1]];
  const { objects } = JSON.parse((await workspace.json("snapshot", "primary")).stdout) as { objects: number };
  expect(counts).toEqual([String(objects), String(objects)]);
});
