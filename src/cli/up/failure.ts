import type { Coordinate } from "../../model/coordinate.ts";
import { EXIT, LockstepError } from "../../model/error.ts";
import type { StackFailure } from "../../report/stack-text.ts";
import { nameOf } from "./changes.ts";

/** A message of the engine about a resource, or about the program. */
export interface Diagnostic {
  readonly urn?: string | undefined;
  readonly severity: string;
  readonly message: string;
}

/** The oldest engine that imports and updates an object in one go under an id that is not its name. */
export const OLDEST_ENGINE = "3.252.0";

const GET_IT =
  "Install it (https://www.pulumi.com/docs/install), or let `npx pulumi version` download one and put its directory, ~/.pulumi/versions/VERSION/bin, on the PATH.";

/** What the engine says, and what we say instead. `$1` … are groups of the pattern. */
const KNOWN: readonly {
  readonly says: RegExp;
  readonly code: string;
  readonly message: string;
  readonly hint: (stack: string, groups: readonly string[]) => string;
}[] = [
  {
    says: /spawn \S*pulumi\S* ENOENT|Command failed with ENOENT: pulumi/,
    code: "pulumi-missing",
    message: "the Pulumi command line is not installed, or not on the PATH",
    hint: () => `lockstep needs Pulumi ${OLDEST_ENGINE} or newer. ${GET_IT}`,
  },
  {
    says: /passphrase must be set with PULUMI_CONFIG_PASSPHRASE/,
    code: "passphrase-missing",
    message: "the stack's secrets are encrypted with a passphrase, and none is given",
    hint: () => "Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it.",
  },
  {
    says: /incorrect passphrase/,
    code: "passphrase-wrong",
    message: "the passphrase is not the one that the stack's secrets were encrypted with",
    hint: () => "Check PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
  },
  {
    says: /PULUMI_ACCESS_TOKEN must be set for login/,
    code: "not-logged-in",
    message: "Pulumi does not know where it keeps the state of stacks",
    hint: () => "Run `pulumi login` with your backend, such as `pulumi login file://DIR`, or set PULUMI_BACKEND_URL.",
  },
  {
    says: /unable to open state directory "([^"]*)"/,
    code: "backend-missing",
    message: "the directory for the state of stacks cannot be opened: $1",
    hint: () => "Create the directory, or log in to another backend with `pulumi login`.",
  },
  {
    says: /no Pulumi\.yaml project file found|failed to find project settings/i,
    code: "project-missing",
    message: "there is no Pulumi.yaml",
    hint: () => "Name the directory of the project with --cwd.",
  },
  {
    says: /missing configuration value '([^']+)'|Missing required configuration variable '([^']+)'/,
    code: "stack-config-missing",
    message: "the stack has no value for $1$2",
    hint: (stack, [one = "", other = ""]) => {
      const key = one || other;
      return `Set it: pulumi config set --stack ${stack} ${key} ${key === "lockstep:role" ? stack : "VALUE"}`;
    },
  },
  {
    says: /the stack is currently locked by|Another update is currently in progress/,
    code: "stack-locked",
    message: "another run holds the stack",
    hint: (stack) =>
      `Wait for it. If it was killed: pulumi cancel --stack ${stack}, then run this again; nothing is created twice.`,
  },
  {
    says: /Command was killed with (SIG\w+)/,
    code: "engine-killed",
    message: "the engine was ended by $1",
    hint: (stack) => `Run: pulumi cancel --stack ${stack}, then this again; nothing is created twice.`,
  },
  {
    says: /plugin-not-built: (\S+) is missing/,
    code: "plugin-not-built",
    message: "the provider is not built: $1 is missing",
    hint: () => "Run `npm ci` or `npm run build` where that file should be.",
  },
  {
    says: /project 'main' could not be read: stat (\S+?):/,
    code: "program-not-built",
    message: "the program is not built: $1 is missing",
    hint: () => "Run `npm ci` or `npm run build` where that file should be.",
  },
  {
    says: /plugin options for '([^']+)': no folder at path '([^']+)'/,
    code: "plugin-missing",
    message: "Pulumi.yaml says that the plugin of $1 is in $2, which does not exist",
    hint: () => "Correct plugins.providers in Pulumi.yaml: the directory is `plugin` of this package.",
  },
  {
    says: /no resource plugin '?pulumi-resource-([\w-]+)'?(?:[^]*?version (v[\d.]+\d))?/,
    code: "plugin-missing",
    message: "Pulumi has no plugin for $1",
    hint: (_, [name = "", version = ""]) =>
      name === "gclockstep"
        ? "Build it with `npm run build`; plugins.providers in Pulumi.yaml has to name the directory that it is started from."
        : `Install it: pulumi plugin install resource ${name} ${version}`.trimEnd(),
  },
  {
    says: /protected resource|resource .* cannot be deleted\s+because it is protected/i,
    code: "protected",
    message: "a resource is protected by Pulumi and would be deleted",
    hint: () => "If that is what you want, unprotect it with `pulumi state unprotect` first.",
  },
];

