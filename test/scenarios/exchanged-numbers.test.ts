import { describe, expect, it } from "vitest";
import type { Admin } from "./support/admin.ts";
import { buildCentre, CENTRE } from "./support/centre.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const IVRS = "/api/v2/architect/ivrs";
const OTHER = "+13175550101";

/** Both organisations answer the same numbers by the same call routes. */
const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  for (const admin of [await set.admin("primary"), await set.admin("standby")]) {
    await buildCentre(admin);
    const { openHoursFlow, closedHoursFlow } = await admin.named(IVRS, "Main line");
    await admin.create(IVRS, { name: "Other line", dnis: [OTHER], openHoursFlow, closedHoursFlow });
  }
});

async function give(admin: Admin, name: string, dnis: readonly string[]): Promise<void> {
  const ivr = await admin.named(IVRS, name);
  await admin.send("PUT", `${IVRS}/${ivr.id}`, { ...ivr, dnis });
}

describe("two call routes that exchange their numbers", () => {
  it("come to them with one run, though neither can be first", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "diff");
    const admin = await stage.admin("primary");
    await give(admin, "Main line", []);
    await give(admin, "Other line", [CENTRE.number]);
    await give(admin, "Main line", [OTHER]);

    await works(workspace, 2, "plan", "-o", "first.json");
    await works(workspace, 0, "apply", "first.json");
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
  });
});
