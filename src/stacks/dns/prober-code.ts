import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { LockstepError } from "../../model/error.ts";

/** Where `npm run build` puts the bundle; the same from `src` and from `dist`. */
const BUNDLE = new URL("../../../dist/prober/index.mjs", import.meta.url);

/**
 * The prober's code as Lambda takes it.
 * @throws LockstepError `prober-not-built`
 */
export function proberCode(bundle: URL = BUNDLE): pulumi.asset.Archive {
  const file = fileURLToPath(bundle);
  if (!existsSync(file))
    throw new LockstepError("prober-not-built", "The prober's code has not been bundled", "Run `npm run build`.", {
      file,
    });
  return new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.FileAsset(file) });
}
