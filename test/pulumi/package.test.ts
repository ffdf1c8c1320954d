import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, ROOT } from "../docs/support/pages.ts";

/** The programs that the page shows. */
const EXAMPLES = blocksOf("docs/pulumi.md").filter(({ language }) => language === "ts");

/** Runs a program with an engine that only says what it is asked for, one line for each resource. */
const RUN = `
import * as pulumi from "@pulumi/pulumi";
await pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs }) => {
    console.log(JSON.stringify({ type, name, inputs }));
    return { id: "id of " + name, state: { ...inputs, coordinate: "coordinate of " + name } };
  },
  call: () => ({}),
});
await import(process.argv[2]);
`;

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  types: ["node"],
  typeRoots: [join(ROOT, "node_modules", "@types")],
};

describe("a program in a project of its own, which has lockstep installed", () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "lockstep-program-"));
    mkdirSync(join(directory, "node_modules"));
    symlinkSync(ROOT, join(directory, "node_modules", "lockstep"));
    symlinkSync(join(ROOT, "node_modules", "@pulumi"), join(directory, "node_modules", "@pulumi"));
    write("package.json", '{ "type": "module" }');
    write("run.js", RUN);
    write("billing-hold.yaml", "inqueueCall: {}\n");
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function write(name: string, text: string): string {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  }

  /** Writes the JavaScript of a program beside it. @returns what the compiler found wrong */
  function compiled(name: string, text: string): string[] {
    const program = ts.createProgram([write(name, text)], OPTIONS);
    program.emit();
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  }

  /** Resources that a program registers: type and name. */
  function registered(name: string): string[] {
    const out = execFileSync(process.execPath, ["run.js", `./${name}`], {
      cwd: directory,
      encoding: "utf8",
      stdio: "pipe",
    });
    const lines = out.trim().split("\n");
    return lines
      .map((line) => JSON.parse(line) as { type: string; name: string })
      .map((one) => `${one.type} ${one.name}`);
  }

  it("is what the page shows, compiles and registers its resources", { timeout: 120_000 }, () => {
    expect(EXAMPLES).toHaveLength(2);
    const found = EXAMPLES.map(({ text }, at) => {
      expect(compiled(`example-${at}.ts`, text)).toEqual([]);
      return registered(`example-${at}.js`);
    });
    const [standby, queue] = ["pulumi:providers:gclockstep standby", "gclockstep:index:Queue Billing"];
    expect(found).toEqual([
      [standby, queue],
      [standby, queue, "gclockstep:index:Flow Billing Hold", "gclockstep:index:Link Billing"],
    ]);
  });

  it("does not compile with arguments that a class does not take", { timeout: 120_000 }, () => {
    const wrong = 'import { Queue } from "lockstep/pulumi";\nnew Queue("x", { name: "x", scoringMethod: "Wrong" });\n';
    expect(compiled("wrong.ts", wrong)).toEqual([expect.stringContaining('"Wrong"')]);
  });

  it("reaches nothing of lockstep but what the package exports", () => {
    const inside = 'import { KINDS } from "lockstep/dist/kinds/index.js";\nconsole.log(KINDS);\n';
    expect(compiled("inside.ts", inside)).toEqual([expect.stringContaining("lockstep/dist/kinds/index.js")]);
    expect(() => registered("inside.js")).toThrow("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });
});