/**
 * Codes by which the provider refuses what a person has to decide: the exit code of a guard. Of what a plugin refused, the
 * engine passes on the text alone.
 */
const GUARDS: ReadonlySet<string> = new Set([
  "bootstrap-creates",
  "live-traffic",
  "moved-target",
  "not-owned",
  "org-mismatch",
  "plan-edited",
  "plan-not-approved",
  "populated-org",
  "primary-no-deletes",
  "protected",
  "prune-off",
  "same-credential",
  "same-org",
  "tampered",
  "unapproved-change",
]);

/** What the engine puts before a message of a plugin. */
const WRAPPING = /^(?:[^]*?(?:rpc error: code = \w+ desc = |error: ))?(?:(?:Preview|Update) failed: )?/;

/** A message of ours inside a message of the engine: `code: message. hint`. Of codes of one word only guards are ours. */
const OURS = /^([a-z]+(?:-[a-z0-9]+)*): (?:([^]*?[.!?])\s+(\S[^]*)|([^]*))$/;

function oursIn(text: string): RegExpExecArray | undefined {
  const found = [text.replace(WRAPPING, ""), text].map((part) => OURS.exec(part));
  return found.find((ours) => ours?.[1]?.includes("-") === true || GUARDS.has(ours?.[1] ?? "")) ?? undefined;
}

/** The failure that an error message of the engine tells, with the provider's own code when there is one. */
export function failureIn(stack: string, { urn, message }: Diagnostic): StackFailure {
  const place: { readonly coordinate?: Coordinate } =
    urn === undefined || urn === "" || /pulumi:pulumi:Stack::/.test(urn) ? {} : { coordinate: nameOf(urn).coordinate };
  const known = KNOWN.find(({ says }) => says.test(message));
  if (known !== undefined) {
    const groups = (known.says.exec(message) ?? []).slice(1).map((group) => group ?? "");
    const text = known.message.replaceAll(/\$(\d)/g, (_, at: string) => groups[Number(at) - 1] ?? "");
    return { ...place, code: known.code, message: text, hint: known.hint(stack, groups) };
  }
  const text = message.trim();
  const ours = oursIn(text);
  if (ours !== undefined) {
    const [, code = "", what, hint = "", whole = ""] = ours;
    return { ...place, code, message: (what ?? whole).replace(/\.$/, ""), hint };
  }
  return {
    ...place,
    code: "engine-failed",
    message: firstLines(text),
    hint: `Details: pulumi preview --stack ${stack} --diff`,
  };
}

/** Errors of the engine, each once; what only repeats that something failed is left out. */
export function failuresIn(stack: string, diagnostics: readonly Diagnostic[]): StackFailure[] {
  const failures = diagnostics
    .filter(({ severity, message }) => severity === "error" && !REPEATING.test(message))
    .map((diagnostic) => failureIn(stack, diagnostic));
  return [...new Map(failures.map((failure) => [JSON.stringify(failure), failure])).values()];
}

const REPEATING = /^(update|preview) failed|^One or more errors occurred|^Unhandled exception:/;

function firstLines(text: string): string {
  return text
    .split("\n")
    .filter(
      (line) => line.trim() !== "" && !/^(\s+at |(Previewing update|Updating) \(|@ (preview|updat)ing)/.test(line),
    )
    .slice(0, 3)
    .join("\n")
    .replace(/^error: /, "");
}

/** The error of ours that the program ended with. To the engine the program tells one line of it; see `runError`. */
export function refusalOf(failed: unknown): LockstepError | undefined {
  return failed instanceof Error && failed.cause instanceof LockstepError ? failed.cause : undefined;
}

/** The failure as the error that ends the command. */
export function stackError({ coordinate, code, message, hint }: StackFailure): LockstepError {
  return new LockstepError(code, message, hint, { coordinate }, GUARDS.has(code) ? EXIT.guard : EXIT.error);
}

/** What a command of the engine said on its error stream, out of the text of the error that it ended with. */
export function saidBy(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const said = /stderr: ([^]*?)(?:\n err\?: |$)/.exec(text)?.[1] ?? text;
  const [first = "", ...rest] = said.split("\n");
  return /^Command failed with exit code/.test(first) ? rest.join("\n").trim() : said.trim();
}
