import { describe, expect, it } from "vitest";
import { endingOf } from "../../../src/cli/up/ending.ts";
import {
  endingFailure,
  failuresIn,
  failuresOf,
  refusalOf,
  stackError,
  type Diagnostic,
} from "../../../src/cli/up/failure.ts";
import { GuardError, LockstepError } from "../../../src/model/error.ts";
import { partsOf } from "../../../src/model/error-parts.ts";
import { GUARD_CODES } from "../../../src/model/guard.ts";
import { failureOf } from "../../../src/importers/provider/rpc/server-errors.ts";
import { answered, runError } from "../../../src/stacks/failure.ts";

const URN = "urn:pulumi:standby::lockstep::gclockstep:index:Queue::queue/Billing";

function failure(message: string, more: Partial<Diagnostic> = {}) {
  return failuresOf("standby", { severity: "error", message, ...more })[0];
}

/** What the provider answers a failed call with, in what the engine makes of it. */
function wrapped(error: LockstepError): string {
  const { details } = failureOf(error, { parts: true, outputsOf: () => ({ outputs: {}, inputs: {} }) });
  return `error: 1 error occurred:\n\t* rpc error: code = Unknown desc = ${details}\n\n`;
}

describe("a text of the engine", () => {
  it.each([
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
  ])("is told with what to do: %s", (message, code, hint) => {
    expect(failure(message)).toMatchObject({ code, hint: expect.stringContaining(hint) as string });
  });

  it("is shown as it is when nobody knows it, without a stack trace", () => {
    const said = "error: something: went wrong\nPreviewing update (s):\n    at file:///x.js:1:2\n\nmore\n";
    expect(failure(said)).toMatchObject({ code: "engine-failed", message: "something: went wrong\nmore" });
  });

  it("is not taken for an error of ours because it looks like one", () => {
    expect(failure("error: prune-off: nothing is deleted. Set lockstep:prune.")?.code).toBe("engine-failed");
  });
});

describe("an error of the provider", () => {
  it("is found with all its parts inside what the engine says, whatever its text is", () => {
    const place = { coordinate: "queue/Other", file: "/c/lockstep.yaml", path: "/orgs" };
    const error = new LockstepError(
      "config-invalid",
      "Found \u201c: . \n odd\u201d (protected resource)",
      "Do. This.",
      place,
    );
    expect(failure(wrapped(error), { urn: URN })).toEqual({
      coordinate: "queue/Billing",
      file: "/c/lockstep.yaml",
      path: "/orgs",
      code: "config-invalid",
      message: error.message,
      hint: "Do. This.",
    });
    expect(failure(wrapped(error))?.coordinate).toBe("queue/Other");
  });

  it("is told once, and not together with what only repeats it", () => {
    const message = wrapped(new LockstepError("object-vanished", "queue/Billing is gone", "Refresh."));
    const told = failuresIn("standby", [
      { severity: "warning", message },
      { severity: "error", message: "Unhandled exception: Error: bad.\n    at x" },
      { severity: "error", message, urn: URN },
      { severity: "error", message: `${message}${message}`, urn: URN },
      { severity: "error", message: "update failed" },
    ]);
    expect(told.map(({ code, coordinate }) => [code, coordinate])).toEqual([["object-vanished", "queue/Billing"]]);
  });

  it.each(GUARD_CODES)("ends the command with the exit code of guards: %s", (guard) => {
    const told = failure(wrapped(new GuardError(guard, "Not now", "Look.")), { urn: URN });
    expect(told?.code).toBe(guard);
    expect(told && stackError(told).exit).toBe(3);
  });

  it("ends the command with exit code 1 when it is none of a guard", () => {
    expect(stackError({ code: "engine-failed", message: "", hint: "" }).exit).toBe(1);
  });
});

describe("an error of the program", () => {
  it.each(GUARD_CODES)("ends the command as it is: %s", (code) => {
    const guard = new GuardError(code, "The source has 1 object", "Check the source.", { file: "/snapshot" });
    const thrown = runError(guard);
    // Without a stack, which the language host would format at great cost.
    expect(thrown).toMatchObject({
      message: `${code}: The source has 1 object (/snapshot). Check the source.`,
      stack: "",
    });
    expect(refusalOf(thrown)).toBe(guard);
    expect(guard.exit).toBe(3);
  });

  it("is the provider's own where the provider refused a call", async () => {
    const refused = new GuardError("org-mismatch", "Another organisation", "Check the credentials.");
    const call = Promise.reject(new Error(`invocation returned an error: ${partsOf(refused)}`));
    await expect(answered(call)).rejects.toMatchObject({ code: "org-mismatch", hint: refused.hint, exit: 3 });
    const other = new Error("invocation of org-mismatch: another one. Do.");
    await expect(answered(Promise.reject(other))).rejects.toBe(other);
    expect(refusalOf(runError(other))).toBeUndefined();
  });
});

describe("a command of the engine that failed", () => {
  /** An error as the Automation API makes it of that of the process. */
  const commandError = (parts: object, name = "CommandError"): Error =>
    Object.assign(new Error("code: -2\n stdout: \n stderr: …"), {
      name,
      commandResult: { stderr: "Command failed", code: -2, err: Object.assign(new Error("Command failed"), parts) },
    });

  it.each([
    ["cannot be started", commandError({ code: "ENOENT" }), "pulumi-missing"],
    ["was killed", commandError({ signal: "SIGKILL", stderr: "" }), "engine-killed"],
    ["found the stack locked", commandError({ stderr: "locked" }, "ConcurrentUpdateError"), "stack-locked"],
    ["said why", commandError({ stderr: "error: incorrect passphrase\n" }), "passphrase-wrong"],
    ["said something", commandError({ stderr: "error: bad\n" }), "engine-failed"],
  ])("%s", (_, error, code) => {
    const told = endingFailure("standby", endingOf(error));
    expect(told.code).toBe(code);
    expect(told.hint).not.toBe("");
  });

  it("is told in its own words", () => {
    expect(endingOf(commandError({ stderr: "error: bad\n" })).said).toBe("error: bad");
    expect(endingOf(new Error("no command at all")).said).toBe("no command at all");
    expect(endingOf("plain").said).toBe("plain");
  });
});
