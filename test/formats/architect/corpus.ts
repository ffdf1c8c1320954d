import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A real flow that somebody published, with fixed values in place of template placeholders. */
export interface CorpusFlow {
  readonly file: string;
  readonly text: string;
}

const DIRECTORY = new URL("../../../../shared/corpus/flows/", import.meta.url);

/** Whether the corpus of published flows is beside the repository. */
export const HAS_CORPUS = existsSync(DIRECTORY);

/** All flows of the corpus; none when it is not there, which is said aloud. */
export function corpusFlows(): CorpusFlow[] {
  if (!HAS_CORPUS) {
    process.stdout.write("skipped: ../shared/corpus/flows is not there, tests on published flows do not run\n");
    return [];
  }
  const files = readdirSync(DIRECTORY, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml"));
  return files.sort().map((file) => ({
    file,
    text: substituted(readFileSync(new URL(encodeURI(file), DIRECTORY), "utf8")),
  }));
}

/** `{{name}}` is how Archy and CX as Code mark values that are filled in before an import (architect-yaml §10). */
function substituted(text: string): string {
  return text.replace(/\{\{\s*([\w-]+)\s*\}\}/g, "given_$1");
}
