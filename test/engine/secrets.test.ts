import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { demoPairing, secretMark } from "../../src/simulator/centre/index.ts";
import { writesTo } from "../scenarios/support/control.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { placeFor } from "./support/engine.ts";
import { errors, named } from "./support/events.ts";
import { describeEngine } from "./support/needs.ts";
import { orgStack, takeSnapshot } from "./support/orgs.ts";

describeEngine("real engine: secrets", [], ({ engine }) => {
  const stage = stageFor({ primary: "seed", standby: "empty" });
  const place = placeFor(engine, "each step");

  it("reach the organisation, and appear in no state, backup, event, output or log", async () => {
    const { environment, secrets } = demoPairing({ seed: 1, size: "S" });
    const workspace = await stage.workspace({ env: environment });
    await workspace.configure({ secrets, include: { kinds: ["credential", "language"] } });
    await takeSnapshot(workspace);
    const stack = await orgStack(place(), workspace, { role: "standby" });
    const preview = await stack.preview({ diff: true });
    const mark = await stage.control.mark();
    const up = await stack.up({ debug: true, logFlow: true, logToStdErr: true, logVerbosity: 9 });
    expect(errors(up)).toEqual([]);
    expect(named(up, "create").some((name) => name.startsWith("credential/"))).toBe(true);
    expect(writesTo("standby", await stage.control.log(mark)).length).toBeGreaterThan(5);
    const refresh = await stack.refresh();

    const hashes = Object.values(environment).map((value) => createHash("sha256").update(value).digest("hex"));
    const stored = JSON.stringify(await stage.control.state("standby"));
    expect(hashes.some((hash) => stored.includes(hash))).toBe(true);

    const logins = Object.values(stage.line.orgs).map(({ client }) => client.secret);
    const canaries = [secretMark, ...logins, ...Object.values(environment)];
    const runs = Object.entries({ preview, up, refresh }).map(([name, { text, events }]) => ({
      place: name,
      text: text + JSON.stringify(events),
    }));
    // The log holds what the engine and the plugin said to one another.
    expect(up.text).toContain("Unmarshaling property for RPC");
    const files = [place().backend, place().directory, workspace.directory].flatMap(filesBelow);
    expect(files.find((file) => file.place.endsWith("standby.json"))?.text).toContain("gclockstep:index:Credential");
    const found = [...runs, ...files].filter(({ text }) => canaries.some((canary) => text.includes(canary)));
    expect(found.map((file) => file.place)).toEqual([]);
  });
});

/** Every file below a directory; links, such as that to the built program, are not followed. */
function filesBelow(directory: string): { readonly place: string; readonly text: string }[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ name, parentPath }) => ({
    place: join(parentPath, name),
    text: readFileSync(join(parentPath, name), "utf8"),
  }));
}
