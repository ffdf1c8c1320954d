import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { EXIT, LockstepError } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { configTemplate, DEFAULT_ANSWERS } from "../../app/init-template.ts";
import type { Context } from "../context.ts";
import { fromCwd, type CommonOptions } from "../open-app.ts";

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
    schema: await schemaFor(context, file),
    primary: { ...primary, place: options.primary ?? (await context.ask("Region of the primary", primary.place)) },
    standby: { ...standby, place: options.standby ?? (await context.ask("Region of the standby", standby.place)) },
  };
  await context.files.write(file, configTemplate(answers));
  if (options.format === "json") context.stdout.write(canonicalJson({ file }));
  else context.stdout.write(nextSteps(file, [primary.prefix, standby.prefix]));
  return EXIT.done;
}

/** Where editors find the schema: in the package that is installed beside the file, otherwise in the one that runs. */
async function schemaFor(context: Context, file: string): Promise<string> {
  const installed = join(dirname(file), DEFAULT_ANSWERS.schema);
  if ((await context.files.read(installed)) !== undefined) return DEFAULT_ANSWERS.schema;
  const path = relative(dirname(file), fileURLToPath(SCHEMA)).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}

const SCHEMA = new URL("../../../schemas/config.json", import.meta.url);

function nextSteps(file: string, prefixes: readonly string[]): string {
  const names = prefixes.flatMap((prefix) => [`${prefix}_CLIENT_ID`, `${prefix}_CLIENT_SECRET`]);
  const lines = [
    `${file} written`,
    "next: set these environment variables to the OAuth clients of both organisations",
    ...names.map((name) => `  ${name}`),
    "then: lockstep doctor",
  ];
  return lines.join("\n") + "\n";
}
