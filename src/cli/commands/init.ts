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
    examples: ["lockstep init", "lockstep init --pulumi"],
  },
  (command) =>
    command
      .option("--primary <region>", "region of the primary, or the origin of an API")
      .option("--standby <region>", "region of the standby, or the origin of an API")
      .option(
        "--pulumi",
        "also write the Pulumi project of the stacks, beside a lockstep.yaml that may be there already",
      ),
  async (context, options) => {
    const file = fromCwd(context, options.config);
    const isThere = (await context.files.read(file)) !== undefined;
    if (isThere && options.pulumi !== true) throw existing(file);
    const project = options.pulumi === true ? await writeProject(context, dirname(file)) : [];
    const next = isThere ? "" : await writeConfig(context, file, options);
    if (!isThere && options.format === "text") await askFurther(context, file);
    const written = project.map((path) => `${path} written\n`).join("");
    context.stdout.write(options.format === "json" ? canonicalJson({ file, project }) : written + next);
    return EXIT.done;
  },
);

/** Writes the configuration. @returns what to do next */
async function writeConfig(
  context: Context,
  file: string,
  options: { readonly primary?: string | undefined; readonly standby?: string | undefined },
): Promise<string> {
  const { configTemplate, DEFAULT_ANSWERS, placeKey } = await import("../../app/init-template.ts");
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
  return nextSteps(file, [primary.prefix, standby.prefix]);
}

/** What is only asked on a terminal. */
async function askFurther(context: Context, file: string): Promise<void> {
  const { askForRules, askForWorkflows } = await import("../ask-for-rules.ts");
  await askForRules(context, file);
  await askForWorkflows(context, dirname(file), fileURLToPath(new URL("docs/ci", PACKAGE)));
}

/** Writes the Pulumi project of the stacks. @returns the files @throws LockstepError `config-exists` before anything is written */
async function writeProject({ files }: Context, directory: string): Promise<readonly string[]> {
  const { pulumiProject } = await import("../../app/pulumi-project.ts");
  const texts: [string, string][] = [];
  for (const name of PROJECT_FILES) {
    const path = join(directory, name);
    if ((await files.read(path)) !== undefined) throw existing(path);
    const text = (await files.read(fileURLToPath(new URL(name, PACKAGE)))) ?? "";
    texts.push([path, name === "Pulumi.yaml" ? pulumiProject(text, pathToPackage(directory)) : text]);
  }
  for (const [path, text] of texts) await files.write(path, text);
  return texts.map(([path]) => path);
}

const PROJECT_FILES = ["Pulumi.yaml", ...["primary", "standby", "dns"].map((stack) => `stacks/Pulumi.${stack}.yaml`)];

function existing(file: string): LockstepError {
  const hint = "Edit it, or choose another file with --config.";
  return new LockstepError("config-exists", `${file} is there already`, hint, { file });
}

/** Where editors find the schema: in the package that is installed beside the file, otherwise in the one that runs. */
async function schemaFor({ files }: Context, file: string, installed: string): Promise<string> {
  if ((await files.read(join(dirname(file), installed))) !== undefined) return installed;
  const path = `${pathToPackage(dirname(file))}/schemas/config.json`;
  return path.startsWith(".") ? path : `./${path}`;
}

const PACKAGE = new URL("../../../", import.meta.url);

function pathToPackage(directory: string): string {
  return relative(directory, fileURLToPath(PACKAGE)).replaceAll("\\", "/") || ".";
}

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
