#!/usr/bin/env node
import { runCommandLine } from "./program.ts";

/** A reader such as `head` may close its end early: nobody listens any more, but work under way is still done in order. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

for (const stream of [process.stdout, process.stderr]) stream.on("error", unlessClosed);
process.exitCode = await runCommandLine(process.argv.slice(2));
