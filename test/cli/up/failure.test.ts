import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { failureIn, failuresIn, refusalOf, saidBy, stackError, type Diagnostic } from "../../../src/cli/up/failure.ts";
import { GuardError } from "../../../src/model/error.ts";
import { runError } from "../../../src/stacks/failure.ts";

const URN = "urn:pulumi:standby::lockstep::gclockstep:index:Queue::queue/Billing";

function failure(message: string, more: Partial<Diagnostic> = {}) {
  return failureIn("standby", { severity: "error", message, ...more });
}

describe("an error of the engine", () => {
  it.each([
    ["spawn pulumi ENOENT", "pulumi-missing", "PATH"],
    [
      "error: could not create secrets manager for new stack: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
      "passphrase-missing",
      "PULUMI_CONFIG_PASSPHRASE",
    ],
    [
      "error: getting stack configuration: get stack secrets manager: incorrect passphrase",
      "passphrase-wrong",
      "Check",
    ],
    [
      "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
      "not-logged-in",
      "pulumi login",
    ],
    ['error: unable to open state directory "file:///none": stat /none: no such file', "backend-missing", "Create"],
    [
      "error: validating stack config: Stack 'standby' is missing configuration value 'lockstep:role'",
      "stack-config-missing",
      "pulumi config set --stack standby lockstep:role standby",
    ],
    [
      "Missing required configuration variable 'lockstep:plan'\n\tplease set a value",
      "stack-config-missing",
      "pulumi config set --stack standby lockstep:plan VALUE",
    ],
    ["error: the stack is currently locked by 1 lock(s).", "stack-locked", "pulumi cancel --stack standby"],
    [
      "Detected that /p/plugin/x exited prematurely.\n streams of the plugin:plugin-not-built: /p/dist/main.js is missing. Run",
      "plugin-not-built",
      "npm run build",
    ],
    [
      "error: project 'main' could not be read: stat /p/dist/stacks/index.js: no such file or directory",
      "program-not-built",
      "npm run build",
    ],
    [
      "error: parsing plugin options for 'gclockstep': no folder at path '/p/plugin'",
      "plugin-missing",
      "plugins.providers",
    ],
    [
      "no resource plugin 'pulumi-resource-aws' found in the workspace at version v7.48.0 or on your $PATH",
      "plugin-missing",
      "pulumi plugin install resource aws v7.48.0",
    ],
    ["no resource plugin 'pulumi-resource-gclockstep' found", "plugin-missing", "npm run build"],
  ])("says what to do: %s", (message, code, hint) => {
    const { code: told, hint: todo } = failure(message);
    expect(told).toBe(code);
    expect(todo).toContain(hint);
  });

  it("is the provider's own when its message has a code", () => {
    const message = "moved-target: queue/Billing was changed since. Refresh the stack. Then preview it again.\n";
    expect(failure(message, { urn: URN })).toEqual({
      coordinate: "queue/Billing",
      code: "moved-target",
      message: "queue/Billing was changed since",
      hint: "Refresh the stack. Then preview it again.",
    });
  });

  it.each([
    [
      "1 error occurred: rpc error: code = Unknown desc = prune-off: nothing is deleted. Set lockstep:prune.",
      "prune-off",
    ],
    ["error: org-mismatch: another organisation", "org-mismatch"],
    ["Preview failed: secret-missing: there is no STANDBY_ID. Set it.", "secret-missing"],
    ["error: Update failed: tampered: somebody changed it. Look.", "tampered"],
    ["stack-config: lockstep:role is missing. Set it with `pulumi config set lockstep:role standby`.", "stack-config"],
  ])("is found behind what the engine puts before it: %s", (message, code) => {
    expect(failure(message).code).toBe(code);
  });

  it("is shown as it is when nobody knows it, without a stack trace", () => {
    const said = "error: something: went wrong\nPreviewing update (s):\n    at file:///x.js:1:2\n\nmore\n";
    const { code, message } = failure(said);
    expect([code, message]).toEqual(["engine-failed", "something: went wrong\nmore"]);
  });

  it("is told once, and not together with what only repeats it", () => {
    const told = failuresIn("standby", [
      { severity: "warning", message: "a-warning: not told." },
      { severity: "error", message: "Unhandled exception: Error: own-error: bad.\n    at x" },
      { severity: "error", message: "own-error: bad.\n", urn: URN },
      { severity: "error", message: "own-error: bad.\n", urn: URN },
      { severity: "error", message: "update failed" },
    ]);
    expect(told.map(({ code, coordinate }) => [code, coordinate])).toEqual([["own-error", "queue/Billing"]]);
  });

  it("ends the command as the same refusal of apply does", () => {
    const exitOf = (code: string): number => stackError({ code, message: "", hint: "" }).exit;
    expect([exitOf("moved-target"), exitOf("prune-off"), exitOf("engine-failed")]).toEqual([3, 3, 1]);
  });

  it("ends the command as a guard for every guard of the provider and of what it calls", () => {
    const codes = new Set([...sources("importers/provider").flatMap(guardCodes), ...CALLED]);
    expect(codes.size).toBeGreaterThan(10);
    for (const code of codes) {
      const told = failure(`rpc error: code = FailedPrecondition desc = ${code}: no. Do something.`, { urn: URN });
      expect([told.code, stackError(told).exit]).toEqual([code, 3]);
    }
  });
});

/** Guards of other modules that the provider calls. */
const CALLED = ["live-traffic", "plan-edited", "same-org"];

const SRC = fileURLToPath(new URL("../../../src/", import.meta.url));

function sources(folder: string): string[] {
  const names = readdirSync(join(SRC, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".ts")).map((name) => readFileSync(join(SRC, folder, name), "utf8"));
}

/** Codes of the guards that a module raises; each has to be written out. */
function guardCodes(text: string): string[] {
  return [...text.matchAll(/new GuardError\(\s*([^,]+),/g)].map(([, code = ""]) => JSON.parse(code) as string);
}

describe("an error of the program", () => {
  it("ends the command as it is, guards of the stacks with the exit code of guards", () => {
    const guards = sources("stacks").flatMap((text) => [...text.matchAll(/new GuardError\(/g)]);
    expect(guards.length).toBeGreaterThan(1);
    const place = { file: "/snapshot" };
    const guard = new GuardError("a-guard-of-tomorrow", "the source has 1 object", "Check the source.", place);
    const thrown = runError(guard);
    expect(thrown).toMatchObject({
      message: "a-guard-of-tomorrow: the source has 1 object (/snapshot). Check the source.",
    });
    expect(refusalOf(thrown)).toBe(guard);
    expect(guard.exit).toBe(3);
    expect(refusalOf(runError(new Error("invoke of gclockstep: org-mismatch: another one. Do.")))).toBeUndefined();
  });
});

it("takes what a command of the engine said out of its error", () => {
  const text =
    "code: -2\n stdout: \n stderr: Command failed with exit code 1: pulumi up --x\nerror: bad\n err?: Error: x\n";
  expect(saidBy(new Error(text))).toBe("error: bad");
  expect(saidBy(new Error("code: -2\n stdout: \n stderr: spawn pulumi ENOENT\n err?: Error"))).toBe(
    "spawn pulumi ENOENT",
  );
  expect(saidBy("plain")).toBe("plain");
});
