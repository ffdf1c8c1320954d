// Prints the path of a Pulumi command line for the tests of the real engine. Where none is found, the version that
// test/engine/cli pins is built from the Go module proxy (some minutes, 115 MB) and kept in the user's cache.
import { spawnSync } from "node:child_process";
import { renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { makeCached } from "./engine/cache.mjs";
import { builtEngine, findEngine, MODULE, pinnedVersion } from "./engine/find-engine.mjs";

const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

try {
  process.stdout.write(`${findEngine() ?? build()}\n`);
} catch (error) {
  process.stderr.write(`engine: ${error.message}\n`);
  process.exitCode = 1;
}

function build() {
  const target = builtEngine();
  makeCached(dirname(target));
  const unfinished = `${target}.${process.pid}`;
  process.stderr.write(
    `building Pulumi ${pinnedVersion()} from the Go module proxy; the first time takes some minutes\n`,
  );
  // Without the linked version the command line has none, and the Automation API refuses it.
  const linked = `-s -w -X ${VERSION}=v${pinnedVersion()}`;
  const flags = ["-trimpath", "-tags", "osusergo,grpcnotrace", "-ldflags", linked];
  const { error, status } = spawnSync("go", ["build", ...flags, "-o", unfinished, PACKAGE], {
    cwd: MODULE,
    env: { ...process.env, CGO_ENABLED: "0" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (error?.code === "ENOENT") {
    throw new Error("Go is not on PATH: install Go 1.25 or later, or put an installed pulumi 3.252 or later on PATH");
  }
  if (status !== 0) {
    rmSync(unfinished, { force: true });
    throw new Error("go build failed");
  }
  renameSync(unfinished, target);
  return target;
}
