import { splitCoordinate } from "../model/coordinate.ts";
import { byCodePoint } from "../model/json.ts";
import type { Blocked } from "../model/obstacles.ts";
import type { Finding } from "../model/snapshot.ts";
import { onOneLine } from "../model/printable.ts";
import type { HealthEndpoint } from "../pairing/health-entry.ts";
import type { Inventory } from "./desired-org.ts";
import type { PlannedResource } from "./plan-resources.ts";
import type { StackSettings } from "./settings.ts";
import type { StackSource } from "./source.ts";

/** What an organisation's stack has to tell. */
export interface OrgStackResult {
  readonly settings: Pick<StackSettings, "role" | "access" | "prune">;
  readonly source: StackSource;
  readonly inventory: Pick<Inventory, "orgId" | "orgName">;
  readonly resources: readonly PlannedResource[];
  readonly blocked: readonly Blocked[];
  readonly findings: readonly Finding[];
  readonly healthEntry: HealthEndpoint | undefined;
}

/** The outputs of an organisation's stack: plain values, so that other stacks can read them while the organisation is down. */
export interface OrgOutputs {
  readonly role: string;
  readonly organisation: { readonly id: string; readonly name: string };
  readonly source: { readonly kind: string; readonly organisation: string; readonly takenAt: string };
  readonly snapshotDigest: string;
  /** How many objects of each kind the stack keeps as they should be. */
  readonly objects: { readonly [kind: string]: number };
  /** Objects that only the organisation has and that are left unchanged. */
  readonly retained: readonly string[];
  readonly blocked: readonly Blocked[];
  readonly findings: { readonly [code: string]: number };
  readonly healthEntry?: HealthEndpoint;
  readonly nextStep: string;
  readonly readme: string;
}

/** The outputs of a stack. Pure: the same run gives the same outputs. */
export function orgOutputs(told: OrgStackResult): OrgOutputs {
  const { settings, source, inventory, resources, blocked, findings, healthEntry } = told;
  const objects = resources.filter(({ kind, args }) => kind !== undefined && !isRetained(args));
  const outputs = {
    role: settings.role,
    organisation: { id: inventory.orgId, name: onOneLine(inventory.orgName) },
    source: { kind: source.kind, organisation: onOneLine(source.snapshot.org.name), takenAt: source.takenAt },
    snapshotDigest: source.digest,
    objects: countBy(objects.map(({ kind }) => kind ?? "")),
    retained: resources.filter(({ args }) => isRetained(args)).map(({ name }) => name),
    blocked: blocked.map(({ coordinate, code, message }) => ({ coordinate, code, message: onOneLine(message) })),
    findings: countBy(findings.map(({ code }) => code)),
    ...(healthEntry === undefined ? {} : { healthEntry }),
    nextStep: nextStep(told),
  };
  return { ...outputs, readme: readme(outputs) };
}

function isRetained(args: PlannedResource["args"]): boolean {
  return typeof args["lockstep"] === "object" && args["lockstep"] !== null && "retained" in args["lockstep"];
}

function countBy(names: readonly string[]): { [name: string]: number } {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => byCodePoint(a, b)));
}

function nextStep({ settings, blocked }: OrgStackResult): string {
  if (blocked.length > 0)
    return "Look at `blocked`: these objects are not written. Correct the source or lockstep.yaml.";
  if (settings.role === "standby") return "Check the standby with `lockstep diff`, then `pulumi up --stack dns`.";
  if (settings.access === "read-only") return "Provision the standby: `pulumi up --stack standby`.";
  return "Take a snapshot with `lockstep snapshot primary`, then close the primary again: `pulumi config set lockstep:access read-only`.";
}

function readme(outputs: Omit<OrgOutputs, "readme">): string {
  const { role, organisation, source, snapshotDigest, objects, blocked, retained, healthEntry } = outputs;
  const total = Object.values(objects).reduce((sum, count) => sum + count, 0);
  const rows = Object.entries(objects).map(([kind, count]) => `| ${kind} | ${String(count)} |`);
  const from = source.kind === "repository" ? "a repository" : `${source.organisation}, read ${source.takenAt}`;
  return [
    `# ${cell(organisation.name)} (${role})`,
    "",
    `Organisation \`${organisation.id}\`. Source: ${cell(from)}, digest \`${snapshotDigest.slice(0, 12)}\`.`,
    "",
    `${String(total)} objects are kept as they should be; ${String(retained.length)} more are only there and left unchanged; ${String(blocked.length)} cannot be written.`,
    "",
    "| kind | objects |",
    "|---|---|",
    ...rows,
    ...(blocked.length === 0 ? [] : ["", "## Not written", "", ...blocked.map(blockedLine)]),
    ...(healthEntry === undefined
      ? []
      : ["", `Health entry: ${healthEntry.number} leads to ${cell(healthEntry.ivr)} and ${cell(healthEntry.flow)}.`]),
    "",
    `Next: ${outputs.nextStep}`,
    "",
  ].join("\n");
}

function blockedLine({ coordinate, code, message }: Blocked): string {
  return `- ${cell(coordinate)}: ${cell(message)} (${code})`;
}

/** A name inside Markdown: what could end a cell or start markup is taken as text. */
function cell(text: string): string {
  return onOneLine(text).replace(/[\\`*_[\]<>|#]/g, "\\$&");
}

/** The kinds that a list of coordinates holds, for messages. */
export function kindsOf(coordinates: readonly string[]): string {
  const counts = countBy(coordinates.map((coordinate) => splitCoordinate(coordinate).kind));
  return Object.entries(counts)
    .map(([kind, count]) => `${String(count)} ${kind}`)
    .join(", ");
}
