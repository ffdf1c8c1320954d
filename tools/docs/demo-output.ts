import { spawnSync } from "node:child_process";

/**
 * What `lockstep demo` prints, with what no two runs share replaced: the port, the times, and how often the standby was read.
 * @throws Error when the demo does not end well
 */
export function demoOutput(): string {
  const { status, stdout, stderr } = spawnSync("npx", ["tsx", "src/cli/main.ts", "demo"], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "" },
  });
  if (status !== 0) throw new Error(`the demo ended with ${status}: ${stderr}`);
  return stableDemo(stdout);
}

function stableDemo(output: string): string {
  return (
    output
      .replace(/(http:\/\/127\.0\.0\.1):\d+/, "$1:PORT")
      // Whether a list was there in time to save a read depends on which answer came first.
      .replace(/(standby +)\d+ GET/, "$1… GET")
      .replace(/[\d.]+ s real time; \d+ s under/, "… s real time; … s under")
      .trimEnd()
  );
}
