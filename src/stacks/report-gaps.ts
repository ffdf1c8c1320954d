import * as pulumi from "@pulumi/pulumi";
import type { Blocked } from "../model/obstacles.ts";
import type { Finding } from "../model/snapshot.ts";
import { onOneLine } from "../model/printable.ts";
import { kindsOf } from "./outputs.ts";
import type { DesiredOrg } from "./desired-org.ts";
import type { PlannedResources } from "./plan-resources.ts";

/** Lines of one sort that are shown; the outputs hold the rest. */
const SHOWN = 20;

/** Tells through the engine what is not written and what a person should know. */
export async function reportGaps(
  blocked: readonly Blocked[],
  findings: readonly Finding[],
  { pruned, leaving }: Pick<DesiredOrg, "pruned"> & Pick<PlannedResources, "leaving">,
): Promise<void> {
  await warn(blocked.map(({ coordinate, code, message }) => `${coordinate} is not written: ${message} (${code})`));
  const told = new Set(blocked.map(({ code, coordinate }) => `${code} ${coordinate}`));
  const others = findings.filter(({ code, coordinate }) => !told.has(`${code} ${coordinate}`));
  await warn(others.map(({ coordinate, path, code, message }) => `${coordinate}${path ?? ""}: ${message} (${code})`));
  for (const coordinate of leaving) {
    await pulumi.log.info(
      onOneLine(
        `prune is on: ${coordinate} gives up now what other objects take, and the next \`pulumi up\` deletes it; with it waits whatever else is to be deleted`,
      ),
    );
  }
  if (pruned.length === 0) return;
  await pulumi.log.info(
    `prune is on: of what only the organisation has (${kindsOf(pruned)}), this deletes what the stack adopted before; adopt the rest with one \`pulumi up\` without prune`,
  );
}

async function warn(lines: readonly string[]): Promise<void> {
  for (const line of lines.slice(0, SHOWN)) await pulumi.log.warn(onOneLine(line));
  if (lines.length > SHOWN) await pulumi.log.warn(`… and ${String(lines.length - SHOWN)} more of these`);
}
