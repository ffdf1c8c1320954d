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
