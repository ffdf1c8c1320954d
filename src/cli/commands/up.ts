import { Option } from "@commander-js/extra-typings";
import { LockstepError } from "../../model/error.ts";
import { SIDES } from "../../model/side.ts";
import { plural } from "../../report/plain.ts";
import type { StackChanges } from "../../report/stack-text.ts";
import { defineCommand, allowOption, kindOption, onlyOption, TEXT_JSON } from "../command.ts";

export const up = defineCommand(
  {
    name: "up",
    summary: "preview and update a Pulumi stack",
    formats: TEXT_JSON,
    examples: ["lockstep up --stack standby --preview", "lockstep up --stack standby --yes"],
  },
  (command) =>
    command
      .addOption(new Option("--stack <stack>", "which (required)").choices([...SIDES, "dns"]).makeOptionMandatory())
      .option("--cwd <dir>", "directory of Pulumi.yaml; default: here, or the clone's")
      .option("--preview", "only show what would be done")
      .option("-y, --yes", "do not ask")
      .option("--prune", "also delete what the source does not have")
      .option("--skip-checkpoints", "store the stack's state only at the end")
      .addOption(allowOption("update"))
      // Known only to be refused: whoever narrows the other commands tries it here too.
      .addOption(onlyOption().hideHelp())
      .addOption(kindOption().hideHelp()),
  /** Previews a stack, asks, and updates it, with the same program that `pulumi up` runs. */
  async (context, options) => {
    const json = options.format === "json";
    assertNotPruned(options);
    assertNotNarrowed(options);
    const { openUpdate } = await import("../up/open-update.ts");
    const { showPreview, showUpdated } = await import("../up/show.ts");
    const { assertGuardsAllowed } = await import("../../importers/guards.ts");
    const update = await openUpdate(context, options);
    const previewed = await update.preview(options.preview === true);
    if (options.preview === true) return showPreview(context, json, previewed);
    assertGuardsAllowed(previewed.hits, update.allow);
    const isWanted =
      previewed.idle || options.yes === true || (await context.confirm(questionAbout(previewed.changes)));
    if (!isWanted) throw notConfirmed();
    return showUpdated(context, json, await update.carryOut(previewed, options.skipCheckpoints === true));
  },
);

function assertNotPruned({ stack, prune }: { readonly stack: string; readonly prune?: true | undefined }): void {
  if (stack !== "primary" || prune !== true) return;
  throw new LockstepError("prune-primary", "Nothing is ever deleted in the primary", "Leave out --prune.");
}

/**
 * The engine can be told to update some resources only (`--target`), but the program reads both organisations in full before,
 * and what a target needs and does not exist yet would have to be targeted with it.
 */
function assertNotNarrowed({ only, kind: kinds }: { readonly [option in "only" | "kind"]: readonly string[] }): void {
  if (only.length + kinds.length === 0) return;
  const hint = "Leave out --only and --kind, or narrow `lockstep sync`, or `lockstep plan` and `apply`.";
  throw new LockstepError("stack-not-narrowed", "A stack is always updated as a whole", hint);
}

function notConfirmed(): LockstepError {
  return new LockstepError("not-confirmed", "Nothing was changed", "Answer y on a terminal, or run it with --yes.");
}

function questionAbout({ stack, changes }: StackChanges): string {
  const touched = changes.filter(({ action }) => action !== "import").length;
  if (touched > 0) return `Make ${plural(touched, "change")} in the stack ${stack}?`;
  const adopted = changes.length;
  return adopted > 0
    ? `Take ${plural(adopted, "object")} into the stack ${stack}, without a change to any?`
    : `Store new outputs and protection in the stack ${stack}, without a change to any object?`;
}
