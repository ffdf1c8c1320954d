import { createRequire } from "node:module";
import { deferUnneeded } from "../../src/cli/up/defer-unneeded.ts";

/** The part of gRPC's pool of connections that is used here. */
interface Pools {
  readonly SubchannelPool: new () => object;
  getSubchannelPool: (global: boolean) => object;
}

// Test files with the Pulumi SDK start faster without its compiler.
deferUnneeded();

// A file of tests runs the engine dozens of times in one process, each time on other free ports. gRPC keeps connections to ports
// whose engine has ended, and answers for a while that the port cannot be reached when a later engine is given the same one.
// So each client connects for itself.
const sdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
const pools = createRequire(sdk.resolve("@grpc/grpc-js"))("./subchannel-pool.js") as Pools;
pools.getSubchannelPool = () => new pools.SubchannelPool();

/** The parts of the SDK that write down where in the program a promise or a resource was made. */
interface Debugging {
  debuggablePromise: (promise: Promise<unknown>, context: string) => Promise<unknown>;
}
interface Positions {
  readonly Resource: { callsites: () => readonly object[] };
}

// The SDK keeps the whole stack of each promise and each resource, and here every line of it is looked up in a source map. With
// some hundred resources, that is a tenth of the computing time of a test, and no test is about it.
const debugging = sdk("./runtime/debuggable.js") as Debugging;
const { debuggablePromise } = debugging;
debugging.debuggablePromise = (promise, context) => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return debuggablePromise(promise, context);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};
(sdk("./resource.js") as Positions).Resource.callsites = () => [];
