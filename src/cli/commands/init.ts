import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { EXIT, LockstepError } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { defineCommand, TEXT_JSON } from "../command.ts";
import { fromCwd, type Context } from "../context.ts";

export const init = defineCommand(
  {
    name: "init",
    summary: "write a commented lockstep.yaml",
    formats: TEXT_JSON,
    examples: ["lockstep init"],
  },
  (command) =>
    command
      .option("--primary <region>", "region of the primary, or the origin of an API")
      .option("--standby <region>", "region of the standby, or the origin of an API"),
  async (context, options) => {
    const { configTemplate, DEFAULT_ANSWERS, placeKey } = await import("../../app/init-template.ts");
    const file = fromCwd(context, options.config);
    if ((await context.files.read(file)) !== undefined) throw existing(file);
    const { primary, standby } = DEFAULT_ANSWERS;
    const { addressOf } = await import("../../platform/genesys/address.ts");
    /** The place as it is written down: an address of a region is that region. */
    const checked = (place: string): string => {
      const key = placeKey(place);
      const { host } = addressOf({ [key]: place });
      return key === "baseUrl" && host !== undefined ? host : place;
    };
    const places = {
      primary: options.primary ?? (await context.ask("Region of the primary", primary.place)),
      standby: options.standby ?? (await context.ask("Region of the standby", standby.place)),
    };
    const answers = {
      schema: await schemaFor(context, file, DEFAULT_ANSWERS.schema),
      primary: { ...primary, place: checked(places.primary) },
      standby: { ...standby, place: checked(places.standby) },
    };
    await context.files.write(file, configTemplate(answers));
    const next = nextSteps(file, [primary.prefix, standby.prefix]);
    context.stdout.write(options.format === "json" ? canonicalJson({ file }) : next);
    return EXIT.done;
  },
);

function existing(file: string): LockstepError {
  const hint = "Edit it, or choose another file with --config.";
  return new LockstepError("config-exists", `${file} is there already`, hint, { file });
}

/** Where editors find the schema: in the package that is installed beside the file, otherwise in the one that runs. */
async function schemaFor({ files }: Context, file: string, installed: string): Promise<string> {
  if ((await files.read(join(dirname(file), installed))) !== undefined) return installed;
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
    "then: lockstep doctor --pin",
  ];
  return lines.join("\n") + "\n";
}
