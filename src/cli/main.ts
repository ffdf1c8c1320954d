#!/usr/bin/env node
// Imports nothing at the top: everything else may be written in what an older Node cannot read.

/** What package.json asks for (`engines`). */
const [NEEDED_MAJOR, NEEDED_MINOR] = [20, 19];

/** True for a version such as `20.19.0` that is not older than the one needed. */
function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > NEEDED_MAJOR || (major === NEEDED_MAJOR && minor >= NEEDED_MINOR);
}

/** Runs the command line and sets the exit code of the process. */
async function start(): Promise<void> {
  const { runCommandLine } = await import("./program.ts");
  let isLost = false;
  const lose = (error: NodeJS.ErrnoException): void => {
    // A reader such as `head` may close its end early: nobody listens any more, but work under way is still done in order.
    if (error.code === "EPIPE" || isLost) return;
    isLost = true;
    process.exitCode = 1;
    process.stderr.write(`error file-unwritable: Cannot write the output: ${error.code ?? error.message}\n`);
  };
  for (const stream of [process.stdout, process.stderr]) stream.on("error", lose);
  const code = await runCommandLine(process.argv.slice(2));
  process.exitCode = isLost ? 1 : code;
}

if (isNewEnough(process.versions.node)) await start();
else {
  process.stderr.write(
    `error: lockstep needs Node.js ${NEEDED_MAJOR}.${NEEDED_MINOR} or later, this is ${process.versions.node}\n`,
  );
  process.exitCode = 1;
}

export {};
