import { afterAll, afterEach, beforeAll } from "vitest";
import { serve } from "../../../src/simulator/http.ts";
import { startLine } from "../../../src/simulator/index.ts";
import { startSimulator, type Content } from "../../../src/simulator/start.ts";
import { administrator, type Admin } from "./admin.ts";
import { controlOf, type Control, type StartLine } from "./control.ts";
import { createWorkspace, type Workspace, type WorkspaceOptions } from "./workspace.ts";

/** Simulated organisations on HTTP, without rate limit, whose jobs end at once. */
export interface Stage {
  readonly line: StartLine;
  readonly control: Control;
  admin(org: string): Promise<Admin>;
  /** Makes the organisations what they were when `prepare` had ended; happens by itself after each test. */
  reset(): Promise<void>;
  /** A workspace for the organisations, removed after the test. */
  workspace(options?: WorkspaceOptions): Promise<Workspace>;
}

/**
 * Serves organisations for the tests of a file. After each test they are what they were when `prepare` had ended.
 * @param orgs name → content
 * @param prepare fills them, once
 */
export function stageFor(
  orgs: { readonly [name: string]: Content },
  prepare: (stage: Stage) => Promise<void> = () => Promise.resolve(),
): Stage {
  const workspaces: Workspace[] = [];
  let running: { line: StartLine; control: Control; saved: string; close: () => Promise<void> } | undefined;
  const current = (): NonNullable<typeof running> => {
    if (running === undefined) throw new Error("the stage is not set yet");
    return running;
  };
  const stage: Stage = {
    get line() {
      return current().line;
    },
    get control() {
      return current().control;
    },
    admin: (org) => {
      const login = current().line.orgs[org]?.admin;
      if (login === undefined) throw new Error(`no organisation ${org}`);
      return administrator(current().line.baseUrl, login);
    },
    reset: async () => {
      await current().control.set({ faults: [], unlisted: [] });
      await current().control.restore(current().saved);
    },
    workspace: async (options) => {
      const workspace = await createWorkspace(current().line, options);
      workspaces.push(workspace);
      return workspace;
    },
  };
  beforeAll(async () => {
    const list = Object.entries(orgs).map(([name, content]) => ({ name, content }));
    const { simulator } = await startSimulator({ seed: 1, size: "S", orgs: list });
    simulator.configure({ ratePerMinute: 0, jobMs: 0 });
    const served = await serve(simulator, 0);
    const control = controlOf(served.baseUrl);
    running = { line: startLine(simulator, served.baseUrl), control, saved: "", close: () => served.close() };
    await prepare(stage);
    running.saved = await control.save();
  });
  afterEach(async () => {
    await stage.reset();
    for (const workspace of workspaces.splice(0)) await workspace.remove();
  });
  afterAll(() => running?.close());
  return stage;
}
