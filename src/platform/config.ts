import { LineCounter, parseDocument, type Document, type YAMLError } from "yaml";
import type { Config } from "../model/config.ts";
import { LockstepError } from "../model/error.ts";
import { parsePointer } from "../model/pointer.ts";
import type { Files } from "../model/ports.ts";
import { dnsProblems } from "./config-dns.ts";
import { configError, type ConfigProblem } from "./config-error.ts";
import { patternProblems } from "./config-patterns.ts";
import { schemaProblems } from "./config-problems.ts";
import { lineFinder, type LineOf } from "./config-lines.ts";
import { problemsOf } from "./generated/config-validator.ts";

/** An alias is short, what it stands for may be long: this many are more than a hand-written file needs. */
const MOST_ALIASES = 100;

/**
 * Reads and checks `lockstep.yaml`. What the file leaves out is filled in from the defaults of the schema.
 * @throws LockstepError `config-missing`; `config-invalid-yaml`, `config-unknown-key` or `config-invalid` (a
 * `ConfigError` that lists every problem with line, path, what was expected and what was found); `file-unreadable`
 */
export async function loadConfig(path: string, files: Files): Promise<Config> {
  const text = await files.read(path);
  if (text === undefined) {
    throw new LockstepError(
      "config-missing",
      `There is no ${path}`,
      "Run `lockstep init`, or name the file with --config.",
      {
        file: path,
      },
    );
  }
  return parseConfig(text, path);
}

/**
 * Checks the text of a `lockstep.yaml`.
 * @param path how the file is called in messages
 * @throws ConfigError as {@link loadConfig}
 */
export function parseConfig(text: string, path: string): Config {
  const { data, lineOf } = parseYaml(text, path);
  const broken = problemsOf(data);
  if (broken.length > 0) throw configError(path, schemaProblems(broken, data, lineOf));
  const config = data as Config;
  const problems = [...patternProblems(config, lineOf), ...dnsProblems(config, lineOf)];
  if (problems.length > 0) throw configError(path, problems);
  return config;
}

/** The line of a configuration that a JSON pointer leads to, or the last thing on the way there. */
export function configLine(text: string, pointer: string): number {
  const lines = new LineCounter();
  return lineFinder(parseDocument(text, { lineCounter: lines, stringKeys: true }), lines)(parsePointer(pointer));
}

function parseYaml(text: string, path: string): { data: unknown; lineOf: LineOf } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0)
    throw configError(
      path,
      broken.map((error) => yamlProblem(error, lines)),
    );
  return { data: plainData(document, path), lineOf: lineFinder(document, lines) };
}

/** The parser's message up to the colon: what follows quotes the file, which may hold a secret where none belongs. */
function yamlProblem(error: YAMLError, lines: LineCounter): ConfigProblem {
  const [what] = error.message.split(":");
  return {
    code: "config-invalid-yaml",
    path: "",
    line: lines.linePos(error.pos[0]).line,
    expected: "readable YAML",
    found: error.code === "MULTIPLE_DOCS" ? "more than one document" : (what ?? error.code),
    hint: error.code === "DUPLICATE_KEY" ? "Keep one of the two keys." : "Check indentation and quotes.",
  };
}

function plainData(document: Document.Parsed, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const expected = `aliases that stand for at most ${String(MOST_ALIASES)} values`;
    throw configError(path, [{ code: "config-invalid-yaml", path: "", line: 1, expected, found: "more", hint: "" }]);
  }
}
