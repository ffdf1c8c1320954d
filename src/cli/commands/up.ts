import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { allowedGuards } from "../../model/allowed-guards.ts";
import { EXIT, GuardError, LockstepError } from "../../model/error.ts";
import { canonicalJson, type Obj } from "../../model/json.ts";
import { assertGuardsAllowed } from "../../importers/guards.ts";
import { KINDS } from "../../kinds/index.ts";
import { plural } from "../../report/plain.ts";
import {
  stackSummary,
  upSummary,
  type UpdateOutcome,
  type StackChange,
  type StackChanges,
} from "../../report/stack-text.ts";
import type { Context } from "../context.ts";
import { progressSink } from "../progress.ts";
import { changesOf, type Told } from "../up/changes.ts";
import { openStack, type OpenStack, type Ran } from "../up/engine.ts";
import { stackError } from "../up/failure.ts";
import { leftAlone, stackGuards } from "../up/guards.ts";
import { outputRows, shownOutputs } from "../up/outputs.ts";
import { notesTo, stepsTo } from "../up/progress.ts";
import { settingsFor } from "../up/settings.ts";
import { openApp, type CommonOptions } from "../open-app.ts";

interface UpOptions extends CommonOptions {
  readonly stack?: "primary" | "standby" | "dns";
  readonly cwd?: string;
  readonly yes?: boolean;
  readonly preview?: boolean;
  readonly prune?: boolean;
  readonly skipCheckpoints?: boolean;
  readonly allow: readonly string[];
}

/** `lockstep up --stack S`: previews a stack, asks, and updates it, with the same program that `pulumi up` runs. */
export async function run(context: Context, options: UpOptions): Promise<number> {
  const { stack: name = "standby" } = options;
  assertUsable(options);
  const directory = projectDirectory(context, options.cwd);
  const stack = await openStack(
    context,
    name,
    directory,
    async () => (await import("../../stacks/program.ts")).program,
  );
  const { settings, file, prune, allow } = settingsFor(stack.config, options, { cwd: context.cwd, directory });
  const { config } = (await openApp(context, { config: file })).workspace;
  const sink = progressSink(context);
  sink({ event: "note", message: `${name}: preview with Pulumi ${stack.engine}` });
  const preview = (): Promise<Ran> => stack.preview(settings, notesTo(sink));
  const unprotects = name === "standby" && prune && allow.has("protected");
  const first = await preview();
  const previewed = succeeded(unprotects && isProtected(first) ? await unprotected(options, stack, preview) : first);
  const planned = changesOf(name, previewed.steps, name === "standby" ? leftAlone(config, KINDS) : undefined);
  const hits = stackGuards(planned, { kinds: KINDS, guards: config.guards, prune });
  context.stderr.write(stackSummary(planned, hits));
  if (planned.forgotten.length > 0) sink({ event: "note", message: forgetting(planned) });
  if (options.preview === true) {
    if (options.format === "json") context.stdout.write(documentOf(planned, { guards: hits }));
    return planned.changes.length > 0 ? EXIT.differs : EXIT.done;
  }
  assertGuardsAllowed(hits, allow);
  if (planned.changes.length === 0 && !previewed.stateChanged) return report(context, options, stack, planned, DONE);
  await assertWanted(context, options, planned);
  const notes = notesTo(sink);
  const steps = stepsTo(sink, planned.changes.length);
  const watch: typeof notes = (event) => {
    notes(event);
    steps(event);
  };
  const ran = await stack.up(settings, watch, options.skipCheckpoints === true);
  const done = changesOf(name, ran.done);
  if (ran.failures.length > 0 && done.changes.length === 0) succeeded(ran);
  const held = Math.max(0, planned.changes.length - done.changes.length - ran.failures.length);
  const progressed = { failures: ran.failures, held: ran.failures.length === 0 ? 0 : held };
  return report(context, options, stack, { ...done, same: planned.same }, progressed);
}

/** The package that this command belongs to: its Pulumi.yaml is taken where the working directory has none. */
const PACKAGE = fileURLToPath(new URL("../../..", import.meta.url));

