import type { Code } from "../../model/catalogue/codes.ts";

// The one place in which texts of the Pulumi command line are read. It has no codes for these failures: its messages are all
// there is. What lockstep's own program and provider say travels as data (model/error-parts.ts) and is never looked for here.
// The exception is the script that starts the provider: without a build it has nothing but its error stream.

/** What a text of the engine means. */
export interface Meaning {
  readonly code: Code;
  readonly message: string;
  readonly hint: string;
}

interface Known {
  readonly says: RegExp;
  readonly code: Code;
  /** `$1` … are groups of the pattern. */
  readonly message: string;
  readonly hint: (stack: string, groups: readonly string[]) => string;
}

const BUILD = (): string => "Run `npm ci` or `npm run build` in the directory of that file.";

const KNOWN: readonly Known[] = [
  {
    says: /passphrase must be set with PULUMI_CONFIG_PASSPHRASE/,
    code: "passphrase-missing",
    message: "The secrets of the stack are encrypted with a passphrase, and none is given",
    hint: () => "Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it.",
  },
  {
    says: /incorrect passphrase/,
    code: "passphrase-wrong",
    message: "The passphrase does not decrypt the secrets of the stack",
    hint: () => "Check PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
  },
  {
    says: /PULUMI_ACCESS_TOKEN must be set for login/,
    code: "not-logged-in",
    message: "Pulumi has no backend to keep the state of stacks in",
    hint: () => "Run `pulumi login` with your backend, such as `pulumi login file://DIR`, or set PULUMI_BACKEND_URL.",
  },
  {
    says: /unable to open state directory "([^"]*)"/,
    code: "backend-missing",
    message: "The directory of the Pulumi backend cannot be opened: $1",
    hint: () => "Create the directory, or log in to another backend with `pulumi login`.",
  },
  {
    says: /no Pulumi\.yaml project file found|failed to find project settings/i,
    code: "project-missing",
    message: "Pulumi finds no Pulumi.yaml",
    hint: () => "Name the directory of the project with --cwd.",
  },
  {
    says: /missing configuration value '([^']+)'|Missing required configuration variable '([^']+)'/,
    code: "stack-config-missing",
    message: "The configuration of the stack lacks a value for $1$2",
    hint: (stack, [one = "", other = ""]) => {
      const key = one || other;
      const value = key === "lockstep:role" ? stack : "VALUE";
      return `Set it with \`pulumi config set --stack ${stack} ${key} ${value}\`.`;
    },
  },
  {
    says: /plugin-not-built: (\S+) is missing/,
    code: "plugin-not-built",
    message: "The provider plugin is not built: $1 is missing",
    hint: BUILD,
  },
  {
    says: /project 'main' could not be read: stat (\S+?):/,
    code: "program-not-built",
    message: "The program of the stacks is not built: $1 is missing",
    hint: BUILD,
  },
  {
    says: /plugin options for '([^']+)': no folder at path '([^']+)'/,
    code: "plugin-missing",
    message: "Pulumi.yaml names $2 as the directory of the plugin $1, and it does not exist",
    hint: () => "Correct plugins.providers in Pulumi.yaml: the directory is `plugin` of this package.",
  },
  {
    says: /no resource plugin '?pulumi-resource-([\w-]+)'?(?:[^]*?version (v[\d.]+\d))?/,
    code: "plugin-missing",
    message: "Pulumi has no plugin for $1",
    hint: (_, [name = "", version = ""]) =>
      name === "gclockstep"
        ? "Build it with `npm run build`, and name its directory under plugins.providers in Pulumi.yaml."
        : `Install it with \`${`pulumi plugin install resource ${name} ${version}`.trimEnd()}\`.`,
  },
  {
    says: /protected resource|resource .* cannot be deleted\s+because it is protected/i,
    code: "protected",
    message: "Pulumi protects a resource that would be deleted",
    hint: () =>
      "The stack protects entry points. Check that the object is no longer needed; `pulumi state unprotect` takes the protection off.",
  },
];

/** What a text of the engine means; undefined when nobody knows it. */
export function meaningOf(stack: string, text: string): Meaning | undefined {
  const known = KNOWN.find(({ says }) => says.test(text));
  if (known === undefined) return undefined;
  const groups = (known.says.exec(text) ?? []).slice(1).map((group) => group ?? "");
  const message = known.message.replaceAll(/\$(\d)/g, (_, at: string) => groups[Number(at) - 1] ?? "");
  return { code: known.code, message, hint: known.hint(stack, groups) };
}

/** Texts that only repeat that something failed. */
const REPEATING = /^(update|preview) failed|^One or more errors occurred|^Unhandled exception:/;

/** Does a text only repeat what another one says better? */
export function isRepeating(text: string): boolean {
  return REPEATING.test(text);
}

/** Is the engine telling that it heard Ctrl-C? */
export function isCancelling(text: string): boolean {
  return /\^C received/.test(text);
}

/** The first lines of a text that nobody knows, without progress and stack traces. */
export function firstLines(text: string): string {
  return text
    .split("\n")
    .filter(
      (line) => line.trim() !== "" && !/^(\s+at |(Previewing update|Updating) \(|@ (preview|updat)ing)/.test(line),
    )
    .slice(0, 3)
    .join("\n")
    .replace(/^error: /, "");
}
