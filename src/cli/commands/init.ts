import { EXIT, LockstepError } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { configTemplate, DEFAULT_ANSWERS } from "../../topology/init-template.ts";
import type { Context } from "../context.ts";
import { fromCwd, type CommonOptions } from "../workspace.ts";

interface InitOptions extends CommonOptions {
  readonly primary?: string;
  readonly standby?: string;
}

/** `lockstep init`: writes a commented `lockstep.yaml`, asking for the regions on a terminal; never over an existing one. */
export async function run(context: Context, options: InitOptions): Promise<number> {
  const file = fromCwd(context, options.config ?? "lockstep.yaml");
  if ((await context.files.read(file)) !== undefined) {
    const hint = "Edit it, or choose another file with --config.";
    throw new LockstepError("config-exists", `${file} is there already`, hint, { file });
  }
  const { primary, standby } = DEFAULT_ANSWERS;
  const answers = {
    ...DEFAULT_ANSWERS,
    primary: { ...primary, place: options.primary ?? (await context.ask("Region of the primary", primary.place)) },
    standby: { ...standby, place: options.standby ?? (await context.ask("Region of the standby", standby.place)) },
  };
  await context.files.write(file, configTemplate(answers));
  if (options.format === "json") context.stdout.write(canonicalJson({ file }));
  else
    context.stdout.write(`${file} written; set the environment variables that it names, then run: lockstep doctor\n`);
  return EXIT.done;
}
