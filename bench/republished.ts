import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { administrator } from "../test/scenarios/support/admin.ts";
import type { Simulated } from "./simulated.ts";
import type { Figure } from "./table.ts";
import type { Workspace } from "./workspace.ts";

/** Requests for both sides together that a report on one flow may take. */
const MOST_NARROWED = 10;

/**
 * What a report costs after one flow was published again: narrowed to that flow, and of everything. What was read before has to
 * be kept in the workspace.
 */
export async function compareRepublished(simulated: Simulated, workspace: Workspace): Promise<Figure[]> {
  const { id, admin } = simulated.line.orgs["primary"] ?? missing();
  const flows = join(workspace.directory, ".lockstep/cache", id, "flow");
  const file = readdirSync(flows).find((name) => /^inboundcall%3A[\w -]+\.yaml$/.test(name)) ?? missing();
  const flow = `flow/${decodeURIComponent(file.slice(0, -".yaml".length))}`;
  const administer = await administrator(simulated.line.baseUrl, admin);
  await administer.publish(withOtherDescription(readFileSync(join(flows, file), "utf8")));
  const narrowed = await sentBy(simulated, workspace, ["diff", "--only", flow]);
  const whole = await sentBy(simulated, workspace, ["diff"]);
  return [
    {
      what: "one flow republished, `diff --only` it: requests",
      value: `${narrowed}`,
      goal: `<= ${MOST_NARROWED}`,
      met: narrowed <= MOST_NARROWED,
    },
    { what: "one flow republished, `diff`: requests", value: `${whole}` },
  ];
}

async function sentBy(simulated: Simulated, workspace: Workspace, args: readonly string[]): Promise<number> {
  const mark = await simulated.mark();
  await workspace.lockstep(args, [0, 2]);
  const logs = await Promise.all(["primary", "standby"].map((side) => simulated.log(side, mark)));
  return logs.flat().length;
}

/** The flow with another description. */
function withOtherDescription(yaml: string): string {
  const bare = yaml.replace(/^ {2}description: .*\n/m, "");
  return bare.replace(/^( {2}name: .*\n)/m, "$1  description: changed by hand\n");
}

function missing(): never {
  throw new Error("there is no flow to publish again");
}
