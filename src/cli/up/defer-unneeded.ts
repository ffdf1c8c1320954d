import Module, { createRequire } from "node:module";

/** What the Pulumi SDK loads in order to serialize functions. No stack of lockstep has a function that runs elsewhere. */
const UNNEEDED = ["@pulumi/pulumi/typescript-shim", "@npmcli/arborist"] as const;

/**
 * Defers loading the TypeScript compiler and npm's dependency resolver, which the Pulumi SDK loads when it is imported, until
 * something of them is used. They take more than half of the SDK's load time. Call this before the SDK is imported. A later
 * version of the SDK that does not load them is imported as usual.
 */
export function deferUnneeded(): void {
  const sdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
  for (const name of UNNEEDED) {
    const file = resolved(sdk, name);
    if (file !== undefined) sdk.cache[file] ??= deferred(file, sdk);
  }
}

function resolved(from: NodeJS.Require, name: string): string | undefined {
  try {
    return from.resolve(name);
  } catch {
    return undefined;
  }
}

/** A module that stands for the one in a file, and loads it when a name is read. */
function deferred(file: string, from: NodeJS.Require): Module {
  const load = (): object => {
    if (from.cache[file] === module) Reflect.deleteProperty(from.cache, file);
    return from(file) as object;
  };
  const module = new Module(file);
  // A module that says it was compiled from an ES module is taken as it is; any other has its names copied at once.
  const get = (_: object, name: string | symbol): unknown => name === "__esModule" || Reflect.get(load(), name);
  return Object.assign(module, { filename: file, loaded: true, exports: new Proxy({}, { get }) });
}
