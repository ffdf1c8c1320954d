import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** A published flow file, with a fixed value in place of every template placeholder. */
export interface FlowFile {
  readonly file: string;
  readonly yaml: string;
}

const CORPUS = new URL("../../../shared/corpus/", import.meta.url);

/** Is the corpus of published configuration beside the repository? */
export const HAS_CORPUS = existsSync(CORPUS);

/** Placeholders that a flow can only hold certain values for. */
const GIVEN: ReadonlyMap<string, string> = new Map([
  ["default_language", "en-us"],
  ["language", "en-us"],
  ["home_division_name", "Home"],
]);

/** Files below a directory of the corpus, by an ending; sorted. */
export function corpusFiles(directory: string, ending: string): { file: string; text: string }[] {
  const base = new URL(`${directory}/`, CORPUS);
  return readdirSync(base, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => ({ file, text: readFileSync(new URL(encodeURI(file), base), "utf8") }));
}

/**
 * The flows, in the order in which they are published: an older revision (its name has an `@`) before the file of that
 * name. A template's own name is derived from its file, so that templates do not all become one flow.
 */
export function flowFiles(): FlowFile[] {
  const files = corpusFiles("flows", ".yaml").map(({ file, text }) => ({ file, yaml: filledIn(text, file) }));
  return [...files.filter(({ file }) => file.includes("@")), ...files.filter(({ file }) => !file.includes("@"))];
}

/** `{{x}}`, `${x}` and `<x>` stand for values that a deployment tool fills in (architect-yaml §10). */
function filledIn(text: string, file: string): string {
  const own = `Flow ${basename(file, ".yaml").replace(/@.*$/, "")}`;
  return text.replace(
    /\{\{\s*([\w-]+)\s*\}\}|\$\{([\w-]+)\}|<([a-z]\w*)>/g,
    (_all, a?: string, b?: string, c?: string) => {
      const name = a ?? b ?? c ?? "";
      return name === "flow_name" ? own : (GIVEN.get(name) ?? `Given ${name.replaceAll("_", " ")}`);
    },
  );
}
