import { basename, join } from "node:path";
import { pinOrganisations } from "../app/doctor/pin.ts";
import { findDrift } from "../app/find-drift.ts";
import { withRules } from "../app/init/add-rules.ts";
import {
  proposeOverrides,
  proposeRenames,
  type OverrideProposal,
  type RenameProposal,
} from "../app/init/propose-rules.ts";
import { readSides } from "../app/read-sides.ts";
import { LockstepError } from "../model/error.ts";
import { printable } from "../model/printable.ts";
import type { Context } from "./context.ts";
import { openCliApp } from "./open-app.ts";

/** Pairs and values that a question names. */
const MOST_SHOWN = 3;

/**
 * Goes on with a configuration that has just been written: logs in, pins both ids, and asks about each rule that what is there
 * suggests. Without a terminal every answer is no, and nothing happens. What cannot be done yet leaves the file as it is.
 * @param file absolute path of the configuration
 */
export async function askForRules(context: Context, file: string): Promise<void> {
  const say = (line: string): void => context.stderr.write(`${printable(line)}\n`);
  const isWanted = await context.confirm(
    "Log in to both organisations now, pin their ids and look for rules they need?",
  );
  if (!isWanted) return;
  try {
    const app = await openCliApp(context, file);
    for (const { side, name, orgId } of await pinOrganisations(app)) say(`the ${side} is ${name} (${orgId})`);
    const pinned = await openCliApp(context, file);
    const { source, target } = await readSides(pinned, {});
    const { report, comparison } = await findDrift(pinned, source, target);
    const common = [...comparison.desired.keys()].filter((at) => comparison.current.has(at));
    const renames = await accepted(context, proposeRenames({ changes: report.changes, common }), renameQuestion);
    const overrides = await accepted(context, proposeOverrides(report), overrideQuestion);
    if (renames.length + overrides.length === 0) return say("no rules were added");
    const rules = { renames: renames.map(({ rule }) => rule), overrides: overrides.flatMap(({ rules: some }) => some) };
    await context.files.write(file, withRules((await context.files.read(file)) ?? "", rules));
    say(`rules added to ${file}: ${rules.renames.length} renames, ${rules.overrides.length} overrides`);
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code === "interrupted") throw error;
    say(`not possible yet: ${error.message}`);
    say(error.hint);
  }
}

async function accepted<Proposal>(
  context: Context,
  proposals: readonly Proposal[],
  question: (proposal: Proposal) => string,
): Promise<Proposal[]> {
  const wanted: Proposal[] = [];
  for (const proposal of proposals) if (await context.confirm(printable(question(proposal)))) wanted.push(proposal);
  return wanted;
}

function renameQuestion({ rule, pairs }: RenameProposal): string {
  const shown = pairs.map(({ from, to }) => `${from} → ${to}`);
  const what = "pattern" in rule ? `${rule.pattern} → ${rule.replace}` : `${rule.from} → ${rule.to}`;
  return `Rename each ${rule.kind} ${what}? It pairs ${pairs.length}: ${someOf(shown)}.`;
}

function overrideQuestion({ primaryHost, standbyHost, rules }: OverrideProposal): string {
  const places = rules.map(({ kind, name, path }) => `${kind}/${name} ${path}`);
  const values = rules.length === 1 ? "1 value names" : `${rules.length} values name`;
  return `${values} ${primaryHost} in the primary and ${standbyHost} in the standby: ${someOf(places)}. Keep those of the standby?`;
}

function someOf(items: readonly string[]): string {
  const more = items.length - MOST_SHOWN;
  return `${items.slice(0, MOST_SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Workflows that are not for GitHub. */
const ELSEWHERE: ReadonlySet<string> = new Set(["gitlab.yml"]);

/**
 * Writes the workflows for GitHub that ship with the package, on request. Those that are there already stay as they are.
 * @param directory of the configuration
 * @param shipped directory of the workflows in the package
 */
export async function askForWorkflows(context: Context, directory: string, shipped: string): Promise<void> {
  const names = ((await context.files.list(shipped)) ?? []).filter(
    (name) => name.endsWith(".yml") && !ELSEWHERE.has(name),
  );
  if (names.length === 0) return;
  const place = join(directory, ".github", "workflows");
  if (!(await context.confirm(`Write workflows for GitHub Actions to ${place} (${names.join(", ")})?`))) return;
  for (const name of names) {
    const file = join(place, `lockstep-${basename(name)}`);
    const isThere = (await context.files.read(file)) !== undefined;
    if (!isThere) await context.files.write(file, (await context.files.read(join(shipped, name))) ?? "");
    context.stderr.write(isThere ? `${file} is there already and stays as it is\n` : `${file} written\n`);
  }
}