function projectDirectory({ cwd }: Context, given: string | undefined): string {
  if (given === undefined) return existsSync(join(cwd, "Pulumi.yaml")) ? cwd : PACKAGE;
  const directory = resolve(cwd, given);
  if (existsSync(join(directory, "Pulumi.yaml"))) return directory;
  throw new LockstepError(
    "project-missing",
    `${directory} holds no Pulumi.yaml`,
    "Name the directory of a project with --cwd.",
    { file: join(directory, "Pulumi.yaml") },
  );
}

function assertUsable({ stack, prune, allow }: UpOptions): void {
  allowedGuards(allow);
  if (stack !== "primary" || prune !== true) return;
  throw new LockstepError("prune-primary", "nothing is ever deleted in the primary", "Leave out --prune.");
}

/** Was a preview refused for nothing but the protection that the engine's state remembers? */
function isProtected({ failures }: Ran): boolean {
  return failures.length > 0 && failures.every(({ code }) => code === "protected");
}

/**
 * What left the program keeps the protection that it had, and the engine heeds that alone: it has to be taken off before what
 * was asked for can be previewed. A run that is for looking only does not change the state.
 */
async function unprotected(options: UpOptions, stack: OpenStack, preview: () => Promise<Ran>): Promise<Ran> {
  if (options.preview === true) {
    throw new GuardError(
      "protected",
      "entry points would be deleted that the state of Pulumi protects, which --preview does not change",
      "Without --preview, protection is taken off in the state before the preview is shown and the question asked.",
    );
  }
  await stack.unprotect();
  return preview();
}

function forgetting({ stack, forgotten }: Told): string {
  const shown = forgotten.slice(0, 3).join(", ") + (forgotten.length > 3 ? " …" : "");
  const count = plural(forgotten.length, "delete");
  return `${stack}: ${count} only in the state, no request is sent and the organisation keeps: ${shown}`;
}

/** A run that went through. @throws LockstepError telling what it failed at */
function succeeded(ran: Ran): Ran {
  const [first, ...more] = ran.failures;
  if (first === undefined) return ran;
  const also = more.map(({ coordinate, code, message }) => `\n${coordinate ?? "program"}: ${code}: ${message}`);
  throw stackError({ ...first, message: first.message + also.slice(0, 4).join("") });
}

async function assertWanted(context: Context, options: UpOptions, { stack, changes }: StackChanges): Promise<void> {
  if (options.yes === true) return;
  const touched = changes.filter(({ action }) => action !== "import").length;
  const adopted = changes.length - touched;
  const adopting = `Take ${plural(adopted, "object")} into the stack ${stack}, without a change to any?`;
  const storing = `Store new outputs and protection in the stack ${stack}, without a change to any object?`;
  const making = `Make ${plural(touched, "change")} in the stack ${stack}?`;
  if (await context.confirm(touched > 0 ? making : adopted > 0 ? adopting : storing)) return;
  throw new LockstepError("not-confirmed", "nothing was changed", "Answer y on a terminal, or run it with --yes.");
}

/** An update that left nothing open. */
const DONE: UpdateOutcome = { failures: [], held: 0 };

async function report(
  context: Context,
  options: UpOptions,
  stack: OpenStack,
  done: StackChanges,
  progressed: UpdateOutcome,
): Promise<number> {
  const failed = progressed.failures.length > 0;
  const outputs = shownOutputs(await stack.outputs());
  const text =
    options.format === "json"
      ? documentOf(done, { outputs, ...progressed })
      : upSummary(done, progressed, failed ? [] : outputRows(outputs));
  context.stdout.write(text);
  return failed ? EXIT.partial : EXIT.done;
}

function documentOf({ stack, changes, same }: StackChanges, more: Obj): string {
  const count = (action: StackChange["action"]): number => changes.filter((change) => change.action === action).length;
  const summary = {
    create: count("create"),
    update: count("update"),
    replace: count("replace"),
    delete: count("delete"),
    import: changes.filter(({ action, imported }) => action === "import" || imported === true).length,
    same,
  };
  return canonicalJson({ stack, summary, changes, ...more });
}
