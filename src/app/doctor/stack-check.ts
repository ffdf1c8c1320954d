import { join } from "node:path";
import { parse } from "yaml";
import { isObj, type Json } from "../../model/json.ts";
import type { Files } from "../../model/ports.ts";
import { ok, warning, type Check } from "./check.ts";

const NAME = "primary access";

/** Configuration of the stack of the primary, from the directory of the project. */
const FILE = join("stacks", "Pulumi.primary.yaml");

/**
 * Is the stack of the primary closed again? It may write only while a plan is carried out.
 * @param directory of the project, which is that of `lockstep.yaml`
 * @returns nothing where there is no such stack
 */
export async function primaryStackCheck(files: Files, directory: string): Promise<Check[]> {
  const text = await files.read(join(directory, FILE));
  if (text === undefined) return [];
  const access = accessIn(text);
  if (access === undefined || access === "read-only")
    return [ok(NAME, `The stack of the primary only reads (${FILE})`)];
  return [
    warning(
      NAME,
      `${FILE} still says lockstep:access: ${access}`,
      "When the plan has been carried out, run `pulumi config set --stack primary lockstep:access read-only`.",
    ),
  ];
}

function accessIn(text: string): string | undefined {
  try {
    const document = parse(text) as Json;
    const config = isObj(document) ? document["config"] : undefined;
    const access = isObj(config) ? config["lockstep:access"] : undefined;
    return typeof access === "string" ? access : undefined;
  } catch {
    // A file that cannot be read is Pulumi's to complain about.
    return undefined;
  }
}
